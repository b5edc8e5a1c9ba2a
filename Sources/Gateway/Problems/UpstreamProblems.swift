import HTTP
import Observability

// Calls to upstreams that came to nothing: neither the sandbox nor its contract has failed.
extension Refusal {
    /// `host` as the upstream's base URL names it.
    static func upstream(_ error: ClientError, _ host: String) -> Refusal {
        switch error {
        case .badURL:
            notCalled(host, "its URL cannot be called", "Set another base_url.")
        case .egressRefused(let refusal):
            notCalled(
                host, "\(refusal.address) is \(refusal.kind)",
                "Ask the operator to allow the address (--egress-allow), or set another base_url.")
        case .denied(let refusal):
            notCalled(
                host, "the tenant's deny list has \(refusal.entry)",
                "Call a test system instead, or take the entry off with PUT /v1/denied-hosts.")
        case .unresolvable: unreachable(host, "its name has no address")
        case .connectFailed: unreachable(host, "no connection could be made")
        case .tlsFailed(let refusal): unreachable(host, "TLS failed (\(refusal))")
        case .tlsNotAvailable: unreachable(host, "https cannot be used by this server")
        case .connectionLost, .cancelled:
            unreachable(host, "the connection ended before an answer came")
        case .timedOut(.resolving), .timedOut(.connecting):
            late(host, "a connection")
        case .timedOut(.reading): late(host, "the next part of its answer")
        case .timedOut(.total): late(host, "its whole answer")
        case .malformed: unusable(host, "it is not HTTP/1.1")
        case .bodyTooLarge(let bytesMax): unusable(host, "it is larger than \(bytesMax) bytes")
        }
    }

    static func upstream(_ fault: UpstreamFault, _ host: String) -> Refusal {
        switch fault {
        case .tooLarge(let bytesMax): unusable(host, "it is larger than \(bytesMax) bytes")
        case .unreadable(let reason): unusable(host, reason)
        }
    }

    static func upstreamCredential(_ contract: String) -> Refusal {
        Refusal(
            .simulate, .upstreamRefused,
            "The upstream's credential was sealed under a key that this platform no longer has.",
            hint:
                "Set the credential anew with PATCH /v1/sandboxes/{id}/contracts/\(contract) {\"upstream\": …}.")
    }

    /// A URL that a caller wants to have called later.
    static func deniedHost(_ refusal: DeniedHosts.Refusal, at pointer: String) -> Refusal {
        .invalid(
            pointer: pointer, rule: "denied_hosts",
            expected: "a host that the tenant's deny list does not name; it has \(refusal.entry)")
    }

    static let settingsBusy = Refusal(
        .validate, .serviceUnavailable, "Others are writing these settings at once.",
        hint: "Send the same call again after Retry-After."
    ).with("Retry-After", "1")

    private static let orSimulate =
        "or have the operation simulated with PATCH /v1/sandboxes/{id}/contracts/{contract} {\"operations\": {\"…\": \"simulate\"}}."

    private static func notCalled(_ host: String, _ reason: String, _ hint: String) -> Refusal {
        Refusal(
            .simulate, .upstreamRefused, "The upstream \(host) may not be called: \(reason).",
            hint: hint)
    }

    private static func unreachable(_ host: String, _ reason: String) -> Refusal {
        Refusal(
            .simulate, .upstreamUnreachable, "The upstream \(host) cannot be reached: \(reason).",
            hint: "Check that it runs at its base_url, \(orSimulate)")
    }

    private static func late(_ host: String, _ what: String) -> Refusal {
        Refusal(
            .simulate, .upstreamTimeout, "The upstream \(host) did not give \(what) in time.",
            hint: "Send the call again when it is quicker, \(orSimulate)")
    }

    private static func unusable(_ host: String, _ reason: String) -> Refusal {
        Refusal(
            .simulate, .upstreamUnusable,
            "The answer of the upstream \(host) cannot be passed on: \(reason).",
            hint: "Look at what it answers to the same request, \(orSimulate)")
    }
}
