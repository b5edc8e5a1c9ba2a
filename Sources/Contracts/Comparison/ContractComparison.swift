/// Compares two revisions of an OpenAPI document, operation by operation: operations that differ in
/// the names of path parameters only are the same.
package struct ContractComparison {
    /// In the order of the documents, at most `Limits.changesMax`.
    package private(set) var changes: [ContractChange] = []
    private let old: ContractOutline
    private let new: ContractOutline
    /// Schemas are shared: what has changed in one is told with the first operation that reaches it.
    private var requests: SchemaComparison
    private var responses: SchemaComparison

    package init(from old: JSONValue, to new: JSONValue) {
        self.old = ContractOutline(old)
        self.new = ContractOutline(new)
        requests = SchemaComparison(.request, from: self.old, to: self.new)
        responses = SchemaComparison(.response, from: self.old, to: self.new)
        for before in self.old.operations {
            guard let after = self.new.operations.first(where: { $0.key == before.key }) else {
                note("operation-removed", .breaking, before, before.place, "is gone")
                continue
            }
            compare(before, after)
        }
        for after in self.new.operations
        where !self.old.operations.contains(where: { $0.key == after.key }) {
            note("operation-added", .nonBreaking, after, after.place, "is new")
        }
    }

    package func count(_ severity: ContractChange.Severity) -> Int {
        changes.count { $0.severity == severity }
    }

    private mutating func compare(_ old: OperationSketch, _ new: OperationSketch) {
        if !old.isDeprecated, new.isDeprecated {
            note("operation-deprecated", .nonBreaking, new, new.place, "is deprecated")
        }
        if old.id != new.id {
            note("operation-id-changed", .unknown, new, new.place, "has another operationId")
        }
        compareSecurity(old, new)
        compareParameters(old, new)
        compareBodies(old, new)
        compareAnswers(old, new)
    }

    private mutating func compareSecurity(_ old: OperationSketch, _ new: OperationSketch) {
        guard old.security != new.security else { return }
        let severity: ContractChange.Severity =
            old.security.isEmpty ? .breaking : new.security.isEmpty ? .nonBreaking : .unknown
        note("security-changed", severity, new, new.place, "asks for other credentials")
    }

    private mutating func compareParameters(_ old: OperationSketch, _ new: OperationSketch) {
        for before in old.parameters {
            guard let after = new.parameters.first(where: { $0.key == before.key }) else {
                // Where undeclared parameters are refused, a client that sends it breaks.
                note(
                    "request-parameter-removed", .unknown, new, before.place,
                    "no longer declares \(before.key)")
                continue
            }
            if !before.isRequired, after.isRequired {
                note(
                    "request-parameter-became-required", .breaking, new, after.place,
                    "requires \(after.key)")
            } else if before.isRequired, !after.isRequired {
                note(
                    "request-parameter-became-optional", .nonBreaking, new, after.place,
                    "no longer requires \(after.key)")
            }
            compare(before.schema, after.schema, .request, new)
        }
        for after in new.parameters
        where !old.parameters.contains(where: { $0.key == after.key }) {
            note(
                after.isRequired ? "request-parameter-added-required" : "request-parameter-added",
                after.isRequired ? .breaking : .nonBreaking, new, after.place,
                "takes \(after.key)")
        }
    }

    private mutating func compareBodies(_ old: OperationSketch, _ new: OperationSketch) {
        if !old.needsBody, new.needsBody {
            note("request-body-became-required", .breaking, new, new.place, "requires a body")
        }
        for (name, before) in old.bodies {
            guard let after = new.bodies.first(where: { $0.name == name })?.schema else {
                note(
                    "request-media-type-removed", .breaking, new, before.place,
                    "no longer takes \(name)")
                continue
            }
            compare(before, after, .request, new)
        }
        for (name, after) in new.bodies where !old.bodies.contains(where: { $0.name == name }) {
            note("request-media-type-added", .nonBreaking, new, after.place, "takes \(name)")
        }
    }

    private mutating func compareAnswers(_ old: OperationSketch, _ new: OperationSketch) {
        for before in old.answers {
            guard let after = new.answers.first(where: { $0.status == before.status }) else {
                let severity: ContractChange.Severity =
                    before.status.hasPrefix("2") ? .breaking : .unknown
                note(
                    "response-status-removed", severity, new, before.place,
                    "no longer answers \(before.status)")
                continue
            }
            for (name, schema) in before.media {
                guard let now = after.media.first(where: { $0.name == name })?.schema else {
                    note(
                        "response-media-type-removed", .breaking, new, schema.place,
                        "no longer answers \(before.status) as \(name)")
                    continue
                }
                compare(schema, now, .response, new)
            }
        }
        for after in new.answers where !old.answers.contains(where: { $0.status == after.status }) {
            note(
                "response-status-added", after.status.hasPrefix("2") ? .unknown : .nonBreaking, new,
                after.place, "answers \(after.status)")
        }
    }

    private mutating func compare(
        _ old: SchemaSpot, _ new: SchemaSpot, _ direction: ChangeDirection,
        _ operation: OperationSketch
    ) {
        let found =
            direction == .request ? requests.compared(old, new) : responses.compared(old, new)
        for change in found {
            note(change.rule, change.severity, operation, change.place, change.message)
        }
    }

    private mutating func note(
        _ rule: String, _ severity: ContractChange.Severity, _ operation: OperationSketch,
        _ place: JSONPointer, _ message: String
    ) {
        let change = ContractChange(
            rule: rule, severity: severity, operation: operation.name, pointer: place,
            message: "\(operation.name) \(message)")
        if changes.count < Limits.changesMax { changes.append(change) }
    }
}
