import HTTP

/// The portal's cookies. `__Host-` binds each to this host and this port's scheme; browsers take such
/// a cookie over plain HTTP from loopback names only, which is where the portal is used without TLS
/// (docs/decisions/0014).
enum Cookies {
    /// The session's token.
    static let session = "__Host-sbx_session"
    /// Binds forms to a browser that has not signed in.
    static let visitor = "__Host-sbx_visitor"
    /// The chosen language. No secret, and read by nobody else.
    static let language = "__Host-sbx_language"
    /// The operator's session.
    static let `operator` = "__Host-sbx_operator"

    static func value(_ name: String, in fields: HeaderFields) -> String? {
        for field in fields.values(of: "Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    static func set(_ name: String, _ value: String, seconds: Int? = nil, in answer: inout PortalAnswer) {
        let age = seconds.map { "; Max-Age=\($0)" } ?? ""
        answer.fields.append(
            "Set-Cookie", "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)")
    }

    static func clear(_ name: String, in answer: inout PortalAnswer) {
        set(name, "", seconds: 0, in: &answer)
    }
}
