import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// How a mounted contract is served: what is refused, who answers, and how an upstream keeps to it.
extension PlatformAPI {
    static let mountHandlers: [String: Handler] = [
        "get_mount": .sandbox(.read) { api, call, access throws(Refusal) in
            let mount = try await api.mount(on: access, named: call.path("contract"))
            let (_, settings) = try await api.mountSettings(access)
            return Answer(
                200, api.document(mount, MountSettings(stored: settings)[mount.contract], access))
        },
        "configure_mount": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.configure(call.path("contract"), call.body, access)
        },
        "get_drift": .sandbox(.read) { api, call, access throws(Refusal) in
            let mount = try await api.mount(on: access, named: call.path("contract"))
            return try await api.tenancy { () throws(TenancyError) in
                let lines = try await api.services.stores.drift.lines(of: mount.contract, as: access)
                return Answer(
                    200, ["data": .array(lines.map(\.document)), "next": .null])
            }
        },
    ]

    private func mount(
        on access: SandboxAccess, named name: String
    ) async throws(Refusal) -> Mount {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == name }) else {
            throw .contractNotMounted(name, mounted: mounts.map(\.contract))
        }
        return mount
    }

    private func document(
        _ mount: Mount, _ settings: MountSettings.OfOne, _ access: SandboxAccess
    ) -> JSONValue {
        var document = api(mount, slug: access.slug)
        for member in settings.published.object?.members ?? [] {
            document[member.name] = member.value
        }
        return document
    }

    /// As they are stored, and read.
    private func mountSettings(
        _ access: SandboxAccess
    ) async throws(Refusal) -> (stored: [UInt8]?, document: JSONValue) {
        let stored = try await setting(SandboxSettings.mountsName, access)
        return (stored, SandboxSettings.json(stored) ?? [:])
    }

    private func configure(
        _ name: String, _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let mount = try await mount(on: access, named: name)
        let mounted = try await services.mounted(name, access)
        for _ in 0..<GatewayLimits.settingWriteAttempts {
            var (stored, document) = try await mountSettings(access)
            let before = MountSettings(stored: document)[name]
            let after = try await changed(before, by: body, mounted, access)
            document[name] = after.stored
            let isWritten: Bool
            do throws(TenancyError) {
                isWritten = try await services.stores.settings.replace(
                    SandboxSettings.mountsName, stored, with: JSONWriter.bytes(document),
                    bytesMax: Tenancy.Limits.settingBytes,
                    told: (before.published, after.published), as: access)
            } catch {
                throw .tenancy(error, during: .simulate)
            }
            guard isWritten else { continue }
            return Answer(200, self.document(mount, after, access))
        }
        throw .settingsBusy
    }

    /// What the body names is changed, everything else stays.
    private func changed(
        _ before: MountSettings.OfOne, by body: JSONValue, _ mounted: MountableContract,
        _ access: SandboxAccess
    ) async throws(Refusal) -> MountSettings.OfOne {
        var settings = before
        if let parameters = body["unknown_parameters"] {
            settings.ignoresUnknownParameters = parameters == "ignore"
        }
        if let mode = body["mode"]?.string.flatMap(CallMode.init) { settings.mode = mode }
        for member in body["operations"]?.object?.members ?? [] {
            let known = mounted.contract.operations.map(\.id)
            guard known.contains(member.name) else {
                throw .invalid(
                    pointer: JSONPointer(["operations", member.name]).description,
                    rule: "operation",
                    expected: nearestName(to: member.name, among: known)
                        ?? "the id of one of the contract's operations")
            }
            settings.modes[member.name] = member.value.string.flatMap(CallMode.init)
        }
        if let asked = body["upstream"] {
            settings.upstream = try await upstream(asked, before.upstream, mounted.name, access)
        }
        guard !settings.needsUpstream || settings.upstream != nil else {
            throw .invalid(
                pointer: "/upstream", rule: "required",
                expected: "the upstream's base_url, for operations that are not simulated")
        }
        return settings
    }

    /// A credential that is not named again stays only where it was meant for: at the same base URL.
    private func upstream(
        _ asked: JSONValue, _ before: Upstream?, _ contract: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Upstream? {
        guard let text = asked["base_url"]?.string else { return nil }
        let baseURL = try await services.outbound.baseURL(
            text, at: "/upstream/base_url", as: access.tenantAccess)
        var upstream = Upstream(baseURL: baseURL)
        guard let credential = asked["credential"] else {
            if before?.baseURL == baseURL { upstream.credential = before?.credential }
            return upstream
        }
        guard let shown = try OutboundCredential(credential, at: "/upstream/credential") else {
            return upstream
        }
        let sealed = services.outbound.keys.seal(
            Array(shown.secret.utf8), for: Upstream.purpose(access.tenant, contract))
        upstream.credential = Upstream.Credential(header: shown.header, sealed: sealed)
        return upstream
    }
}

extension DriftStore.Line {
    fileprivate var document: JSONValue {
        [
            "operation": .string(operation), "answers": .int(answers), "drifted": .int(drifted),
            "findings": findings == .null ? .array([]) : findings,
            "drifted_at": .string(orNull: driftedAt?.description),
            "answered_at": .string(answeredAt.description),
        ]
    }
}
