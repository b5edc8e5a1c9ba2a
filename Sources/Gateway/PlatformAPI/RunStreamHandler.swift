import Access
import Contracts
import Copilot
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators

extension PlatformAPI {
    static let runStreamHandlers: [String: Handler] = [
        "stream_run": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.streamRun(call, access)
        }
    ]

    /// The steps of a run as they change, until it has ended. Who comes late gets all that has
    /// happened so far first.
    private func streamRun(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        guard !services.streams.isFull else {
            throw .tooManyStreams(limit: WebhookLimits.streams)
        }
        let run = try await self.run(call, access)
        let (streams, runs) = (services.streams, services.stores.journeys.runs)
        var answer = Answer(200, contentType: "text/event-stream", [])
        for (name, value) in ServerSentEvents.fields where name.lowercased() != "content-type" {
            answer.fields.append(name, value)
        }
        answer.stream = { [admission = call.admission] writer in
            streams.begin()
            defer { streams.end() }
            var told: [JSONValue] = []
            var seen = run
            var admission = admission
            try await writer.write(ServerSentEvents.retry(milliseconds: 1_000))
            while !streams.isStopping {
                try await Self.tell(seen, &told, to: writer)
                guard seen.status == .running, await admission?.stands() ?? true else { return }
                await EventLoop.current?.sleep(for: GatewayLimits.runInterval)
                seen = try await runs.run(run.id, as: access)
            }
        }
        return answer
    }

    /// `step` for each step that has changed since it was told, `run` at the end.
    private static func tell(
        _ run: JourneyRun, _ told: inout [JSONValue], to writer: any ResponseWriter
    ) async throws {
        var bytes: [UInt8] = []
        for place in run.records.indices {
            let step = run.stepDocument(place)
            guard place >= told.count || told[place] != step else { continue }
            if place < told.count { told[place] = step } else { told.append(step) }
            bytes += ServerSentEvents.event(name: "step", data: JSONWriter.text(step))
        }
        if run.status != .running {
            bytes += ServerSentEvents.event(name: "run", data: JSONWriter.text(run.document))
        }
        if !bytes.isEmpty { try await writer.write(bytes) }
        // Throws once the client has gone.
        try await writer.flush()
    }
}
