/// Puts events together into one value: a pure state machine, one event in, the document out at
/// the end. Its own stack bounds the depth, so that hostile nesting cannot exhaust the thread's.
struct YAMLComposer {
    private let depthMax: Int
    private var open: [Container] = []
    private var document: JSONValue?
    private var anchors: [String: Anchored] = [:]
    /// Values that aliases have added so far.
    private var aliasedNodes = 0

    /// A value with what bounds its repetition.
    private struct Anchored {
        /// nil while it is still open: an alias inside it would make it endless.
        var value: JSONValue?
        var nodes = 1
        var depth = 0
    }

    fileprivate struct Container {
        var items: [JSONValue] = []
        var object = JSONObject()
        let isMapping: Bool
        let anchor: String?
        /// The key whose value comes next.
        var key: String?
        var isMerge = false
        var merged: [JSONObject] = []
        var nodes = 1
        var depth = 1
    }

    init(depthMax: Int) { self.depthMax = depthMax }

    /// The value, at the end of the stream.
    mutating func take(_ event: YAMLEvent) throws(YAMLError) -> JSONValue? {
        switch event.kind {
        case .streamEnd:
            guard let document else { throw event.fault("there is no document") }
            return document
        case .documentStart:
            if document != nil { throw event.fault("there is more than one document") }
        case .documentEnd, .other: break
        case .alias(let name): try takeAlias(name, event)
        case .scalar(let scalar): try take(scalar, event)
        case .sequenceStart: try begin(isMapping: false, event)
        case .mappingStart: try begin(isMapping: true, event)
        case .sequenceEnd, .mappingEnd: try end(event)
        }
        return nil
    }

    private mutating func takeAlias(_ name: String, _ event: YAMLEvent) throws(YAMLError) {
        guard let anchored = anchors[name] else {
            throw event.fault("there is no anchor &\(name) before this alias")
        }
        guard let value = anchored.value else {
            throw event.fault("&\(name) contains itself")
        }
        if isKeyNext {
            guard case .string(let text) = value else {
                throw event.fault("a key is a plain text, a number or a quoted text")
            }
            return try take(key: text, isMerge: false, event)
        }
        aliasedNodes += anchored.nodes
        guard aliasedNodes <= Limits.yamlAliasedNodesMax else {
            throw event.fault("aliases repeat more than \(Limits.yamlAliasedNodesMax) values")
        }
        guard open.count + anchored.depth <= depthMax else { throw tooDeep(event) }
        try add(value, nodes: anchored.nodes, depth: anchored.depth, event)
    }

    private mutating func take(_ scalar: YAMLScalar, _ event: YAMLEvent) throws(YAMLError) {
        if isKeyNext {
            if let anchor = event.anchor { anchors[anchor] = Anchored(value: .string(scalar.text)) }
            let isMerge = scalar.isPlain && scalar.text == "<<" && event.tag == nil
            return try take(key: scalar.text, isMerge: isMerge, event)
        }
        let value: JSONValue
        do throws(YAMLScalarFault) {
            value = try scalar.value(tag: event.tag)
        } catch {
            throw event.fault(error.reason)
        }
        if let anchor = event.anchor { anchors[anchor] = Anchored(value: value) }
        try add(value, nodes: 1, depth: 0, event)
    }

    private mutating func begin(isMapping: Bool, _ event: YAMLEvent) throws(YAMLError) {
        if isKeyNext { throw event.fault("a key is a plain text, a number or a quoted text") }
        guard open.count < depthMax else { throw tooDeep(event) }
        let standard = isMapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"
        if let tag = event.tag, tag != standard, tag != "!" {
            throw event.fault("the tag \(tag) is not supported")
        }
        if let anchor = event.anchor { anchors[anchor] = Anchored(value: nil) }
        open.append(Container(isMapping: isMapping, anchor: event.anchor))
    }

    private mutating func end(_ event: YAMLEvent) throws(YAMLError) {
        let closed = open.removeLast()
        let value: JSONValue = closed.isMapping ? .object(closed.complete) : .array(closed.items)
        if let anchor = closed.anchor {
            anchors[anchor] = Anchored(value: value, nodes: closed.nodes, depth: closed.depth)
        }
        try add(value, nodes: closed.nodes, depth: closed.depth, event)
    }

    private var isKeyNext: Bool { open.last.map { $0.isMapping && $0.key == nil } ?? false }

    private mutating func take(
        key: String, isMerge: Bool, _ event: YAMLEvent
    ) throws(YAMLError) {
        if !isMerge, open[open.count - 1].object.contains(key) {
            throw event.fault("the key \"\(key)\" occurs twice")
        }
        open[open.count - 1].key = key
        open[open.count - 1].isMerge = isMerge
    }

    private mutating func add(
        _ value: JSONValue, nodes: Int, depth: Int, _ event: YAMLEvent
    ) throws(YAMLError) {
        guard !open.isEmpty else {
            document = value
            return
        }
        let top = open.count - 1
        open[top].nodes += nodes
        open[top].depth = max(open[top].depth, depth + 1)
        guard open[top].isMapping else { return open[top].items.append(value) }
        guard let key = open[top].key else { preconditionFailure("a value without its key") }
        open[top].key = nil
        guard open[top].isMerge else {
            return open[top].object.append(JSONObject.Member(name: key, value: value))
        }
        let merged = value.array?.compactMap(\.object) ?? [value.object].compactMap { $0 }
        guard !merged.isEmpty else { throw event.fault("<< takes a mapping or a list of them") }
        open[top].merged += merged
    }

    private func tooDeep(_ event: YAMLEvent) -> YAMLError {
        event.fault("lists and mappings are nested deeper than \(depthMax) levels")
    }
}

extension YAMLComposer.Container {
    /// The members, and after them those of merged mappings that they do not set themselves.
    fileprivate var complete: JSONObject {
        var complete = object
        for mapping in merged {
            for member in mapping.members where !complete.contains(member.name) {
                complete.append(member)
            }
        }
        return complete
    }
}
