import Contracts

/// Pact files of versions 2 to 4: each interaction's answer, for calls that meet its request with
/// its matching rules. The answer's own matching rules say what a consumer accepts; its example
/// meets them and is what is answered.
enum PactReader {
    static func read(_ document: JSONValue, into stubs: inout StubCollector) {
        for (index, interaction) in (document["interactions"]?.array ?? []).enumerated() {
            let pointer = JSONPointer(["interactions"]).appending(index)
            if let type = interaction["type"]?.string, type != "Synchronous/HTTP" {
                stubs.note(pointer, "rules answer HTTP calls, not \(type)")
                continue
            }
            read(interaction, pointer, &stubs)
        }
        if let messages = document["messages"]?.array, !messages.isEmpty {
            stubs.note("/messages", "rules answer HTTP calls, not messages")
        }
    }

    private static func read(
        _ interaction: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) {
        guard let request = interaction["request"], let response = interaction["response"] else {
            return stubs.note(pointer, "an interaction has a request and a response")
        }
        for name in ["providerState", "providerStates"]
        where interaction[name]?.array?.isEmpty == false || interaction[name]?.string != nil {
            stubs.note(
                pointer.appending(name),
                "states of a provider are not set up; the rule answers whatever the sandbox holds")
        }
        var matchers = PactMatchers(request, pointer.appending("request"))
        let path = matchers.path()
        matchers.addQuery()
        matchers.addHeaders()
        matchers.addBody(document(request["body"]))
        for note in matchers.notes { stubs.note(note.pointer, note.reason) }
        guard let path else { return }
        let status = response["status"]?.int ?? 200
        let answer = answer(response, status, pointer.appending("response"), &stubs)
        stubs.add(
            Stub(
                name: interaction["description"]?.string ?? "",
                method: request["method"]?.string?.uppercased() ?? "GET", path: path,
                conditions: matchers.conditions, status: status,
                answer: { _ in answer.document() }), at: pointer)
    }

    private static func answer(
        _ response: JSONValue, _ status: Int64, _ pointer: JSONPointer,
        _ stubs: inout StubCollector
    ) -> StubAnswer {
        var answer = StubAnswer(status: status)
        for header in response["headers"]?.object?.members ?? [] {
            let values = header.value.array?.compactMap(\.string) ?? [header.value.string ?? ""]
            answer.add(
                header.name, values.joined(separator: ", "),
                at: pointer.appending("headers").appending(header.name), &stubs)
        }
        if response["generators"]?.object?.isEmpty == false {
            stubs.note(pointer.appending("generators"), "the example's values are answered as they are")
        }
        if let body = document(response["body"]) {
            if let type = response["body"]?["contentType"]?.string {
                answer.add("Content-Type", type, at: pointer.appending("body"), &stubs)
            }
            answer.body = body.string.map { .text($0) } ?? .json(body)
        }
        return answer
    }

    /// Version 4 wraps a body: `{content, contentType, encoded}`.
    private static func document(_ body: JSONValue?) -> JSONValue? {
        guard let body, !body.isNull else { return nil }
        guard let content = body["content"], body["contentType"] != nil || body["encoded"] != nil else {
            return body
        }
        if body["encoded"] == "JSON", let text = content.string { return JSONValue(stub: text) }
        return content
    }
}
