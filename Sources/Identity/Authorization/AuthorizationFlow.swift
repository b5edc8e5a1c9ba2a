package import Access
import Contracts
package import Identifiers
import Postgres
import Runtime
import Tenancy

/// The code flow between the client's redirect and the answer to it: check, sign in, consent, code.
package struct AuthorizationFlow: Sendable {
    let clients: ClientStore
    let interactions: InteractionStore
    let codes: CodeStore
    let settings: IssuerSettings
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    static let requestURIPrefix = "urn:ietf:params:oauth:request_uri:"

    /// What the browser gets next.
    package enum Step: Sendable {
        case signIn(Page, fault: String?)
        case consent(Page, subject: String)
        /// Back to the client, with the answer in the query.
        case redirect(String)
        /// Nobody may be sent back: the client or its redirect URI is not known. Shown as a page.
        case refused(OAuthError)
    }

    /// What a page says and carries.
    package struct Page: Sendable {
        package let client: ClientID
        package let clientName: String
        package let slug: String
        package let scopes: Scopes
        package let redirectURI: String
        package let handle: String
        /// The cookie that binds the handle to this browser.
        package let browser: String
    }

    // MARK: Steps

    /// The first request.
    package func begin(_ parameters: OAuthParameters) async -> Step {
        do throws(OAuthError) {
            let client = try await client(parameters["client_id"])
            let parameters = try await unpushed(parameters, for: client)
            let redirectURI = try redirectURI(parameters["redirect_uri"], of: client)
            return await begin(parameters, redirectURI: redirectURI, for: client)
        } catch {
            return .refused(error)
        }
    }

    /// Name and password out of the first page.
    package func signIn(
        _ form: OAuthParameters, browser: String?
    ) async -> Step {
        await step(form, browser) { interaction, page, client throws(OAuthError) in
            switch TestUser.signIn(name: form["username"] ?? "", password: form["password"] ?? "") {
            case .wrong:
                return .signIn(page, fault: "There is no such test user, or the password is wrong.")
            case .locked: return .signIn(page, fault: "This account is locked.")
            case .welcome(let subject):
                let known = try await interactions.signIn(
                    page.handle, browser: OpaqueToken(shown: page.browser), subject: subject,
                    for: client)
                guard known != nil else { throw Self.ended }
                return .consent(page, subject: subject)
            }
        }
    }

    /// The decision out of the second page.
    package func decide(_ form: OAuthParameters, browser: String?) async -> Step {
        await step(form, browser) { interaction, page, client throws(OAuthError) in
            guard let subject = interaction.subject else {
                return .signIn(page, fault: "Sign in first.")
            }
            let taken = try await interactions.consume(
                page.handle, browser: OpaqueToken(shown: page.browser), for: client)
            guard taken != nil else { throw Self.ended }
            let request = AuthorizationParameters(interaction.parameters)
            guard form["decision"] == "allow" else {
                return .redirect(
                    answer(
                        request.redirectURI, request.state,
                        OAuthError(.accessDenied, "The user has refused.")))
            }
            let code = try await issue(request, subject: subject, for: client)
            return .redirect(answer(request.redirectURI, request.state, [("code", code)]))
        }
    }

    // MARK: Pushed requests (RFC 9126)

    /// Stores a checked request of an authenticated client; answers its `request_uri`.
    func push(
        _ parameters: OAuthParameters, for client: OAuthClient
    ) async throws(OAuthError) -> (requestURI: String, seconds: Int64) {
        guard parameters["request_uri"] == nil else {
            throw OAuthError(.invalidRequest, "request_uri cannot be pushed.")
        }
        let redirectURI = try redirectURI(parameters["redirect_uri"], of: client)
        _ = try AuthorizationParameters(parameters, redirectURI: redirectURI, for: client)
        let document = JSONValue.object(
            JSONObject(
                parameters.all.filter {
                    !$0.key.hasPrefix("client_assertion") && $0.key != "client_secret"
                }
                .map { JSONObject.Member(name: $0.key, value: .string($0.value)) }))
        let handle = try await interactions.begin(
            document, browser: nil, seconds: Limits.pushedRequestSeconds, for: client)
        return (Self.requestURIPrefix + handle, Limits.pushedRequestSeconds)
    }

    private func unpushed(
        _ parameters: OAuthParameters, for client: OAuthClient
    ) async throws(OAuthError) -> OAuthParameters {
        guard let uri = parameters["request_uri"] else {
            guard !client.metadata.requiresPushedRequests else {
                throw OAuthError(.invalidRequest, "The client has to push its requests first.")
            }
            return parameters
        }
        guard uri.hasPrefix(Self.requestURIPrefix),
            let document = try await interactions.take(
                pushed: String(uri.dropFirst(Self.requestURIPrefix.count)), for: client),
            let members = document.object?.members
        else {
            throw OAuthError(
                .invalidRequest, "The request_uri is not known, was used or has expired.")
        }
        return try OAuthParameters(members.map { ($0.name, $0.value.string ?? "") })
    }

    // MARK: Parts

    private static let ended = OAuthError(
        .invalidRequest, "This sign-in has ended or belongs to another browser. Start again.")

    /// From here on, faults go back to the client.
    private func begin(
        _ parameters: OAuthParameters, redirectURI: String, for client: OAuthClient
    ) async -> Step {
        do throws(OAuthError) {
            let request = try AuthorizationParameters(
                parameters, redirectURI: redirectURI, for: client)
            let browser = OpaqueToken(random: random)
            let handle = try await interactions.begin(
                request.document, browser: browser, seconds: Limits.authorizationRequestSeconds,
                for: client)
            return .signIn(
                page(request, handle: handle, browser: browser.text, for: client), fault: nil)
        } catch {
            return .redirect(answer(redirectURI, parameters["state"], error))
        }
    }

    /// The common part of what the pages post.
    private func step(
        _ form: OAuthParameters, _ browser: String?,
        _ body: (InteractionStore.Interaction, Page, OAuthClient) async throws(OAuthError) -> Step
    ) async -> Step {
        do throws(OAuthError) {
            let client = try await client(form["client_id"])
            guard let handle = form["request"], let browser,
                let interaction = try await interactions.read(
                    handle, browser: OpaqueToken(shown: browser), for: client)
            else { throw Self.ended }
            let request = AuthorizationParameters(interaction.parameters)
            let page = page(request, handle: handle, browser: browser, for: client)
            return try await body(interaction, page, client)
        } catch {
            return .refused(error)
        }
    }

    private func issue(
        _ request: AuthorizationParameters, subject: String, for client: OAuthClient
    ) async throws(OAuthError) -> String {
        let grant = Grant(
            id: GrantID(now: clock.now(), random: random), subject: subject, scopes: request.scopes)
        let issued = codes.issue(grant, request, for: client)
        return try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                for row in issued.rows { transaction.enqueue(row) }
                return issued.code
            }
        }
    }

    private func page(
        _ request: AuthorizationParameters, handle: String, browser: String, for client: OAuthClient
    ) -> Page {
        Page(
            client: client.id, clientName: client.metadata.name ?? client.id.description,
            slug: client.sandbox.slug, scopes: request.scopes, redirectURI: request.redirectURI,
            handle: handle, browser: browser)
    }

    private func client(_ name: String?) async throws(OAuthError) -> OAuthClient {
        guard let name, let id = ClientID(name), let client = try await clients.client(id) else {
            throw OAuthError(.invalidRequest, "The client_id is missing or not known.")
        }
        return client
    }

    private func redirectURI(_ shown: String?, of client: OAuthClient) throws(OAuthError) -> String
    {
        let registered = client.metadata.redirectURIs
        guard let shown else {
            guard registered.count == 1 else {
                throw OAuthError(.invalidRequest, "The parameter redirect_uri is missing.")
            }
            return registered[0]
        }
        guard registered.contains(where: { RedirectURI.matches(shown, registered: $0) }) else {
            throw OAuthError(
                .invalidRequest, "The redirect_uri is not one that the client has registered.")
        }
        return shown
    }

    // MARK: Answers

    private func answer(_ uri: String, _ state: String?, _ error: OAuthError) -> String {
        answer(
            uri, state,
            [("error", error.code.rawValue), ("error_description", error.description)])
    }

    /// With `iss` always, so that a client of several issuers knows who answers (RFC 9207).
    private func answer(
        _ uri: String, _ state: String?, _ values: [(name: String, value: String)]
    ) -> String {
        let all = values + (state.map { [("state", $0)] } ?? []) + [("iss", settings.issuer)]
        let query = all.map { "\($0.0)=\(QueryText.encode($0.1))" }.joined(separator: "&")
        return "\(uri)\(uri.contains("?") ? "&" : "?")\(query)"
    }
}

/// Values of a query: everything but RFC 3986's unreserved characters is escaped.
enum QueryText {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                guard !Base62.contains(byte) else {
                    bytes.append(byte)
                    continue
                }
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
