package import Contracts

/// A journey as an Arazzo 1.0.1 description, which other runners take too: one workflow whose steps
/// call the contracts' operations. A step names its operation by `operationPath`, which says which
/// document is meant; an `operationId` would need a runtime expression for that as soon as there are
/// two documents, and runners exist that compare it as it stands.
package enum Arazzo {
    /// A contract of the steps, by its name, and where its document stands.
    package typealias Source = (name: String, url: String, contract: Contract)

    /// Ids of objects that earlier steps make are bound by runtime expressions. Repeats are written
    /// out; a step's condition becomes actions of the step that it looks at.
    package static func document(
        _ journey: Journey, id: String, summary: String, sources: [Source], sandbox: String
    ) -> JSONValue {
        let steps = journey.steps.indices.compactMap {
            step($0, in: journey, sources: sources, sandbox: sandbox)
        }
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

    private static func step(
        _ place: Int, in journey: Journey, sources: [Source], sandbox: String
    ) -> JSONValue? {
        let step = journey.steps[place]
        guard let call = call(place, in: journey),
            let operationPath = operationPath(call.operation, sources)
        else { return nil }
        var document: JSONValue = ["stepId": .string(name(place)), "description": .string(words(step))]
        document["operationPath"] = .string(operationPath)
        let parameters = parameters(call, step, sandbox: sandbox)
        if !parameters.isEmpty { document["parameters"] = .array(parameters) }
        if let body = call.body {
            document["requestBody"] = ["contentType": "application/json", "payload": body]
        }
        document["successCriteria"] = [["condition": .string(criterion(place, in: journey))]]
        if step.makes != nil, step.scenario == nil {
            document["outputs"] = ["id": "$response.body#/id"]
        }
        for (member, action) in jumps(place, in: journey) { document[member] = [action] }
        return document
    }

    /// Nil where the document lacks the operation.
    private static func operationPath(_ wanted: ActionOperation, _ sources: [Source]) -> String? {
        let contract = sources.first { $0.name == wanted.contract }?.contract
        guard let operation = contract?.operation(id: wanted.operation) else { return nil }
        let place = JSONPointer(["paths", operation.path, operation.method.lowercased()])
        return "{$sourceDescriptions.\(wanted.contract).url}#\(place)"
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

    /// Where the next step waits for how this one ends, that is what is asked. Otherwise a step that
    /// has a scenario, or that a later one waits for, may end in the contract's refusal.
    private static func criterion(_ place: Int, in journey: Journey) -> String {
        if waitsForIt(place + 1, place, in: journey) { return "$statusCode < 300" }
        let mayFail =
            journey.steps[place].scenario != nil
            || journey.steps.contains { $0.condition?.step == place }
        return mayFail ? "$statusCode >= 200 && $statusCode < 500" : "$statusCode < 300"
    }

    /// Where the next step waits for how this one ends: on to it if it has ended so, else past it.
    /// The two ways are the step's success and its failure, so neither action has a criterion.
    private static func jumps(
        _ place: Int, in journey: Journey
    ) -> [(member: String, action: JSONValue)] {
        let next = place + 1
        guard waitsForIt(next, place, in: journey),
            let awaited = journey.steps[next].condition?.status
        else { return [] }
        let past = journey.steps.indices.first {
            $0 > next && journey.steps[$0].condition?.status != awaited
        }
        let goOn = jump(to: next)
        let leave = past.map { jump(to: $0) } ?? ["name": "finish", "type": "end"]
        return ["succeeded", "approved"].contains(awaited)
            ? [("onFailure", leave)] : [("onSuccess", leave), ("onFailure", goOn)]
    }

    private static func waitsForIt(_ next: Int, _ place: Int, in journey: Journey) -> Bool {
        next < journey.steps.count && journey.steps[next].condition?.step == place
    }

    private static func jump(to place: Int) -> JSONValue {
        [
            "name": .string("go_to_\(name(place))"), "type": "goto",
            "stepId": .string(name(place)),
        ]
    }

    private static func name(_ place: Int) -> String { "step_\(place)" }

    private static func words(_ step: Journey.Step) -> String {
        let action = step.action.split(separator: "_").joined(separator: " ")
        return step.scenario.map { "\(action), ends with \($0)" } ?? action
    }
}
