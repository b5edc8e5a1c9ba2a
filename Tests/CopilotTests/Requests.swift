import Contracts
import TestSupport

/// One line of a request file: a text and what a right plan contains.
struct Request {
    let id: String
    let text: String
    let expect: JSONValue

    /// The alternatives that are right: the expectation, and each override of `also` laid over it.
    var accepted: [JSONValue] {
        let more = expect["also"]?.array ?? []
        return [expect]
            + more.map { override in
                var all = expect
                for member in override.object?.members ?? [] { all[member.name] = member.value }
                return all
            }
    }

    static func read(_ bytes: [UInt8]) throws -> [Request] {
        try String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            let row = try JSONParser.parse(String(line))
            return Request(
                id: row["id"]?.string ?? "", text: row["text"]?.string ?? "",
                expect: row["expect"] ?? .null)
        }
    }

    static func own(_ name: String) throws -> [Request] {
        try read(Project.bytes("Tests/CopilotTests/requests/\(name).jsonl"))
    }
}
