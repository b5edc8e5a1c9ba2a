import Contracts
import HTTP
import Runtime

/// One look at a server that says it keeps to a contract: a valid request for each operation, and
/// what the contract has to say about the answer. One request at a time, so that nobody's server
/// is put under load.
struct ConformanceRun: Sendable {
    struct Plan: Sendable {
        let baseURL: String
        let credential: OutboundCredential?
        /// Whether operations that change something are called, too.
        let callsUnsafe: Bool
        /// Ids of the operations to be called; empty: all.
        let operations: Set<String>
        /// Values of path parameters that name something that is there.
        let parameters: [String: String]
        let seed: UInt64
    }

    enum Verdict: String, Sendable, CaseIterable {
        case conforms, drifts, unreachable, skipped
    }

    struct Outcome: Sendable {
        let operation: Contracts.Operation
        let verdict: Verdict
        var target: String?
        var status: Int?
        var findings: [MessageFault] = []
        /// Why it was skipped, or could not be reached.
        var reason: String?
        /// Whether a bound of the run kept it from being called.
        var isCut = false
        var duration = Duration.zero

        static func cut(_ operation: Contracts.Operation, _ reason: String) -> Outcome {
            Outcome(operation: operation, verdict: .skipped, reason: reason, isCut: true)
        }

        static func skipped(_ operation: Contracts.Operation, _ reason: String) -> Outcome {
            Outcome(operation: operation, verdict: .skipped, reason: reason)
        }
    }

    let plan: Plan
    let outbound: Outbound
    let denied: DeniedHosts
    /// Where requests are made: schemas take time that no event loop has.
    let contracts: ContractCache
    let now: WallInstant

    /// Every operation of the contract with its verdict, in the contract's order.
    func outcomes(of contract: Contract) async throws(Refusal) -> [Outcome] {
        let end = MonotonicInstant.now() + GatewayLimits.conformanceTime
        var outcomes: [Outcome] = []
        var (calls, bytes) = (0, 0)
        for operation in contract.operations {
            if let reason = unwanted(operation) {
                outcomes.append(.skipped(operation, reason))
            } else if calls >= GatewayLimits.conformanceOperations {
                outcomes.append(
                    .cut(operation, "a run makes \(GatewayLimits.conformanceOperations) calls"))
            } else if MonotonicInstant.now() >= end {
                outcomes.append(.cut(operation, "the run's time was over"))
            } else if bytes >= GatewayLimits.conformanceBytes {
                outcomes.append(.cut(operation, "the run's answers had too many bytes"))
            } else {
                calls += 1
                outcomes.append(try await outcome(of: operation, &bytes))
            }
        }
        return outcomes
    }

    private func unwanted(_ operation: Contracts.Operation) -> String? {
        if !plan.operations.isEmpty {
            return plan.operations.contains(operation.id) ? nil : "it was not asked for"
        }
        let isSafe = ["GET", "HEAD", "OPTIONS"].contains(operation.method)
        return isSafe || plan.callsUnsafe
            ? nil : "\(operation.method) may change something; ask for it with methods: all"
    }

    private func outcome(
        of operation: Contracts.Operation, _ bytes: inout Int
    ) async throws(Refusal) -> Outcome {
        let (plan, context) = (plan, context)
        let made = try await contracts.reading {
            ConformanceRequest(
                MadeRequest(operation, context) { plan.parameters[$0] }, operation)
        }
        guard let method = Method(operation.method),
            let request = made.request(method, plan.baseURL, plan.credential)
        else {
            return .skipped(operation, made.obstacle ?? "no request can be written for it")
        }
        var outcome: Outcome
        let began = MonotonicInstant.now()
        do throws(ClientError) {
            let response = try await outbound.client.send(request, denying: denied)
            bytes += response.body.count
            outcome = judged(response, operation, request.url.authority)
        } catch {
            let refusal = Refusal.upstream(error, request.url.authority)
            outcome = Outcome(operation: operation, verdict: .unreachable, reason: refusal.detail)
        }
        outcome.target = made.target
        outcome.duration = MonotonicInstant.now() - began
        return outcome
    }

    private func judged(
        _ response: ClientResponse, _ operation: Contracts.Operation, _ host: String
    ) -> Outcome {
        let answer: UpstreamAnswer
        do throws(UpstreamFault) {
            answer = try UpstreamAnswer(response, bytesMax: GatewayLimits.upstreamAnswerBytes)
        } catch {
            let reason = Refusal.upstream(error, host).detail
            return Outcome(operation: operation, verdict: .unreachable, reason: reason)
        }
        if operation.response(status: answer.status) == nil,
            let reason = Self.reason(for: answer.status, operation)
        {
            var outcome = Outcome.skipped(operation, reason)
            outcome.status = answer.status
            return outcome
        }
        let faults = operation.faults(
            ofAnswer: answer.status, contentType: answer.contentType,
            body: operation.method == "HEAD" ? nil : answer.body)
        return Outcome(
            operation: operation, verdict: faults.isEmpty ? .conforms : .drifts,
            status: answer.status, findings: faults)
    }

    /// Statuses that contracts often leave out and that tell of the caller: nothing was learnt.
    private static func reason(for status: Int, _ operation: Contracts.Operation) -> String? {
        switch status {
        case 401, 403: "the server refused the credential with \(status)"
        case 429: "the server limits calls (429)"
        case 404 where operation.path.contains("{"):
            "nothing is there (404): name something with parameters"
        default: nil
        }
    }

    private var context: MakingContext {
        MakingContext(
            seed: plan.seed, now: now.description, seconds: now.seconds, direction: .request)
    }
}

/// A made request, written for the wire.
private struct ConformanceRequest: Sendable {
    let target: String
    private let fields: [(name: String, value: String)]
    private let contentType: String?
    private let body: [UInt8]
    /// Why the body cannot be written.
    let obstacle: String?

    init(_ made: MadeRequest, _ operation: Contracts.Operation) {
        let query = Self.form(made.query)
        target = query.isEmpty ? made.path : "\(made.path)?\(query)"
        fields = made.headers
        contentType = made.contentType
        guard let type = made.contentType, let value = made.body else {
            (body, obstacle) = ([], nil)
            return
        }
        if Contracts.MediaType.isJSON(type) {
            (body, obstacle) = (JSONWriter.bytes(value), nil)
        } else if let xml = operation.requestBody?.media(for: type)?.xml(value, as: .request),
            Contracts.MediaType.isXML(type)
        {
            (body, obstacle) = (xml, nil)
        } else if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            (body, obstacle) = (Array(Self.form(Self.pairs(value)).utf8), nil)
        } else if type.lowercased().hasPrefix("text/"), let text = value.string {
            (body, obstacle) = (Array(text.utf8), nil)
        } else {
            (body, obstacle) = ([], "no body of \(type) can be written")
        }
    }

    func request(
        _ method: Method, _ baseURL: String, _ credential: OutboundCredential?
    ) -> ClientRequest? {
        guard obstacle == nil else { return nil }
        var fields = HeaderFields()
        for field in self.fields where field.name.lowercased() != credential?.header.lowercased() {
            guard fields.appendIfValid(field.name, field.value) else { return nil }
        }
        if let contentType, !body.isEmpty, !fields.appendIfValid("Content-Type", contentType) {
            return nil
        }
        fields.append("Accept-Encoding", "identity")
        if let credential { fields.append(credential.header, credential.secret) }
        do throws(ClientURL.Fault) {
            return ClientRequest(method, try ClientURL(baseURL + target), fields: fields, body: body)
        } catch {
            return nil
        }
    }

    private static func form(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }

    /// A document's ends with the names that forms give them: `a[b][0]`.
    private static func pairs(
        _ value: JSONValue, _ name: String = ""
    ) -> [(name: String, value: String)] {
        let inner = { (step: String) in name.isEmpty ? step : "\(name)[\(step)]" }
        switch value {
        case .object(let object): return object.members.flatMap { pairs($0.value, inner($0.name)) }
        case .array(let items):
            return items.enumerated().flatMap { pairs($0.element, inner("\($0.offset)")) }
        case .null: return []
        case .string(let text): return [(name, text)]
        case .number, .bool: return [(name, JSONWriter.text(value))]
        }
    }
}
