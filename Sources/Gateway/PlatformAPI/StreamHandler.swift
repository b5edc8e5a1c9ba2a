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

    /// Events and attempts as they happen, until the client goes away or the server stops. A
    /// client that comes back says which event it saw last and misses none.
    private func stream(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        guard !services.streams.isFull else {
            throw .tooManyStreams(limit: WebhookLimits.streams)
        }
        let feed: LiveFeed
        do throws(WebhookError) {
            feed = try await services.stores.webhooks.feed(
                lastEvent: call.lastEventID ?? call.query("after"), as: access)
        } catch {
            throw .webhooks(error)
        }
        let streams = services.streams
        var answer = Answer(200, contentType: "text/event-stream", [])
        for (name, value) in ServerSentEvents.fields where name.lowercased() != "content-type" {
            answer.fields.append(name, value)
        }
        answer.stream = { writer in
            // Counted from here: a HEAD never gets so far.
            streams.begin()
            defer { streams.end() }
            try await Self.write(feed, to: writer, while: { !streams.isStopping })
        }
        return answer
    }

    private static func write(
        _ start: LiveFeed, to writer: any ResponseWriter, while goesOn: () -> Bool
    ) async throws {
        var feed = start
        var lastWrite = MonotonicInstant.now()
        try await writer.write(ServerSentEvents.retry(milliseconds: 1_000))
        while goesOn() {
            let news = try await feed.next()
            var bytes = news.flatMap(Self.bytes)
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

    private static func bytes(_ news: LiveFeed.News) -> [UInt8] {
        switch news {
        case .event(let event):
            ServerSentEvents.event(
                id: event.cursor, name: "event",
                data: JSONWriter.text(storedJSON(event.document)))
        case .attempt(let attempt):
            ServerSentEvents.event(name: "delivery", data: JSONWriter.text(attempt.document))
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
