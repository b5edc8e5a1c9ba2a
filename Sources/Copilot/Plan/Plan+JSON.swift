package import Contracts

extension Plan {
    /// The answer's members, as the vocabulary's §§ 1 and 2 fix them.
    package var json: JSONObject {
        var json = JSONObject()
        json["outcome"] = .string(outcome.rawValue)
        json["language"] = .string(language.rawValue)
        json["summary"] = .string(Summary.text(self))
        json["steps"] = .array(steps.enumerated().map { .object($1.json(number: $0)) })
        if isParallel { json["order"] = "parallel" }
        json["webhook"] = .bool(webhook)
        json["chaos"] = chaos.map(JSONValue.object) ?? .null
        json["time_travel"] = timeTravel ?? .null
        if let timeTravelBefore { json["time_travel_before"] = .int(timeTravelBefore) }
        if outcome == .clarify {
            json["question"] = .string(orNull: question)
            json["ask"] = .array(ask.map(JSONValue.string))
            json["choices"] = .array(choices.map(JSONValue.string))
        }
        if let reason { json["reason"] = .string(reason) }
        if !declined.isEmpty { json["declined"] = .array(declined.map(JSONValue.string)) }
        json["reading"] = .array(
            reading.map { ["text_span": $0.span.json, "rule": .string($0.rule)] })
        json["not_understood"] = .array(notUnderstood.map(JSONValue.string))
        return json
    }

    /// 32 hexadecimal digits (FNV-1a, 128 bits) over the answer: equal for equal plans. Not a
    /// secret, and no protection against collisions that somebody looks for.
    package var hash: String {
        var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in JSONWriter.bytes(.object(json)) {
            state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}

extension Range<Int> {
    /// Places in the text, in Unicode scalars.
    fileprivate var json: JSONValue { ["start": .int(lowerBound), "end": .int(upperBound)] }
}

extension Plan.Step {
    func json(number: Int) -> JSONObject {
        var json = JSONObject()
        json["n"] = .int(number)
        json["action"] = .string(action)
        if let operation = ActionOperation.of(action), !isNotAvailable {
            json["operation"] = .string(operation.name)
        }
        json["params"] = .object(params)
        if let scenario { json["scenario"] = .string(scenario) }
        if count > 1 { json["count"] = .int(count) }
        if !after.isEmpty { json["after"] = .array(after.map { .int($0) }) }
        if let condition {
            json["if"] = ["step": .int(condition.step), "status": .string(condition.status)]
        }
        if isAdded { json["added"] = true }
        if isNotAvailable { json["not_available"] = true }
        json["text_span"] = .array(spans.map { $0.json })
        json["rules"] = .array(rules.map(JSONValue.string))
        return json
    }
}
