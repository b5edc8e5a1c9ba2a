/// A form's pairs as the document that they spell: `a[b]=1&c[]=2&d[0][e]=3` is
/// `{"a": {"b": 1}, "c": [2], "d": [{"e": 3}]}`. Which texts are numbers, which levels are lists and
/// what an empty text means is told by the schema.
package struct FormDocument {
    private indirect enum Node {
        case text(String)
        case members([(name: String, node: Node)])
    }

    private var root: [(name: String, node: Node)] = []

    /// `pairs` are decoded. A later pair of the same plain name makes a list with the earlier.
    package init(_ pairs: [(name: String, value: String)]) {
        for pair in pairs {
            let steps = Self.steps(of: pair.name)
            Self.insert(pair.value, steps[...], into: &root)
        }
    }

    package func value(for schema: CompiledSchema?) -> JSONValue {
        Self.value(.members(root), schema, depth: 0)
    }

    /// What is spelled under one name alone.
    func member(_ name: String, for schema: CompiledSchema?) -> JSONValue {
        let own = root.filter { $0.name == name }
        guard let first = own.first, own.count == 1 else {
            return .array(own.map { Self.value($0.node, schema?.branch(.array)?.element, depth: 1) })
        }
        return Self.value(first.node, schema, depth: 1)
    }

    /// `a[b][]` is `a`, `b` and nothing. What is no such name stands for itself.
    private static func steps(of name: String) -> [String] {
        guard let open = name.firstIndex(of: "["), name.hasSuffix("]"), open != name.startIndex
        else { return [name] }
        let inner = name[name.index(after: open)...].dropLast()
        let steps = [String(name[..<open])] + String(inner).components(separatedBy: "][")
        return steps.count <= Limits.formDepthMax ? steps : [name]
    }

    private static func insert(
        _ text: String, _ steps: ArraySlice<String>, into members: inout [(name: String, node: Node)]
    ) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        // `[]` and a repeated plain name each add one.
        let known = step.isEmpty ? nil : members.lastIndex { $0.name == step }
        guard let known else {
            members.append((step, rest.isEmpty ? .text(text) : .members([])))
            if !rest.isEmpty { extend(&members[members.count - 1].node, text, rest) }
            return
        }
        if rest.isEmpty {
            members.append((step, .text(text)))
        } else {
            extend(&members[known].node, text, rest)
        }
    }

    private static func extend(_ node: inout Node, _ text: String, _ steps: ArraySlice<String>) {
        var inner: [(name: String, node: Node)] = []
        if case .members(let members) = node { inner = members }
        insert(text, steps, into: &inner)
        node = .members(inner)
    }

    private static func value(_ node: Node, _ schema: CompiledSchema?, depth: Int) -> JSONValue {
        switch node {
        case .text(let text): return scalar(text, schema)
        case .members(let members):
            let shape = schema?.branch(.object) ?? schema?.branch(.array)
            let isList = members.allSatisfy { $0.name.isEmpty || Int($0.name) != nil }
            if depth > 0, isList, schema?.branch(.array) != nil || schema?.branch(.object) == nil {
                let element = schema?.branch(.array)?.element
                return .array(members.map { value($0.node, element, depth: depth + 1) })
            }
            return object(members, shape, depth: depth)
        }
    }

    private static func object(
        _ members: [(name: String, node: Node)], _ shape: SchemaShape?, depth: Int
    ) -> JSONValue {
        var object = JSONObject()
        for member in members {
            let schema = shape?.member(member.name)?.schema ?? shape?.other
            if case .text = member.node, let element = schema?.branch(.array)?.element,
                schema?.shape().isArray == true
            {
                let added = value(member.node, element, depth: depth + 1)
                object[member.name] = .array((object[member.name]?.array ?? []) + [added])
            } else if let known = object[member.name] {
                let added = value(member.node, schema, depth: depth + 1)
                object[member.name] = .array((known.array ?? [known]) + [added])
            } else {
                object[member.name] = value(member.node, schema, depth: depth + 1)
            }
        }
        return .object(object)
    }

    /// The text as the first kind of value that the schema takes.
    private static func scalar(_ text: String, _ schema: CompiledSchema?) -> JSONValue {
        guard let schema else { return .string(text) }
        let readings: [JSONValue?] = [
            text == "true" ? true : text == "false" ? false : nil,
            JSONNumber(text).map { .number($0) }, .string(text), text.isEmpty ? .null : nil,
        ]
        return readings.compactMap(\.self).first { schema.accepts($0) } ?? .string(text, typed: schema)
    }
}

extension JSONValue {
    /// A text that does not fit, as the kind of value that was meant: the fault shall say so.
    fileprivate static func string(_ text: String, typed schema: CompiledSchema) -> JSONValue {
        let types = schema.types
        guard types != .all, !types.contains(.string) else { return .string(text) }
        return JSONValue(parameter: text, types: types)
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let found = rest.firstRange(of: separator) {
            parts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return parts + [String(rest)]
    }
}
