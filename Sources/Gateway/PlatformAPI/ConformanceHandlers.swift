import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// How a server keeps to a contract, operation by operation.
extension PlatformAPI {
    static let conformanceHandlers: [String: Handler] = [
        "check_conformance": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.checkConformance(call, access)
        }
    ]

    private func checkConformance(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let contract = try await contract(called: call.path("contract"), access)
        let plan = try await plan(call.body, contract, access)
        // The calls leave their mark before the first of them goes out.
        do throws(TenancyError) {
            try await services.stores.audit.mark(as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        let run = ConformanceRun(
            plan: plan, outbound: services.outbound,
            denied: try await services.outbound.denied(access), contracts: services.contractCache,
            now: services.clock.now())
        let outcomes = try await run.outcomes(of: contract)
        return Answer(200, Self.document(outcomes, plan.baseURL))
    }

    /// One of the platform's own, or the newest import of the name or that of the id.
    private func contract(
        called name: String, _ access: TenantAccess
    ) async throws(Refusal) -> Contract {
        if let own = services.library[name] { return own.contract }
        let source: ContractSource
        do throws(TenancyError) {
            let found = try await services.stores.contracts.contract(name, as: access)
            source = try await services.stores.contracts.source(found.id, as: access)
        } catch {
            throw .tenancy(error, during: .validate)
        }
        return try await services.contractCache.reading {
            try Contract(lazily: source.overlaid())
        }
    }

    private func plan(
        _ body: JSONValue, _ contract: Contract, _ access: TenantAccess
    ) async throws(Refusal) -> ConformanceRun.Plan {
        let known = contract.operations.map(\.id)
        var operations: Set<String> = []
        for (index, value) in (body["operations"]?.array ?? []).enumerated() {
            let name = value.string ?? ""
            guard known.contains(name) else {
                throw .invalid(
                    pointer: "/operations/\(index)", rule: "operation",
                    expected: nearestName(to: name, among: known)
                        ?? "the id of one of the contract's operations")
            }
            operations.insert(name)
        }
        let baseURL = try await services.outbound.baseURL(
            body["base_url"]?.string ?? "", at: "/base_url", as: access)
        let parameters = (body["parameters"]?.object?.members ?? []).map {
            ($0.name, $0.value.string ?? "")
        }
        return ConformanceRun.Plan(
            baseURL: baseURL,
            credential: try body["credential"].flatMap { value throws(Refusal) in
                try OutboundCredential(value, at: "/credential")
            },
            callsUnsafe: body["methods"] == "all", operations: operations,
            parameters: Dictionary(parameters) { first, _ in first },
            seed: UInt64(body["seed"]?.int ?? 1))
    }

    private static func document(
        _ outcomes: [ConformanceRun.Outcome], _ baseURL: String
    ) -> JSONValue {
        var document: JSONValue = ["base_url": .string(baseURL)]
        for verdict in ConformanceRun.Verdict.allCases {
            document[verdict.rawValue] = .int(outcomes.count { $0.verdict == verdict })
        }
        document["partial"] = .bool(outcomes.contains(where: \.isCut))
        document["operations"] = .array(outcomes.map(\.document))
        return document
    }
}

extension ConformanceRun.Outcome {
    fileprivate var document: JSONValue {
        [
            "operation": .string(operation.id), "method": .string(operation.method),
            "path": .string(operation.path), "verdict": .string(verdict.rawValue),
            "target": .string(orNull: target), "status": status.map { JSONValue.int($0) } ?? .null,
            "findings": .array(
                findings.prefix(GatewayLimits.driftFindings)
                    .map { SecretMask.masked($0.published) }),
            "reason": .string(orNull: reason),
            "duration_ms": .int(Int64(duration / .milliseconds(1))),
        ]
    }
}
