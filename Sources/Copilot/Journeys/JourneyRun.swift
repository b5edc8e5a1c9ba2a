package import Contracts
package import Identifiers
package import Runtime

/// One run of a journey: its steps, what each has done, and what comes next. A value; the runner
/// performs what ``next()`` says and hands back what came of it.
package struct JourneyRun: Sendable {
    package enum Status: String, Sendable { case running, succeeded, failed, interrupted }

    package enum Action: Sendable {
        case call(step: Int, StepCall)
        /// Nothing left to do.
        case end
    }

    package let id: JourneyRunID
    /// Id of the journey, or name of a predefined one.
    package let journeyName: String
    package let journey: Journey
    package let inputs: JSONObject
    package let rerunOf: JourneyRunID?
    package let fromStep: Int
    package let createdAt: WallInstant
    package internal(set) var finishedAt: WallInstant?
    package internal(set) var status: Status
    package internal(set) var records: [StepRecord]

    /// A new run. `taken` are the records of the steps before `fromStep`.
    package init(
        id: JourneyRunID, of journeyName: String, _ journey: Journey, inputs: JSONObject,
        rerunOf: JourneyRunID? = nil, taking taken: [StepRecord] = [], at now: WallInstant
    ) {
        self.id = id
        self.journeyName = journeyName
        self.journey = journey
        self.inputs = inputs
        self.rerunOf = rerunOf
        fromStep = taken.count
        createdAt = now
        status = .running
        records = taken + Array(repeating: .pending, count: journey.steps.count - taken.count)
    }

    init(
        id: JourneyRunID, journeyName: String, journey: Journey, inputs: JSONObject,
        rerunOf: JourneyRunID?, fromStep: Int, createdAt: WallInstant, finishedAt: WallInstant?,
        status: Status, records: [StepRecord]
    ) {
        self.id = id
        self.journeyName = journeyName
        self.journey = journey
        self.inputs = inputs
        self.rerunOf = rerunOf
        self.fromStep = fromStep
        self.createdAt = createdAt
        self.finishedAt = finishedAt
        self.status = status
        self.records = records
    }
}

// MARK: - Going on

extension JourneyRun {
    /// The next call. Steps whose condition is not met are marked on the way; a failure that no
    /// condition waits for ends the run.
    mutating func next() throws(JourneyFault) -> Action {
        while let place = records.firstIndex(where: { $0.status == .pending }) {
            if let failed = records[..<place].lastIndex(where: { $0.status == .failed }),
                !isAwaited(failed)
            {
                return .end
            }
            guard isWanted(place) else {
                records[place].status = .skipped
                continue
            }
            let call = try StepCall(journey.steps[place], at: place) { name in
                object(named: name, for: place)
            }
            return .call(step: place, call)
        }
        return .end
    }

    mutating func begin(_ place: Int, checkpoint: String) {
        records[place].status = .running
        records[place].checkpoint = checkpoint
    }

    mutating func finish(_ place: Int, _ answer: StepAnswer, events: [JSONValue]) {
        let step = journey.steps[place]
        let outcome = answer.outcome
        var record = records[place]
        let isPlanned = step.scenario != nil && answer.simulated?.hasPrefix("journey_step=") == true
        let isGood = (200..<300).contains(answer.status)
        record.status = isGood || isPlanned ? .succeeded : .failed
        record.outcome = outcome
        record.requestID = answer.requestID
        record.durationMilliseconds = answer.durationMilliseconds
        record.httpStatus = answer.status
        record.code = answer.code
        record.simulated = answer.simulated
        record.explanation = isGood ? nil : answer.explanation
        record.events = events
        record.outputs = Self.outputs(answer.body, of: step.action)
        records[place] = record
    }

    /// Ends the run; what was under way when it was interrupted is marked so.
    mutating func end(_ status: Status, at now: WallInstant) {
        self.status = status
        finishedAt = now
        for place in records.indices where records[place].status == .running {
            records[place].status = .interrupted
        }
    }

    /// Failed if a step has failed that no other was waiting for.
    var verdict: Status {
        let isFailed = records.indices.contains {
            records[$0].status == .failed && !isAwaited($0) || records[$0].status == .pending
        }
        return isFailed ? .failed : .succeeded
    }

    private func isAwaited(_ place: Int) -> Bool {
        journey.steps.contains { $0.condition?.step == place }
    }

    private func isWanted(_ place: Int) -> Bool {
        guard let condition = journey.steps[place].condition else { return true }
        let record = records[condition.step]
        guard record.status != .skipped, let outcome = record.outcome else { return false }
        let isWell = outcome == "succeeded"
        return switch condition.status {
        case "succeeded", "approved": isWell
        case "failed": ["failed", "declined", "refused", "lost", "expired"].contains(outcome)
        case "not_approved": !isWell
        default: outcome == condition.status
        }
    }

    /// An object that the step is about: one that it names as coming before it, else the newest.
    private func object(named name: String, for place: Int) -> String? {
        let named = journey.steps[place].after + [journey.steps[place].condition?.step].compactMap(\.self)
        let order = named.reversed() + Array((0..<place).reversed())
        if name == "request" { return order.lazy.compactMap { records[$0].requestID }.first }
        return order.lazy.compactMap { id(of: name, madeBy: $0) }.first
    }

    private func id(of name: String, madeBy place: Int) -> String? {
        guard journey.steps[place].makes == name else { return nil }
        let outputs = records[place].outputs
        return outputs["id"]?.string ?? outputs["error"]?[name]?["id"]?.string
            ?? outputs["error"]?[name]?.string
    }

    /// Secrets are shown once, to who makes them, and are not for keeping.
    private static func outputs(_ body: JSONValue, of action: String) -> JSONValue {
        guard StepCall.operation(of: action)?.contract == ActionOperation.platform else {
            return JSONWriter.bytes(body).count <= Limits.outputBytesMax ? body : .null
        }
        let shown = ["id", "slug", "url", "name", "type", "now", "mode", "status", "data", "fired_count"]
        var outputs: JSONValue = [:]
        for name in shown { if let value = body[name] { outputs[name] = value } }
        return JSONWriter.bytes(outputs).count <= Limits.outputBytesMax ? outputs : .null
    }
}

// MARK: - As told

extension JourneyRun {
    package var document: JSONValue {
        [
            "id": .string(id.description), "journey": .string(journeyName),
            "status": .string(status.rawValue), "inputs": .object(inputs),
            "rerun_of": .string(orNull: rerunOf?.description), "from_step": .int(fromStep),
            "created_at": .string(createdAt.description),
            "finished_at": .string(orNull: finishedAt?.description),
            "steps": .array(records.indices.map(stepDocument)),
        ]
    }

    package func stepDocument(_ place: Int) -> JSONValue {
        let step = journey.steps[place]
        var document = JSONObject()
        document["n"] = .int(place)
        document["plan_step"] = step.planStep.map { .int($0) } ?? .null
        document["action"] = .string(step.action)
        document["operation"] = .string(orNull: StepCall.operation(of: step.action)?.name)
        document["params"] = .object(step.params)
        document["scenario"] = .string(orNull: step.scenario)
        if let condition = step.condition {
            document["if"] = ["step": .int(condition.step), "status": .string(condition.status)]
        }
        for member in records[place].document.members { document[member.name] = member.value }
        return .object(document)
    }
}
