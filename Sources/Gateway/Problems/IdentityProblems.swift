import Access
import Contracts
import Identity
import Observability

/// What a credential was to open, for hints that name the right one.
enum CredentialDoor {
    case sandbox, platform

    /// The call that makes another.
    var creation: String {
        switch self {
        case .sandbox: "POST /v1/sandboxes/{sandbox}/keys"
        case .platform: "POST /v1/keys"
        }
    }

    /// The key that opens it, as it stands in a sentence.
    var key: String {
        switch self {
        case .sandbox: "the sandbox's api_key, test_sk_…"
        case .platform: "the tenant's management key, test_mk_…"
        }
    }
}

// Answers to the errors of Identity.
extension Refusal {
    static func credential(_ error: CredentialError, opening door: CredentialDoor) -> Refusal {
        switch error {
        case .missing:
            return challenge(
                .authenticationRequired, "The request carries no credential.",
                hint: "Send Authorization: Bearer with \(door.key).")
        case .tooLong, .unrecognized:
            return challenge(
                .credentialMalformed, "The Authorization field holds no key that is known here.",
                hint: "Send Authorization: Bearer with \(door.key).")
        case .damaged(let kind):
            return challenge(
                .credentialMalformed,
                "The key begins like \(kind.prefix)… but its checksum does not fit: it is cut or mistyped.",
                hint: "Copy the whole key again.")
        case .production(let prefix):
            return challenge(
                .wrongEnvironment,
                "A key with the prefix \(prefix) belongs to a production system; it was not stored or logged.",
                hint: "Use \(door.key), and consider rotating the one you just sent.")
        case .foreignToken:
            return challenge(
                .foreignIssuer, "The token was not issued by this platform's sandbox issuer.",
                hint: "Use \(door.key).")
        case .unknown(let kind):
            return challenge(
                .credentialUnknown, "The \(kind.prefix)… key is well formed, but nobody has it.",
                hint: "It may have been deleted with its sandbox; create another with \(door.creation).")
        case .unknownCertificate:
            return challenge(
                .certificateUnknown,
                "The client certificate was not issued by the authority of a sandbox here.",
                hint: "Have one issued at POST /v1/sandboxes/{sandbox}/client-certificates, or send \(door.key).")
        case .revoked:
            return challenge(
                .credentialRevoked, "The key or certificate was revoked.",
                hint: "Create another with \(door.creation).")
        case .expired:
            return challenge(
                .credentialExpired, "The time of the key or certificate is over.",
                hint: "Create another with \(door.creation).")
        case .clientSecret:
            return challenge(
                .wrongCredentialKind, "A client secret is for the token endpoint, not for an API.",
                hint: "Send \(door.key).")
        case .invitation:
            return challenge(
                .wrongCredentialKind, "An invitation's token is for taking the invitation up.",
                hint: "Send it to POST /v1/invitations/accept, then use the key of the answer.")
        case .access(let error): return .access(error)
        }
    }

    /// A credential where the contract takes none.
    static func credentialMisplaced(_ places: CredentialPlaces) -> Refusal {
        challenge(
            .credentialMisplaced, "The credential is not where this operation's contract takes it.",
            hint: "Send \(places.advice).", scheme: places.challenge)
    }

    static func noCredential(_ places: CredentialPlaces) -> Refusal {
        challenge(
            .authenticationRequired, "The request carries no credential.",
            hint: "Send \(places.advice): \(CredentialDoor.sandbox.key).", scheme: places.challenge)
    }

    static let managementKeyOnSandbox = Refusal(
        .authorise, .wrongCredentialKind, "A management key does not open a sandbox's API.",
        hint: "Send \(CredentialDoor.sandbox.key).")

    static let sandboxKeyOnPlatform = Refusal(
        .authorise, .wrongCredentialKind, "A sandbox's key does not open the platform API.",
        hint: "Send \(CredentialDoor.platform.key).")

    static let adminKeyRequired = challenge(
        .authenticationRequired, "This address is for the operator.",
        hint: "Send Authorization: Bearer with the admin key.")

    static func identity(_ error: IdentityError) -> Refusal {
        switch error {
        case .invalid(let member, let rule):
            .invalid(pointer: "/\(member)", rule: "value", expected: rule)
        case .wrongPassword:
            Refusal(
                .authenticate, .authenticationRequired, "Address and password do not fit.",
                hint: "Try again.")
        case .keyNotFound:
            Refusal(
                .simulate, .notFound, "Your tenant has no such key, or it has ended.",
                hint: "List the keys at GET /v1/keys.")
        case .certificateNotFound:
            Refusal(
                .simulate, .notFound, "The sandbox has no such client certificate.",
                hint: "List them at GET /v1/sandboxes/{sandbox}/client-certificates.")
        case .signingRequestRefused(let refusal):
            Refusal(
                .simulate, .signingRequestRefused, refusal.detail,
                hint: "Make a new request, as in: openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout client.key -subj /CN=client"
            ).listing([
                [
                    "location": "body", "pointer": "/csr", "rule": .string(refusal.rule.rawValue),
                    "expected": .string(refusal.detail),
                ]
            ])
        case .memberNotFound:
            Refusal(
                .simulate, .notFound, "Your tenant has no such member.",
                hint: "List the members at GET /v1/members.")
        case .clientNotFound:
            Refusal(
                .simulate, .notFound, "The sandbox has no such client, or it has no secret.",
                hint: "List the clients at GET /v1/sandboxes/{sandbox}/clients.")
        case .sandboxNotFound: .access(.notFound)
        case .lastOwner:
            Refusal(
                .simulate, .lastOwner, "This is the tenant's only owner.",
                hint: "Make another member an owner first.")
        case .invitationNotFound:
            Refusal(
                .simulate, .notFound, "There is no such invitation.",
                hint: "Copy the whole token, or list the invitations at GET /v1/invitations.")
        case .invitationEnded(let end):
            Refusal(
                .simulate, .invitationEnded, "The invitation is over: \(end.rawValue).",
                hint: "Ask an owner of the tenant for another.")
        case .tooMany(let kind, let limit):
            Refusal(
                .simulate, .tooManyObjects, "The tenant has as many \(kind) as it may: \(limit).",
                hint: "Remove what is not needed any more."
            ).bounded(
                Refusal.Bound(
                    policy: "tenant", rule: kind, observed: .int(limit), limit: .int(limit)))
        case .busy:
            Refusal(
                .simulate, .serviceUnavailable, "Too many passwords are being checked.",
                hint: "Try again after the time in Retry-After."
            ).with("Retry-After", "1")
        case .noSigningKey, .wrongMasterKey:
            Refusal(
                .authenticate, .serviceUnavailable, "The issuer's keys cannot be used right now.",
                hint: "Try again after the time in Retry-After."
            ).with("Retry-After", "5")
        case .tenancy(let error): .tenancy(error, during: .simulate)
        case .access(let error): .access(error)
        }
    }

    /// A 401 names the scheme (RFC 9110 § 11.6.1).
    private static func challenge(
        _ code: ProblemCode, _ detail: String, hint: String, scheme: String = "Bearer"
    ) -> Refusal {
        Refusal(.authenticate, code, detail, hint: hint)
            .with("WWW-Authenticate", "\(scheme) realm=\"smartsandbox\"")
    }
}

extension CredentialPlaces {
    /// The scheme of `WWW-Authenticate`; API keys have none of their own.
    fileprivate var challenge: String {
        places.contains(.basic) && !takesBearer ? "Basic" : "Bearer"
    }
}
