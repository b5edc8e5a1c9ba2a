import Contracts
import HTTP
import Simulators

extension RequestHead {
    /// What the request prefers (RFC 7240), by name.
    var preferences: [String: String] {
        guard fields.contains("prefer") else { return [:] }
        return Preference.values(fields.values(of: "prefer").joined(separator: ","))
    }
}

extension Answer {
    /// The answer to a change without its body, as `Prefer: return=minimal` asks (RFC 7240 § 4.2);
    /// Location says where the object stands. Errors and what was only rehearsed keep theirs.
    /// An API that declares the field itself says what it means there, so nothing is left out.
    func minimal(for head: RequestHead, at path: String, _ operation: Operation) -> Answer {
        guard head.preferences["return"] == "minimal", !head.method.isSafe, code == nil,
            stream == nil, fault == nil, (200...299).contains(status),
            !fields.contains("X-Sbx-Dry-Run"), !operation.declares(header: "prefer")
        else { return self }
        var minimal = self
        if status == 201, let id = createdID { minimal.fields.append("Location", "\(path)/\(id)") }
        minimal.fields.append("Preference-Applied", "return=minimal")
        minimal.body = []
        return minimal.withStatus(status == 200 ? 204 : status)
    }

    private var createdID: String? {
        do {
            return try JSONParser.parse(body)["id"]?.string
        } catch {
            return nil
        }
    }
}
