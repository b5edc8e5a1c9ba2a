import CPQ
import Runtime

/// Hears NOTIFY on a connection of its own and never stops trying to.
///
/// A notification is a hint, and those sent while the connection was away are gone: on `lost`
/// everything that was remembered on the strength of hearing changes must be dropped, and on
/// `listening` it may be trusted again from then on. Both come in turn, beginning with the first.
package final class Listener: @unchecked Sendable {
    // Loop-confined: asserted by `LoopConnection.open`.

    package enum Event: Sendable, Equatable {
        case listening
        case notified(channel: String, payload: String)
        case lost
    }

    private static let purpose = "listen"

    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private let channels: [String]
    private let onEvent: @Sendable (Event) -> Void
    private var connection: LoopConnection?
    private var backoff: Backoff
    private var isListening = false
    private var isClosed = false

    /// `channels` are literals: lower-case letters, digits, underscores. Events come on the loop.
    init(
        _ configuration: PostgresConfiguration, on loop: EventLoop, channels: [String],
        _ onEvent: @escaping @Sendable (Event) -> Void
    ) {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_".utf8)
        let isPlain = channels.allSatisfy { $0.utf8.allSatisfy(letters.contains) }
        precondition(isPlain && !channels.isEmpty, "channel names")
        self.configuration = configuration
        self.loop = loop
        self.channels = channels
        self.onEvent = onEvent
        backoff = Backoff(random: configuration.random)
    }

    /// From any thread.
    package func start() {
        loop.submit { self.connect() }
    }

    /// From any thread. No event comes after it has run on the loop.
    package func stop() {
        loop.submit {
            self.isClosed = true
            self.connection?.close()
            self.connection = nil
        }
    }

    private func connect() {
        guard !isClosed, connection == nil else { return }
        let connection = LoopConnection(on: loop, owner: self)
        self.connection = connection
        connection.open(
            configuration.address, configuration.settings(Self.purpose, statementMilliseconds: 0))
    }
}

extension Listener: LoopConnectionOwner {
    func opened(_ connection: LoopConnection) {
        let sql = channels.map { "LISTEN \($0)" }.joined(separator: "; ")
        guard PQsendQuery(connection.handle, sql) == 1 else {
            return connection.end(connection.libpqMessage)
        }
        connection.flush()
    }

    func received(_ connection: LoopConnection) {
        while !isListening, let handle = connection.handle, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                becomeListening()
                break
            }
            let isFine = PQresultStatus(result) == PGRES_COMMAND_OK
            let reason = isFine ? "" : String(cString: PQresultErrorMessage(result))
            PQclear(result)
            if !isFine { return connection.end(reason) }
        }
        // Parses what has come in and is neither result nor error.
        _ = connection.handle.map { PQisBusy($0) }
        while let handle = connection.handle, let notification = PQnotifies(handle) {
            defer { PQfreemem(notification) }
            onEvent(
                .notified(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)))
        }
    }

    func ended(_ connection: LoopConnection, reason: String) {
        self.connection = nil
        if isListening {
            isListening = false
            configuration.onEvent(.connectionLost(purpose: Self.purpose, reason: reason))
            onEvent(.lost)
        } else {
            configuration.onEvent(.connectFailed(purpose: Self.purpose, reason: reason))
        }
        loop.schedule(after: backoff.next()) { [weak self] in self?.connect() }
    }

    private func becomeListening() {
        isListening = true
        backoff.reset()
        configuration.onEvent(.connected(purpose: Self.purpose))
        onEvent(.listening)
    }
}
