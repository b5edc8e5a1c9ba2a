package import Contracts

/// Holds a rule against the contract that it is for, when it is written: what could never answer is
/// refused with the place in the rule.
package struct RuleChecks: Sendable {
    private let mounted: MountableContract

    package init(_ mounted: MountableContract) {
        self.mounted = mounted
    }

    /// The rule, with its operation by id. Its version is 1.
    package func rule(_ document: JSONValue, id: String) throws(RuleFault) -> Rule {
        let operation = try operation(document["operation"]?.string ?? "")
        var named = document
        named["operation"] = .string(operation.id)
        guard JSONWriter.bytes(named).count <= Limits.ruleBytes else {
            throw RuleFault(.root, "a rule of at most \(Limits.ruleBytes) bytes")
        }
        let rule = try Rule(named, id: id, version: 1)
        for (index, condition) in rule.conditions.enumerated() {
            try check(condition, operation, JSONPointer(["when"]).appending(index))
        }
        try check(rule, operation)
        return rule
    }

    /// By its id, or by method and path: `POST /v1/payments`.
    private func operation(_ name: String) throws(RuleFault) -> Contracts.Operation {
        let operations = mounted.contract.operations
        if let found = operations.first(where: { $0.id == name }) { return found }
        let parts = name.split(separator: " ", maxSplits: 1)
        if parts.count == 2,
            let found = operations.first(where: {
                $0.method == parts[0].uppercased() && $0.path == parts[1]
            })
        {
            return found
        }
        throw RuleFault(
            "/operation",
            nearestName(to: name, among: operations.map(\.id))
                ?? "the id of one of the contract's operations, or its method and path")
    }

    private func check(
        _ condition: RuleCondition, _ operation: Contracts.Operation, _ pointer: JSONPointer
    ) throws(RuleFault) {
        switch condition.place {
        case .path(let name):
            let known = operation.parameters.filter { $0.location == .path }.map(\.name)
            guard known.contains(name) else {
                throw RuleFault(
                    pointer.appending("name"),
                    known.isEmpty
                        ? "another place: the path of \(operation.id) has no parameters"
                        : "one of \(known.joined(separator: ", "))")
            }
        case .body:
            guard operation.requestBody != nil else {
                throw RuleFault(
                    pointer.appending("in"), "another place: \(operation.id) takes no body")
            }
        case .query, .header: return
        }
    }

    private func check(_ rule: Rule, _ operation: Contracts.Operation) throws(RuleFault) {
        switch rule.answer {
        case .scenario(let request):
            let known = mounted.simulator.scenarios.filter { $0.operations.contains(operation.id) }
                .map(\.name)
            guard known.contains(request.name) else {
                throw RuleFault(
                    "/answer/scenario",
                    nearestName(to: request.name, among: known)
                        ?? (known.isEmpty
                            ? "another answer: \(operation.id) has no scenarios"
                            : "one of \(known.prefix(8).joined(separator: ", "))"))
            }
        case .example(let status, let name):
            let response = operation.response(status: status)
            let examples = response?.document?.examples.map(\.name) ?? []
            guard operation.example(status: status, name: name) != nil else {
                throw RuleFault("/answer/example/status", "a status that has an example")
            }
            guard name.map(examples.contains) ?? true else {
                throw RuleFault(
                    "/answer/example/name",
                    examples.isEmpty
                        ? "no name: the answer has one example"
                        : "one of \(examples.joined(separator: ", "))")
            }
        case .made(let made): try check(made, rule, operation)
        }
    }

    /// What has no places to fill in can be held against the contract at once.
    private func check(
        _ made: MadeAnswer, _ rule: Rule, _ operation: Contracts.Operation
    ) throws(RuleFault) {
        guard !rule.isUnchecked else { return }
        guard operation.response(status: made.status) != nil else {
            let declared = operation.responses.map(\.status).joined(separator: ", ")
            throw RuleFault(
                "/answer/status",
                "a status that \(operation.id) declares (\(declared)), or \"unchecked\": true")
        }
        let body: JSONValue?
        switch made.body {
        case .none: body = nil
        case .json(let template):
            guard let constant = template.constant else { return }
            body = constant
        case .text: return
        }
        guard let fault = operation.validateAnswer(status: made.status, body: body).first else {
            return
        }
        throw RuleFault(
            JSONPointer(["answer", "body"]).appending(fault.fault.pointer),
            "\(fault.fault.expected), or \"unchecked\": true")
    }
}
