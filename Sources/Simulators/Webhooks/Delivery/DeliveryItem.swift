import Access
import HTTP
import Identifiers
import Runtime
import Tenancy

/// A leased delivery with what sending it takes.
package struct DeliveryItem: Sendable {
    let id: DeliveryID
    let branch: LayerID
    /// The event's commit: the order in which events happened.
    let revision: Int64
    let event: String
    let eventType: String
    /// The bytes to sign and send.
    let payload: [UInt8]
    /// Attempts before this one, in all and in this round.
    let attempts: Int
    let roundAttempts: Int
    let destination: Destination
    /// The address of a callback, and what a contract declares of how it is sent; nil for what goes
    /// to its endpoint by POST.
    let target: EventTarget?

    /// The endpoint as it was when the delivery was claimed.
    struct Destination: Sendable {
        let lane: DeliveryLane
        let endpoint: WebhookEndpoint
        /// Newest first.
        let secrets: [WebhookSecret]
        let clock: VirtualClock
        /// Where the tenant lets nothing go.
        let denied: DeniedHosts
        let leaseUntil: WallInstant
    }

    /// With the parameters that the contract declares behind those that are there.
    var url: String {
        guard let target else { return destination.endpoint.url }
        let url = target.isForEndpoints ? destination.endpoint.url : target.url
        guard !target.query.isEmpty else { return url }
        let query = target.query.map {
            "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))"
        }
        return url + (url.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }
    var method: String { target?.method ?? "POST" }
    var isForInbox: Bool {
        guard let target, !target.isForEndpoints else { return destination.endpoint.isInbox }
        return target.isInbox
    }

    var messageID: String {
        MessageID.text(sandbox: destination.lane.sandbox, branch: branch, event: event)
    }
}

/// What became of a leased delivery.
package struct DeliveryOutcome: Sendable {
    enum Verdict: Sendable {
        case delivered
        /// To be tried again so much later.
        case retry(after: Duration)
        /// All attempts have failed.
        case dead
        /// The receiver says that it does not exist any more.
        case gone
        /// No time was left for an attempt; nothing has happened.
        case unattempted
    }

    let item: DeliveryItem
    /// One, more where duplicates were asked for, none where nothing was attempted.
    let attempts: [DeliveryAttempt]
    let verdict: Verdict
    let endedAt: WallInstant
}

/// One attempt: what was sent and what came of it.
struct DeliveryAttempt: Sendable {
    let startedAt: WallInstant
    let duration: Duration
    var connectDuration: Duration?
    let request: SentRequest
    let result: Result

    enum Result: Sendable {
        case answered(ReceivedAnswer)
        /// No answer: the reason, in words for the endpoint's owner.
        case failed(String)
    }

    var status: Int? {
        if case .answered(let answer) = result { answer.status } else { nil }
    }

    /// Standard Webhooks: 2xx and nothing else, redirects are failures.
    var succeeded: Bool { status.map { (200...299).contains($0) } ?? false }

    var error: String? {
        switch result {
        case .failed(let reason): reason
        case .answered(let answer):
            succeeded ? nil : "the receiver answered \(answer.status); only 2xx is success"
        }
    }
}
