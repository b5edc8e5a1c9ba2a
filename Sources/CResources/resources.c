// One entry a file. A test compares this list with the folders, so that a file left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CResources.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RESOURCE(name, array) {name, array, COUNT(array)}

static const unsigned char migration_0001[] = {
#embed "../../migrations/0001_create_schema_and_enter.sql"
};
static const unsigned char migration_0002[] = {
#embed "../../migrations/0002_create_tenants_and_users.sql"
};
static const unsigned char migration_0003[] = {
#embed "../../migrations/0003_create_sandboxes.sql"
};
static const unsigned char migration_0004[] = {
#embed "../../migrations/0004_create_world_store.sql"
};
static const unsigned char migration_0005[] = {
#embed "../../migrations/0005_create_ledger_and_events.sql"
};
static const unsigned char migration_0006[] = {
#embed "../../migrations/0006_create_credentials.sql"
};
static const unsigned char migration_0007[] = {
#embed "../../migrations/0007_create_idempotency_records.sql"
};
static const unsigned char migration_0008[] = {
#embed "../../migrations/0008_create_request_log.sql"
};
static const unsigned char migration_0009[] = {
#embed "../../migrations/0009_create_audit_log.sql"
};
static const unsigned char migration_0010[] = {
#embed "../../migrations/0010_create_directory.sql"
};
static const unsigned char migration_0011[] = {
#embed "../../migrations/0011_create_edge_functions.sql"
};
static const unsigned char migration_0012[] = {
#embed "../../migrations/0012_grant_limits_to_system.sql"
};
static const unsigned char migration_0013[] = {
#embed "../../migrations/0013_prefer_primary_keys_on_empty_tables.sql"
};
static const unsigned char migration_0014[] = {
#embed "../../migrations/0014_create_timers.sql"
};
static const unsigned char migration_0015[] = {
#embed "../../migrations/0015_create_sandbox_settings.sql"
};
static const unsigned char migration_0016[] = {
#embed "../../migrations/0016_let_heads_move.sql"
};
static const unsigned char migration_0017[] = {
#embed "../../migrations/0017_create_checkpoints.sql"
};
static const unsigned char migration_0018[] = {
#embed "../../migrations/0018_create_dry_run_heads.sql"
};
static const unsigned char migration_0019[] = {
#embed "../../migrations/0019_keep_idempotency_records_by_revision.sql"
};
static const unsigned char migration_0020[] = {
#embed "../../migrations/0020_create_webhook_endpoints.sql"
};
static const unsigned char migration_0021[] = {
#embed "../../migrations/0021_create_deliveries.sql"
};
static const unsigned char migration_0022[] = {
#embed "../../migrations/0022_create_inbox.sql"
};
static const unsigned char migration_0023[] = {
#embed "../../migrations/0023_create_fault_counters.sql"
};
static const unsigned char migration_0024[] = {
#embed "../../migrations/0024_add_clock_work_to_heads.sql"
};
static const unsigned char migration_0025[] = {
#embed "../../migrations/0025_note_transitions_on_changes.sql"
};
static const unsigned char migration_0026[] = {
#embed "../../migrations/0026_create_signing_keys.sql"
};
static const unsigned char migration_0027[] = {
#embed "../../migrations/0027_describe_oauth_clients.sql"
};
static const unsigned char migration_0028[] = {
#embed "../../migrations/0028_create_grants.sql"
};
static const unsigned char migration_0029[] = {
#embed "../../migrations/0029_create_journeys.sql"
};
static const unsigned char migration_0030[] = {
#embed "../../migrations/0030_create_sessions.sql"
};
static const unsigned char migration_0031[] = {
#embed "../../migrations/0031_create_contracts.sql"
};
static const unsigned char migration_0032[] = {
#embed "../../migrations/0032_chain_audit_log.sql"
};
static const unsigned char migration_0033[] = {
#embed "../../migrations/0033_give_members_roles.sql"
};
static const unsigned char migration_0034[] = {
#embed "../../migrations/0034_let_client_secrets_overlap.sql"
};
static const unsigned char contract_payments[] = {
#embed "../../contracts/payments.json"
};
static const unsigned char contract_platform[] = {
#embed "../../contracts/platform.json"
};
static const unsigned char problem_answer_invalid[] = {
#embed "../../docs/problems/answer_invalid.md"
};
static const unsigned char problem_authentication_required[] = {
#embed "../../docs/problems/authentication_required.md"
};
static const unsigned char problem_blocked_by_guard[] = {
#embed "../../docs/problems/blocked_by_guard.md"
};
static const unsigned char problem_blocked_calls_found[] = {
#embed "../../docs/problems/blocked_calls_found.md"
};
static const unsigned char problem_body_incomplete[] = {
#embed "../../docs/problems/body_incomplete.md"
};
static const unsigned char problem_card_number_refused[] = {
#embed "../../docs/problems/card_number_refused.md"
};
static const unsigned char problem_checkpoint_name_taken[] = {
#embed "../../docs/problems/checkpoint_name_taken.md"
};
static const unsigned char problem_checkpoint_quota_exceeded[] = {
#embed "../../docs/problems/checkpoint_quota_exceeded.md"
};
static const unsigned char problem_clock_advancing[] = {
#embed "../../docs/problems/clock_advancing.md"
};
static const unsigned char problem_contract_invalid[] = {
#embed "../../docs/problems/contract_invalid.md"
};
static const unsigned char problem_contract_mounted[] = {
#embed "../../docs/problems/contract_mounted.md"
};
static const unsigned char problem_contract_not_mounted[] = {
#embed "../../docs/problems/contract_not_mounted.md"
};
static const unsigned char problem_contract_quota_exceeded[] = {
#embed "../../docs/problems/contract_quota_exceeded.md"
};
static const unsigned char problem_credential_expired[] = {
#embed "../../docs/problems/credential_expired.md"
};
static const unsigned char problem_credential_malformed[] = {
#embed "../../docs/problems/credential_malformed.md"
};
static const unsigned char problem_credential_misplaced[] = {
#embed "../../docs/problems/credential_misplaced.md"
};
static const unsigned char problem_credential_revoked[] = {
#embed "../../docs/problems/credential_revoked.md"
};
static const unsigned char problem_credential_unknown[] = {
#embed "../../docs/problems/credential_unknown.md"
};
static const unsigned char problem_dpop_nonce_required[] = {
#embed "../../docs/problems/dpop_nonce_required.md"
};
static const unsigned char problem_dpop_proof_invalid[] = {
#embed "../../docs/problems/dpop_proof_invalid.md"
};
static const unsigned char problem_dpop_proof_replayed[] = {
#embed "../../docs/problems/dpop_proof_replayed.md"
};
static const unsigned char problem_dry_run_conflict[] = {
#embed "../../docs/problems/dry_run_conflict.md"
};
static const unsigned char problem_dry_run_quota_exceeded[] = {
#embed "../../docs/problems/dry_run_quota_exceeded.md"
};
static const unsigned char problem_dry_run_too_large[] = {
#embed "../../docs/problems/dry_run_too_large.md"
};
static const unsigned char problem_email_taken[] = {
#embed "../../docs/problems/email_taken.md"
};
static const unsigned char problem_endpoint_disabled[] = {
#embed "../../docs/problems/endpoint_disabled.md"
};
static const unsigned char problem_foreign_issuer[] = {
#embed "../../docs/problems/foreign_issuer.md"
};
static const unsigned char problem_host_mismatch[] = {
#embed "../../docs/problems/host_mismatch.md"
};
static const unsigned char problem_idempotency_key_in_use[] = {
#embed "../../docs/problems/idempotency_key_in_use.md"
};
static const unsigned char problem_idempotency_key_reused[] = {
#embed "../../docs/problems/idempotency_key_reused.md"
};
static const unsigned char problem_insufficient_scope[] = {
#embed "../../docs/problems/insufficient_scope.md"
};
static const unsigned char problem_internal_error[] = {
#embed "../../docs/problems/internal_error.md"
};
static const unsigned char problem_invitation_ended[] = {
#embed "../../docs/problems/invitation_ended.md"
};
static const unsigned char problem_last_owner[] = {
#embed "../../docs/problems/last_owner.md"
};
static const unsigned char problem_malformed_body[] = {
#embed "../../docs/problems/malformed_body.md"
};
static const unsigned char problem_method_not_allowed[] = {
#embed "../../docs/problems/method_not_allowed.md"
};
static const unsigned char problem_not_available[] = {
#embed "../../docs/problems/not_available.md"
};
static const unsigned char problem_not_found[] = {
#embed "../../docs/problems/not_found.md"
};
static const unsigned char problem_nothing_to_run[] = {
#embed "../../docs/problems/nothing_to_run.md"
};
static const unsigned char problem_origin_not_allowed[] = {
#embed "../../docs/problems/origin_not_allowed.md"
};
static const unsigned char problem_other_environment[] = {
#embed "../../docs/problems/other_environment.md"
};
static const unsigned char problem_outcome_unknown[] = {
#embed "../../docs/problems/outcome_unknown.md"
};
static const unsigned char problem_payload_too_large[] = {
#embed "../../docs/problems/payload_too_large.md"
};
static const unsigned char problem_personal_data_refused[] = {
#embed "../../docs/problems/personal_data_refused.md"
};
static const unsigned char problem_rate_limited[] = {
#embed "../../docs/problems/rate_limited.md"
};
static const unsigned char problem_repeated_field[] = {
#embed "../../docs/problems/repeated_field.md"
};
static const unsigned char problem_role_forbids[] = {
#embed "../../docs/problems/role_forbids.md"
};
static const unsigned char problem_run_in_progress[] = {
#embed "../../docs/problems/run_in_progress.md"
};
static const unsigned char problem_sandbox_expired[] = {
#embed "../../docs/problems/sandbox_expired.md"
};
static const unsigned char problem_sandbox_not_found[] = {
#embed "../../docs/problems/sandbox_not_found.md"
};
static const unsigned char problem_sandbox_quota_exceeded[] = {
#embed "../../docs/problems/sandbox_quota_exceeded.md"
};
static const unsigned char problem_sandbox_suspended[] = {
#embed "../../docs/problems/sandbox_suspended.md"
};
static const unsigned char problem_service_unavailable[] = {
#embed "../../docs/problems/service_unavailable.md"
};
static const unsigned char problem_slug_taken[] = {
#embed "../../docs/problems/slug_taken.md"
};
static const unsigned char problem_token_algorithm_refused[] = {
#embed "../../docs/problems/token_algorithm_refused.md"
};
static const unsigned char problem_token_bound[] = {
#embed "../../docs/problems/token_bound.md"
};
static const unsigned char problem_token_key_injected[] = {
#embed "../../docs/problems/token_key_injected.md"
};
static const unsigned char problem_token_key_unknown[] = {
#embed "../../docs/problems/token_key_unknown.md"
};
static const unsigned char problem_token_malformed[] = {
#embed "../../docs/problems/token_malformed.md"
};
static const unsigned char problem_token_tampered[] = {
#embed "../../docs/problems/token_tampered.md"
};
static const unsigned char problem_token_unsigned[] = {
#embed "../../docs/problems/token_unsigned.md"
};
static const unsigned char problem_token_wrong_type[] = {
#embed "../../docs/problems/token_wrong_type.md"
};
static const unsigned char problem_too_many_in_flight[] = {
#embed "../../docs/problems/too_many_in_flight.md"
};
static const unsigned char problem_too_many_objects[] = {
#embed "../../docs/problems/too_many_objects.md"
};
static const unsigned char problem_unknown_host[] = {
#embed "../../docs/problems/unknown_host.md"
};
static const unsigned char problem_unknown_scenario[] = {
#embed "../../docs/problems/unknown_scenario.md"
};
static const unsigned char problem_unsupported_media_type[] = {
#embed "../../docs/problems/unsupported_media_type.md"
};
static const unsigned char problem_validation_failed[] = {
#embed "../../docs/problems/validation_failed.md"
};
static const unsigned char problem_wrong_audience[] = {
#embed "../../docs/problems/wrong_audience.md"
};
static const unsigned char problem_wrong_credential_kind[] = {
#embed "../../docs/problems/wrong_credential_kind.md"
};
static const unsigned char problem_wrong_environment[] = {
#embed "../../docs/problems/wrong_environment.md"
};
static const unsigned char problem_wrong_sandbox[] = {
#embed "../../docs/problems/wrong_sandbox.md"
};
static const unsigned char graph_authentication[] = {
#embed "../../graphs/authentication.json"
};
static const unsigned char graph_clearing[] = {
#embed "../../graphs/clearing.json"
};
static const unsigned char graph_dispute[] = {
#embed "../../graphs/dispute.json"
};
static const unsigned char graph_fx_quote[] = {
#embed "../../graphs/fx_quote.json"
};
static const unsigned char graph_payment[] = {
#embed "../../graphs/payment.json"
};
static const unsigned char graph_payout[] = {
#embed "../../graphs/payout.json"
};
static const unsigned char graph_refund[] = {
#embed "../../graphs/refund.json"
};
static const unsigned char graph_settlement[] = {
#embed "../../graphs/settlement.json"
};
static const unsigned char pack_europe[] = {
#embed "../../packs/europe.json"
};
static const unsigned char pack_standard[] = {
#embed "../../packs/standard.json"
};
static const unsigned char journey_accepted_dispute[] = {
#embed "../../journeys/accepted_dispute.json"
};
static const unsigned char journey_authorize_and_cancel[] = {
#embed "../../journeys/authorize_and_cancel.json"
};
static const unsigned char journey_authorize_and_capture[] = {
#embed "../../journeys/authorize_and_capture.json"
};
static const unsigned char journey_cross_currency_trio[] = {
#embed "../../journeys/cross_currency_trio.json"
};
static const unsigned char journey_decline_then_success[] = {
#embed "../../journeys/decline_then_success.json"
};
static const unsigned char journey_declined_payment[] = {
#embed "../../journeys/declined_payment.json"
};
static const unsigned char journey_dispute_with_evidence[] = {
#embed "../../journeys/dispute_with_evidence.json"
};
static const unsigned char journey_expired_authorization[] = {
#embed "../../journeys/expired_authorization.json"
};
static const unsigned char journey_failed_refund[] = {
#embed "../../journeys/failed_refund.json"
};
static const unsigned char journey_first_payment[] = {
#embed "../../journeys/first_payment.json"
};
static const unsigned char journey_full_refund[] = {
#embed "../../journeys/full_refund.json"
};
static const unsigned char journey_settled_payment[] = {
#embed "../../journeys/settled_payment.json"
};
static const unsigned char journey_slow_and_failing_api[] = {
#embed "../../journeys/slow_and_failing_api.json"
};
static const unsigned char journey_three_ds_failed[] = {
#embed "../../journeys/three_ds_failed.json"
};

static const sbx_resource resources[] = {
    RESOURCE("migrations/0001_create_schema_and_enter.sql", migration_0001),
    RESOURCE("migrations/0002_create_tenants_and_users.sql", migration_0002),
    RESOURCE("migrations/0003_create_sandboxes.sql", migration_0003),
    RESOURCE("migrations/0004_create_world_store.sql", migration_0004),
    RESOURCE("migrations/0005_create_ledger_and_events.sql", migration_0005),
    RESOURCE("migrations/0006_create_credentials.sql", migration_0006),
    RESOURCE("migrations/0007_create_idempotency_records.sql", migration_0007),
    RESOURCE("migrations/0008_create_request_log.sql", migration_0008),
    RESOURCE("migrations/0009_create_audit_log.sql", migration_0009),
    RESOURCE("migrations/0010_create_directory.sql", migration_0010),
    RESOURCE("migrations/0011_create_edge_functions.sql", migration_0011),
    RESOURCE("migrations/0012_grant_limits_to_system.sql", migration_0012),
    RESOURCE("migrations/0013_prefer_primary_keys_on_empty_tables.sql", migration_0013),
    RESOURCE("migrations/0014_create_timers.sql", migration_0014),
    RESOURCE("migrations/0015_create_sandbox_settings.sql", migration_0015),
    RESOURCE("migrations/0016_let_heads_move.sql", migration_0016),
    RESOURCE("migrations/0017_create_checkpoints.sql", migration_0017),
    RESOURCE("migrations/0018_create_dry_run_heads.sql", migration_0018),
    RESOURCE("migrations/0019_keep_idempotency_records_by_revision.sql", migration_0019),
    RESOURCE("migrations/0020_create_webhook_endpoints.sql", migration_0020),
    RESOURCE("migrations/0021_create_deliveries.sql", migration_0021),
    RESOURCE("migrations/0022_create_inbox.sql", migration_0022),
    RESOURCE("migrations/0023_create_fault_counters.sql", migration_0023),
    RESOURCE("migrations/0024_add_clock_work_to_heads.sql", migration_0024),
    RESOURCE("migrations/0025_note_transitions_on_changes.sql", migration_0025),
    RESOURCE("migrations/0026_create_signing_keys.sql", migration_0026),
    RESOURCE("migrations/0027_describe_oauth_clients.sql", migration_0027),
    RESOURCE("migrations/0028_create_grants.sql", migration_0028),
    RESOURCE("migrations/0029_create_journeys.sql", migration_0029),
    RESOURCE("migrations/0030_create_sessions.sql", migration_0030),
    RESOURCE("migrations/0031_create_contracts.sql", migration_0031),
    RESOURCE("migrations/0032_chain_audit_log.sql", migration_0032),
    RESOURCE("migrations/0033_give_members_roles.sql", migration_0033),
    RESOURCE("migrations/0034_let_client_secrets_overlap.sql", migration_0034),
    RESOURCE("contracts/payments.json", contract_payments),
    RESOURCE("contracts/platform.json", contract_platform),
    RESOURCE("docs/problems/answer_invalid.md", problem_answer_invalid),
    RESOURCE("docs/problems/authentication_required.md", problem_authentication_required),
    RESOURCE("docs/problems/blocked_by_guard.md", problem_blocked_by_guard),
    RESOURCE("docs/problems/blocked_calls_found.md", problem_blocked_calls_found),
    RESOURCE("docs/problems/body_incomplete.md", problem_body_incomplete),
    RESOURCE("docs/problems/card_number_refused.md", problem_card_number_refused),
    RESOURCE("docs/problems/checkpoint_name_taken.md", problem_checkpoint_name_taken),
    RESOURCE("docs/problems/checkpoint_quota_exceeded.md", problem_checkpoint_quota_exceeded),
    RESOURCE("docs/problems/clock_advancing.md", problem_clock_advancing),
    RESOURCE("docs/problems/contract_invalid.md", problem_contract_invalid),
    RESOURCE("docs/problems/contract_mounted.md", problem_contract_mounted),
    RESOURCE("docs/problems/contract_not_mounted.md", problem_contract_not_mounted),
    RESOURCE("docs/problems/contract_quota_exceeded.md", problem_contract_quota_exceeded),
    RESOURCE("docs/problems/credential_expired.md", problem_credential_expired),
    RESOURCE("docs/problems/credential_malformed.md", problem_credential_malformed),
    RESOURCE("docs/problems/credential_misplaced.md", problem_credential_misplaced),
    RESOURCE("docs/problems/credential_revoked.md", problem_credential_revoked),
    RESOURCE("docs/problems/credential_unknown.md", problem_credential_unknown),
    RESOURCE("docs/problems/dpop_nonce_required.md", problem_dpop_nonce_required),
    RESOURCE("docs/problems/dpop_proof_invalid.md", problem_dpop_proof_invalid),
    RESOURCE("docs/problems/dpop_proof_replayed.md", problem_dpop_proof_replayed),
    RESOURCE("docs/problems/dry_run_conflict.md", problem_dry_run_conflict),
    RESOURCE("docs/problems/dry_run_quota_exceeded.md", problem_dry_run_quota_exceeded),
    RESOURCE("docs/problems/dry_run_too_large.md", problem_dry_run_too_large),
    RESOURCE("docs/problems/email_taken.md", problem_email_taken),
    RESOURCE("docs/problems/endpoint_disabled.md", problem_endpoint_disabled),
    RESOURCE("docs/problems/foreign_issuer.md", problem_foreign_issuer),
    RESOURCE("docs/problems/host_mismatch.md", problem_host_mismatch),
    RESOURCE("docs/problems/idempotency_key_in_use.md", problem_idempotency_key_in_use),
    RESOURCE("docs/problems/idempotency_key_reused.md", problem_idempotency_key_reused),
    RESOURCE("docs/problems/insufficient_scope.md", problem_insufficient_scope),
    RESOURCE("docs/problems/internal_error.md", problem_internal_error),
    RESOURCE("docs/problems/invitation_ended.md", problem_invitation_ended),
    RESOURCE("docs/problems/last_owner.md", problem_last_owner),
    RESOURCE("docs/problems/malformed_body.md", problem_malformed_body),
    RESOURCE("docs/problems/method_not_allowed.md", problem_method_not_allowed),
    RESOURCE("docs/problems/not_available.md", problem_not_available),
    RESOURCE("docs/problems/not_found.md", problem_not_found),
    RESOURCE("docs/problems/nothing_to_run.md", problem_nothing_to_run),
    RESOURCE("docs/problems/origin_not_allowed.md", problem_origin_not_allowed),
    RESOURCE("docs/problems/other_environment.md", problem_other_environment),
    RESOURCE("docs/problems/outcome_unknown.md", problem_outcome_unknown),
    RESOURCE("docs/problems/payload_too_large.md", problem_payload_too_large),
    RESOURCE("docs/problems/personal_data_refused.md", problem_personal_data_refused),
    RESOURCE("docs/problems/rate_limited.md", problem_rate_limited),
    RESOURCE("docs/problems/repeated_field.md", problem_repeated_field),
    RESOURCE("docs/problems/role_forbids.md", problem_role_forbids),
    RESOURCE("docs/problems/run_in_progress.md", problem_run_in_progress),
    RESOURCE("docs/problems/sandbox_expired.md", problem_sandbox_expired),
    RESOURCE("docs/problems/sandbox_not_found.md", problem_sandbox_not_found),
    RESOURCE("docs/problems/sandbox_quota_exceeded.md", problem_sandbox_quota_exceeded),
    RESOURCE("docs/problems/sandbox_suspended.md", problem_sandbox_suspended),
    RESOURCE("docs/problems/service_unavailable.md", problem_service_unavailable),
    RESOURCE("docs/problems/slug_taken.md", problem_slug_taken),
    RESOURCE("docs/problems/token_algorithm_refused.md", problem_token_algorithm_refused),
    RESOURCE("docs/problems/token_bound.md", problem_token_bound),
    RESOURCE("docs/problems/token_key_injected.md", problem_token_key_injected),
    RESOURCE("docs/problems/token_key_unknown.md", problem_token_key_unknown),
    RESOURCE("docs/problems/token_malformed.md", problem_token_malformed),
    RESOURCE("docs/problems/token_tampered.md", problem_token_tampered),
    RESOURCE("docs/problems/token_unsigned.md", problem_token_unsigned),
    RESOURCE("docs/problems/token_wrong_type.md", problem_token_wrong_type),
    RESOURCE("docs/problems/too_many_in_flight.md", problem_too_many_in_flight),
    RESOURCE("docs/problems/too_many_objects.md", problem_too_many_objects),
    RESOURCE("docs/problems/unknown_host.md", problem_unknown_host),
    RESOURCE("docs/problems/unknown_scenario.md", problem_unknown_scenario),
    RESOURCE("docs/problems/unsupported_media_type.md", problem_unsupported_media_type),
    RESOURCE("docs/problems/validation_failed.md", problem_validation_failed),
    RESOURCE("docs/problems/wrong_audience.md", problem_wrong_audience),
    RESOURCE("docs/problems/wrong_credential_kind.md", problem_wrong_credential_kind),
    RESOURCE("docs/problems/wrong_environment.md", problem_wrong_environment),
    RESOURCE("docs/problems/wrong_sandbox.md", problem_wrong_sandbox),
    RESOURCE("graphs/authentication.json", graph_authentication),
    RESOURCE("graphs/clearing.json", graph_clearing),
    RESOURCE("graphs/dispute.json", graph_dispute),
    RESOURCE("graphs/fx_quote.json", graph_fx_quote),
    RESOURCE("graphs/payment.json", graph_payment),
    RESOURCE("graphs/payout.json", graph_payout),
    RESOURCE("graphs/refund.json", graph_refund),
    RESOURCE("graphs/settlement.json", graph_settlement),
    RESOURCE("packs/europe.json", pack_europe),
    RESOURCE("packs/standard.json", pack_standard),
    RESOURCE("journeys/accepted_dispute.json", journey_accepted_dispute),
    RESOURCE("journeys/authorize_and_cancel.json", journey_authorize_and_cancel),
    RESOURCE("journeys/authorize_and_capture.json", journey_authorize_and_capture),
    RESOURCE("journeys/cross_currency_trio.json", journey_cross_currency_trio),
    RESOURCE("journeys/decline_then_success.json", journey_decline_then_success),
    RESOURCE("journeys/declined_payment.json", journey_declined_payment),
    RESOURCE("journeys/dispute_with_evidence.json", journey_dispute_with_evidence),
    RESOURCE("journeys/expired_authorization.json", journey_expired_authorization),
    RESOURCE("journeys/failed_refund.json", journey_failed_refund),
    RESOURCE("journeys/first_payment.json", journey_first_payment),
    RESOURCE("journeys/full_refund.json", journey_full_refund),
    RESOURCE("journeys/settled_payment.json", journey_settled_payment),
    RESOURCE("journeys/slow_and_failing_api.json", journey_slow_and_failing_api),
    RESOURCE("journeys/three_ds_failed.json", journey_three_ds_failed),
};

size_t sbx_resource_count(void) { return COUNT(resources); }
const sbx_resource *sbx_resource_at(size_t index) { return &resources[index]; }
