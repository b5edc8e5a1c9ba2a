package import Contracts

/// What a caller says of an endpoint: all of it when it is made, some of it when it is changed.
package struct EndpointDraft: Sendable {
    package var url: String?
    package var description: String??
    package var events: [EventFilter]?
    package var scheme: SignatureScheme?
    package var isEnabled: Bool?
    package var retryClock: WebhookEndpoint.Clock?
    package var signatureClock: WebhookEndpoint.Clock?
    package var inFlightMax: Int?
    package var faults: FaultPlan?

    /// Reads the form of the platform API, whose contract has checked types and enumerations.
    package init(_ body: JSONValue) throws(WebhookError) {
        url = body["url"]?.string
        if let text = body["description"] { description = .some(text.string) }
        events = try Self.filters(body["events"]?.array)
        scheme = body["signature_scheme"]?.string.flatMap(SignatureScheme.init)
        isEnabled = body["enabled"]?.bool
        retryClock = body["retry_clock"]?.string.flatMap(WebhookEndpoint.Clock.init)
        signatureClock = body["signature_clock"]?.string.flatMap(WebhookEndpoint.Clock.init)
        inFlightMax = body["max_in_flight"]?.int.map(Int.init)
        faults = try body["faults"].map { value throws(WebhookError) in try FaultPlan(value) }
    }

    private static func filters(_ values: [JSONValue]?) throws(WebhookError) -> [EventFilter]? {
        guard let values else { return nil }
        var filters: [EventFilter] = []
        for (index, value) in values.enumerated() {
            guard let filter = EventFilter(value.string ?? "") else {
                throw .invalid(
                    pointer: "/events/\(index)", rule: "event_filter",
                    expected: "a type such as payment.captured, payment.* or *")
            }
            if !filters.contains(filter) { filters.append(filter) }
        }
        return filters
    }
}
