import Contracts
import HTTP

/// A credential for somebody else's server, as a caller shows it: a field and its value.
struct OutboundCredential: Sendable {
    let header: String
    let secret: String

    /// Nil for null. Refused with `pointer` is what cannot be a field of a request, and what is a
    /// production system's key.
    init?(_ document: JSONValue, at pointer: String) throws(Refusal) {
        guard let header = document["header"]?.string, let secret = document["secret"]?.string
        else { return nil }
        var fields = HeaderFields()
        guard fields.appendIfValid(header, secret), !Self.framing.contains(header.lowercased())
        else {
            throw .invalid(
                pointer: "\(pointer)/header", rule: "field",
                expected: "a field such as Authorization or X-Api-Key, with a value in one line")
        }
        guard !SensitiveText.holdsProductionKey(secret) else {
            throw .secret(in: "body", at: JSONPointer("\(pointer)/secret"))
        }
        self.header = header
        self.secret = secret
    }

    /// These say how a request is written.
    private static let framing: Set<String> = [
        "host", "connection", "content-length", "content-type", "content-encoding",
        "transfer-encoding", "te", "trailer", "upgrade", "expect", "traceparent", "accept-encoding",
    ]
}
