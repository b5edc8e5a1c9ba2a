import Contracts

/// Gathers what a reader finds: stubs, which become drafts of rules, and notes.
struct StubCollector {
    let contract: Contract
    private(set) var notes: [RuleImport.Note] = []
    private var stubs: [(draft: RuleImport.Draft, conditions: Int)] = []
    private var names: [String: Int] = [:]

    init(_ contract: Contract) {
        self.contract = contract
    }

    mutating func note(_ pointer: JSONPointer, _ reason: String) {
        // A note more says that there are more.
        guard notes.count <= Limits.importNotes else { return }
        notes.append(
            notes.count == Limits.importNotes
                ? .init(.root, "more than \(Limits.importNotes) items were not carried over")
                : .init(pointer, reason))
    }

    /// One rule for each operation that the stub means.
    mutating func add(_ stub: Stub, at pointer: JSONPointer) {
        let targets = OperationFinder(contract).targets(stub.method, stub.path)
        guard !targets.isEmpty else {
            return note(
                pointer,
                "the contract has no operation for \(stub.method) \(stub.path.description)")
        }
        for target in targets {
            guard stubs.count < Limits.rulesPerContract else {
                return note(pointer, "there are more than \(Limits.rulesPerContract) stubs")
            }
            var conditions = target.conditions + stub.conditions
            if conditions.count > Limits.conditionsPerRule {
                note(
                    pointer,
                    "a rule has at most \(Limits.conditionsPerRule) conditions; the other \(conditions.count - Limits.conditionsPerRule) are left out")
                conditions = Array(conditions.prefix(Limits.conditionsPerRule))
            }
            var document: JSONValue = ["operation": .string(target.operation.id)]
            if !stub.name.isEmpty { document["summary"] = .string(String(stub.name.prefix(200))) }
            if let priority = stub.priority { document["priority"] = .int(priority) }
            if !conditions.isEmpty { document["when"] = .array(conditions) }
            document["answer"] = stub.answer(target.operation)
            let draft = RuleImport.Draft(
                id: id(for: stub, target.operation), document: document, pointer: pointer)
            stubs.append((draft, conditions.count))
        }
    }

    /// The newest first, where that is how their tool asks them; else those with more conditions
    /// first, so that a general one does not hide a special one.
    func drafts(newestFirst: Bool) -> [RuleImport.Draft] {
        if newestFirst { return stubs.reversed().map(\.draft) }
        return stubs.enumerated().sorted { left, right in
            (-left.element.conditions, left.offset) < (-right.element.conditions, right.offset)
        }.map(\.element.draft)
    }

    /// From the stub's name, the same each time that the document is imported.
    private mutating func id(for stub: Stub, _ operation: Contracts.Operation) -> String {
        let text = stub.name.isEmpty ? "\(operation.id)-\(stub.status)" : stub.name
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let name = words.isEmpty ? "rule" : String(words.joined(separator: "-").prefix(48))
        let count = (names[name] ?? 0) + 1
        names[name] = count
        let isTaken = ["test", "import"].contains(name)
        return count > 1 || isTaken ? "\(name)-\(count)" : name
    }
}

/// What one of another tool's stubs says.
struct Stub {
    var name: String
    /// Upper case; `ANY` for all.
    let method: String
    let path: StubPath
    /// Conditions of a rule, those of the path left out.
    var conditions: [JSONValue] = []
    var priority: Int64?
    let status: Int64
    /// Depends on the operation where its templates name parts of the path.
    let answer: (Contracts.Operation) -> JSONValue
}

extension JSONValue {
    /// `{in, name, test: value}`, or with a pointer for the body.
    static func condition(_ place: String, _ name: String, _ test: String, _ value: JSONValue) -> JSONValue {
        ["in": .string(place), place == "body" ? "pointer" : "name": .string(name), test: value]
    }

    static func condition(at pointer: JSONPointer, _ test: String, _ value: JSONValue) -> JSONValue {
        condition("body", pointer.description, test, value)
    }

    /// The value with every pair of braces meant as it stands.
    var untemplated: JSONValue {
        switch self {
        case .null, .bool, .number: self
        case .string(let text): .string(text.untemplated)
        case .array(let items): .array(items.map(\.untemplated))
        case .object(let object):
            .object(
                JSONObject(object.members.map { .init(name: $0.name, value: $0.value.untemplated) }))
        }
    }

    /// What stands at the ends of its branches; empty lists and objects are ends.
    func leaves(below pointer: JSONPointer = .root) -> [(pointer: JSONPointer, value: JSONValue)] {
        switch self {
        case .object(let object) where !object.isEmpty:
            object.members.flatMap { $0.value.leaves(below: pointer.appending($0.name)) }
        case .array(let items) where !items.isEmpty:
            items.enumerated().flatMap { $0.element.leaves(below: pointer.appending($0.offset)) }
        default: [(pointer, self)]
        }
    }
}

extension String {
    var untemplated: String { replacing("{{", with: "\\{{") }
}
