package import Access
package import Contracts
package import Identifiers
package import Runtime
package import Tenancy

/// The OAuth authorization server of all sandboxes: one issuer, whose clients and tokens each belong
/// to one sandbox. It knows no HTTP: the gateway turns requests into its values and back.
package struct Issuer: Sendable {
    package let settings: IssuerSettings
    package let keyring: Keyring
    package let accessTokens: AccessTokenCheck
    package let authorization: AuthorizationFlow
    package let deviceFlow: DeviceFlow
    package let nonces: DPoPNonces
    private let authorities: TrustedAuthorities?
    private let clients: ClientStore
    private let authentication: ClientAuthentication
    private let endpoint: TokenEndpoint
    private let status: TokenStatus
    private let registration: ClientRegistration
    private let keeper: ClientKeeper
    private let devices: DeviceStore

    /// What the issuer stands on.
    package struct Ground: Sendable {
        let database: TenantDatabase
        let directory: EdgeDirectory
        let control: AccessControl
        let caches: ClaimsCaches
        let clock: any WallClock
        let random: any RandomSource

        package init(
            database: TenantDatabase, directory: EdgeDirectory, control: AccessControl,
            caches: ClaimsCaches, clock: any WallClock, random: any RandomSource
        ) {
            self.database = database
            self.directory = directory
            self.control = control
            self.caches = caches
            self.clock = clock
            self.random = random
        }
    }

    /// `nonceKey` is secret and the same on every gateway; `authorities` are those that may issue
    /// certificates to clients.
    package init(
        settings: IssuerSettings, keyring: Keyring, nonceKey: [UInt8],
        authorities: TrustedAuthorities? = nil, on ground: Ground
    ) {
        let (database, clock, random) = (ground.database, ground.clock, ground.random)
        let clients = ClientStore(
            database: database, directory: ground.directory, control: ground.control, clock: clock)
        let replays = ReplayStore(database: database)
        let nonces = DPoPNonces(key: nonceKey, clock: clock)
        let proofs = DPoPCheck(nonces: nonces, replays: replays, clock: clock)
        let codes = CodeStore(database: database, clock: clock, random: random)
        let refreshes = RefreshStore(database: database, clock: clock, random: random)
        let devices = DeviceStore(database: database, clock: clock, random: random)
        let interactions = InteractionStore(database: database, clock: clock, random: random)
        let authentication = ClientAuthentication(
            clients: clients, replays: replays, settings: settings, authority: authorities,
            clock: clock)
        self.settings = settings
        self.authorities = authorities
        self.clients = clients
        self.keyring = keyring
        self.nonces = nonces
        self.authentication = authentication
        self.devices = devices
        accessTokens = AccessTokenCheck(
            settings: settings, keyring: keyring, database: database, control: ground.control,
            caches: ground.caches, proofs: proofs, clock: clock)
        let status = TokenStatus(
            settings: settings, keyring: keyring, database: database, refreshes: refreshes,
            clock: clock)
        self.status = status
        endpoint = TokenEndpoint(
            authentication: authentication,
            tokens: AccessTokenIssuer(
                settings: settings, keyring: keyring, clock: clock, random: random),
            proofs: proofs, settings: settings, codes: codes, refreshes: refreshes, devices: devices,
            status: status, coalescer: TokenCoalescer())
        authorization = AuthorizationFlow(
            clients: clients, interactions: interactions, codes: codes, settings: settings,
            database: database, clock: clock, random: random)
        deviceFlow = DeviceFlow(
            clients: clients, directory: ground.directory, control: ground.control,
            devices: devices, interactions: interactions, random: random)
        keeper = ClientKeeper(database: database, clock: clock, random: random)
        registration = ClientRegistration(
            database: database, clients: clients, settings: settings, clock: clock, random: random)
    }
}

extension Issuer {
    /// How clients can authenticate here: certificates only over TLS, and chains only to authorities.
    package var authenticationMethods: [ClientMetadata.Authentication] {
        ClientMetadata.Authentication.allCases.filter { method in
            switch method {
            case .tls: settings.isTLS && authorities != nil
            case .selfSignedTLS: settings.isTLS
            case .basic, .post, .privateKey, .none: true
            }
        }
    }
}

// MARK: - What is remembered

extension Issuer {
    /// Drops what a notification names.
    package func forget(_ invalidation: Invalidation) {
        guard case .sandbox(let sandbox) = invalidation else { return }
        clients.forget(sandbox)
    }

    /// Drops everything: notifications may have been missed.
    package func forgetAll() {
        keyring.forget()
        clients.forgetAll()
    }
}

// MARK: - Endpoints for clients

extension Issuer {
    package func token(_ request: IssuerRequest) async throws(OAuthError) -> TokenAnswer {
        try await endpoint.answer(request)
    }

    /// RFC 7662.
    package func introspect(_ request: IssuerRequest) async throws(OAuthError) -> JSONValue {
        let client = try await confidentialClient(of: request)
        return try await status.introspect(try request.parameters.required("token"), for: client)
    }

    /// RFC 7009.
    package func revoke(_ request: IssuerRequest) async throws(OAuthError) {
        let client = try await authentication.client(of: request)
        try await status.revoke(try request.parameters.required("token"), for: client)
    }

    /// RFC 9126.
    package func push(_ request: IssuerRequest) async throws(OAuthError) -> JSONValue {
        let client = try await authentication.client(of: request)
        let pushed = try await authorization.push(request.parameters, for: client)
        return ["request_uri": .string(pushed.requestURI), "expires_in": .int(pushed.seconds)]
    }

    /// RFC 8628 § 3.1. `verificationURL` is the page where the code is typed.
    package func beginDevice(
        _ request: IssuerRequest, verificationURL: String
    ) async throws(OAuthError) -> JSONValue {
        let client = try await authentication.client(of: request)
        guard client.metadata.allows(.deviceCode) else {
            throw OAuthError(.unauthorizedClient, "The client has not registered the device grant.")
        }
        let scopes = try client.scopes(requested: request.parameters["scope"])
        let begun = try await devices.begin(scopes, for: client)
        return [
            "device_code": .string(begun.deviceCode), "user_code": .string(begun.userCode.shown),
            "verification_uri": .string(verificationURL),
            "verification_uri_complete": .string(
                "\(verificationURL)?user_code=\(begun.userCode.shown)"),
            "expires_in": .int(Limits.deviceCodeSeconds),
            "interval": .int(Limits.devicePollSeconds),
        ]
    }

    private func confidentialClient(of request: IssuerRequest) async throws(OAuthError)
        -> OAuthClient
    {
        let client = try await authentication.client(of: request)
        guard !client.metadata.isPublic else {
            throw OAuthError(.invalidClient, "Introspection needs a client with a credential.")
        }
        return client
    }
}

// MARK: - Registration

extension Issuer {
    package func register(
        _ document: JSONValue, as access: SandboxAccess
    ) async throws(OAuthError) -> JSONValue {
        try await registration.register(document, as: access)
    }

    package func registration(
        of client: ClientID, token: [UInt8]?
    ) async throws(OAuthError) -> JSONValue {
        try await registration.read(client, token: token)
    }

    package func replaceRegistration(
        of client: ClientID, with document: JSONValue, token: [UInt8]?
    ) async throws(OAuthError) -> JSONValue {
        try await registration.replace(client, with: document, token: token)
    }

    package func deleteRegistration(
        of client: ClientID, token: [UInt8]?
    ) async throws(OAuthError) {
        try await registration.delete(client, token: token)
    }
}

// MARK: - A tenant's clients

extension Issuer {
    /// What lists show of the sandbox's clients.
    package func clients(as access: SandboxAccess) async throws(IdentityError) -> [JSONValue] {
        try await keeper.list(as: access)
    }

    /// ``ClientKeeper/rotate(_:overlapSeconds:as:)``.
    package func rotateSecret(
        of client: ClientID, overlapSeconds: Int64, as access: SandboxAccess
    ) async throws(IdentityError) -> (secret: Secret, previousUntil: WallInstant) {
        try await keeper.rotate(client, overlapSeconds: overlapSeconds, as: access)
    }

    package func revoke(
        _ client: ClientID, as access: SandboxAccess
    ) async throws(IdentityError) {
        try await keeper.revoke(client, as: access)
    }
}
