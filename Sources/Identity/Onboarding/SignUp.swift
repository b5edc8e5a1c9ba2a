package import Access
package import Identifiers
package import Runtime
package import Tenancy

/// Signing up and signing in.
package struct SignUp: Sendable {
    private let tenants: TenantStore
    private let passwords: PasswordHasher
    private let directory: EdgeDirectory
    private let control: AccessControl
    private let clock: any WallClock
    private let random: any RandomSource

    package init(
        tenants: TenantStore, passwords: PasswordHasher, directory: EdgeDirectory,
        control: AccessControl, clock: any WallClock, random: any RandomSource
    ) {
        self.tenants = tenants
        self.passwords = passwords
        self.directory = directory
        self.control = control
        self.clock = clock
        self.random = random
    }

    /// What a sign-up has made. The key's secret is shown this once.
    package struct Founded: Sendable {
        package let tenant: TenantID
        package let organization: String
        package let user: UserID
        package let email: Email
        package let managementKey: KeyID
        package let secret: Secret
    }

    /// A new tenant with its owner and a management key, in one transaction. Fails with
    /// `invalid` or `tenancy(.emailTaken)`.
    package func found(
        email: String, password: String, organization: String
    ) async throws(IdentityError) -> Founded {
        let email = try checked { () throws(TenancyError) in
            try TenantStore.checkOrganization(organization)
            return try Email(email)
        }
        try PasswordHasher.check(password)
        let now = clock.now()
        let tenant = TenantID(now: now, random: random)
        let user = UserID(now: now, random: random)
        let secret = Secret(.managementKey, random: random)
        let key = secret.record(id: KeyID(now: now, random: random), scopes: Scopes(.manage))
        let founding = TenantStore.Founding(
            tenant: tenant, user: user, organization: organization, email: email,
            emailSHA256: Self.digest(email).bytes, passwordHash: try await passwords.hash(password),
            key: key)
        do throws(TenancyError) {
            try await tenants.found(founding, as: control.access(founding: tenant))
        } catch {
            throw .tenancy(error)
        }
        return Founded(
            tenant: tenant, organization: organization, user: user, email: email,
            managementKey: key.id, secret: secret)
    }

    /// The user behind an address and a password. Takes as long for an unknown address.
    package func signIn(email: String, password: String) async throws(IdentityError) -> Principal {
        let email = try checked { () throws(TenancyError) in try Email(email) }
        guard let entry = try await entry(email),
            let (stored, role) = try await credentials(entry)
        else {
            try await passwords.verifyNothing(password)
            throw .wrongPassword
        }
        guard try await passwords.verify(password, against: stored) else { throw .wrongPassword }
        return Principal(
            tenant: entry.tenant, kind: .user(entry.user, role), scopes: Scopes(.manage, .sandbox))
    }

    private func entry(_ email: Email) async throws(IdentityError) -> EmailEntry? {
        do throws(AccessError) {
            return try await directory.email(sha256: Self.digest(email).bytes)
        } catch {
            throw .access(error)
        }
    }

    private func credentials(
        _ entry: EmailEntry
    ) async throws(IdentityError) -> (passwordHash: String, role: Role)? {
        do throws(TenancyError) {
            return try await tenants.credentials(of: entry.user, as: control.access(signingIn: entry))
        } catch {
            throw .tenancy(error)
        }
    }

    private func checked<Value>(
        _ body: () throws(TenancyError) -> Value
    ) throws(IdentityError) -> Value {
        do throws(TenancyError) { return try body() } catch { throw .tenancy(error) }
    }

    private static func digest(_ email: Email) -> Digest {
        SHA256Hasher.digest(Array(email.normalized.utf8))
    }
}

extension Secret {
    /// What is stored of it.
    package func record<Kind>(
        id: ID<Kind>, scopes: Scopes, expiresAt: WallInstant? = nil
    ) -> CredentialRecord<Kind> {
        CredentialRecord(
            id: id, sha256: sha256.bytes, prefix: shownPrefix, scopes: scopes, expiresAt: expiresAt)
    }
}
