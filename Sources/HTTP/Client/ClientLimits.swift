/// Bounds of calls to other servers. Every number says why it is what it is.
package struct ClientLimits: Sendable {
    /// Looking up and connecting, each address by itself; a SYN is repeated after 1 and 3 s.
    package var connectTimeout: Duration = .seconds(5)
    /// Between two pieces of the answer, and until the first.
    package var readTimeout: Duration = .seconds(15)
    /// The whole call. Webhook receivers are told to answer within 20 s.
    package var totalTimeout: Duration = .seconds(20)
    /// Bytes of an answer's body that are kept; more ends the call.
    package var bodyBytesMax = 1_048_576
    /// Head limits of answers.
    package var head = HTTPLimits()
    /// Addresses of one name that are tried.
    package var addressesMax = 3
    /// Interim answers (1xx) before the real one.
    package var interimAnswersMax = 8
    /// Connections kept for one origin, and for all, on one loop.
    package var idlePerOriginMax = 4
    package var idleMax = 64
    /// How long an idle connection is kept; below the 60 s at which common servers close.
    package var idleTimeout: Duration = .seconds(30)

    package init() {}
}
