import Contracts

/// WireMock's stub mappings: `{mappings: […]}`, a list, or one of them.
enum WireMockReader {
    static func read(_ document: JSONValue, into stubs: inout StubCollector) {
        if let mappings = document["mappings"]?.array {
            for (index, mapping) in mappings.enumerated() {
                read(mapping, JSONPointer(["mappings"]).appending(index), &stubs)
            }
        } else if let mappings = document.array {
            for (index, mapping) in mappings.enumerated() {
                read(mapping, JSONPointer().appending(index), &stubs)
            }
        } else {
            read(document, .root, &stubs)
        }
    }

    private static func read(
        _ mapping: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) {
        let request = mapping["request"] ?? [:]
        noteUnknown(
            mapping, known: mappingMembers, at: pointer, &stubs,
            reasons: [
                "scenarioName": "rules have no states; the sandbox's own objects do",
                "requiredScenarioState": "rules have no states; the sandbox's own objects do",
                "newScenarioState": "rules have no states; the sandbox's own objects do",
                "postServeActions": "webhooks come from events of the sandbox",
                "serveEventListeners": "webhooks come from events of the sandbox",
            ])
        guard let (path, query) = path(request, pointer.appending("request"), &stubs) else { return }
        guard let conditions = conditions(request, pointer.appending("request"), &stubs) else {
            return stubs.note(pointer, "left out as a whole: without that condition it would answer other calls")
        }
        guard let response = mapping["response"],
            let answer = answer(response, pointer.appending("response"), &stubs)
        else {
            return stubs.note(pointer.appending("response"), "there is no answer that a rule can give")
        }
        let texts = ["name", "id", "uuid"].compactMap { mapping[$0]?.string }
        let status = response["status"]?.int ?? 200
        stubs.add(
            Stub(
                name: texts.first ?? "", method: request["method"]?.string?.uppercased() ?? "ANY",
                path: path, conditions: query + conditions, priority: mapping["priority"]?.int,
                status: status, answer: answer), at: pointer)
    }

    private static let mappingMembers: Set<String> = [
        "id", "uuid", "name", "priority", "persistent", "metadata", "insertionIndex", "request",
        "response",
    ]

    static func noteUnknown(
        _ document: JSONValue, known: Set<String>, at pointer: JSONPointer,
        _ stubs: inout StubCollector, reasons: [String: String] = [:]
    ) {
        for member in document.object?.members ?? []
        where !known.contains(member.name) && !member.value.isNull {
            stubs.note(
                pointer.appending(member.name),
                reasons[member.name] ?? "rules have nothing that does the same")
        }
    }

    // MARK: The request

    private static func path(
        _ request: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) -> (StubPath, [JSONValue])? {
        if let text = request["urlPath"]?.string { return (StubPath(literal: text), []) }
        if let text = request["urlPathTemplate"]?.string { return (StubPath(template: text), []) }
        if let text = request["url"]?.string, let address = StubAddress(text) {
            let query = address.query.map {
                JSONValue.condition("query", $0.name, "equals", .string($0.value))
            }
            return (StubPath(literal: address.path), query)
        }
        for name in ["urlPathPattern", "urlPattern"] {
            guard let text = request[name]?.string else { continue }
            guard !text.contains("\\?"), let path = StubPath(pattern: text) else {
                stubs.note(
                    pointer.appending(name),
                    "the pattern cannot be read segment by segment; the mapping is left out")
                return nil
            }
            return (path, [])
        }
        stubs.note(pointer, "a rule is for one path, and the mapping names none")
        return nil
    }

    /// Nil where one of them cannot be carried over.
    private static func conditions(
        _ request: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) -> [JSONValue]? {
        var reader = WireMockMatchers()
        for (member, place) in [
            ("queryParameters", "query"), ("headers", "header"), ("pathParameters", "path"),
        ] {
            for entry in request[member]?.object?.members ?? [] {
                let below = pointer.appending(member).appending(entry.name)
                if place == "header", CredentialNames.isOne(entry.name) {
                    stubs.note(below, "credentials are checked by the sandbox and not stored")
                } else if place == "header",
                    ["content-type", "accept"].contains(entry.name.lowercased())
                {
                    stubs.note(below, "the contract says which media types there are")
                } else {
                    reader.add(entry.value, in: place, entry.name, below)
                }
            }
        }
        for (index, pattern) in (request["bodyPatterns"]?.array ?? []).enumerated() {
            reader.add(body: pattern, pointer.appending("bodyPatterns").appending(index))
        }
        for fault in reader.faults { stubs.note(fault.pointer, fault.reason) }
        noteUnknown(
            request, known: requestMembers, at: pointer, &stubs,
            reasons: ["basicAuthCredentials": "credentials are checked by the sandbox and not stored"])
        let dropped = request.object?.names.contains { conditionsWithoutRule.contains($0) } ?? false
        return reader.faults.isEmpty && !dropped ? reader.conditions : nil
    }

    private static let requestMembers: Set<String> = [
        "method", "url", "urlPath", "urlPathTemplate", "urlPattern", "urlPathPattern",
        "queryParameters", "headers", "pathParameters", "bodyPatterns",
    ]
    private static let conditionsWithoutRule: Set<String> = [
        "formParameters", "multipartPatterns", "cookies", "customMatcher", "host", "clientIp",
    ]

    // MARK: The response

    private static func answer(
        _ response: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) -> ((Contracts.Operation) -> JSONValue)? {
        let delays = "faults and delays are the sandbox's chaos, PUT …/chaos"
        noteUnknown(
            response, known: ["status", "headers", "jsonBody", "body", "transformers"],
            at: pointer, &stubs,
            reasons: [
                "fixedDelayMilliseconds": delays, "delayDistribution": delays,
                "chunkedDribbleDelay": delays, "fault": delays,
                "proxyBaseUrl": "a sandbox never calls another system",
                "bodyFileName": "the file is not part of the document",
                "base64Body": "a rule's answer is text",
            ])
        let hopeless = ["fault", "proxyBaseUrl", "bodyFileName", "base64Body"]
        guard !hopeless.contains(where: { response[$0] != nil }) else { return nil }
        let transformers = response["transformers"]?.array?.compactMap(\.string) ?? []
        for name in transformers where name != "response-template" {
            stubs.note(pointer.appending("transformers"), "there is no transformer \(name)")
        }
        var answer = StubAnswer(status: response["status"]?.int ?? 200)
        for header in response["headers"]?.object?.members ?? [] {
            let values = header.value.array?.compactMap(\.string) ?? [header.value.string ?? ""]
            answer.add(
                header.name, values.joined(separator: ", "),
                at: pointer.appending("headers").appending(header.name), &stubs)
        }
        if let body = response["jsonBody"] {
            answer.body = .json(body)
        } else if let text = response["body"]?.string {
            answer.body = .text(text)
        }
        guard transformers.contains("response-template") else { return { _ in answer.document() } }
        let made = answer
        return { operation in
            made.document { WireMockTemplate(path: operation.path).translated($0) }
        }
    }
}
