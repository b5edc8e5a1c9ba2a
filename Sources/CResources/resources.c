// Written by ops/list-embedded-files.py. A test compares this list with the folders, so that a file
// left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CResources.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RESOURCE(name, array) {name, array, COUNT(array)}

static const unsigned char resource_migrations_0001_create_schema_and_enter_sql[] = {
#embed "../../migrations/0001_create_schema_and_enter.sql"
};
static const unsigned char resource_migrations_0002_create_tenants_and_users_sql[] = {
#embed "../../migrations/0002_create_tenants_and_users.sql"
};
static const unsigned char resource_migrations_0003_create_sandboxes_sql[] = {
#embed "../../migrations/0003_create_sandboxes.sql"
};
static const unsigned char resource_migrations_0004_create_world_store_sql[] = {
#embed "../../migrations/0004_create_world_store.sql"
};
static const unsigned char resource_migrations_0005_create_ledger_and_events_sql[] = {
#embed "../../migrations/0005_create_ledger_and_events.sql"
};
static const unsigned char resource_migrations_0006_create_credentials_sql[] = {
#embed "../../migrations/0006_create_credentials.sql"
};
static const unsigned char resource_migrations_0007_create_idempotency_records_sql[] = {
#embed "../../migrations/0007_create_idempotency_records.sql"
};
static const unsigned char resource_migrations_0008_create_request_log_sql[] = {
#embed "../../migrations/0008_create_request_log.sql"
};
static const unsigned char resource_migrations_0009_create_audit_log_sql[] = {
#embed "../../migrations/0009_create_audit_log.sql"
};
static const unsigned char resource_migrations_0010_create_directory_sql[] = {
#embed "../../migrations/0010_create_directory.sql"
};
static const unsigned char resource_migrations_0011_create_edge_functions_sql[] = {
#embed "../../migrations/0011_create_edge_functions.sql"
};
static const unsigned char resource_migrations_0012_grant_limits_to_system_sql[] = {
#embed "../../migrations/0012_grant_limits_to_system.sql"
};
static const unsigned char resource_migrations_0013_prefer_primary_keys_on_empty_tables_sql[] = {
#embed "../../migrations/0013_prefer_primary_keys_on_empty_tables.sql"
};
static const unsigned char resource_migrations_0014_create_timers_sql[] = {
#embed "../../migrations/0014_create_timers.sql"
};
static const unsigned char resource_migrations_0015_create_sandbox_settings_sql[] = {
#embed "../../migrations/0015_create_sandbox_settings.sql"
};
static const unsigned char resource_migrations_0016_let_heads_move_sql[] = {
#embed "../../migrations/0016_let_heads_move.sql"
};
static const unsigned char resource_migrations_0017_create_checkpoints_sql[] = {
#embed "../../migrations/0017_create_checkpoints.sql"
};
static const unsigned char resource_migrations_0018_create_dry_run_heads_sql[] = {
#embed "../../migrations/0018_create_dry_run_heads.sql"
};
static const unsigned char resource_migrations_0019_keep_idempotency_records_by_revision_sql[] = {
#embed "../../migrations/0019_keep_idempotency_records_by_revision.sql"
};
static const unsigned char resource_migrations_0020_create_webhook_endpoints_sql[] = {
#embed "../../migrations/0020_create_webhook_endpoints.sql"
};
static const unsigned char resource_migrations_0021_create_deliveries_sql[] = {
#embed "../../migrations/0021_create_deliveries.sql"
};
static const unsigned char resource_migrations_0022_create_inbox_sql[] = {
#embed "../../migrations/0022_create_inbox.sql"
};
static const unsigned char resource_migrations_0023_create_fault_counters_sql[] = {
#embed "../../migrations/0023_create_fault_counters.sql"
};
static const unsigned char resource_migrations_0024_add_clock_work_to_heads_sql[] = {
#embed "../../migrations/0024_add_clock_work_to_heads.sql"
};
static const unsigned char resource_migrations_0025_note_transitions_on_changes_sql[] = {
#embed "../../migrations/0025_note_transitions_on_changes.sql"
};
static const unsigned char resource_migrations_0026_create_signing_keys_sql[] = {
#embed "../../migrations/0026_create_signing_keys.sql"
};
static const unsigned char resource_migrations_0027_describe_oauth_clients_sql[] = {
#embed "../../migrations/0027_describe_oauth_clients.sql"
};
static const unsigned char resource_migrations_0028_create_grants_sql[] = {
#embed "../../migrations/0028_create_grants.sql"
};
static const unsigned char resource_migrations_0029_create_journeys_sql[] = {
#embed "../../migrations/0029_create_journeys.sql"
};
static const unsigned char resource_migrations_0030_create_sessions_sql[] = {
#embed "../../migrations/0030_create_sessions.sql"
};
static const unsigned char resource_migrations_0031_create_contracts_sql[] = {
#embed "../../migrations/0031_create_contracts.sql"
};
static const unsigned char resource_migrations_0032_chain_audit_log_sql[] = {
#embed "../../migrations/0032_chain_audit_log.sql"
};
static const unsigned char resource_migrations_0033_give_members_roles_sql[] = {
#embed "../../migrations/0033_give_members_roles.sql"
};
static const unsigned char resource_migrations_0034_let_client_secrets_overlap_sql[] = {
#embed "../../migrations/0034_let_client_secrets_overlap.sql"
};
static const unsigned char resource_migrations_0035_count_usage_sql[] = {
#embed "../../migrations/0035_count_usage.sql"
};
static const unsigned char resource_migrations_0036_create_spans_sql[] = {
#embed "../../migrations/0036_create_spans.sql"
};
static const unsigned char resource_migrations_0037_share_rate_limits_sql[] = {
#embed "../../migrations/0037_share_rate_limits.sql"
};
static const unsigned char resource_migrations_0038_count_calls_sql[] = {
#embed "../../migrations/0038_count_calls.sql"
};
static const unsigned char resource_migrations_0039_create_client_certificates_sql[] = {
#embed "../../migrations/0039_create_client_certificates.sql"
};
static const unsigned char resource_migrations_0040_look_spans_up_by_trace_sql[] = {
#embed "../../migrations/0040_look_spans_up_by_trace.sql"
};
static const unsigned char resource_migrations_0041_slim_request_log_indexes_sql[] = {
#embed "../../migrations/0041_slim_request_log_indexes.sql"
};
static const unsigned char resource_migrations_0042_keep_overlays_of_contracts_sql[] = {
#embed "../../migrations/0042_keep_overlays_of_contracts.sql"
};
static const unsigned char resource_migrations_0043_create_denied_hosts_sql[] = {
#embed "../../migrations/0043_create_denied_hosts.sql"
};
static const unsigned char resource_migrations_0044_create_contract_drift_sql[] = {
#embed "../../migrations/0044_create_contract_drift.sql"
};
static const unsigned char resource_migrations_0045_claim_deliveries_in_order_sql[] = {
#embed "../../migrations/0045_claim_deliveries_in_order.sql"
};
static const unsigned char resource_migrations_0046_count_calls_by_hour_sql[] = {
#embed "../../migrations/0046_count_calls_by_hour.sql"
};
static const unsigned char resource_migrations_0047_lease_delivery_lanes_sql[] = {
#embed "../../migrations/0047_lease_delivery_lanes.sql"
};
static const unsigned char resource_migrations_0048_add_event_targets_sql[] = {
#embed "../../migrations/0048_add_event_targets.sql"
};
static const unsigned char resource_contracts_payments_json[] = {
#embed "../../contracts/payments.json"
};
static const unsigned char resource_contracts_platform_json[] = {
#embed "../../contracts/platform.json"
};
static const unsigned char resource_docs_problems_answer_invalid_md[] = {
#embed "../../docs/problems/answer_invalid.md"
};
static const unsigned char resource_docs_problems_authentication_required_md[] = {
#embed "../../docs/problems/authentication_required.md"
};
static const unsigned char resource_docs_problems_blocked_by_guard_md[] = {
#embed "../../docs/problems/blocked_by_guard.md"
};
static const unsigned char resource_docs_problems_blocked_calls_found_md[] = {
#embed "../../docs/problems/blocked_calls_found.md"
};
static const unsigned char resource_docs_problems_body_incomplete_md[] = {
#embed "../../docs/problems/body_incomplete.md"
};
static const unsigned char resource_docs_problems_card_number_refused_md[] = {
#embed "../../docs/problems/card_number_refused.md"
};
static const unsigned char resource_docs_problems_certificate_unknown_md[] = {
#embed "../../docs/problems/certificate_unknown.md"
};
static const unsigned char resource_docs_problems_checkpoint_name_taken_md[] = {
#embed "../../docs/problems/checkpoint_name_taken.md"
};
static const unsigned char resource_docs_problems_checkpoint_quota_exceeded_md[] = {
#embed "../../docs/problems/checkpoint_quota_exceeded.md"
};
static const unsigned char resource_docs_problems_clock_advancing_md[] = {
#embed "../../docs/problems/clock_advancing.md"
};
static const unsigned char resource_docs_problems_contract_invalid_md[] = {
#embed "../../docs/problems/contract_invalid.md"
};
static const unsigned char resource_docs_problems_contract_mounted_md[] = {
#embed "../../docs/problems/contract_mounted.md"
};
static const unsigned char resource_docs_problems_contract_not_mounted_md[] = {
#embed "../../docs/problems/contract_not_mounted.md"
};
static const unsigned char resource_docs_problems_contract_quota_exceeded_md[] = {
#embed "../../docs/problems/contract_quota_exceeded.md"
};
static const unsigned char resource_docs_problems_credential_expired_md[] = {
#embed "../../docs/problems/credential_expired.md"
};
static const unsigned char resource_docs_problems_credential_malformed_md[] = {
#embed "../../docs/problems/credential_malformed.md"
};
static const unsigned char resource_docs_problems_credential_misplaced_md[] = {
#embed "../../docs/problems/credential_misplaced.md"
};
static const unsigned char resource_docs_problems_credential_revoked_md[] = {
#embed "../../docs/problems/credential_revoked.md"
};
static const unsigned char resource_docs_problems_credential_unknown_md[] = {
#embed "../../docs/problems/credential_unknown.md"
};
static const unsigned char resource_docs_problems_dpop_nonce_required_md[] = {
#embed "../../docs/problems/dpop_nonce_required.md"
};
static const unsigned char resource_docs_problems_dpop_proof_invalid_md[] = {
#embed "../../docs/problems/dpop_proof_invalid.md"
};
static const unsigned char resource_docs_problems_dpop_proof_replayed_md[] = {
#embed "../../docs/problems/dpop_proof_replayed.md"
};
static const unsigned char resource_docs_problems_dry_run_conflict_md[] = {
#embed "../../docs/problems/dry_run_conflict.md"
};
static const unsigned char resource_docs_problems_dry_run_quota_exceeded_md[] = {
#embed "../../docs/problems/dry_run_quota_exceeded.md"
};
static const unsigned char resource_docs_problems_dry_run_too_large_md[] = {
#embed "../../docs/problems/dry_run_too_large.md"
};
static const unsigned char resource_docs_problems_email_taken_md[] = {
#embed "../../docs/problems/email_taken.md"
};
static const unsigned char resource_docs_problems_endpoint_disabled_md[] = {
#embed "../../docs/problems/endpoint_disabled.md"
};
static const unsigned char resource_docs_problems_foreign_issuer_md[] = {
#embed "../../docs/problems/foreign_issuer.md"
};
static const unsigned char resource_docs_problems_host_mismatch_md[] = {
#embed "../../docs/problems/host_mismatch.md"
};
static const unsigned char resource_docs_problems_idempotency_key_in_use_md[] = {
#embed "../../docs/problems/idempotency_key_in_use.md"
};
static const unsigned char resource_docs_problems_idempotency_key_reused_md[] = {
#embed "../../docs/problems/idempotency_key_reused.md"
};
static const unsigned char resource_docs_problems_insufficient_scope_md[] = {
#embed "../../docs/problems/insufficient_scope.md"
};
static const unsigned char resource_docs_problems_internal_error_md[] = {
#embed "../../docs/problems/internal_error.md"
};
static const unsigned char resource_docs_problems_invitation_ended_md[] = {
#embed "../../docs/problems/invitation_ended.md"
};
static const unsigned char resource_docs_problems_last_owner_md[] = {
#embed "../../docs/problems/last_owner.md"
};
static const unsigned char resource_docs_problems_malformed_body_md[] = {
#embed "../../docs/problems/malformed_body.md"
};
static const unsigned char resource_docs_problems_method_not_allowed_md[] = {
#embed "../../docs/problems/method_not_allowed.md"
};
static const unsigned char resource_docs_problems_not_available_md[] = {
#embed "../../docs/problems/not_available.md"
};
static const unsigned char resource_docs_problems_not_found_md[] = {
#embed "../../docs/problems/not_found.md"
};
static const unsigned char resource_docs_problems_nothing_to_run_md[] = {
#embed "../../docs/problems/nothing_to_run.md"
};
static const unsigned char resource_docs_problems_origin_not_allowed_md[] = {
#embed "../../docs/problems/origin_not_allowed.md"
};
static const unsigned char resource_docs_problems_other_environment_md[] = {
#embed "../../docs/problems/other_environment.md"
};
static const unsigned char resource_docs_problems_outcome_unknown_md[] = {
#embed "../../docs/problems/outcome_unknown.md"
};
static const unsigned char resource_docs_problems_payload_too_large_md[] = {
#embed "../../docs/problems/payload_too_large.md"
};
static const unsigned char resource_docs_problems_personal_data_refused_md[] = {
#embed "../../docs/problems/personal_data_refused.md"
};
static const unsigned char resource_docs_problems_quota_exceeded_md[] = {
#embed "../../docs/problems/quota_exceeded.md"
};
static const unsigned char resource_docs_problems_rate_limited_md[] = {
#embed "../../docs/problems/rate_limited.md"
};
static const unsigned char resource_docs_problems_repeated_field_md[] = {
#embed "../../docs/problems/repeated_field.md"
};
static const unsigned char resource_docs_problems_role_forbids_md[] = {
#embed "../../docs/problems/role_forbids.md"
};
static const unsigned char resource_docs_problems_rule_changed_md[] = {
#embed "../../docs/problems/rule_changed.md"
};
static const unsigned char resource_docs_problems_rule_unusable_md[] = {
#embed "../../docs/problems/rule_unusable.md"
};
static const unsigned char resource_docs_problems_run_in_progress_md[] = {
#embed "../../docs/problems/run_in_progress.md"
};
static const unsigned char resource_docs_problems_sandbox_expired_md[] = {
#embed "../../docs/problems/sandbox_expired.md"
};
static const unsigned char resource_docs_problems_sandbox_not_found_md[] = {
#embed "../../docs/problems/sandbox_not_found.md"
};
static const unsigned char resource_docs_problems_sandbox_quota_exceeded_md[] = {
#embed "../../docs/problems/sandbox_quota_exceeded.md"
};
static const unsigned char resource_docs_problems_sandbox_suspended_md[] = {
#embed "../../docs/problems/sandbox_suspended.md"
};
static const unsigned char resource_docs_problems_secret_refused_md[] = {
#embed "../../docs/problems/secret_refused.md"
};
static const unsigned char resource_docs_problems_service_unavailable_md[] = {
#embed "../../docs/problems/service_unavailable.md"
};
static const unsigned char resource_docs_problems_signing_request_refused_md[] = {
#embed "../../docs/problems/signing_request_refused.md"
};
static const unsigned char resource_docs_problems_slug_taken_md[] = {
#embed "../../docs/problems/slug_taken.md"
};
static const unsigned char resource_docs_problems_token_algorithm_refused_md[] = {
#embed "../../docs/problems/token_algorithm_refused.md"
};
static const unsigned char resource_docs_problems_token_bound_md[] = {
#embed "../../docs/problems/token_bound.md"
};
static const unsigned char resource_docs_problems_token_key_injected_md[] = {
#embed "../../docs/problems/token_key_injected.md"
};
static const unsigned char resource_docs_problems_token_key_unknown_md[] = {
#embed "../../docs/problems/token_key_unknown.md"
};
static const unsigned char resource_docs_problems_token_malformed_md[] = {
#embed "../../docs/problems/token_malformed.md"
};
static const unsigned char resource_docs_problems_token_tampered_md[] = {
#embed "../../docs/problems/token_tampered.md"
};
static const unsigned char resource_docs_problems_token_unsigned_md[] = {
#embed "../../docs/problems/token_unsigned.md"
};
static const unsigned char resource_docs_problems_token_wrong_type_md[] = {
#embed "../../docs/problems/token_wrong_type.md"
};
static const unsigned char resource_docs_problems_too_many_in_flight_md[] = {
#embed "../../docs/problems/too_many_in_flight.md"
};
static const unsigned char resource_docs_problems_too_many_objects_md[] = {
#embed "../../docs/problems/too_many_objects.md"
};
static const unsigned char resource_docs_problems_unknown_host_md[] = {
#embed "../../docs/problems/unknown_host.md"
};
static const unsigned char resource_docs_problems_unknown_scenario_md[] = {
#embed "../../docs/problems/unknown_scenario.md"
};
static const unsigned char resource_docs_problems_unsupported_media_type_md[] = {
#embed "../../docs/problems/unsupported_media_type.md"
};
static const unsigned char resource_docs_problems_upstream_refused_md[] = {
#embed "../../docs/problems/upstream_refused.md"
};
static const unsigned char resource_docs_problems_upstream_timeout_md[] = {
#embed "../../docs/problems/upstream_timeout.md"
};
static const unsigned char resource_docs_problems_upstream_unreachable_md[] = {
#embed "../../docs/problems/upstream_unreachable.md"
};
static const unsigned char resource_docs_problems_upstream_unusable_md[] = {
#embed "../../docs/problems/upstream_unusable.md"
};
static const unsigned char resource_docs_problems_validation_failed_md[] = {
#embed "../../docs/problems/validation_failed.md"
};
static const unsigned char resource_docs_problems_wrong_audience_md[] = {
#embed "../../docs/problems/wrong_audience.md"
};
static const unsigned char resource_docs_problems_wrong_credential_kind_md[] = {
#embed "../../docs/problems/wrong_credential_kind.md"
};
static const unsigned char resource_docs_problems_wrong_environment_md[] = {
#embed "../../docs/problems/wrong_environment.md"
};
static const unsigned char resource_docs_problems_wrong_sandbox_md[] = {
#embed "../../docs/problems/wrong_sandbox.md"
};
static const unsigned char resource_graphs_authentication_json[] = {
#embed "../../graphs/authentication.json"
};
static const unsigned char resource_graphs_clearing_json[] = {
#embed "../../graphs/clearing.json"
};
static const unsigned char resource_graphs_dispute_json[] = {
#embed "../../graphs/dispute.json"
};
static const unsigned char resource_graphs_fx_quote_json[] = {
#embed "../../graphs/fx_quote.json"
};
static const unsigned char resource_graphs_payment_json[] = {
#embed "../../graphs/payment.json"
};
static const unsigned char resource_graphs_payout_json[] = {
#embed "../../graphs/payout.json"
};
static const unsigned char resource_graphs_refund_json[] = {
#embed "../../graphs/refund.json"
};
static const unsigned char resource_graphs_settlement_json[] = {
#embed "../../graphs/settlement.json"
};
static const unsigned char resource_packs_europe_json[] = {
#embed "../../packs/europe.json"
};
static const unsigned char resource_packs_standard_json[] = {
#embed "../../packs/standard.json"
};
static const unsigned char resource_journeys_accepted_dispute_json[] = {
#embed "../../journeys/accepted_dispute.json"
};
static const unsigned char resource_journeys_authorize_and_cancel_json[] = {
#embed "../../journeys/authorize_and_cancel.json"
};
static const unsigned char resource_journeys_authorize_and_capture_json[] = {
#embed "../../journeys/authorize_and_capture.json"
};
static const unsigned char resource_journeys_cross_currency_trio_json[] = {
#embed "../../journeys/cross_currency_trio.json"
};
static const unsigned char resource_journeys_decline_then_success_json[] = {
#embed "../../journeys/decline_then_success.json"
};
static const unsigned char resource_journeys_declined_payment_json[] = {
#embed "../../journeys/declined_payment.json"
};
static const unsigned char resource_journeys_dispute_with_evidence_json[] = {
#embed "../../journeys/dispute_with_evidence.json"
};
static const unsigned char resource_journeys_expired_authorization_json[] = {
#embed "../../journeys/expired_authorization.json"
};
static const unsigned char resource_journeys_failed_refund_json[] = {
#embed "../../journeys/failed_refund.json"
};
static const unsigned char resource_journeys_first_payment_json[] = {
#embed "../../journeys/first_payment.json"
};
static const unsigned char resource_journeys_full_refund_json[] = {
#embed "../../journeys/full_refund.json"
};
static const unsigned char resource_journeys_settled_payment_json[] = {
#embed "../../journeys/settled_payment.json"
};
static const unsigned char resource_journeys_slow_and_failing_api_json[] = {
#embed "../../journeys/slow_and_failing_api.json"
};
static const unsigned char resource_journeys_three_ds_failed_json[] = {
#embed "../../journeys/three_ds_failed.json"
};

static const sbx_resource resources[] = {
    RESOURCE("migrations/0001_create_schema_and_enter.sql", resource_migrations_0001_create_schema_and_enter_sql),
    RESOURCE("migrations/0002_create_tenants_and_users.sql", resource_migrations_0002_create_tenants_and_users_sql),
    RESOURCE("migrations/0003_create_sandboxes.sql", resource_migrations_0003_create_sandboxes_sql),
    RESOURCE("migrations/0004_create_world_store.sql", resource_migrations_0004_create_world_store_sql),
    RESOURCE("migrations/0005_create_ledger_and_events.sql", resource_migrations_0005_create_ledger_and_events_sql),
    RESOURCE("migrations/0006_create_credentials.sql", resource_migrations_0006_create_credentials_sql),
    RESOURCE("migrations/0007_create_idempotency_records.sql", resource_migrations_0007_create_idempotency_records_sql),
    RESOURCE("migrations/0008_create_request_log.sql", resource_migrations_0008_create_request_log_sql),
    RESOURCE("migrations/0009_create_audit_log.sql", resource_migrations_0009_create_audit_log_sql),
    RESOURCE("migrations/0010_create_directory.sql", resource_migrations_0010_create_directory_sql),
    RESOURCE("migrations/0011_create_edge_functions.sql", resource_migrations_0011_create_edge_functions_sql),
    RESOURCE("migrations/0012_grant_limits_to_system.sql", resource_migrations_0012_grant_limits_to_system_sql),
    RESOURCE("migrations/0013_prefer_primary_keys_on_empty_tables.sql", resource_migrations_0013_prefer_primary_keys_on_empty_tables_sql),
    RESOURCE("migrations/0014_create_timers.sql", resource_migrations_0014_create_timers_sql),
    RESOURCE("migrations/0015_create_sandbox_settings.sql", resource_migrations_0015_create_sandbox_settings_sql),
    RESOURCE("migrations/0016_let_heads_move.sql", resource_migrations_0016_let_heads_move_sql),
    RESOURCE("migrations/0017_create_checkpoints.sql", resource_migrations_0017_create_checkpoints_sql),
    RESOURCE("migrations/0018_create_dry_run_heads.sql", resource_migrations_0018_create_dry_run_heads_sql),
    RESOURCE("migrations/0019_keep_idempotency_records_by_revision.sql", resource_migrations_0019_keep_idempotency_records_by_revision_sql),
    RESOURCE("migrations/0020_create_webhook_endpoints.sql", resource_migrations_0020_create_webhook_endpoints_sql),
    RESOURCE("migrations/0021_create_deliveries.sql", resource_migrations_0021_create_deliveries_sql),
    RESOURCE("migrations/0022_create_inbox.sql", resource_migrations_0022_create_inbox_sql),
    RESOURCE("migrations/0023_create_fault_counters.sql", resource_migrations_0023_create_fault_counters_sql),
    RESOURCE("migrations/0024_add_clock_work_to_heads.sql", resource_migrations_0024_add_clock_work_to_heads_sql),
    RESOURCE("migrations/0025_note_transitions_on_changes.sql", resource_migrations_0025_note_transitions_on_changes_sql),
    RESOURCE("migrations/0026_create_signing_keys.sql", resource_migrations_0026_create_signing_keys_sql),
    RESOURCE("migrations/0027_describe_oauth_clients.sql", resource_migrations_0027_describe_oauth_clients_sql),
    RESOURCE("migrations/0028_create_grants.sql", resource_migrations_0028_create_grants_sql),
    RESOURCE("migrations/0029_create_journeys.sql", resource_migrations_0029_create_journeys_sql),
    RESOURCE("migrations/0030_create_sessions.sql", resource_migrations_0030_create_sessions_sql),
    RESOURCE("migrations/0031_create_contracts.sql", resource_migrations_0031_create_contracts_sql),
    RESOURCE("migrations/0032_chain_audit_log.sql", resource_migrations_0032_chain_audit_log_sql),
    RESOURCE("migrations/0033_give_members_roles.sql", resource_migrations_0033_give_members_roles_sql),
    RESOURCE("migrations/0034_let_client_secrets_overlap.sql", resource_migrations_0034_let_client_secrets_overlap_sql),
    RESOURCE("migrations/0035_count_usage.sql", resource_migrations_0035_count_usage_sql),
    RESOURCE("migrations/0036_create_spans.sql", resource_migrations_0036_create_spans_sql),
    RESOURCE("migrations/0037_share_rate_limits.sql", resource_migrations_0037_share_rate_limits_sql),
    RESOURCE("migrations/0038_count_calls.sql", resource_migrations_0038_count_calls_sql),
    RESOURCE("migrations/0039_create_client_certificates.sql", resource_migrations_0039_create_client_certificates_sql),
    RESOURCE("migrations/0040_look_spans_up_by_trace.sql", resource_migrations_0040_look_spans_up_by_trace_sql),
    RESOURCE("migrations/0041_slim_request_log_indexes.sql", resource_migrations_0041_slim_request_log_indexes_sql),
    RESOURCE("migrations/0042_keep_overlays_of_contracts.sql", resource_migrations_0042_keep_overlays_of_contracts_sql),
    RESOURCE("migrations/0043_create_denied_hosts.sql", resource_migrations_0043_create_denied_hosts_sql),
    RESOURCE("migrations/0044_create_contract_drift.sql", resource_migrations_0044_create_contract_drift_sql),
    RESOURCE("migrations/0045_claim_deliveries_in_order.sql", resource_migrations_0045_claim_deliveries_in_order_sql),
    RESOURCE("migrations/0046_count_calls_by_hour.sql", resource_migrations_0046_count_calls_by_hour_sql),
    RESOURCE("migrations/0047_lease_delivery_lanes.sql", resource_migrations_0047_lease_delivery_lanes_sql),
    RESOURCE("migrations/0048_add_event_targets.sql", resource_migrations_0048_add_event_targets_sql),
    RESOURCE("contracts/payments.json", resource_contracts_payments_json),
    RESOURCE("contracts/platform.json", resource_contracts_platform_json),
    RESOURCE("docs/problems/answer_invalid.md", resource_docs_problems_answer_invalid_md),
    RESOURCE("docs/problems/authentication_required.md", resource_docs_problems_authentication_required_md),
    RESOURCE("docs/problems/blocked_by_guard.md", resource_docs_problems_blocked_by_guard_md),
    RESOURCE("docs/problems/blocked_calls_found.md", resource_docs_problems_blocked_calls_found_md),
    RESOURCE("docs/problems/body_incomplete.md", resource_docs_problems_body_incomplete_md),
    RESOURCE("docs/problems/card_number_refused.md", resource_docs_problems_card_number_refused_md),
    RESOURCE("docs/problems/certificate_unknown.md", resource_docs_problems_certificate_unknown_md),
    RESOURCE("docs/problems/checkpoint_name_taken.md", resource_docs_problems_checkpoint_name_taken_md),
    RESOURCE("docs/problems/checkpoint_quota_exceeded.md", resource_docs_problems_checkpoint_quota_exceeded_md),
    RESOURCE("docs/problems/clock_advancing.md", resource_docs_problems_clock_advancing_md),
    RESOURCE("docs/problems/contract_invalid.md", resource_docs_problems_contract_invalid_md),
    RESOURCE("docs/problems/contract_mounted.md", resource_docs_problems_contract_mounted_md),
    RESOURCE("docs/problems/contract_not_mounted.md", resource_docs_problems_contract_not_mounted_md),
    RESOURCE("docs/problems/contract_quota_exceeded.md", resource_docs_problems_contract_quota_exceeded_md),
    RESOURCE("docs/problems/credential_expired.md", resource_docs_problems_credential_expired_md),
    RESOURCE("docs/problems/credential_malformed.md", resource_docs_problems_credential_malformed_md),
    RESOURCE("docs/problems/credential_misplaced.md", resource_docs_problems_credential_misplaced_md),
    RESOURCE("docs/problems/credential_revoked.md", resource_docs_problems_credential_revoked_md),
    RESOURCE("docs/problems/credential_unknown.md", resource_docs_problems_credential_unknown_md),
    RESOURCE("docs/problems/dpop_nonce_required.md", resource_docs_problems_dpop_nonce_required_md),
    RESOURCE("docs/problems/dpop_proof_invalid.md", resource_docs_problems_dpop_proof_invalid_md),
    RESOURCE("docs/problems/dpop_proof_replayed.md", resource_docs_problems_dpop_proof_replayed_md),
    RESOURCE("docs/problems/dry_run_conflict.md", resource_docs_problems_dry_run_conflict_md),
    RESOURCE("docs/problems/dry_run_quota_exceeded.md", resource_docs_problems_dry_run_quota_exceeded_md),
    RESOURCE("docs/problems/dry_run_too_large.md", resource_docs_problems_dry_run_too_large_md),
    RESOURCE("docs/problems/email_taken.md", resource_docs_problems_email_taken_md),
    RESOURCE("docs/problems/endpoint_disabled.md", resource_docs_problems_endpoint_disabled_md),
    RESOURCE("docs/problems/foreign_issuer.md", resource_docs_problems_foreign_issuer_md),
    RESOURCE("docs/problems/host_mismatch.md", resource_docs_problems_host_mismatch_md),
    RESOURCE("docs/problems/idempotency_key_in_use.md", resource_docs_problems_idempotency_key_in_use_md),
    RESOURCE("docs/problems/idempotency_key_reused.md", resource_docs_problems_idempotency_key_reused_md),
    RESOURCE("docs/problems/insufficient_scope.md", resource_docs_problems_insufficient_scope_md),
    RESOURCE("docs/problems/internal_error.md", resource_docs_problems_internal_error_md),
    RESOURCE("docs/problems/invitation_ended.md", resource_docs_problems_invitation_ended_md),
    RESOURCE("docs/problems/last_owner.md", resource_docs_problems_last_owner_md),
    RESOURCE("docs/problems/malformed_body.md", resource_docs_problems_malformed_body_md),
    RESOURCE("docs/problems/method_not_allowed.md", resource_docs_problems_method_not_allowed_md),
    RESOURCE("docs/problems/not_available.md", resource_docs_problems_not_available_md),
    RESOURCE("docs/problems/not_found.md", resource_docs_problems_not_found_md),
    RESOURCE("docs/problems/nothing_to_run.md", resource_docs_problems_nothing_to_run_md),
    RESOURCE("docs/problems/origin_not_allowed.md", resource_docs_problems_origin_not_allowed_md),
    RESOURCE("docs/problems/other_environment.md", resource_docs_problems_other_environment_md),
    RESOURCE("docs/problems/outcome_unknown.md", resource_docs_problems_outcome_unknown_md),
    RESOURCE("docs/problems/payload_too_large.md", resource_docs_problems_payload_too_large_md),
    RESOURCE("docs/problems/personal_data_refused.md", resource_docs_problems_personal_data_refused_md),
    RESOURCE("docs/problems/quota_exceeded.md", resource_docs_problems_quota_exceeded_md),
    RESOURCE("docs/problems/rate_limited.md", resource_docs_problems_rate_limited_md),
    RESOURCE("docs/problems/repeated_field.md", resource_docs_problems_repeated_field_md),
    RESOURCE("docs/problems/role_forbids.md", resource_docs_problems_role_forbids_md),
    RESOURCE("docs/problems/rule_changed.md", resource_docs_problems_rule_changed_md),
    RESOURCE("docs/problems/rule_unusable.md", resource_docs_problems_rule_unusable_md),
    RESOURCE("docs/problems/run_in_progress.md", resource_docs_problems_run_in_progress_md),
    RESOURCE("docs/problems/sandbox_expired.md", resource_docs_problems_sandbox_expired_md),
    RESOURCE("docs/problems/sandbox_not_found.md", resource_docs_problems_sandbox_not_found_md),
    RESOURCE("docs/problems/sandbox_quota_exceeded.md", resource_docs_problems_sandbox_quota_exceeded_md),
    RESOURCE("docs/problems/sandbox_suspended.md", resource_docs_problems_sandbox_suspended_md),
    RESOURCE("docs/problems/secret_refused.md", resource_docs_problems_secret_refused_md),
    RESOURCE("docs/problems/service_unavailable.md", resource_docs_problems_service_unavailable_md),
    RESOURCE("docs/problems/signing_request_refused.md", resource_docs_problems_signing_request_refused_md),
    RESOURCE("docs/problems/slug_taken.md", resource_docs_problems_slug_taken_md),
    RESOURCE("docs/problems/token_algorithm_refused.md", resource_docs_problems_token_algorithm_refused_md),
    RESOURCE("docs/problems/token_bound.md", resource_docs_problems_token_bound_md),
    RESOURCE("docs/problems/token_key_injected.md", resource_docs_problems_token_key_injected_md),
    RESOURCE("docs/problems/token_key_unknown.md", resource_docs_problems_token_key_unknown_md),
    RESOURCE("docs/problems/token_malformed.md", resource_docs_problems_token_malformed_md),
    RESOURCE("docs/problems/token_tampered.md", resource_docs_problems_token_tampered_md),
    RESOURCE("docs/problems/token_unsigned.md", resource_docs_problems_token_unsigned_md),
    RESOURCE("docs/problems/token_wrong_type.md", resource_docs_problems_token_wrong_type_md),
    RESOURCE("docs/problems/too_many_in_flight.md", resource_docs_problems_too_many_in_flight_md),
    RESOURCE("docs/problems/too_many_objects.md", resource_docs_problems_too_many_objects_md),
    RESOURCE("docs/problems/unknown_host.md", resource_docs_problems_unknown_host_md),
    RESOURCE("docs/problems/unknown_scenario.md", resource_docs_problems_unknown_scenario_md),
    RESOURCE("docs/problems/unsupported_media_type.md", resource_docs_problems_unsupported_media_type_md),
    RESOURCE("docs/problems/upstream_refused.md", resource_docs_problems_upstream_refused_md),
    RESOURCE("docs/problems/upstream_timeout.md", resource_docs_problems_upstream_timeout_md),
    RESOURCE("docs/problems/upstream_unreachable.md", resource_docs_problems_upstream_unreachable_md),
    RESOURCE("docs/problems/upstream_unusable.md", resource_docs_problems_upstream_unusable_md),
    RESOURCE("docs/problems/validation_failed.md", resource_docs_problems_validation_failed_md),
    RESOURCE("docs/problems/wrong_audience.md", resource_docs_problems_wrong_audience_md),
    RESOURCE("docs/problems/wrong_credential_kind.md", resource_docs_problems_wrong_credential_kind_md),
    RESOURCE("docs/problems/wrong_environment.md", resource_docs_problems_wrong_environment_md),
    RESOURCE("docs/problems/wrong_sandbox.md", resource_docs_problems_wrong_sandbox_md),
    RESOURCE("graphs/authentication.json", resource_graphs_authentication_json),
    RESOURCE("graphs/clearing.json", resource_graphs_clearing_json),
    RESOURCE("graphs/dispute.json", resource_graphs_dispute_json),
    RESOURCE("graphs/fx_quote.json", resource_graphs_fx_quote_json),
    RESOURCE("graphs/payment.json", resource_graphs_payment_json),
    RESOURCE("graphs/payout.json", resource_graphs_payout_json),
    RESOURCE("graphs/refund.json", resource_graphs_refund_json),
    RESOURCE("graphs/settlement.json", resource_graphs_settlement_json),
    RESOURCE("packs/europe.json", resource_packs_europe_json),
    RESOURCE("packs/standard.json", resource_packs_standard_json),
    RESOURCE("journeys/accepted_dispute.json", resource_journeys_accepted_dispute_json),
    RESOURCE("journeys/authorize_and_cancel.json", resource_journeys_authorize_and_cancel_json),
    RESOURCE("journeys/authorize_and_capture.json", resource_journeys_authorize_and_capture_json),
    RESOURCE("journeys/cross_currency_trio.json", resource_journeys_cross_currency_trio_json),
    RESOURCE("journeys/decline_then_success.json", resource_journeys_decline_then_success_json),
    RESOURCE("journeys/declined_payment.json", resource_journeys_declined_payment_json),
    RESOURCE("journeys/dispute_with_evidence.json", resource_journeys_dispute_with_evidence_json),
    RESOURCE("journeys/expired_authorization.json", resource_journeys_expired_authorization_json),
    RESOURCE("journeys/failed_refund.json", resource_journeys_failed_refund_json),
    RESOURCE("journeys/first_payment.json", resource_journeys_first_payment_json),
    RESOURCE("journeys/full_refund.json", resource_journeys_full_refund_json),
    RESOURCE("journeys/settled_payment.json", resource_journeys_settled_payment_json),
    RESOURCE("journeys/slow_and_failing_api.json", resource_journeys_slow_and_failing_api_json),
    RESOURCE("journeys/three_ds_failed.json", resource_journeys_three_ds_failed_json),
};

size_t sbx_resource_count(void) { return COUNT(resources); }
const sbx_resource *sbx_resource_at(size_t index) { return &resources[index]; }
