import Contracts

/// Scenarios that every contract has without anybody writing them: the errors that its operations
/// declare, as `status_404`, and the best known of them by a name.
enum DeclaredErrors {
    /// Names beside `status_…`.
    private static let names = [429: "rate_limited", 500: "server_error", 503: "unavailable"]
    /// What is offered where a contract declares a class (`4XX`) or all errors (`default`) at once.
    private static let usual = [400, 401, 402, 403, 404, 409, 422, 429, 500, 503]

    /// One scenario for each name, with the operations that know it. Nothing is compiled for it.
    static func scenarios(_ contract: Contract) -> [Scenario] {
        var operations: [Int: [String]] = [:]
        for operation in contract.operations {
            for status in statuses(operation) { operations[status, default: []].append(operation.id) }
        }
        return operations.keys.sorted().flatMap { status in
            (["status_\(status)"] + [names[status]].compactMap(\.self)).map { name in
                Scenario(
                    name: name, summary: "Answers \(status) as the contract declares it.",
                    operations: operations[status] ?? [], errorCode: "status_\(status)")
            }
        }
    }

    /// The status that a scenario stands for; nil for one that the operation does not declare.
    static func status(named name: String, _ operation: Operation) -> Int? {
        let status =
            names.first { $0.value == name }?.key
            ?? (name.hasPrefix("status_") ? Int(name.dropFirst(7)) : nil)
        guard let status, statuses(operation).contains(status) else { return nil }
        return status
    }

    private static func statuses(_ operation: Operation) -> [Int] {
        let declared = operation.source["responses"]?.object?.names ?? []
        var statuses = Set(declared.compactMap { Int($0) }.filter { (400...599).contains($0) })
        for status in usual
        where declared.contains("default") || declared.contains("\(status / 100)XX") {
            statuses.insert(status)
        }
        return statuses.sorted()
    }
}

extension ContractSimulator {
    /// The declared error that somebody has asked for.
    func askedError(_ call: SimulatedCall) -> ResolvedOutcome<AskedError>? {
        call.outcomes.resolve(magicInput: nil) { request in
            guard let status = DeclaredErrors.status(named: request.name, call.operation) else {
                return nil
            }
            let seconds = request.parameters["retry_after"].flatMap { Int($0) } ?? 1
            return AskedError(
                status: status, retryAfterSeconds: [429, 503].contains(status) ? seconds : nil)
        }
    }

    /// Answers with it: the contract's example for the status, else what is made from its schema.
    func answer(
        _ asked: ResolvedOutcome<AskedError>, _ call: SimulatedCall, _ context: MakingContext
    ) -> SimulatedAnswer {
        let status = asked.outcome.status
        let outcome: SimulatedAnswer.Outcome =
            status == 404 ? .missing : status == 409 ? .conflicting : .declined
        var answered = declared(outcome, status, "status_\(status)", nil, call, context)
        answered.simulated = "\(asked.cause); status=\(status)"
        answered.source = asked.source
        answered.retryAfterSeconds = asked.outcome.retryAfterSeconds
        return answered
    }
}

/// An error that is answered because somebody wants to see it.
struct AskedError: Sendable {
    let status: Int
    let retryAfterSeconds: Int?
}
