import Access
import Contracts
import Identifiers
import Postgres
import Runtime

/// SQL over `webhook_endpoints` and `webhook_secrets`. `$1` to `$3` are tenant, sandbox, endpoint.
/// The endpoint whose id is the sandbox's is that of its callbacks, which nobody sees or changes.
enum EndpointStatements {
    /// One row with their number, none for a sandbox that is gone. Makes who counts at the same
    /// time wait.
    static let count = Statement(
        "webhook_endpoints_count",
        """
        SELECT (
            SELECT count(*)
            FROM sbx.webhook_endpoints w
            WHERE w.tenant_id = s.tenant_id AND w.sandbox_id = s.id AND w.id <> s.id)
        FROM sbx.sandboxes s
        WHERE s.tenant_id = $1 AND s.id = $2
        FOR UPDATE
        """)

    static func insert(_ endpoint: WebhookEndpoint, _ access: SandboxAccess) -> Call {
        Call(insertStatement, values: values(endpoint, access) + [.instant(endpoint.createdAt)])
    }

    /// The same for one that may be there already, which is then left as it is.
    static func ensure(_ endpoint: WebhookEndpoint, _ access: SandboxAccess) -> Call {
        Call(ensureStatement, values: values(endpoint, access) + [.instant(endpoint.createdAt)])
    }

    static func update(
        _ endpoint: WebhookEndpoint, at now: WallInstant, _ access: SandboxAccess
    ) -> Call {
        Call(updateStatement, values: values(endpoint, access) + [.instant(now)])
    }

    static func read(_ id: EndpointID, _ access: SandboxAccess) -> Call {
        Call(readStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    static func lock(_ id: EndpointID, _ access: SandboxAccess) -> Call {
        Call(lockStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    /// The endpoint of the sandbox's callbacks, which the others pass over.
    static func lockCallbacks(_ access: SandboxAccess) -> Call {
        Call(lockCallbacksStatement, .id(access.tenant), .id(access.sandbox))
    }

    static func list(_ access: SandboxAccess) -> Call {
        Call(listStatement, .id(access.tenant), .id(access.sandbox))
    }

    static func delete(_ id: EndpointID, _ access: SandboxAccess) -> Call {
        Call(deleteStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    static func newestSecret(_ id: EndpointID, _ access: SandboxAccess) -> Call {
        Call(newestSecretStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    static func insertSecret(
        _ id: EndpointID, number: Int64, sealed: [UInt8], at now: WallInstant,
        _ access: SandboxAccess
    ) -> Call {
        Call(
            insertSecretStatement, .id(access.tenant), .id(access.sandbox), .id(id), .int(number),
            .bytes(sealed), .instant(now))
    }

    /// All of the endpoint's secrets end then, those that end sooner anyway excepted.
    static func endSecrets(_ id: EndpointID, at end: WallInstant, _ access: SandboxAccess) -> Call {
        Call(
            endSecretsStatement, .id(access.tenant), .id(access.sandbox), .id(id), .instant(end))
    }

    static func dropSecrets(
        _ id: EndpointID, upTo number: Int64, now: WallInstant, _ access: SandboxAccess
    ) -> Call {
        Call(
            dropSecretsStatement, .id(access.tenant), .id(access.sandbox), .id(id), .int(number),
            .instant(now))
    }

    /// `$1` to `$17`.
    private static func values(
        _ endpoint: WebhookEndpoint, _ access: SandboxAccess
    ) -> [PostgresValue] {
        var reason: WebhookEndpoint.DisabledReason?
        var disabledAt: WallInstant?
        if case .disabled(let why, let at) = endpoint.state { (reason, disabledAt) = (why, at) }
        return [
            .id(access.tenant), .id(access.sandbox), .id(endpoint.id), .text(endpoint.url),
            .text(orNull: endpoint.description), .textArray(endpoint.events.map(\.text)),
            .textArray(endpoint.events.map(\.likePattern)), .text(endpoint.scheme.rawValue),
            .text(endpoint.isEnabled ? "enabled" : "disabled"), .text(orNull: reason?.rawValue),
            .instant(orNull: disabledAt), .text(endpoint.retryClock.rawValue),
            .text(endpoint.signatureClock.rawValue), .bool(endpoint.isInbox),
            .utf8(JSONWriter.bytes(endpoint.faults.document)),
            .int(endpoint.faults.firstDelay.microseconds), .int(Int64(endpoint.inFlightMax)),
        ]
    }

    private static let insertStatement = Statement("webhook_endpoint_insert", inserted)

    private static let ensureStatement = Statement(
        "webhook_endpoint_ensure", inserted + "\nON CONFLICT DO NOTHING")

    private static let inserted = """
        INSERT INTO sbx.webhook_endpoints (
            tenant_id, sandbox_id, id, url, description, events, patterns, signature_scheme, state,
            disabled_reason, disabled_at, retry_clock, signature_clock, is_inbox, faults,
            first_delay_us, in_flight_max, created_at, updated_at)
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)
        """

    /// Enabling forgets past failures: the days until it is disabled count anew.
    private static let updateStatement = Statement(
        "webhook_endpoint_update",
        """
        UPDATE sbx.webhook_endpoints w
        SET url = $4, description = $5, events = $6, patterns = $7, signature_scheme = $8,
            failing_since = CASE WHEN w.state = $9 THEN w.failing_since END, state = $9,
            disabled_reason = $10, disabled_at = $11, retry_clock = $12, signature_clock = $13,
            is_inbox = $14, faults = $15, first_delay_us = $16, in_flight_max = $17,
            updated_at = $18
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3
        RETURNING \(WebhookEndpoint.columns)
        """)

    private static let readStatement = Statement(
        "webhook_endpoint_read",
        """
        SELECT \(WebhookEndpoint.columns)
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3 AND w.id <> w.sandbox_id
        """)

    private static let lockCallbacksStatement = Statement(
        "webhook_endpoint_lock_callbacks",
        """
        SELECT \(WebhookEndpoint.columns)
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $2
        FOR UPDATE
        """)

    private static let lockStatement = Statement(
        "webhook_endpoint_lock",
        """
        SELECT \(WebhookEndpoint.columns)
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3 AND w.id <> w.sandbox_id
        FOR UPDATE
        """)

    private static let listStatement = Statement(
        "webhook_endpoint_list",
        """
        SELECT \(WebhookEndpoint.columns)
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id <> w.sandbox_id
        ORDER BY w.id
        """)

    private static let deleteStatement = Statement(
        "webhook_endpoint_delete",
        """
        DELETE FROM sbx.webhook_endpoints
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3 AND id <> sandbox_id
        """)

    private static let newestSecretStatement = Statement(
        "webhook_secret_newest",
        """
        SELECT coalesce(max(number), 0)
        FROM sbx.webhook_secrets
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
        """)

    private static let insertSecretStatement = Statement(
        "webhook_secret_insert",
        """
        INSERT INTO sbx.webhook_secrets (
            tenant_id, sandbox_id, endpoint_id, number, sealed, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    private static let endSecretsStatement = Statement(
        "webhook_secret_end",
        """
        UPDATE sbx.webhook_secrets
        SET expires_at = least(coalesce(expires_at, $4), $4)
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
        """)

    private static let dropSecretsStatement = Statement(
        "webhook_secret_drop",
        """
        DELETE FROM sbx.webhook_secrets
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
            AND (number <= $4 OR expires_at <= $5)
        """)
}
