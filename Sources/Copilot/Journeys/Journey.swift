package import Contracts

/// The steps of a plan as a run takes them, one call each: repeats written out, faults and movements
/// of the clock in their places, and what the plan takes for granted added.
package struct Journey: Sendable {
    package struct Step: Sendable {
        package var action: String
        package var params: JSONObject
        /// Nil for the good outcome.
        package var scenario: String?
        /// Places in ``Journey/steps`` of steps whose objects this one is about.
        package var after: [Int] = []
        /// Runs only if that step has ended so.
        package var condition: (step: Int, status: String)?
        /// Place in the plan; nil for a step that the plan says beside its steps.
        package var planStep: Int?

        package init(_ action: String, _ params: JSONObject = JSONObject()) {
            (self.action, self.params) = (action, params)
        }
    }

    package private(set) var steps: [Step] = []

    private init() {}

    /// - Parameters:
    ///   - plan: a plan's document, as ``Plan/json`` writes it.
    ///   - inbox: URL of the sandbox's own inbox if the sandbox has no endpoint: a plan with
    ///     webhooks then begins by making one.
    package init(plan: JSONValue, inbox: String?) throws(JourneyFault) {
        guard plan["outcome"]?.string ?? "plan" == "plan" else { throw .noPlan }
        let planned = plan["steps"]?.array ?? []
        let wantsWebhook = plan["webhook"]?.bool ?? false
        if let chaos = plan["chaos"], !chaos.isNull {
            add(Step("set_chaos", JSONObject([.init(name: "chaos", value: chaos)])))
        }
        if wantsWebhook, let inbox,
            !planned.contains(where: { $0["action"] == "create_webhook_endpoint" })
        {
            let url = JSONObject.Member(name: "url", value: .string(inbox))
            add(Step("create_webhook_endpoint", JSONObject([url])))
        }
        try add(planned, moving: Self.movement(plan, planned))
        if wantsWebhook { add(Step("list_deliveries")) }
        guard !steps.isEmpty else { throw .noPlan }
        guard steps.count <= Limits.stepsMax else { throw .tooManySteps(limit: Limits.stepsMax) }
        for (place, step) in steps.enumerated() where !StepCall.isKnown(step) {
            throw .notAvailable(step: place, action: step.action)
        }
    }

    private mutating func add(
        _ planned: [JSONValue], moving movement: (step: Step, before: Int)?
    ) throws(JourneyFault) {
        /// Where each step of the plan ends.
        var places: [Int: Int] = [:]
        for (number, document) in planned.enumerated() {
            if let movement, movement.before == number { add(movement.step) }
            guard let action = document["action"]?.string, document["not_available"] != true else {
                throw .notAvailable(
                    step: number, action: document["action"]?.string ?? "step \(number)")
            }
            var step = Step(action, document["params"]?.object ?? JSONObject())
            step.scenario = document["scenario"]?.string
            step.planStep = number
            step.after = (document["after"]?.array ?? []).compactMap { $0.int.flatMap { places[Int($0)] } }
            if let condition = document["if"], let target = condition["step"]?.int,
                let status = condition["status"]?.string, let place = places[Int(target)]
            {
                step.condition = (place, status)
            }
            let count = document["count"]?.int ?? 1
            guard (1...Int64(Limits.stepsMax)).contains(count) else {
                throw .tooManySteps(limit: Limits.stepsMax)
            }
            for _ in 0..<count { add(step) }
            places[number] = steps.count - 1
        }
        if let movement, movement.before >= planned.count { add(movement.step) }
    }

    private mutating func add(_ step: Step) { steps.append(step) }

    /// The one movement of the clock, as a step; nil where steps of the plan's own move it.
    private static func movement(
        _ plan: JSONValue, _ planned: [JSONValue]
    ) -> (step: Step, before: Int)? {
        guard let value = plan["time_travel"], !value.isNull,
            !planned.contains(where: { $0["action"] == "advance_time" })
        else { return nil }
        let before = plan["time_travel_before"]?.int.map { Int($0) } ?? planned.count
        if let length = value.string {
            let duration = JSONObject.Member(name: "duration", value: .string(length))
            return (Step("advance_time", JSONObject([duration])), before)
        }
        return (Step("advance_time", value.object ?? JSONObject()), before)
    }
}

/// Why something cannot be run.
package enum JourneyFault: Error, Sendable, Equatable {
    /// A question or a refusal, or nothing at all.
    case noPlan
    case tooManySteps(limit: Int)
    /// The sandbox cannot do that step; nothing has been run.
    case notAvailable(step: Int, action: String)
    /// A member of the inputs that fits no step.
    case input(pointer: String, expected: String)
    /// A step is about something that no step before it has made.
    case nothingToActOn(step: Int, name: String)
}

extension Journey.Step {
    /// What later steps call the object that it makes; nil when it makes none.
    var makes: String? {
        switch action {
        case "authorize_payment": "payment"
        case "attach_card": "payment_method"
        case "trigger_event": "event"
        case "create_webhook_endpoint": "endpoint"
        default: action.hasPrefix("create_") ? String(action.dropFirst(7)) : nil
        }
    }
}

// MARK: - Inputs

extension Journey {
    /// The steps with other values: members named by a step's number, each an object of parameters,
    /// `scenario` among them (null takes it away). `from` is the first step that may be changed.
    package func changed(by inputs: JSONObject, from: Int) throws(JourneyFault) -> Journey {
        var journey = self
        for input in inputs.members {
            guard let place = Int(input.name), steps.indices.contains(place), place >= from else {
                throw .input(
                    pointer: "/inputs/\(input.name)",
                    expected: "the number of a step from \(from) to \(steps.count - 1)")
            }
            for member in input.value.object?.members ?? [] {
                try journey.steps[place].set(member, at: "/inputs/\(input.name)/\(member.name)")
            }
        }
        return journey
    }
}

extension Journey.Step {
    fileprivate mutating func set(
        _ member: JSONObject.Member, at pointer: String
    ) throws(JourneyFault) {
        if member.name == "scenario" {
            scenario = member.value.string
            return
        }
        guard ActionCatalogue.takes(member.name, action) || params.contains(member.name) else {
            throw .input(pointer: pointer, expected: "a parameter of \(action), or scenario")
        }
        params[member.name] = member.value.isNull ? nil : member.value
    }
}

// MARK: - Stored form

extension Journey {
    package var document: JSONValue { .array(steps.map { .object($0.document) }) }

    /// Reads what ``document`` writes.
    package init(stored: JSONValue) {
        steps = (stored.array ?? []).map { document in
            var step = Step(
                document["action"]?.string ?? "", document["params"]?.object ?? JSONObject())
            step.scenario = document["scenario"]?.string
            step.after = (document["after"]?.array ?? []).compactMap { $0.int.map { Int($0) } }
            if let place = document["if"]?["step"]?.int,
                let status = document["if"]?["status"]?.string
            {
                step.condition = (Int(place), status)
            }
            step.planStep = document["plan_step"]?.int.map { Int($0) }
            return step
        }
    }
}

extension Journey.Step {
    package var document: JSONObject {
        var document = JSONObject()
        document["action"] = .string(action)
        document["params"] = .object(params)
        if let scenario { document["scenario"] = .string(scenario) }
        if !after.isEmpty { document["after"] = .array(after.map { .int($0) }) }
        if let condition {
            document["if"] = ["step": .int(condition.step), "status": .string(condition.status)]
        }
        if let planStep { document["plan_step"] = .int(planStep) }
        return document
    }
}
