import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Synchronization
import Tenancy

extension PlatformAPI {
    static let streamHandlers: [String: Handler] = [
        "stream": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.stream(call, access)
        }
    ]

    /// Events, attempts and calls as they happen, until the client goes away, may no longer see them,
    /// or the server stops. A client that comes back says which event it saw last and misses none.
    private func stream(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        guard !services.streams.isFull else {
            throw .tooManyStreams(limit: WebhookLimits.streams)
        }
        let news = try await liveNews(call, access)
        let streams = services.streams
        var answer = Answer(200, contentType: "text/event-stream", [])
        for (name, value) in ServerSentEvents.fields where name.lowercased() != "content-type" {
            answer.fields.append(name, value)
        }
        answer.stream = { [admission = call.admission] writer in
            // Counted from here: a HEAD never gets so far.
            streams.begin()
            defer { streams.end() }
            var admission = admission
            try await Self.write(news, to: writer) { () async in
                guard !streams.isStopping else { return false }
                return await admission?.stands() ?? true
            }
        }
        return answer
    }

    private func liveNews(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> LiveNews {
        let kinds = Set((call.query("kinds") ?? "event,delivery").split(separator: ",").map(String.init))
        var news = LiveNews(kinds)
        if !kinds.isDisjoint(with: ["event", "delivery"]) {
            do throws(WebhookError) {
                news.feed = try await services.stores.webhooks.feed(
                    lastEvent: call.lastEventID ?? call.query("after"), as: access)
            } catch {
                throw .webhooks(error)
            }
        }
        if kinds.contains("request") {
            news.tail = services.stores.requests.tail(services.clock, as: access)
        }
        return news
    }

    private static func write(
        _ start: LiveNews, to writer: any ResponseWriter, while goesOn: () async -> Bool
    ) async throws {
        var news = start
        var lastWrite = MonotonicInstant.now()
        try await writer.write(ServerSentEvents.retry(milliseconds: 1_000))
        while await goesOn() {
            var bytes = try await news.next()
            let now = MonotonicInstant.now()
            if bytes.isEmpty, now - lastWrite >= WebhookLimits.streamHeartbeat {
                bytes = ServerSentEvents.comment("quiet")
            }
            if !bytes.isEmpty {
                try await writer.write(bytes)
                lastWrite = now
            }
            // Throws once the client has gone.
            try await writer.flush()
            await EventLoop.current?.sleep(for: WebhookLimits.streamInterval)
        }
    }
}

/// What one stream tells, from its sources, as it goes over the wire.
private struct LiveNews: Sendable {
    /// `event`, `delivery` and `request`, or some of them.
    let kinds: Set<String>
    var feed: LiveFeed?
    var tail: RequestTail?
    private var lastTail: MonotonicInstant?

    init(_ kinds: Set<String>) { self.kinds = kinds }

    /// What is new since the last look; often nothing.
    mutating func next() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let news = try await feed?.next() { bytes += news.flatMap(self.bytes) }
        let now = MonotonicInstant.now()
        if tail != nil, lastTail.map({ now - $0 >= GatewayLimits.tailInterval }) ?? true {
            lastTail = now
            for call in try await tail?.next() ?? [] {
                bytes += ServerSentEvents.event(name: "request", data: JSONWriter.text(call.summary))
            }
        }
        return bytes
    }

    private func bytes(_ news: LiveFeed.News) -> [UInt8] {
        switch news {
        case .event(let event):
            guard kinds.contains("event") else { return [] }
            return ServerSentEvents.event(
                id: event.cursor, name: "event",
                data: JSONWriter.text(storedJSON(event.document)))
        case .attempt(let attempt):
            guard kinds.contains("delivery") else { return [] }
            return ServerSentEvents.event(
                name: "delivery", data: JSONWriter.text(attempt.document))
        }
    }
}

/// Live streams of this gateway: each asks the database again and again, so there are not too many.
/// Those that begin at the same moment may be a few more.
final class StreamCounter: Sendable {
    private struct State {
        var count = 0
        var isStopping = false
    }

    private let state = Mutex(State())

    var isFull: Bool { state.withLock { $0.count >= WebhookLimits.streams } }
    var isStopping: Bool { state.withLock { $0.isStopping } }

    func begin() { state.withLock { $0.count += 1 } }

    func end() { state.withLock { $0.count -= 1 } }

    /// Lets all end within one look; their clients come back to another gateway.
    func stop() { state.withLock { $0.isStopping = true } }
}
