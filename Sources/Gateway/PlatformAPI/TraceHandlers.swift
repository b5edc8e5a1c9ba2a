import Access
import Contracts
import Identifiers
import Observability
import Postgres
import Runtime

// One trace as a tree: a sandbox's own calls, drawn from their one row each, among the spans that
// partners' programs have sent.
extension PlatformAPI {
    static let traceHandlers: [String: Handler] = [
        "get_trace": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.trace(call, access)
        }
    ]

    /// Waits a moment for the writers where they still hold something of the trace, because people
    /// look up what they just did.
    private func trace(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let missing = Refusal(
            .simulate, .notFound,
            "The sandbox has no trace \"\(call.path("trace").prefix(40))\".",
            hint: "Use the trace id of an answer's traceparent, or of spans sent to this sandbox.")
        guard let id = TraceID(call.path("trace")) else { throw missing }
        // Before the look: a row leaves the writer's hands only when it can be seen.
        await settleLog(id)
        var found = try await look(for: id, access)
        let deadline = MonotonicInstant.now() + GatewayLimits.logPatience
        while found.isEmpty {
            guard MonotonicInstant.now() < deadline else { throw missing }
            await EventLoop.current?.sleep(for: .milliseconds(20))
            found = try await look(for: id, access)
        }
        return Answer(200, json: try await written(found, call.path("trace")))
    }

    /// The document; that of a large trace off the loops, which it would hold for a twentieth of a
    /// second.
    private func written(_ found: FoundTrace, _ id: String) async throws(Refusal) -> [UInt8] {
        let write: @Sendable () -> [UInt8] = {
            JSONWriter.bytes(TraceDocument(id, found.calls, found.spans).json)
        }
        guard found.calls.count + found.spans.count > GatewayLimits.tracePartsOnLoop else {
            return write()
        }
        do {
            return try await services.traceWriting.run(write)
        } catch {
            throw .traceWritersBusy
        }
    }

    private func look(
        for id: TraceID, _ access: SandboxAccess
    ) async throws(Refusal) -> FoundTrace {
        do {
            return try await services.stores.traces.trace(id, as: access)
        } catch let error as PostgresError {
            throw .storage(error, during: .simulate)
        } catch {
            preconditionFailure("a look-up fails as the database does: \(error)")
        }
    }
}

extension Refusal {
    fileprivate static let traceWritersBusy = Refusal(
        .simulate, .serviceUnavailable, "Too many large traces are being looked at.",
        hint: "Send the same call again after Retry-After."
    ).with("Retry-After", "1")
}

extension StoredSpan {
    /// Whether it is our own, of a call to an upstream.
    fileprivate var isOfUpstream: Bool { scope == ForeignSpan.upstreamScope }
}

/// The public form of a trace. Times are offsets from its beginning in microseconds.
private struct TraceDocument {
    let json: JSONValue

    private struct Item {
        let node: TraceTree.Node
        let end: Int64
        var document: JSONValue
    }

    init(_ id: String, _ calls: [LoggedRequest], _ spans: [StoredSpan]) {
        let items = calls.compactMap(Self.item) + spans.map(Self.item)
        let start = items.map(\.node.start).min() ?? 0
        let end = items.map(\.end).max() ?? 0
        let ordered = TraceTree.order(items.map(\.node)).map { place in
            let item = items[place.index]
            var document = item.document
            document["depth"] = .int(Int64(place.depth))
            document["offset_us"] = .int((item.node.start - start) / 1_000)
            document["duration_us"] = .int((item.end - item.node.start) / 1_000)
            return document
        }
        let isCut = calls.count == TraceReader.spansMax || spans.count == TraceReader.spansMax
        json = [
            "trace_id": .string(id),
            "started_at": .string(WallInstant(microseconds: start / 1_000).description),
            "duration_us": .int((end - start) / 1_000), "calls": .int(Int64(calls.count)),
            "foreign_spans": .int(spans.count { !$0.isOfUpstream }), "partial": .bool(isCut),
            "spans": .array(ordered),
        ]
    }

    /// A call, with what its steps decided as events: they have an order and no times of their own.
    private static func item(_ call: LoggedRequest) -> Item? {
        guard let span = call.span else { return nil }
        let start = span.startedAt.microseconds * 1_000
        var attributes: JSONValue = [:]
        for name in ["contract", "operation", "status", "code"] {
            if let value = call.summary[name], value != .null { attributes[name] = value }
        }
        let decisions = DecisionRecord.published(call.storedDecisions).array ?? []
        let document: JSONValue = [
            "span_id": .string(hexadecimal(span.id)),
            "parent_span_id": .string(orNull: span.parent.map(hexadecimal)),
            "source": "platform", "request": .string(call.id.description),
            "name": .string(
                "\(call.summary["method"]?.string ?? "") \(call.summary["path"]?.string ?? "")"),
            "service": "smartsandbox", "scope": .null, "kind": "server",
            "status": .string(call.status >= 400 ? "error" : "ok"),
            "status_message": .string(orNull: call.code), "attributes": attributes,
            "events": .array(
                decisions.map { decision in
                    var attributes: JSONValue = [:]
                    for name in ["verdict", "code", "evidence"] {
                        if let value = decision[name] { attributes[name] = value }
                    }
                    return ["name": decision["step"] ?? .null, "attributes": attributes]
                }),
        ]
        return Item(
            node: TraceTree.Node(span: span.id, parent: span.parent, start: start),
            end: start + span.durationMicroseconds * 1_000, document: document)
    }

    private static func item(_ span: StoredSpan) -> Item {
        let events = (span.events.array ?? []).map { event -> JSONValue in
            var shown: JSONValue = [
                "name": event["name"] ?? .null, "attributes": event["attributes"] ?? [:],
            ]
            if let at = event["at"]?.int { shown["after_us"] = .int((at - span.startedAt) / 1_000) }
            return shown
        }
        let document: JSONValue = [
            "span_id": .string(hexadecimal(span.span)),
            "parent_span_id": .string(orNull: span.parent.map(hexadecimal)),
            "source": span.isOfUpstream ? "upstream" : "foreign", "request": .null, "name": .string(span.name),
            "service": .string(orNull: span.service), "scope": .string(orNull: span.scope),
            "kind": .string(span.kind), "status": .string(span.status),
            "status_message": .string(orNull: span.statusMessage), "attributes": span.attributes,
            "events": .array(events),
        ]
        return Item(
            node: TraceTree.Node(span: span.span, parent: span.parent, start: span.startedAt),
            end: span.endedAt, document: document)
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
