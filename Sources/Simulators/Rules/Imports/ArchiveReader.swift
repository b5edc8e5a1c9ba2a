import Contracts
import HTTP
import Runtime

/// An HTTP archive, HAR 1.2: each entry's answer for a call with the same path, query and body.
/// Header fields of the recorded requests are a browser's noise and make no conditions.
enum ArchiveReader {
    static func read(_ document: JSONValue, into stubs: inout StubCollector) {
        var seen: Set<JSONValue> = []
        for (index, entry) in (document["log"]?["entries"]?.array ?? []).enumerated() {
            let pointer = JSONPointer(["log", "entries"]).appending(index)
            guard let request = entry["request"], let response = entry["response"],
                let address = StubAddress(request["url"]?.string ?? "")
            else {
                stubs.note(pointer, "an entry has a request with a URL, and a response")
                continue
            }
            guard let status = response["status"]?.int, (200...599).contains(status) else {
                stubs.note(pointer.appending("response"), "no answer was recorded")
                continue
            }
            let method = request["method"]?.string?.uppercased() ?? "GET"
            var conditions = address.query.map {
                JSONValue.condition("query", $0.name, "equals", .string($0.value))
            }
            conditions += body(request, pointer.appending("request"), &stubs)
            let key: JSONValue = [
                .string(method), .string(address.path), .array(conditions),
            ]
            guard seen.insert(key).inserted else {
                stubs.note(pointer, "the same call was answered before; the first answer counts")
                continue
            }
            let answer = answer(response, status, pointer.appending("response"), &stubs)
            stubs.add(
                Stub(
                    name: "", method: method, path: StubPath(literal: address.path),
                    conditions: conditions, status: status, answer: { _ in answer.document() }),
                at: pointer)
        }
    }

    private static func body(
        _ request: JSONValue, _ pointer: JSONPointer, _ stubs: inout StubCollector
    ) -> [JSONValue] {
        guard let text = request["postData"]?["text"]?.string, !text.isEmpty else { return [] }
        guard let body = JSONValue(stub: text) else {
            stubs.note(
                pointer.appending("postData"), "the body is no JSON and makes no condition")
            return []
        }
        return [.condition(at: .root, "equals", body)]
    }

    private static func answer(
        _ response: JSONValue, _ status: Int64, _ pointer: JSONPointer,
        _ stubs: inout StubCollector
    ) -> StubAnswer {
        var answer = StubAnswer(status: status)
        for (index, header) in (response["headers"]?.array ?? []).enumerated() {
            answer.add(
                header["name"]?.string ?? "", header["value"]?.string ?? "",
                at: pointer.appending("headers").appending(index), &stubs)
        }
        let content = response["content"]
        if let type = content?["mimeType"]?.string, !type.isEmpty {
            answer.add("Content-Type", type, at: pointer, &stubs)
        }
        guard var text = content?["text"]?.string, !text.isEmpty else { return answer }
        if content?["encoding"] == "base64" {
            guard let bytes = Base64.bytes(text), let decoded = String(validating: bytes, as: UTF8.self)
            else {
                stubs.note(
                    pointer.appending("content"), "the content is no text; the rule has no body")
                return answer
            }
            text = decoded
        }
        answer.body = .text(text)
        return answer
    }
}

/// Path and query of an address in a recording.
struct StubAddress {
    let path: String
    let query: [(name: String, value: String)]

    /// Nil for what has no path, and for a query that cannot be decoded.
    init?(_ text: String) {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...].drop { $0 != "/" && $0 != "?" }
            if rest.isEmpty { rest = "/" }
        }
        rest = rest.prefix { $0 != "#" }
        let halves = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = halves.first, first.hasPrefix("/") else { return nil }
        path = String(first)
        do throws(EncodingFault) {
            query = halves.count > 1 ? try FormEncoding.pairs(Array(halves[1].utf8)) : []
        } catch {
            return nil
        }
    }
}
