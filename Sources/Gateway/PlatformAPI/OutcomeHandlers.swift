import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// How a sandbox's calls end: faults and the default scenario.
extension PlatformAPI {
    static let outcomeHandlers: [String: Handler] = [
        "get_chaos": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.chaos(access)
        },
        "set_chaos": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.setChaos(call.body, access)
        },
        "get_default_scenario": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.defaultScenario(access)
        },
        "set_default_scenario": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.setDefaultScenario(call.body, access)
        },
    ]

    private func chaos(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        let stored = try await setting(OutcomeSettings.chaosName, access)
        let settings = OutcomeSettings.chaos(stored)
        let isActive = try await services.isOn(settings, access) && !settings.isEmpty
        let document = OutcomeSettings.json(stored) ?? [:]
        return try await tenancy { () throws(TenancyError) in
            Answer(
                200,
                [
                    "faults": document["faults"] ?? .null, "rules": document["rules"] ?? .array([]),
                    "until": document["until"] ?? .null, "clock": document["clock"] ?? "wall",
                    "active": .bool(isActive),
                    "calls": .int(try await services.stores.faults.last(as: access)),
                ])
        }
    }

    private func setChaos(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let document = try await chaosDocument(body, access)
        let settings: ChaosSettings
        do throws(ChaosSettingsFault) {
            settings = try ChaosSettings(document)
        } catch {
            throw .invalid(pointer: error.pointer, rule: "chaos", expected: error.expected)
        }
        try await checkTargets(of: settings, access)
        try await write(
            OutcomeSettings.chaosName, settings.isEmpty ? nil : JSONWriter.bytes(document), access)
        _ = try await tenancy { () throws(TenancyError) in
            // The same settings and calls meet the same faults.
            try await services.stores.faults.restart(as: access)
            return Answer(200, [:])
        }
        return try await chaos(access)
    }

    /// What is stored: `for` has become `until`, on the clock that it runs by.
    private func chaosDocument(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> JSONValue {
        guard let text = body["for"]?.string else { return body }
        guard body["until"] == nil else {
            throw .invalid(pointer: "/for", rule: "either", expected: "for or until, not both")
        }
        guard let duration = ISODuration(text) else {
            throw .invalid(
                pointer: "/for", rule: "duration", expected: "an ISO 8601 duration such as PT10M")
        }
        let wall = services.clock.now()
        var now = SandboxInstant(microseconds: wall.microseconds)
        if body["clock"]?.string == "virtual" {
            do throws(TenancyError) {
                now = try await services.stores.world.head(as: access).now(at: wall)
            } catch {
                throw .tenancy(error, during: .simulate)
            }
        }
        var document = body
        document["for"] = .none
        document["until"] = .string(duration.added(to: now).rfc3339)
        return document
    }

    /// Every rule is for an operation that the sandbox has.
    private func checkTargets(
        of settings: ChaosSettings, _ access: SandboxAccess
    ) async throws(Refusal) {
        let mounts = try await services.sandboxCache.mounts(of: access).map(\.contract)
        for (index, rule) in settings.rules.enumerated() {
            guard mounts.contains(rule.contract), let mounted = services.library[rule.contract] else {
                throw .invalid(
                    pointer: "/rules/\(index)/contract", rule: "contract",
                    expected: "one of \(mounts.joined(separator: ", "))")
            }
            guard let operation = rule.operation else { continue }
            let known = mounted.contract.operations.map(\.id)
            guard known.contains(operation) else {
                throw .invalid(
                    pointer: "/rules/\(index)/operation", rule: "operation",
                    expected: nearestName(to: operation, among: known)
                        ?? "the id of one of the contract's operations")
            }
        }
    }

    private func defaultScenario(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        let stored = try await setting(OutcomeSettings.scenarioName, access)
        return Answer(
            200, ["scenario": OutcomeSettings.json(stored)?["scenario"] ?? .null])
    }

    private func setDefaultScenario(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        guard let text = body["scenario"]?.string else {
            try await write(OutcomeSettings.scenarioName, nil, access)
            return try await defaultScenario(access)
        }
        let known = try await services.sandboxCache.mounts(of: access)
            .compactMap { services.library[$0.contract] }.flatMap(\.simulator.scenarios)
            .map(\.name)
        guard let request = ScenarioRequest(text), known.contains(request.name) else {
            throw .unknownDefaultScenario(text, known: known)
        }
        try await write(
            OutcomeSettings.scenarioName, JSONWriter.bytes(["scenario": .string(text)]), access)
        return try await defaultScenario(access)
    }

    // MARK: The store of settings

    private func setting(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> [UInt8]? {
        do throws(TenancyError) {
            return try await services.stores.settings.read(name, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }

    private func write(
        _ name: String, _ document: [UInt8]?, _ access: SandboxAccess
    ) async throws(Refusal) {
        do throws(TenancyError) {
            try await services.stores.settings.write(name, document, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        // This gateway at once, the others when they are told.
        services.sandboxCache.forget(access.sandbox)
    }
}
