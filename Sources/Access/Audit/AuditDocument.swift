import Contracts

/// What the audit log keeps of a document: no secrets, and no more than an entry can hold.
enum AuditDocument {
    private static let secretWords = ["secret", "password", "token", "authorization", "overrides"]

    static func storable(_ document: JSONValue) -> JSONValue {
        let kept = withoutSecrets(document)
        let bytes = JSONWriter.bytes(kept).count
        return bytes <= Limits.auditDocumentBytes ? kept : ["omitted_bytes": .int(bytes)]
    }

    private static func withoutSecrets(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var kept = JSONObject()
            for member in object.members {
                let name = member.name.lowercased()
                kept[member.name] =
                    secretWords.contains(where: name.contains) && member.value.kind != .boolean
                    ? "(not kept)" : withoutSecrets(member.value)
            }
            return .object(kept)
        case .array(let items): return .array(items.map(withoutSecrets))
        // A URL's query may carry a credential.
        case .string(let text) where text.contains("://"):
            return .string(String(text.prefix { $0 != "?" }))
        case .string, .number, .bool, .null: return value
        }
    }
}
