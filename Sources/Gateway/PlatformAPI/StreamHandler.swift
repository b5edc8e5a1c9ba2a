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
        guard services.streams.begin() else {
            throw .tooManyStreams(limit: WebhookLimits.streams)
        }
        let feed: LiveFeed
        do throws(WebhookError) {
            feed = try await services.stores.webhooks.feed(
                lastEvent: call.lastEventID ?? call.query("after"), as: access)
        } catch {
            services.streams.end()
            throw .webhooks(error)
        }
        let (streams, access) = (services.streams, access)
        var answer = Answer(200, contentType: "text/event-stream", [])
        for (name, value) in ServerSentEvents.fields where name.lowercased() != "content-type" {
            answer.fields.append(name, value)
        }
        answer.stream = { writer in
            defer { streams.end() }
            try await Self.write(feed, to: writer, access)
        }
        return answer
    }

    private static func write(
        _ start: LiveFeed, to writer: any ResponseWriter, _ access: SandboxAccess
    ) async throws {
        var feed = start
        var lastWrite = MonotonicInstant.now()
        try await writer.write(ServerSentEvents.retry(milliseconds: 1_000))
        try await writer.flush()
        while true {
            let news = try await feed.next()
            var bytes = news.flatMap(Self.bytes)
            let now = MonotonicInstant.now()
            if bytes.isEmpty, now - lastWrite >= WebhookLimits.streamHeartbeat {
                bytes = ServerSentEvents.comment("quiet")
            }
            if !bytes.isEmpty {
                try await writer.write(bytes)
                try await writer.flush()
                lastWrite = now
            }
            try Task.checkCancellation()
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
final class StreamCounter: Sendable {
    private let count = Mutex(0)

    func begin() -> Bool {
        count.withLock { count in
            guard count < WebhookLimits.streams else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
