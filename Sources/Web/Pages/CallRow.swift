import Contracts

/// A call as lists show it.
struct CallRow: Sendable {
    let id: String
    let at: String?
    let method: String
    let path: String
    let contract: String?
    let operation: String?
    let status: Int64
    let code: String?
    let durationMilliseconds: String

    init(_ document: JSONValue) {
        id = document["id"]?.string ?? ""
        at = document["started_at"]?.string
        method = document["method"]?.string ?? ""
        path = document["path"]?.string ?? ""
        contract = document["contract"]?.string
        operation = document["operation"]?.string
        status = document["status"]?.int ?? 0
        code = document["code"]?.string
        durationMilliseconds = document["duration_ms"]?.number?.text ?? "–"
    }
}
