import Access
import Contracts
import HTTP
import Observability
import Simulators

/// Who makes a call from inside the gateway: a journey's step, a page of the portal, or a call that
/// needs a provider. Their caller was authenticated before; all else is as for a call from outside.
struct InsideCaller: Sendable {
    enum Kind: String, Sendable {
        case journeyStep = "journey_step"
        case portal
        case provider
    }

    let kind: Kind
    let principal: Principal
    /// A step's own outcome, which stands above everything else that asks for one.
    var scenario: ScenarioRequest?
    /// Of the call that asks a provider, within whose limits the provider's call counts.
    var access: SandboxAccess?
    /// What is being asked already: a provider that needs it too answers it itself, so that no
    /// chain leads back to where it began.
    var asking: Set<Dependency> = []
    /// What a provider is to say, by place in its answer.
    var statements: [(place: JSONPointer, value: JSONValue)] = []
    /// Who a page's reader is by now; throws once there is no session any more.
    var renewal: (@Sendable () async throws(Refusal) -> Principal)?

    func renewed() async throws(Refusal) -> Principal {
        guard let renewal else { return principal }
        return try await renewal()
    }
}

extension Call {
    mutating func enter(as caller: InsideCaller) -> Principal {
        principal = caller.principal
        decisions.note(.authenticate, .passed, caller.kind.rawValue)
        return caller.principal
    }
}

extension Call {
    /// What a page reads for its reader is no call of the tenant's: it has no row and counts nowhere.
    var isOnlyLookedAt: Bool { insideCaller?.kind == .portal && head.method == .get }
}

extension Request {
    /// A request that is made here, read as if a client had sent it; nil when it cannot be written
    /// as one.
    static func inside(
        _ method: String, _ target: String, host: String, fields: [(name: String, value: String)],
        body: [UInt8], type: String = "application/json"
    ) -> Request? {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        if !body.isEmpty {
            head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        }
        var parser = RequestHeadParser()
        let parsed = Array((head + "\r\n").utf8).withUnsafeBytes { parser.parse($0) }
        guard case .head(let read, _) = parsed else { return nil }
        return Request(
            head: read, body: body.isEmpty ? .empty : .bytes(body),
            connection: ConnectionFacts(remoteAddress: .loopback, remotePort: 0, isTLS: false))
    }
}
