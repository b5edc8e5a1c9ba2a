/// Who may pass, written down route by route: what the code does is held against this, not this
/// against the code. A route that is missing here fails the matrix.
enum RouteDoors {
    /// One row of the matrix.
    enum Door: CaseIterable {
        case open
        case toReadTenant, toChangeTenant, toManageTenant
        case toReadSandbox, toRepairSandbox, toChangeSandbox
        case ofOperator
        case toReadPayments, toChangePayments, toGuests
    }

    /// The platform API by operation.
    static let platform: [Door: [String]] = [
        .open: [
            "accept_invitation", "get_health", "get_openapi", "get_problem_page",
            "get_readiness", "sign_up"
        ],
        .toReadTenant: [
            "diff_contract", "explain_tenant_request", "export_audit", "find_object", "get_caller",
            "get_contract", "get_contract_overlay", "get_denied_hosts", "get_pack",
            "get_tenant_request", "get_usage", "lint_contract",
            "list_audit", "list_contracts", "list_invitations", "list_keys", "list_members",
            "list_packs", "list_predefined_journeys", "list_sandboxes", "verify_audit"
        ],
        .toChangeTenant: [
            "check_conformance", "create_sandbox", "delete_contract", "delete_contract_overlay",
            "delete_sandboxes", "import_contract", "put_contract_overlay", "revoke_key", "rotate_key"
        ],
        .toManageTenant: [
            "create_invitation", "create_key", "grant_sandbox", "remove_member",
            "revoke_invitation", "set_denied_hosts", "update_member", "withdraw_grant"
        ],
        .toReadSandbox: [
            "assert_blocked_calls", "explain_request", "export_blocked_calls", "export_journey", "find_operations",
            "get_api_document", "get_catalogue", "get_certificate_authority", "get_chaos", "get_clock",
            "get_default_scenario", "get_delivery", "get_diff", "get_drift", "get_entity", "get_event",
            "get_graph", "get_hourly_usage", "get_journey", "get_mount", "get_policy", "get_request", "get_run",
            "get_rule", "get_sandbox", "get_trace", "get_webhook_endpoint", "list_blocked_calls",
            "list_checkpoints", "list_client_certificates", "list_clients", "list_dead_letters",
            "list_deliveries", "list_dependencies", "list_dry_runs", "list_event_types",
            "list_events", "list_graphs", "list_inbox", "list_journeys", "list_requests",
            "list_rules", "list_runs", "list_scenarios", "list_webhook_endpoints", "plan_from_text", "stream",
            "stream_run", "test_rules"
        ],
        .toRepairSandbox: [
            "redeliver", "redeliver_many", "requeue_dead_letters"
        ],
        .toChangeSandbox: [
            "advance_clock", "backfill_webhook_endpoint", "bind_dependency", "clear_inbox",
            "configure_inbox", "configure_mount", "create_checkpoint", "create_client",
            "create_client_certificate", "create_sandbox_key", "create_webhook_endpoint",
            "delete_checkpoint",
            "delete_journey", "delete_rule", "delete_sandbox", "delete_webhook_endpoint", "discard_dry_run",
            "emit_event", "fork_sandbox", "freeze_clock", "import_rules", "keep_journey", "mount_contract",
            "promote_dry_run", "put_rule",
            "rerun", "reset_sandbox", "restore_checkpoint", "resume_clock",
            "revoke_client", "revoke_client_certificate", "rotate_callback_secret", "rotate_client_secret", "rotate_webhook_secret", "run_journey",
            "run_plan", "set_chaos", "set_default_scenario", "set_flags", "set_policy",
            "unbind_dependency", "unmount_contract", "update_sandbox",
            "update_webhook_endpoint"
        ],
        .ofOperator: [
            "export_tenant_audit", "get_all_usage", "get_kpis", "get_metrics", "get_tenant", "list_all_audit", "list_signing_keys",
            "list_tenants", "rotate_signing_keys", "set_tenant_limits", "verify_tenant_audit"
        ],
    ]

    /// The payments API by operation.
    static let payments: [Door: [String]] = [
        .toReadPayments: [
            "get_authentication", "get_balance", "get_clearing_record", "get_customer",
            "get_dispute", "get_fx_quote", "get_ledger", "get_payment", "get_payment_method",
            "get_payout", "get_refund", "get_settlement", "list_authentications",
            "list_clearing_records", "list_currencies", "list_customers", "list_disputes",
            "list_fx_quotes", "list_payment_methods", "list_payments", "list_payouts",
            "list_refunds", "list_settlements", "list_test_inputs"
        ],
        .toChangePayments: [
            "accept_dispute", "cancel_payment", "cancel_payout", "cancel_refund",
            "capture_payment", "complete_authentication", "confirm_payment", "create_customer",
            "create_dispute", "create_fx_quote", "create_payment", "create_payment_method",
            "create_payout", "create_refund", "delete_customer", "increment_authorization",
            "review_payment", "submit_dispute_evidence", "update_customer", "verify_customer"
        ],
        .toGuests: [
            "answer_challenge", "show_challenge"
        ],
    ]

    /// What a route of a sandbox's host does that is part of no API.
    enum OwnDoor {
        /// Whoever calls and whatever it shows: a webhook's sender has no credential of ours.
        case admits(Int)
        /// Who has no right to the sandbox is told so, and not that there is nothing.
        case nothingThere
    }

    static let ownRoutes: [(String, OwnDoor)] = [
        ("POST /_inbox", .admits(200)), ("PUT /_inbox/deeper", .admits(200)),
        ("GET /_inbox", .admits(405)),
        ("GET /", .nothingThere), ("GET /nothing/here", .nothingThere),
        ("POST /sandbox", .nothingThere), ("POST /sandbox/nothing", .nothingThere),
        ("GET /_nothing", .nothingThere),
    ]

    /// The issuer by method and path: what a request without any parameter gets, whoever sends it.
    /// No key of ours opens anything here but the registration of clients.
    static let issuer: [String: Int] = [
        "GET /.well-known/oauth-authorization-server": 200,
        "GET /.well-known/openid-configuration": 200,
        "GET /jwks": 200,
        "GET /pages.css": 200,
        "POST /token": 400,
        "POST /introspect": 401,
        "POST /revoke": 401,
        "POST /par": 401,
        "POST /device_authorization": 401,
        "GET /authorize": 400,
        "POST /authorize": 400,
        "POST /authorize/sign-in": 400,
        "POST /authorize/decision": 400,
        "GET /device": 200,
        "POST /device/sign-in": 403,
        "POST /device/decision": 403,
        "POST /register": 401,
        "GET /register/{client}": 401,
        "PUT /register/{client}": 401,
        "DELETE /register/{client}": 401,
    ]
}
