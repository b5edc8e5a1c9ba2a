/// Every problem that the platform itself answers with. A code is stable; `docs/problems/{code}.md`
/// explains it. Simulated errors are not in this list: they have the shape their contract says.
package enum ProblemCode: String, Sendable, CaseIterable {
    // Routing.
    case unknownHost = "unknown_host"
    case hostMismatch = "host_mismatch"
    case repeatedField = "repeated_field"
    case otherEnvironment = "other_environment"
    case sandboxNotFound = "sandbox_not_found"
    case sandboxExpired = "sandbox_expired"
    case sandboxSuspended = "sandbox_suspended"
    case contractNotMounted = "contract_not_mounted"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    // Credentials.
    case authenticationRequired = "authentication_required"
    case credentialMalformed = "credential_malformed"
    case credentialMisplaced = "credential_misplaced"
    case credentialUnknown = "credential_unknown"
    case credentialExpired = "credential_expired"
    case credentialRevoked = "credential_revoked"
    case wrongEnvironment = "wrong_environment"
    case foreignIssuer = "foreign_issuer"
    case wrongSandbox = "wrong_sandbox"
    case wrongCredentialKind = "wrong_credential_kind"
    case certificateUnknown = "certificate_unknown"
    case signingRequestRefused = "signing_request_refused"
    case insufficientScope = "insufficient_scope"
    case roleForbids = "role_forbids"
    case lastOwner = "last_owner"
    case invitationEnded = "invitation_ended"
    // Access tokens.
    case wrongAudience = "wrong_audience"
    case tokenMalformed = "token_malformed"
    case tokenUnsigned = "token_unsigned"
    case tokenAlgorithmRefused = "token_algorithm_refused"
    case tokenKeyInjected = "token_key_injected"
    case tokenKeyUnknown = "token_key_unknown"
    case tokenTampered = "token_tampered"
    case tokenWrongType = "token_wrong_type"
    case tokenBound = "token_bound"
    case dpopProofInvalid = "dpop_proof_invalid"
    case dpopProofReplayed = "dpop_proof_replayed"
    case dpopNonceRequired = "dpop_nonce_required"
    // Limits.
    case rateLimited = "rate_limited"
    case quotaExceeded = "quota_exceeded"
    case tooManyInFlight = "too_many_in_flight"
    case sandboxQuotaExceeded = "sandbox_quota_exceeded"
    // Content.
    case payloadTooLarge = "payload_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case cardNumberRefused = "card_number_refused"
    case secretRefused = "secret_refused"
    case personalDataRefused = "personal_data_refused"
    case blockedByGuard = "blocked_by_guard"
    case originNotAllowed = "origin_not_allowed"
    case blockedCallsFound = "blocked_calls_found"
    case malformedBody = "malformed_body"
    case validationFailed = "validation_failed"
    case unknownScenario = "unknown_scenario"
    case contractInvalid = "contract_invalid"
    case contractMounted = "contract_mounted"
    case contractQuotaExceeded = "contract_quota_exceeded"
    case idempotencyKeyInUse = "idempotency_key_in_use"
    case idempotencyKeyReused = "idempotency_key_reused"
    case clockAdvancing = "clock_advancing"
    case ruleUnusable = "rule_unusable"
    case ruleChanged = "rule_changed"
    case upstreamRefused = "upstream_refused"
    case upstreamUnreachable = "upstream_unreachable"
    case upstreamTimeout = "upstream_timeout"
    case upstreamUnusable = "upstream_unusable"
    case notAvailable = "not_available"
    case slugTaken = "slug_taken"
    case emailTaken = "email_taken"
    case checkpointNameTaken = "checkpoint_name_taken"
    case checkpointQuotaExceeded = "checkpoint_quota_exceeded"
    case dryRunConflict = "dry_run_conflict"
    case dryRunQuotaExceeded = "dry_run_quota_exceeded"
    case dryRunTooLarge = "dry_run_too_large"
    case tooManyObjects = "too_many_objects"
    case runInProgress = "run_in_progress"
    case nothingToRun = "nothing_to_run"
    case endpointDisabled = "endpoint_disabled"
    // Ours.
    case answerInvalid = "answer_invalid"
    case bodyIncomplete = "body_incomplete"
    case serviceUnavailable = "service_unavailable"
    case outcomeUnknown = "outcome_unknown"
    case internalError = "internal_error"
}

extension ProblemCode {
    package var status: Int {
        switch self {
        case .unknownHost: 421
        case .hostMismatch, .repeatedField, .otherEnvironment, .malformedBody,
            .validationFailed, .unknownScenario, .bodyIncomplete: 400
        case .sandboxNotFound, .contractNotMounted, .notFound: 404
        case .sandboxExpired, .invitationEnded: 410
        case .methodNotAllowed: 405
        case .authenticationRequired, .certificateUnknown, .credentialMalformed, .credentialMisplaced, .credentialUnknown,
            .credentialExpired, .credentialRevoked, .wrongEnvironment, .foreignIssuer,
            .wrongAudience, .tokenMalformed, .tokenUnsigned, .tokenAlgorithmRefused,
            .tokenKeyInjected, .tokenKeyUnknown, .tokenTampered, .tokenWrongType, .tokenBound,
            .dpopProofInvalid, .dpopProofReplayed, .dpopNonceRequired: 401
        case .wrongSandbox, .wrongCredentialKind, .insufficientScope, .roleForbids,
            .sandboxSuspended, .blockedByGuard, .originNotAllowed, .upstreamRefused: 403
        case .rateLimited, .quotaExceeded, .tooManyInFlight: 429
        case .sandboxQuotaExceeded, .slugTaken, .emailTaken, .idempotencyKeyInUse,
            .checkpointNameTaken, .checkpointQuotaExceeded, .dryRunConflict, .dryRunQuotaExceeded,
            .contractMounted, .contractQuotaExceeded, .dryRunTooLarge, .tooManyObjects,
            .runInProgress, .endpointDisabled, .clockAdvancing, .blockedCallsFound, .lastOwner,
            .ruleChanged:
            409
        case .payloadTooLarge: 413
        case .unsupportedMediaType: 415
        case .contractInvalid, .signingRequestRefused, .notAvailable, .nothingToRun,
            .idempotencyKeyReused, .ruleUnusable, .cardNumberRefused, .secretRefused, .personalDataRefused:
            422
        case .answerInvalid, .internalError: 500
        case .upstreamUnreachable, .upstreamUnusable: 502
        case .upstreamTimeout: 504
        case .serviceUnavailable, .outcomeUnknown: 503
        }
    }

    /// The same for every occurrence of the code.
    package var title: String {
        switch self {
        case .unknownHost: "This host is not served here"
        case .hostMismatch: "Host and header name different targets"
        case .repeatedField: "A field came more than once"
        case .otherEnvironment: "This is a sandbox, not another environment"
        case .sandboxNotFound: "There is no such sandbox"
        case .sandboxExpired: "The sandbox's time is over"
        case .sandboxSuspended: "The sandbox is suspended"
        case .contractNotMounted: "The sandbox has no such API"
        case .notFound: "There is nothing at this address"
        case .methodNotAllowed: "The address does not take this method"
        case .authenticationRequired: "A credential is required"
        case .credentialMisplaced: "The credential stands in the wrong place"
        case .credentialMalformed: "The credential is not well formed"
        case .credentialUnknown: "The credential is not known"
        case .credentialExpired: "The credential has expired"
        case .credentialRevoked: "The credential was revoked"
        case .wrongEnvironment: "The credential belongs to another environment"
        case .foreignIssuer: "The token comes from another issuer"
        case .wrongSandbox: "The credential belongs to another sandbox"
        case .wrongCredentialKind: "This kind of credential does not open this door"
        case .certificateUnknown: "The client certificate is not known"
        case .signingRequestRefused: "The certificate signing request was refused"
        case .insufficientScope: "The credential lacks a scope"
        case .roleForbids: "The role does not allow this action"
        case .lastOwner: "A tenant needs an owner"
        case .invitationEnded: "The invitation is over"
        case .wrongAudience: "The token is for another sandbox"
        case .tokenMalformed: "The token cannot be read"
        case .tokenUnsigned: "The token is not signed"
        case .tokenAlgorithmRefused: "The token's algorithm is not taken"
        case .tokenKeyInjected: "The token brings its own key"
        case .tokenKeyUnknown: "The token was signed by an unknown key"
        case .tokenTampered: "The token was changed"
        case .tokenWrongType: "This is no access token"
        case .tokenBound: "The token is bound to a key that was not shown"
        case .dpopProofInvalid: "The DPoP proof does not hold"
        case .dpopProofReplayed: "The DPoP proof was used before"
        case .dpopNonceRequired: "The DPoP proof needs a nonce"
        case .rateLimited: "Too many requests"
        case .quotaExceeded: "The tenant's quota of calls is used up"
        case .tooManyInFlight: "Too many requests at once"
        case .sandboxQuotaExceeded: "The tenant has as many sandboxes as it may"
        case .payloadTooLarge: "The body is too large"
        case .unsupportedMediaType: "The body's media type is not taken here"
        case .cardNumberRefused: "The request holds what could be a real card number"
        case .secretRefused: "The request holds a key where none belongs"
        case .personalDataRefused: "The request holds what could be personal data"
        case .blockedByGuard: "The sandbox's guard blocks this call"
        case .originNotAllowed: "Pages of this origin may not call the sandbox"
        case .blockedCallsFound: "More calls were blocked than allowed"
        case .malformedBody: "The body is not what its media type says"
        case .validationFailed: "The request does not match the contract"
        case .unknownScenario: "There is no such scenario"
        case .contractInvalid: "The contract cannot be used"
        case .contractMounted: "The contract is mounted on a sandbox"
        case .contractQuotaExceeded: "There are as many contracts as there may be"
        case .idempotencyKeyInUse: "The first call with this key is still running"
        case .idempotencyKeyReused: "The key was used for another request"
        case .clockAdvancing: "The sandbox's clock is being moved"
        case .ruleUnusable: "The rule that answers this call cannot"
        case .ruleChanged: "The rule was changed meanwhile"
        case .upstreamRefused: "The upstream may not be called"
        case .upstreamUnreachable: "The upstream cannot be reached"
        case .upstreamTimeout: "The upstream is too slow"
        case .upstreamUnusable: "The upstream's answer cannot be passed on"
        case .notAvailable: "This is not available yet"
        case .slugTaken: "The slug is taken"
        case .emailTaken: "The e-mail address has an account"
        case .checkpointNameTaken: "The sandbox has a checkpoint of this name"
        case .checkpointQuotaExceeded: "The sandbox has as many checkpoints as it may"
        case .dryRunConflict: "The sandbox has changed what the dry run changed"
        case .dryRunQuotaExceeded: "The sandbox has as many dry-run sessions as it may"
        case .dryRunTooLarge: "The dry run is too large to be carried over"
        case .tooManyObjects: "There are as many of these as there may be"
        case .runInProgress: "A run of a journey is under way in the sandbox"
        case .nothingToRun: "There is nothing that could be run"
        case .endpointDisabled: "The webhook endpoint is disabled"
        case .answerInvalid: "The simulated answer broke its contract"
        case .bodyIncomplete: "The body did not arrive whole"
        case .serviceUnavailable: "The platform cannot do this right now"
        case .outcomeUnknown: "The connection broke while the call was being stored"
        case .internalError: "The platform made a mistake"
        }
    }
}
