package import Contracts

/// A journey as an Arazzo 1.0.1 description, which other runners take too: one workflow whose steps
/// call the contracts' operations by their ids.
package enum Arazzo {
    /// Where a contract's document stands, by the contract's name.
    package typealias Source = (name: String, url: String)

    /// Ids of objects that earlier steps make are bound by runtime expressions. Repeats are written
    /// out; a step's condition becomes an action of the step that it looks at.
    package static func document(
        _ journey: Journey, id: String, summary: String, sources: [Source], sandbox: String
    ) -> JSONValue {
        let steps = journey.steps.indices.compactMap { step($0, in: journey, sandbox: sandbox) }
        return [
            "arazzo": "1.0.1",
            "info": ["title": .string(summary), "version": "1.0.0"],
            "sourceDescriptions": .array(
                sources.map { ["name": .string($0.name), "url": .string($0.url), "type": "openapi"] }),
            "workflows": [
                [
                    "workflowId": .string(id), "summary": .string(summary),
                    "steps": .array(steps),
                ]
            ],
        ]
    }

    private static func step(_ place: Int, in journey: Journey, sandbox: String) -> JSONValue? {
        let step = journey.steps[place]
        guard let call = call(place, in: journey) else { return nil }
        var document: JSONValue = ["stepId": .string(name(place)), "description": .string(words(step))]
        document["operationId"] = .string(
            "$sourceDescriptions.\(call.operation.contract).\(call.operation.operation)")
        let parameters = parameters(call, step, sandbox: sandbox)
        if !parameters.isEmpty { document["parameters"] = .array(parameters) }
        if let body = call.body {
            document["requestBody"] = ["contentType": "application/json", "payload": body]
        }
        document["successCriteria"] = [["condition": .string(criterion(place, in: journey))]]
        if step.makes != nil, step.scenario == nil {
            document["outputs"] = ["id": "$response.body#/id"]
        }
        let jumps = jumps(place, in: journey)
        if !jumps.isEmpty { document["onSuccess"] = .array(jumps) }
        return document
    }

    /// The call with runtime expressions in the place of ids; nil for one that is about nothing.
    private static func call(_ place: Int, in journey: Journey) -> StepCall? {
        let step = journey.steps[place]
        do throws(JourneyFault) {
            return try StepCall(step, at: place) { name in
                let order = step.after.reversed() + Array((0..<place).reversed())
                return order.first { journey.steps[$0].makes == name }
                    .map { "$steps.\(Self.name($0)).outputs.id" }
            }
        } catch {
            return nil
        }
    }

    private static func parameters(
        _ call: StepCall, _ step: Journey.Step, sandbox: String
    ) -> [JSONValue] {
        var parameters: [JSONValue] = []
        let add = { (name: String, location: String, value: String) in
            ["name": .string(name), "in": .string(location), "value": .string(value)] as JSONValue
        }
        if call.operation.contract == ActionOperation.platform {
            parameters.append(add("sandbox", "path", sandbox))
        }
        for (name, value) in call.path.sorted(by: { $0.key < $1.key }) {
            parameters.append(add(name, "path", value))
        }
        for (name, value) in call.query { parameters.append(add(name, "query", value)) }
        if let scenario = step.scenario {
            parameters.append(add("X-Sandbox-Scenario", "header", scenario))
        }
        if let key = call.idempotencyKey { parameters.append(add("Idempotency-Key", "header", key)) }
        return parameters
    }

    /// A step that has a scenario, or that another waits for, may end in the contract's refusal.
    private static func criterion(_ place: Int, in journey: Journey) -> String {
        let mayFail =
            journey.steps[place].scenario != nil
            || journey.steps.contains { $0.condition?.step == place }
        return mayFail ? "$statusCode >= 200 && $statusCode < 500" : "$statusCode < 300"
    }

    /// Where the next step waits for how this one ends, and it has ended otherwise: past it.
    private static func jumps(_ place: Int, in journey: Journey) -> [JSONValue] {
        let next = place + 1
        guard next < journey.steps.count, let condition = journey.steps[next].condition,
            condition.step == place
        else { return [] }
        let isForGood = ["succeeded", "approved"].contains(condition.status)
        let criterion = isForGood ? "$statusCode >= 300" : "$statusCode < 300"
        let past = journey.steps.indices.first {
            $0 > next && journey.steps[$0].condition?.status != condition.status
        }
        var jump: JSONValue = ["name": .string("past_\(name(next))")]
        jump["type"] = past == nil ? "end" : "goto"
        if let past { jump["stepId"] = .string(name(past)) }
        jump["criteria"] = [["condition": .string(criterion)]]
        return [jump]
    }

    private static func name(_ place: Int) -> String { "step_\(place)" }

    private static func words(_ step: Journey.Step) -> String {
        let action = step.action.split(separator: "_").joined(separator: " ")
        return step.scenario.map { "\(action), ends with \($0)" } ?? action
    }
}
