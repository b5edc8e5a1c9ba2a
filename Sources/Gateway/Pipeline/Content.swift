import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

/// An operation that a request has matched, with its parts as the contract reads them.
struct MatchedCall: Sendable {
    let mounted: MountableContract
    let operation: Operation
    let pathParameters: [PathParameter]
    let query: [(name: String, value: String)]
    let body: JSONValue?
    /// The contract's behaviour, in the sandbox's world or in that of a dry run.
    var simulator: any Simulator
    /// Name of the dry-run session; empty outside of one.
    var session = ""
    /// Given by the contract's own example; nil when the operation has behaviour.
    let staticAnswer: Answer?
}

// The request's content: size and type, and what the contract says of it.
extension Pipeline {
    /// The policy step: a body of bounded size. Its type is held against the operation's.
    func readBody(_ call: inout Call) async throws(Refusal) -> [UInt8] {
        try await services.readBytes(&call, bytesMax: GatewayLimits.bodyBytes)
    }

    func match(
        _ target: SandboxTarget, _ access: SandboxAccess, _ settings: SandboxSettings,
        _ body: [UInt8], _ call: inout Call
    ) async throws(Refusal) -> MatchedCall {
        let mounted = try await services.mounted(target.contract, access)
        call.contract = mounted.name
        let path = target.path
        let matched = path.withUnsafeBufferPointer {
            mounted.match(call.head.method, path: $0)
        }
        switch matched {
        case .notFound:
            throw .notFound(String(decoding: path, as: UTF8.self))
        case .methodNotAllowed(let allowed):
            throw .methodNotAllowed(call.head.method.description, allowed: allowed)
        case .matched(let operation, let pathParameters):
            call.operation = operation.id
            call.decisions.note(.match, .passed, operation.id)
            if !operation.isPrepared {
                // A hostile schema takes seconds, which no event loop has.
                try await services.contractCache.reading { operation.prepare() }
            }
            do throws(Refusal) {
                return try read(body, of: operation, pathParameters, mounted, settings, call)
            } catch {
                throw error.told(by: mounted.simulator, of: operation, call)
            }
        }
    }

    /// The parts of a request as its operation reads them, each held against it.
    private func read(
        _ body: [UInt8], of operation: Operation, _ pathParameters: [PathParameter],
        _ mounted: MountableContract, _ settings: SandboxSettings, _ call: Call
    ) throws(Refusal) -> MatchedCall {
        var query: [(name: String, value: String)] = []
        if call.request.head.queryBytes != nil {
            query = try services.query(
                of: call.head, without: ["sbx_scenario"] + mounted.contract.keyParameters)
        }
        if settings.mounts[mounted.name].ignoresUnknownParameters {
            query.removeAll { !operation.declares(query: $0.name) }
        }
        let value = try services.validate(
            operation, pathParameters: pathParameters, query: query, body: body, call.head)
        return MatchedCall(
            mounted: mounted, operation: operation, pathParameters: pathParameters,
            query: query, body: value, simulator: mounted.simulator,
            staticAnswer: mounted.staticAnswer(operation).map { Answer(200, json: $0) })
    }
}

extension MountableContract {
    /// Paths are taken as the contract writes them, and also behind the base path of its server.
    func match(_ method: Method, path: UnsafeBufferPointer<UInt8>) -> ContractMatch {
        let matched = contract.match(method, path: path)
        guard case .notFound = matched, isBehindBase(path) else { return matched }
        let below = path[contract.basePath.utf8.count...]
        return contract.match(method, path: UnsafeBufferPointer(rebasing: below))
    }

    /// A path that has matched, as the contract writes it: without the base path.
    func belowBase(_ method: Method, path: ArraySlice<UInt8>) -> String {
        let isWritten = path.withUnsafeBufferPointer { path in
            if case .matched = contract.match(method, path: path) { true } else { !isBehindBase(path) }
        }
        return String(
            decoding: isWritten ? path : path.dropFirst(contract.basePath.utf8.count),
            as: UTF8.self)
    }

    private func isBehindBase(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        let base = Array(contract.basePath.utf8)
        return !base.isEmpty && path.count > base.count
            && path.prefix(base.count).elementsEqual(base) && path[base.count] == UInt8(ascii: "/")
    }
}
