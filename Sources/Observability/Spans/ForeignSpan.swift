/// A span that a partner's own program has sent.
package struct ForeignSpan: Sendable {
    package var traceHigh: UInt64 = 0
    package var traceLow: UInt64 = 0
    package var span: UInt64 = 0
    /// Nil for the root of a trace.
    package var parent: UInt64?
    package var name = ""
    /// `service.name` of its resource.
    package var service: String?
    /// Name of the instrumentation.
    package var scope: String?
    /// Numbers of OTLP's SpanKind and StatusCode; unknown ones are 0.
    package var kind = 0
    package var status = 0
    package var statusMessage: String?
    /// Nanoseconds since 1970, as sent.
    package var startedAt: Int64 = 0
    package var endedAt: Int64 = 0
    /// An object, as JSON.
    package var attributes = Array("{}".utf8)
    /// An array of `{"at", "name", "attributes"}`, as JSON.
    package var events = Array("[]".utf8)

    package init() {}

    /// Of a call that goes out to another server.
    package init(client trace: TraceContext, named name: String) {
        traceHigh = trace.traceHigh
        traceLow = trace.traceLow
        span = trace.span
        parent = trace.parent
        self.name = name
        scope = Self.upstreamScope
        kind = 3
    }

    /// The instrumentation by which our own spans of calls to upstreams are told from foreign ones.
    package static let upstreamScope = "smartsandbox.upstream"

    /// Why it cannot be stored; nil when it can.
    package var fault: String? {
        if traceHigh | traceLow == 0 { return "trace_id must be 16 bytes that are not all zero" }
        if span == 0 { return "span_id must be 8 bytes that are not all zero" }
        if endedAt < startedAt { return "a span cannot end before it starts" }
        return nil
    }
}

/// What an export holds: the spans that can be stored, and how many cannot, with the first reason.
package struct SpanBatch: Sendable {
    package private(set) var spans: [ForeignSpan] = []
    package private(set) var rejected = 0
    package private(set) var firstFault: String?

    package init() {}

    package mutating func add(_ span: ForeignSpan) {
        guard let fault = span.fault else { return spans.append(span) }
        reject(because: fault)
    }

    package mutating func reject(because fault: String) {
        rejected += 1
        firstFault = firstFault ?? fault
    }
}
