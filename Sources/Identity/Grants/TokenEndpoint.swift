import Access
import Contracts
import Identifiers
import Runtime

/// The token endpoint: authenticates the client, runs its grant, and signs.
struct TokenEndpoint: Sendable {
    let authentication: ClientAuthentication
    let tokens: AccessTokenIssuer
    let proofs: DPoPCheck
    let settings: IssuerSettings
    let codes: CodeStore
    let refreshes: RefreshStore
    let devices: DeviceStore
    let status: TokenStatus
    let coalescer: TokenCoalescer

    func answer(_ request: IssuerRequest) async throws(OAuthError) -> TokenAnswer {
        let name = try request.parameters.required("grant_type")
        let client = try await authentication.client(of: request)
        guard let grant = ClientMetadata.GrantType(rawValue: name) else {
            throw OAuthError(
                .unsupportedGrantType, "The grant type \(name.prefix(64)) is not known here.")
        }
        guard client.metadata.allows(grant) else {
            throw OAuthError(
                .unauthorizedClient, "The client has not registered the grant \(name).")
        }
        try checkResource(request.parameters["resource"], client)
        let binding = try await binding(request, client)
        switch grant {
        case .clientCredentials: return try await clientCredentials(request, client, binding)
        case .authorizationCode: return try await authorizationCode(request, client, binding)
        case .refreshToken: return try await refresh(request, client, binding)
        case .deviceCode: return try await deviceCode(request, client, binding)
        }
    }

    // MARK: Grants

    private func clientCredentials(
        _ request: IssuerRequest, _ client: OAuthClient, _ binding: TokenBinding?
    ) async throws(OAuthError) -> TokenAnswer {
        guard !client.metadata.isPublic else {
            throw OAuthError(
                .unauthorizedClient, "A public client has no credentials to be granted by.")
        }
        let scopes = try client.scopes(requested: request.parameters["scope"])
        let subject = AccessTokenIssuer.Subject(
            name: client.id.description, scopes: scopes, binding: binding)
        guard request.parameters["sbx_coalesce"] == "true" else {
            return try await sign(subject, refreshToken: nil, for: client)
        }
        return try await coalesced(subject, for: client)
    }

    /// The token that the client was given before for the same, while it is good for a while more and
    /// nobody has revoked it; else a new one, which the next will be given.
    private func coalesced(
        _ subject: AccessTokenIssuer.Subject, for client: OAuthClient
    ) async throws(OAuthError) -> TokenAnswer {
        let wish = TokenCoalescer.Wish(subject, client)
        let now = tokens.clock.now()
        if let known = coalescer.token(for: wish, at: now),
            try await status.introspect(known.text, for: client)["active"] == true
        {
            return TokenAnswer(
                known.text, type: subject.binding?.tokenType ?? "Bearer",
                lifetimeSeconds: known.endsAt.seconds - now.seconds, scope: subject.scopes.text,
                for: client)
        }
        let token = try await tokens.token(for: client, subject)
        coalescer.keep(token.text, until: now + .seconds(token.lifetimeSeconds), for: wish)
        return TokenAnswer(
            token.text, type: subject.binding?.tokenType ?? "Bearer",
            lifetimeSeconds: token.lifetimeSeconds, scope: subject.scopes.text, for: client)
    }

    private func authorizationCode(
        _ request: IssuerRequest, _ client: OAuthClient, _ binding: TokenBinding?
    ) async throws(OAuthError) -> TokenAnswer {
        let redeemed = try await codes.redeem(
            try request.parameters.required("code"),
            redirectURI: request.parameters["redirect_uri"],
            verifier: try request.parameters.required("code_verifier"),
            keyThumbprint: binding?.keyThumbprint, for: client)
        return try await draw(from: redeemed, for: client, binding)
    }

    private func refresh(
        _ request: IssuerRequest, _ client: OAuthClient, _ binding: TokenBinding?
    ) async throws(OAuthError) -> TokenAnswer {
        let used = try await refreshes.rotate(
            try request.parameters.required("refresh_token"),
            keyThumbprint: binding?.keyThumbprint, for: client)
        let scopes = try used.grant.scopes(requested: request.parameters["scope"])
        let subject = AccessTokenIssuer.Subject(
            name: used.grant.subject, scopes: scopes, grant: used.grant.id, binding: binding)
        return try await sign(subject, refreshToken: used.next, for: client)
    }

    private func deviceCode(
        _ request: IssuerRequest, _ client: OAuthClient, _ binding: TokenBinding?
    ) async throws(OAuthError) -> TokenAnswer {
        let grant = try await devices.redeem(
            try request.parameters.required("device_code"), for: client)
        return try await draw(from: grant, for: client, binding)
    }

    /// The first tokens of a grant that a user has given.
    private func draw(
        from grant: Grant, for client: OAuthClient, _ binding: TokenBinding?
    ) async throws(OAuthError) -> TokenAnswer {
        var refreshToken: String?
        if client.metadata.allows(.refreshToken) {
            // A public client's refresh token is bound to its key (RFC 9449 § 5); a confidential
            // client has its own credential and may change keys.
            let thumbprint = client.metadata.isPublic ? binding?.keyThumbprint : nil
            refreshToken = try await refreshes.first(
                of: grant, keyThumbprint: thumbprint, for: client)
        }
        let subject = AccessTokenIssuer.Subject(
            name: grant.subject, scopes: grant.scopes, grant: grant.id, binding: binding)
        return try await sign(subject, refreshToken: refreshToken, for: client)
    }

    private func sign(
        _ subject: AccessTokenIssuer.Subject, refreshToken: String?, for client: OAuthClient
    ) async throws(OAuthError) -> TokenAnswer {
        let token = try await tokens.token(for: client, subject)
        return TokenAnswer(
            token.text, type: subject.binding?.tokenType ?? "Bearer",
            lifetimeSeconds: token.lifetimeSeconds, scope: subject.scopes.text,
            refreshToken: refreshToken, for: client)
    }

    // MARK: What a token is bound to

    /// A proof binds to its key, a certificate to itself when the client has asked for that.
    private func binding(
        _ request: IssuerRequest, _ client: OAuthClient
    ) async throws(OAuthError) -> TokenBinding? {
        if !request.proofs.isEmpty || client.metadata.bindsToDPoP {
            do throws(DPoPError) {
                return .dpop(
                    keyThumbprint: try await proofs.keyThumbprint(
                        of: request, in: client.sandbox.sandbox, as: client.access))
            } catch {
                throw error.oauth
            }
        }
        guard client.metadata.bindsToCertificate else { return nil }
        guard let der = request.certificate else {
            throw OAuthError(
                .invalidRequest,
                "The client's tokens are bound to a certificate, and there is none here.")
        }
        return .certificate(
            thumbprint: Base64URL.text(ClientCertificate(der: der).thumbprint.bytes))
    }

    /// RFC 8707. A client belongs to one sandbox, so there is one answer.
    private func checkResource(
        _ resource: String?, _ client: OAuthClient
    ) throws(OAuthError) {
        let audience = settings.audience(slug: client.sandbox.slug)
        guard let resource, resource != audience, resource != audience + "/" else { return }
        throw OAuthError(.invalidTarget, "The client's tokens are for \(audience).")
    }
}

extension TokenBinding {
    var keyThumbprint: String? {
        if case .dpop(let thumbprint) = self { thumbprint } else { nil }
    }
}

extension OAuthClient {
    /// What was asked for, all of it registered; without a wish everything that is.
    func scopes(requested text: String?) throws(OAuthError) -> Scopes {
        try scopes.narrowed(to: text)
    }
}

extension Scopes {
    func narrowed(to text: String?) throws(OAuthError) -> Scopes {
        guard let text else { return self }
        let wanted = Scopes(text: text)
        guard let missing = wanted.first(notIn: self) else { return wanted }
        throw OAuthError(.invalidScope, "The scope \(missing.text.prefix(64)) was not granted.")
    }
}
