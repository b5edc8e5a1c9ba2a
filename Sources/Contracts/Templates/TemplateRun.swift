/// What a run's helpers know beside their arguments: the time, randomness.
package protocol TemplateWorld {
    /// A helper of the vocabulary that is not one of the standard ones.
    mutating func call(
        _ helper: String, _ arguments: [JSONValue], _ options: [String: JSONValue]
    ) throws(TemplateRunFault) -> JSONValue
}

/// One filling in of templates: their values, and what is left of the bounds, which all templates
/// of one answer share.
package struct TemplateRun<World: TemplateWorld> {
    private let root: JSONValue
    private var world: World
    private var elements: [Element] = []
    private var steps = 0
    private var bytes = 0

    private struct Element {
        let value: JSONValue
        let key: JSONValue
        let isFirst: Bool
        let isLast: Bool
    }

    /// `root` holds the values that paths begin at, by the vocabulary's names.
    package init(_ root: JSONValue, _ world: World) {
        self.root = root
        self.world = world
    }

    mutating func write(
        _ nodes: [TemplateNode], _ escaping: Template.Escaping, into output: inout String
    ) throws(TemplateRunFault) {
        for node in nodes {
            try step()
            switch node {
            case .text(let text): try write(text, into: &output)
            case .place(let expression):
                try write(try evaluate(expression).written(escaping), into: &output)
            case .choice(let branches):
                for branch in branches {
                    if let condition = branch.condition, !(try evaluate(condition).isTruthy) {
                        continue
                    }
                    try write(branch.body, escaping, into: &output)
                    break
                }
            case .each(let list, let body, let otherwise):
                let items = try evaluate(list).entries
                if items.isEmpty { try write(otherwise, escaping, into: &output) }
                for (index, item) in items.enumerated() {
                    elements.append(
                        Element(
                            value: item.value, key: item.key, isFirst: index == 0,
                            isLast: index == items.count - 1))
                    try write(body, escaping, into: &output)
                    elements.removeLast()
                }
            }
        }
    }

    mutating func evaluate(_ expression: TemplateExpression) throws(TemplateRunFault) -> JSONValue {
        try step()
        switch expression {
        case .constant(let value): return value
        case .path(let path): return value(at: path)
        case .not(let inner): return .bool(!(try evaluate(inner).isTruthy))
        case .helper(let name, let arguments, let options):
            var values: [JSONValue] = []
            for argument in arguments { values.append(try evaluate(argument)) }
            if let helper = StandardHelpers.table[name] {
                let value = try helper.run(values)
                // What helpers join can grow on the way although it is never written.
                if case .string(let text) = value { try count(bytes: text.utf8.count) }
                return value
            }
            var named: [String: JSONValue] = [:]
            for option in options { named[option.name] = try evaluate(option.value) }
            return try world.call(name, values, named)
        }
    }

    mutating func count(bytes count: Int) throws(TemplateRunFault) {
        bytes += count
        guard bytes <= Limits.templateOutputBytesMax else {
            throw TemplateRunFault("it writes more than \(Limits.templateOutputBytesMax) bytes")
        }
    }

    private mutating func write(
        _ text: String, into output: inout String
    ) throws(TemplateRunFault) {
        try count(bytes: text.utf8.count)
        output += text
    }

    private mutating func step() throws(TemplateRunFault) {
        steps += 1
        guard steps <= Limits.templateStepsMax else {
            throw TemplateRunFault("it takes more than \(Limits.templateStepsMax) steps")
        }
    }

    private func value(at path: TemplatePath) -> JSONValue {
        var value: JSONValue
        switch path.start {
        case .root: value = root
        case .element(let outwards): value = elements[elements.count - 1 - outwards].value
        case .local(let name):
            guard let element = elements.last else { return .null }
            switch name {
            case "@first": value = .bool(element.isFirst)
            case "@last": value = .bool(element.isLast)
            default: value = element.key
            }
        }
        for name in path.names {
            guard let inner = value[name] ?? Int(name).flatMap({ value[$0] }) else { return .null }
            value = inner
        }
        return value
    }
}

extension JSONValue {
    /// As Handlebars has it: false, null, 0, an empty text and an empty list are not.
    fileprivate var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .number(let number): !number.decimal.isZero
        case .string(let text): !text.isEmpty
        case .array(let items): !items.isEmpty
        case .object: true
        }
    }

    /// Elements with their indexes, members with their names.
    fileprivate var entries: [(key: JSONValue, value: JSONValue)] {
        switch self {
        case .array(let items): items.enumerated().map { (.int($0.offset), $0.element) }
        case .object(let object): object.members.map { (.string($0.name), $0.value) }
        case .null, .bool, .number, .string: []
        }
    }

    fileprivate func written(_ escaping: Template.Escaping) -> String {
        guard case .string(let text) = self else { return templateText }
        switch escaping {
        case .none: return text
        case .json:
            // By bytes: a mark at the beginning is one character with the quotation mark.
            let quoted = JSONWriter.bytes(.string(text))
            return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
        }
    }

    /// How a value reads in a text: nothing for null, JSON for lists and objects.
    var templateText: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .bool, .number, .array, .object: JSONWriter.text(self)
        }
    }
}
