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
        let stored = try await setting(SandboxSettings.chaosName, access)
        let settings = SandboxSettings.chaos(stored)
        let isActive = try await services.isOn(settings, access) && !settings.isEmpty
        let document = SandboxSettings.json(stored) ?? [:]
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
            SandboxSettings.chaosName, settings.isEmpty ? nil : JSONWriter.bytes(document), access)
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
        for (index, rule) in settings.rules.enumerated() {
            _ = try await target(rule.contract, rule.operation, at: "/rules/\(index)", access)
        }
    }

    /// The mounted contract that a rule is for, which has to have the rule's operation.
    private func target(
        _ contract: String, _ operation: String?, at pointer: String, _ access: SandboxAccess
    ) async throws(Refusal) -> MountableContract {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == contract }),
            let mounted = try await services.mountable(mount, access)
        else {
            throw .invalid(
                pointer: "\(pointer)/contract", rule: "contract",
                expected: "one of \(mounts.map(\.contract).joined(separator: ", "))")
        }
        guard let operation else { return mounted }
        let known = mounted.contract.operations.map(\.id)
        guard known.contains(operation) else {
            throw .invalid(
                pointer: "\(pointer)/operation", rule: "operation",
                expected: nearestName(to: operation, among: known)
                    ?? "the id of one of the contract's operations")
        }
        return mounted
    }

    private func defaultScenario(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        let stored = try await setting(SandboxSettings.scenarioName, access)
        let document = SandboxSettings.json(stored) ?? [:]
        return Answer(
            200,
            [
                "scenario": document["scenario"] ?? .null,
                "rules": document["rules"] ?? .array([]),
            ])
    }

    private func setDefaultScenario(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        if let text = body["scenario"]?.string {
            var known: [String] = []
            for mount in try await services.sandboxCache.mounts(of: access) {
                let mounted = try await services.mountable(mount, access)
                known += mounted?.simulator.scenarios.map(\.name) ?? []
            }
            try requireScenario(text, among: known, at: "/scenario")
        }
        for (index, rule) in (body["rules"]?.array ?? []).enumerated() {
            let operation = rule["operation"]?.string
            let pointer = "/rules/\(index)"
            let mounted = try await target(
                rule["contract"]?.string ?? "", operation, at: pointer, access)
            let own = mounted.simulator.scenarios.filter { scenario in
                operation.map(scenario.operations.contains) ?? true
            }
            try requireScenario(
                rule["scenario"]?.string ?? "", among: own.map(\.name), at: "\(pointer)/scenario")
        }
        let isEmpty = body["scenario"]?.string == nil && body["rules"]?.array?.isEmpty ?? true
        try await write(
            SandboxSettings.scenarioName, isEmpty ? nil : JSONWriter.bytes(body), access)
        return try await defaultScenario(access)
    }

    private func requireScenario(
        _ text: String, among known: [String], at pointer: String
    ) throws(Refusal) {
        guard let request = ScenarioRequest(text), known.contains(request.name) else {
            throw .unknownDefaultScenario(text, known: known, at: pointer)
        }
    }

    // MARK: The store of settings

    func setting(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> [UInt8]? {
        do throws(TenancyError) {
            return try await services.stores.settings.read(name, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }

    func write(
        _ name: String, _ document: [UInt8]?, _ access: SandboxAccess
    ) async throws(Refusal) {
        do throws(TenancyError) {
            try await services.stores.settings.write(name, document, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }
}
