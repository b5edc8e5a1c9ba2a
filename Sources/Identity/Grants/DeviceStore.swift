import Access
import Identifiers
import Postgres
import Runtime
import Tenancy

/// The device grant (RFC 8628): a device shows a code that somebody types into a browser, and asks
/// meanwhile whether it was allowed.
///
///     pending ── somebody allows ──▶ approved ── the device asks ──▶ used
///        └────── somebody refuses ─▶ denied
struct DeviceStore: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    /// What the device is told.
    struct Begun: Sendable {
        let deviceCode: String
        let userCode: UserCode
    }

    private enum Outcome {
        case granted(Grant)
        case refused(OAuthError)
    }

    func begin(_ scopes: Scopes, for client: OAuthClient) async throws(OAuthError) -> Begun {
        let token = OpaqueToken(random: random)
        let code = UserCode(random: random)
        let end = clock.now() + .seconds(Limits.deviceCodeSeconds)
        return try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                transaction.enqueue(
                    Call(
                        Self.insertDirectory, .text(code.stored), .id(client.tenant),
                        .id(client.sandbox.sandbox), .instant(end)))
                transaction.enqueue(
                    Call(
                        Self.insert, .id(client.tenant), .id(client.sandbox.sandbox),
                        .bytes(token.sha256), .text(code.stored), .id(client.id),
                        .text(scopes.text), .int(Limits.devicePollSeconds), .instant(end)))
                return Begun(deviceCode: token.text, userCode: code)
            }
        }
    }

    /// The device's question. Asking too often makes the interval longer for good (§ 3.5).
    func redeem(_ deviceCode: String, for client: OAuthClient) async throws(OAuthError) -> Grant {
        let sha256 = OpaqueToken(shown: deviceCode).sha256
        let outcome = try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.read, .id(client.tenant), .bytes(sha256), .id(client.id)))
                guard let row = rows.first else {
                    return Outcome.refused(
                        OAuthError(.invalidGrant, "The device code is not known."))
                }
                return decide(row, sha256, for: client, transaction)
            }
        }
        switch outcome {
        case .granted(let grant): return grant
        case .refused(let error): throw error
        }
    }

    private func decide(
        _ row: Row, _ sha256: [UInt8], for client: OAuthClient, _ transaction: Transaction
    ) -> Outcome {
        let now = clock.now()
        guard row.microseconds(3) > now.microseconds else {
            return .refused(
                OAuthError(.expiredToken, "The device code has expired; ask for another."))
        }
        switch row.text(0) {
        case "denied":
            return .refused(OAuthError(.accessDenied, "The user has refused."))
        case "used":
            return .refused(OAuthError(.invalidGrant, "The device code was used before."))
        case "approved":
            let grant = Grant(
                id: GrantID(now: now, random: random), subject: row.text(1),
                scopes: Scopes(text: row.text(2)))
            transaction.enqueue(GrantRows.insert(grant, for: client, at: now))
            transaction.enqueue(Call(Self.use, .id(client.tenant), .bytes(sha256)))
            return .granted(grant)
        default:
            let interval = row.int(4)
            let isTooSoon =
                row.instant(5).map { now - $0 < .seconds(interval) } ?? false
            transaction.enqueue(
                Call(
                    Self.poll, .id(client.tenant), .bytes(sha256), .instant(now),
                    .int(interval + (isTooSoon ? Limits.devicePollSeconds : 0))))
            return .refused(
                isTooSoon
                    ? OAuthError(
                        .slowDown, "Ask every \(interval + Limits.devicePollSeconds) s from now on."
                    )
                    : OAuthError(.authorizationPending, "Nobody has decided yet."))
        }
    }

    /// The client and the scopes of a code that somebody has typed; nil when it is not pending.
    func pending(
        _ code: UserCode, as access: TenantAccess
    ) async throws(OAuthError) -> (client: ClientID, scopes: Scopes)? {
        let now = clock.now()
        let rows = try await OAuthError.storing {
            try await database.read(
                as: access,
                [Call(Self.look, .id(access.tenant), .text(code.stored), .instant(now))])[0]
        }
        return rows.first.map { ($0.id(0), Scopes(text: $0.text(1))) }
    }

    /// The decision of the user `subject`; false when the code is no longer pending.
    func decide(
        _ code: UserCode, isAllowed: Bool, by subject: String, as access: TenantAccess
    ) async throws(OAuthError) -> Bool {
        let now = clock.now()
        return try await OAuthError.storing {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(
                        Self.settle, .id(access.tenant), .text(code.stored),
                        .text(isAllowed ? "approved" : "denied"), .text(subject), .instant(now)))
                return rows.affected == 1
            }
        }
    }
}

extension DeviceStore {
    private static let insert = Statement(
        "device_insert",
        """
        INSERT INTO sbx.device_codes (
            tenant_id, sandbox_id, sha256, user_code, client_id, scopes, state, interval_seconds,
            expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8)
        """)

    private static let insertDirectory = Statement(
        "device_insert_directory",
        """
        INSERT INTO sbx.directory_user_codes (user_code, tenant_id, sandbox_id, expires_at)
        VALUES ($1, $2, $3, $4)
        """)

    private static let read = Statement(
        "device_read",
        """
        SELECT state, subject, scopes, expires_at, interval_seconds, last_polled_at
        FROM sbx.device_codes
        WHERE tenant_id = $1 AND sha256 = $2 AND client_id = $3
        FOR UPDATE
        """)

    private static let poll = Statement(
        "device_poll",
        """
        UPDATE sbx.device_codes
        SET last_polled_at = $3, interval_seconds = $4
        WHERE tenant_id = $1 AND sha256 = $2
        """)

    private static let use = Statement(
        "device_use",
        "UPDATE sbx.device_codes SET state = 'used' WHERE tenant_id = $1 AND sha256 = $2")

    private static let look = Statement(
        "device_look",
        """
        SELECT client_id, scopes
        FROM sbx.device_codes
        WHERE tenant_id = $1 AND user_code = $2 AND state = 'pending' AND expires_at > $3
        """)

    private static let settle = Statement(
        "device_settle",
        """
        UPDATE sbx.device_codes
        SET state = $3, subject = $4
        WHERE tenant_id = $1 AND user_code = $2 AND state = 'pending' AND expires_at > $5
        """)
}
