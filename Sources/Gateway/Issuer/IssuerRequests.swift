import Contracts
import HTTP
import Identity

// Reading requests to the issuer.
extension IssuerHost {
    /// A form with everything that authentication and proofs look at.
    func request(_ call: inout Call) async throws(OAuthError) -> IssuerRequest {
        let form = try await form(&call)
        let head = call.head
        var request = IssuerRequest(
            parameters: form, basic: try Self.basic(head),
            proofs: head.fields.values(of: "DPoP"), method: head.method.description,
            url: issuer.settings.issuer + head.path,
            certificate: call.request.connection.clientCertificate)
        let (services, now) = (services, call.began)
        request.admission = { client throws(OAuthError) in
            try await services.admit(client.principal, of: client.access, at: now)
        }
        return request
    }

    /// The body's parameters, which are a form (RFC 6749 appendix B).
    func form(_ call: inout Call) async throws(OAuthError) -> OAuthParameters {
        let type = call.head.fields["content-type"]?.prefix { $0 != ";" && $0 != " " }
        let bytes = try await body(&call)
        guard bytes.isEmpty || type?.lowercased() == "application/x-www-form-urlencoded" else {
            throw OAuthError(.invalidRequest, "The body is application/x-www-form-urlencoded.")
        }
        return try Self.parameters(bytes)
    }

    /// A JSON body.
    func document(_ call: inout Call) async throws(OAuthError) -> JSONValue {
        let bytes = try await body(&call)
        do throws(JSONError) {
            return try JSONParser.parse(bytes, doubled: .refused)
        } catch {
            throw OAuthError(.invalidClientMetadata, "The body is not JSON.")
        }
    }

    func query(_ call: Call) throws(OAuthError) -> OAuthParameters {
        try Self.parameters(call.head.queryBytes ?? [])
    }

    /// A cookie's value; the first of that name counts.
    func cookie(_ name: String, _ call: Call) -> String? {
        for field in call.head.fields.values(of: "Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else {
                    continue
                }
                return String(parts[1])
            }
        }
        return nil
    }

    /// What stands after `Bearer` or `DPoP`.
    static func bearer(_ head: RequestHead) -> [UInt8]? {
        guard let field = head.fields["authorization"] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, ["bearer", "dpop"].contains(parts[0].lowercased()) else {
            return nil
        }
        return Array(parts[1].utf8)
    }

    private func body(_ call: inout Call) async throws(OAuthError) -> [UInt8] {
        do throws(BodyError) {
            return try await call.request.collectBody(upTo: Limits.registrationBytes)
        } catch {
            throw OAuthError(.invalidRequest, "The body is incomplete, or larger than 64 KiB.")
        }
    }

    private static func parameters(
        _ bytes: some Collection<UInt8>
    ) throws(OAuthError) -> OAuthParameters {
        let pairs: [(name: String, value: String)]
        do throws(EncodingFault) {
            pairs = try FormEncoding.pairs(bytes)
        } catch {
            throw OAuthError(.invalidRequest, "The parameters are not well encoded.")
        }
        return try OAuthParameters(pairs)
    }

    /// Id and secret, each form-encoded before they were joined (RFC 6749 § 2.3.1).
    private static func basic(
        _ head: RequestHead
    ) throws(OAuthError) -> (id: String, secret: String)? {
        guard let field = head.fields["authorization"] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
        let unreadable = OAuthError(
            .invalidClient, "The field Authorization: Basic cannot be read.")
        guard let credentials = BasicCredentials(field) else { throw unreadable }
        do throws(EncodingFault) {
            return (
                try PercentEncoding.decodeText(credentials.user, plusIsSpace: true),
                try PercentEncoding.decodeText(credentials.password, plusIsSpace: true)
            )
        } catch {
            throw unreadable
        }
    }
}
