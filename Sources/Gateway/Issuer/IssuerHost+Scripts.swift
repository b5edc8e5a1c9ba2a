import HTTP
import Identity

// Public clients that are scripts in a page (RFC 9700 § 2.6): they may call whatever is no page from
// any origin. Nothing there goes by cookies, so a foreign page gains nothing that curl would not have.
extension IssuerHost {
    /// The answer to a browser's question before it sends the request itself.
    func preflight(_ methods: some Collection<Method>) -> Answer {
        var answer = Answer(204, contentType: "application/json", [])
        answer.fields.append(
            "Access-Control-Allow-Methods",
            methods.map(\.description).sorted().joined(separator: ", "))
        answer.fields.append(
            "Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP, If-None-Match")
        answer.fields.append("Access-Control-Max-Age", "\(Limits.keySetSeconds)")
        openToScripts(&answer)
        return answer
    }

    func openToScripts(_ answer: inout Answer) {
        answer.fields.append("Access-Control-Allow-Origin", "*")
        answer.fields.append(
            "Access-Control-Expose-Headers", "DPoP-Nonce, ETag, Retry-After, WWW-Authenticate")
    }
}
