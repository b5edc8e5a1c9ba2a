import Contracts

/// A Postman collection, format 2.1: each saved example of an answer, for the call that it was saved
/// with. A `:name` or `{{variable}}` in a path or a parameter stands for anything.
enum PostmanReader {
    static func read(_ document: JSONValue, into stubs: inout StubCollector) {
        common(document, .root, &stubs)
        items(document["item"], JSONPointer(["item"]), depth: 0, &stubs)
    }

    private static func items(
        _ list: JSONValue?, _ pointer: JSONPointer, depth: Int, _ stubs: inout StubCollector
    ) {
        guard depth < 16 else { return stubs.note(pointer, "folders are nested too deep") }
        for (index, item) in (list?.array ?? []).enumerated() {
            let below = pointer.appending(index)
            common(item, below, &stubs)
            if item["item"] != nil {
                items(item["item"], below.appending("item"), depth: depth + 1, &stubs)
                continue
            }
            let examples = item["response"]?.array ?? []
            if examples.isEmpty { stubs.note(below, "the request has no saved example of an answer") }
            for (number, example) in examples.enumerated() {
                read(
                    example, of: item, below.appending("response").appending(number), &stubs)
            }
        }
    }

    /// What folders and requests may have beside them.
    private static func common(
        _ item: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) {
        if item["auth"]?.object != nil || item["request"]?["auth"]?.object != nil {
            stubs.note(pointer.appending("auth"), "credentials are not stored")
        }
        if let events = item["event"]?.array, !events.isEmpty {
            stubs.note(pointer.appending("event"), "scripts are not run")
        }
    }

    private static func read(
        _ example: JSONValue, of item: JSONValue, _ pointer: JSONPointer,
        _ stubs: inout StubCollector
    ) {
        let request = example["originalRequest"] ?? item["request"] ?? [:]
        guard let status = example["code"]?.int, (200...599).contains(status) else {
            return stubs.note(pointer, "the example has no status")
        }
        guard let path = path(request["url"] ?? request) else {
            return stubs.note(pointer, "the request has no path")
        }
        var conditions: [JSONValue] = []
        for (name, value) in query(request["url"] ?? request) {
            conditions.append(
                value.contains("{{") || value.isEmpty
                    ? .condition("query", name, "present", true)
                    : .condition("query", name, "equals", .string(value)))
        }
        conditions += body(request["body"], pointer, &stubs)
        var answer = StubAnswer(status: status)
        for (index, header) in (example["header"]?.array ?? []).enumerated() {
            answer.add(
                header["key"]?.string ?? "", header["value"]?.string ?? "",
                at: pointer.appending("header").appending(index), &stubs)
        }
        if let text = example["body"]?.string { answer.body = .text(text) }
        let names = [item["name"]?.string, example["name"]?.string].compactMap(\.self)
        stubs.add(
            Stub(
                name: names.joined(separator: " "),
                method: request["method"]?.string?.uppercased() ?? "GET", path: path,
                conditions: conditions, status: status, answer: { _ in answer.document() }),
            at: pointer)
    }

    private static func path(_ url: JSONValue) -> StubPath? {
        let parts: [String]
        if let segments = url["path"]?.array {
            parts = segments.compactMap { $0.string ?? $0["value"]?.string }
        } else if let path = url["path"]?.string {
            parts = path.split(separator: "/").map(String.init)
        } else {
            guard let raw = url.string ?? url["raw"]?.string else { return nil }
            // A variable in front is the host: {{baseUrl}}/v1/things.
            let start = raw.hasPrefix("{{") ? raw.firstRange(of: "}}")?.upperBound : nil
            guard let address = StubAddress(start.map { String(raw[$0...]) } ?? raw) else { return nil }
            parts = address.path.split(separator: "/").map(String.init)
        }
        let segments = parts.map { part -> StubPath.Segment in
            part.hasPrefix(":") || part.contains("{{") ? .any : .literal(part)
        }
        return StubPath(segments, "/" + parts.joined(separator: "/"))
    }

    private static func query(_ url: JSONValue) -> [(name: String, value: String)] {
        if let pairs = url["query"]?.array {
            return pairs.filter { $0["disabled"] != true }.compactMap { pair in
                pair["key"]?.string.map { ($0, pair["value"]?.string ?? "") }
            }
        }
        guard let raw = url.string ?? url["raw"]?.string, let mark = raw.firstIndex(of: "?") else {
            return []
        }
        return StubAddress("/" + raw[mark...])?.query ?? []
    }

    private static func body(
        _ body: JSONValue?, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) -> [JSONValue] {
        guard let body, !body.isNull else { return [] }
        guard body["mode"] == "raw", let text = body["raw"]?.string else {
            stubs.note(pointer.appending("originalRequest"), "the body is no JSON and makes no condition")
            return []
        }
        if text.isEmpty { return [] }
        guard let value = JSONValue(stub: text) else {
            stubs.note(pointer.appending("originalRequest"), "the body is no JSON and makes no condition")
            return []
        }
        guard text.contains("{{") else { return [.condition(at: .root, "equals", value)] }
        return value.leaves().filter { !($0.value.string?.contains("{{") ?? false) }
            .map { .condition(at: $0.pointer, "equals", $0.value) }
    }
}
