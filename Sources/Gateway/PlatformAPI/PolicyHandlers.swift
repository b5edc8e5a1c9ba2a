import Access
import Contracts
import HTTP
import Observability
import Tenancy

// What a sandbox's calls may do.
extension PlatformAPI {
    static let policyHandlers: [String: Handler] = [
        "get_policy": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.policy(access)
        },
        "set_policy": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.setPolicy(call.body, access)
        },
    ]

    private func policy(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        let stored = try await setting(SandboxSettings.policyName, access)
        return Answer(200, PolicySettings(stored: SandboxSettings.json(stored) ?? [:]).document)
    }

    private func setPolicy(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let policy: PolicySettings
        do throws(PolicyFault) {
            policy = try PolicySettings(body)
        } catch {
            throw .invalid(pointer: error.pointer, rule: "policy", expected: error.expected)
        }
        try await write(
            SandboxSettings.policyName,
            body.object?.members.isEmpty ?? true ? nil : JSONWriter.bytes(policy.document), access)
        return Answer(200, policy.document)
    }
}
