import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Observability
import Runtime
import Tenancy

// The way into a tenant that is there already.
extension PlatformAPI {
    static let invitationHandlers: [String: Handler] = [
        "list_invitations": .tenant(.read) { api, _, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let invitations = try await api.services.stores.invitations.list(as: access)
                let now = api.services.clock.now()
                return Answer(
                    200, ["data": .array(invitations.map { $0.document(at: now) }), "next": .null])
            }
        },
        "create_invitation": .manage { api, call, management throws(Refusal) in
            try await api.invite(call.body, management)
        },
        "revoke_invitation": .manage { api, call, management throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                guard let id = InvitationID(call.path("invitation")) else {
                    throw .invitationNotFound
                }
                let revoked = try await api.services.stores.invitations.revoke(id, as: management)
                return Answer(200, revoked.document(at: api.services.clock.now()))
            }
        },
        "accept_invitation": .open { api, call, request throws(Refusal) in
            try await api.acceptInvitation(call.body, &request)
        },
    ]

    private func invite(
        _ body: JSONValue, _ management: TenantManagement
    ) async throws(Refusal) -> Answer {
        let email: Email
        do throws(TenancyError) {
            email = try Email(body["email"]?.string ?? "")
        } catch {
            throw .tenancy(error, during: .validate)
        }
        return try await identity { () throws(IdentityError) in
            let made = try await services.stores.invitations.create(
                for: email, as: Role(named: body["role"]?.string) ?? .viewer,
                lifetimeSeconds: try lifetime(body), by: management)
            var document = made.invitation.document(at: services.clock.now())
            document["token"] = .string(made.token.revealed)
            return Answer(201, document)
        }
    }

    private func acceptInvitation(
        _ body: JSONValue, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        try services.admitAddress(of: call)
        return try await identity { () throws(IdentityError) in
            let accepted = try await services.stores.invitations.accept(
                token: body["token"]?.string ?? "", password: body["password"]?.string ?? "")
            return Answer(
                201,
                [
                    "tenant": ["id": .string(accepted.tenant.description)],
                    "user": accepted.member.document,
                    "management_key": [
                        "id": .string(accepted.key.description),
                        "secret": .string(accepted.secret.revealed),
                    ],
                ])
        }
    }
}

extension Invitation {
    fileprivate func document(at now: WallInstant) -> JSONValue {
        [
            "id": .string(id.description), "email": .string(email),
            "role": .string(role.rawValue), "state": .string(state(at: now).rawValue),
            "created_at": .string(createdAt.description),
            "expires_at": .string(expiresAt.description),
        ]
    }
}
