import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime
import Web

// Pages of the portal. They reach the platform through the gateway itself: what a page reads or does
// is a call of the documented API, made in the name of who has signed in.
extension Gateway {
    func answerPage(_ call: inout Call) async -> Answer {
        let visit = Visit(gateway: self, call: call)
        let page = await portal.answer(&call.request, visit)
        call.operation = "portal"
        var answer = Answer(page.status, contentType: page.contentType, page.body)
        answer.fields = page.fields
        answer.stream = page.stream
        return answer
    }
}

/// One browser's request, as the portal sees the gateway.
private struct Visit: PortalVisit {
    let gateway: Gateway
    let call: Call

    private var services: Services { gateway.services }

    var addresses: PortalAddresses {
        let seen = services.configuration.seen(through: call.request)
        return PortalAddresses(portal: seen.portalURL, isTLS: seen.scheme == "https") {
            seen.sandboxURL(slug: $0)
        }
    }

    func secondsSince(_ time: String) -> Int64? {
        let now = services.clock.now()
        return WallInstant(rfc3339: time).map { (now.microseconds - $0.microseconds) / 1_000_000 }
    }

    func drawToken() -> String { SessionStore.drawToken(SystemRandom()) }

    func member(holding token: String) async -> (any SignedInMember)? {
        do throws(IdentityError) {
            guard let session = try await services.stores.sessions.session(token) else { return nil }
            return SignedIn(
                gateway: gateway, session: session, token: token,
                formToken: SessionStore.formToken(of: token))
        } catch {
            // Without the database nobody can be told from a stranger.
            return nil
        }
    }

    func signUp(_ form: SignUpForm) async -> SignInOutcome {
        do throws(Refusal) {
            let founded = try await services.found(
                email: form.email, password: form.password, organization: form.organization, call)
            let token = try await begin(founded.user, of: founded.tenant)
            return .signedIn(token: token, key: founded.secret.revealed)
        } catch {
            return .refused(status: error.code.status, detail: "\(error.detail) \(error.hint)")
        }
    }

    func signIn(email: String, password: String) async -> SignInOutcome {
        do throws(Refusal) {
            let address = call.request.connection.remoteAddress
            if case .refused(let wait) = services.signInLimiter.admit(address, at: call.began) {
                throw .rateLimited(
                    policy: "address",
                    RateLimit(perSecond: 1, burst: GatewayLimits.signInsPerMinute), retryAfter: wait)
            }
            let principal = try await principal(email, password)
            guard case .user(let user, _) = principal.kind else {
                preconditionFailure("a password is a user's")
            }
            return .signedIn(token: try await begin(user, of: principal.tenant), key: nil)
        } catch {
            return .refused(status: error.code.status, detail: "\(error.detail) \(error.hint)")
        }
    }

    func accept(invitation token: String, password: String) async -> SignInOutcome {
        do throws(Refusal) {
            try services.admitAddress(of: call)
            let accepted = try await accepted(token, password)
            let session = try await begin(accepted.member.user, of: accepted.tenant)
            return .signedIn(token: session, key: accepted.secret.revealed)
        } catch {
            return .refused(status: error.code.status, detail: "\(error.detail) \(error.hint)")
        }
    }

    private func accepted(
        _ token: String, _ password: String
    ) async throws(Refusal) -> InvitationStore.Accepted {
        do throws(IdentityError) {
            return try await services.stores.invitations.accept(token: token, password: password)
        } catch {
            throw .identity(error)
        }
    }

    func signInOperator(key: String) -> SignInOutcome {
        let address = call.request.connection.remoteAddress
        if case .refused = services.signInLimiter.admit(address, at: call.began) {
            return .refused(status: 429, detail: "Too many attempts from this address. Wait a minute.")
        }
        guard let expected = services.configuration.adminKeyDigest,
            services.accessControl.access(
                asOperatorShowing: AdminKey.digest(Array(key.utf8)), expecting: expected, in: call.id)
                != nil
        else { return .refused(status: 401, detail: "That is not this installation's admin key.") }
        let session = OperatorSession(
            keyDigest: expected, now: services.clock.now(), random: SystemRandom())
        return .signedIn(token: session.token, key: nil)
    }

    func `operator`(holding token: String) -> (any PortalCaller)? {
        guard let digest = services.configuration.adminKeyDigest,
            OperatorSession(token, keyDigest: digest, now: services.clock.now()) != nil
        else { return nil }
        return SignedInOperator(gateway: gateway, formToken: SessionStore.formToken(of: token))
    }

    private func principal(
        _ email: String, _ password: String
    ) async throws(Refusal) -> Principal {
        do throws(IdentityError) {
            return try await services.signUp.signIn(email: email, password: password)
        } catch {
            throw .identity(error)
        }
    }

    private func begin(_ user: UserID, of tenant: TenantID) async throws(Refusal) -> String {
        do throws(IdentityError) {
            return try await services.stores.sessions.begin(user, of: tenant)
        } catch {
            throw .identity(error)
        }
    }
}

/// A signed-in member, whose calls go through the gateway like any other.
private struct SignedIn: SignedInMember {
    let gateway: Gateway
    let session: SessionStore.Session
    let token: String
    let formToken: String

    var email: String { session.email }
    var organization: String { session.organization }
    var tenant: String { session.principal.tenant.description }

    func send(_ call: APICall) async -> APIAnswer {
        await gateway.answer(call, as: .member(session.principal, token: token))
    }

    func signOut() async {
        do throws(IdentityError) {
            try await gateway.services.stores.sessions.end(session)
        } catch {
            // The cookie goes all the same, and the session ends by its time.
        }
    }
}

/// The operator, whose calls go through the gateway as if they showed the admin key.
private struct SignedInOperator: PortalCaller {
    let gateway: Gateway
    let formToken: String

    func send(_ call: APICall) async -> APIAnswer { await gateway.answer(call, as: .operator) }
}

/// In whose name a page calls.
private enum PageCaller {
    case member(Principal, token: String)
    case `operator`
}

extension Gateway {
    fileprivate func answer(_ call: APICall, as caller: PageCaller) async -> APIAnswer {
        let names = services.configuration
        let host = call.sandbox.map { "\($0.slug).\(names.domain)" } ?? names.portalHost
        let target = call.sandbox.map { "/\($0.contract)\(call.target)" } ?? call.target
        let request = Request.inside(
            call.method.description, target, host: host, fields: call.fields,
            body: call.body.map { JSONWriter.bytes($0) } ?? [])
        guard let request else { return .unwritable }
        let (answer, made) =
            switch caller {
            case .member(let principal, let token):
                await self.answer(request, for: reader(principal, holding: token))
            case .operator: await self.answer(request, for: nil, asOperator: true)
            }
        return APIAnswer(
            status: answer.status, requestID: made.id.description, contentType: answer.contentType,
            body: answer.body, fields: answer.fields, stream: answer.stream)
    }
}

extension Gateway {
    private func reader(_ principal: Principal, holding token: String) -> InsideCaller {
        var reader = InsideCaller(kind: .portal, principal: principal)
        reader.renewal = { [sessions = services.stores.sessions] () async throws(Refusal) in
            do throws(IdentityError) {
                if let session = try await sessions.session(token) { return session.principal }
            } catch {
                throw .identity(error)
            }
            throw .credential(.missing, opening: .platform)
        }
        return reader
    }
}

extension APIAnswer {
    /// What was typed cannot stand in a request line or a field.
    fileprivate static var unwritable: APIAnswer {
        APIAnswer(
            status: 400, requestID: "", contentType: "application/json",
            body: Array("{\"detail\":\"What was typed cannot be sent.\"}".utf8),
            fields: HeaderFields())
    }
}
