package import Access
package import Identifiers
package import Runtime
package import Tenancy

/// Creating a sandbox with the credentials it is born with.
package struct SandboxProvisioning: Sendable {
    private let sandboxes: SandboxStore
    private let clock: any WallClock
    private let random: any RandomSource

    package init(sandboxes: SandboxStore, clock: any WallClock, random: any RandomSource) {
        self.sandboxes = sandboxes
        self.clock = clock
        self.random = random
    }

    /// A new sandbox. The secrets are shown this once.
    package struct Provisioned: Sendable {
        package let sandbox: Sandbox
        package let key: KeyID
        package let apiKey: Secret
        package let client: ClientID
        package let clientSecret: Secret
    }

    package func create(
        _ draft: SandboxDraft, as access: TenantAccess
    ) async throws(TenancyError) -> Provisioned {
        try await withCredentials { credentials throws(TenancyError) in
            try await sandboxes.create(draft, credentials: credentials, as: access)
        }
    }

    /// A sandbox whose world is another's as it stands, with credentials of its own.
    package func fork(
        _ draft: SandboxStore.ForkDraft, as access: SandboxAccess
    ) async throws(TenancyError) -> Provisioned {
        try await withCredentials { credentials throws(TenancyError) in
            try await sandboxes.fork(draft, credentials: credentials, as: access)
        }
    }

    private func withCredentials(
        _ body: (SandboxCredentials) async throws(TenancyError) -> Sandbox
    ) async throws(TenancyError) -> Provisioned {
        let now = clock.now()
        let apiKey = Secret(.sandboxKey, random: random)
        let clientSecret = Secret(.clientSecret, random: random)
        let key = apiKey.record(id: KeyID(now: now, random: random), scopes: Scopes(.sandbox))
        let client = clientSecret.record(
            id: ClientID(now: now, random: random), scopes: Scopes(.sandbox))
        let sandbox = try await body(SandboxCredentials(key: key, client: client))
        return Provisioned(
            sandbox: sandbox, key: key.id, apiKey: apiKey, client: client.id,
            clientSecret: clientSecret)
    }
}
