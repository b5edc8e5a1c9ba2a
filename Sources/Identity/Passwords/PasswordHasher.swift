import COpenSSL
package import Runtime

/// Passwords by scrypt (RFC 7914), on the blocking pool: one costs some 100 ms and 32 MiB.
package struct PasswordHasher: Sendable {
    private let pool: BlockingPool
    private let random: any RandomSource

    package init(pool: BlockingPool, random: any RandomSource) {
        self.pool = pool
        self.random = random
    }

    /// Too short, or longer than what is hashed.
    package static func check(_ password: String) throws(IdentityError) {
        guard password.unicodeScalars.count >= Limits.passwordCharactersMin,
            password.utf8.count <= Limits.passwordBytesMax
        else {
            throw .invalid(
                member: "password",
                rule: "\(Limits.passwordCharactersMin) characters or more, at most "
                    + "\(Limits.passwordBytesMax) bytes")
        }
    }

    /// The text to store: `scrypt$15$8$3$salt$hash`, the first number log2 N, salt and hash in
    /// hexadecimal. Fails with `busy` when too many wait.
    package func hash(_ password: String) async throws(IdentityError) -> String {
        let salt = random.bytes(Limits.saltBytes)
        let parameters = ScryptParameters.current
        let hash = try await onPool { parameters.derive(password, salt: salt) }
        return parameters.text(salt: salt, hash: hash)
    }

    /// Whether `password` is the one behind `stored`. The comparison takes the same time always.
    package func verify(_ password: String, against stored: String) async throws(IdentityError) -> Bool {
        guard let (parameters, salt, expected) = ScryptParameters.read(stored),
            password.utf8.count <= Limits.passwordBytesMax
        else { return false }
        let hash = try await onPool { parameters.derive(password, salt: salt) }
        return hash.count == expected.count && CRYPTO_memcmp(hash, expected, hash.count) == 0
    }

    /// Takes as long as ``verify(_:against:)``: an unknown address must not answer sooner.
    package func verifyNothing(_ password: String) async throws(IdentityError) {
        let salt = [UInt8](repeating: 0, count: Limits.saltBytes)
        _ = try await onPool { ScryptParameters.current.derive(password, salt: salt) }
    }

    private func onPool<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async throws(IdentityError) -> Value {
        do {
            return try await pool.run(body)
        } catch {
            throw .busy
        }
    }
}

/// scrypt's cost, as stored with each hash, so that it can be raised later.
struct ScryptParameters: Sendable {
    let logN: UInt64
    let r: UInt64
    let p: UInt64

    static let current = ScryptParameters(
        logN: Limits.scryptLogN, r: Limits.scryptR, p: Limits.scryptP)

    func derive(_ password: String, salt: [UInt8]) -> [UInt8] {
        let password = Array(password.utf8)
        return [UInt8](unsafeUninitializedCapacity: Limits.passwordHashBytes) { buffer, count in
            let result = password.withUnsafeBytes { password in
                EVP_PBE_scrypt(
                    password.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count,
                    1 << logN, r, p, Limits.scryptBytesMax, buffer.baseAddress,
                    Limits.passwordHashBytes)
            }
            // Without memory for it no password may pass: stopping is the safe failure.
            precondition(result == 1, "scrypt failed")
            count = Limits.passwordHashBytes
        }
    }

    func text(salt: [UInt8], hash: [UInt8]) -> String {
        "scrypt$\(logN)$\(r)$\(p)$\(Hexadecimal.text(salt))$\(Hexadecimal.text(hash))"
    }

    static func read(_ text: String) -> (ScryptParameters, salt: [UInt8], hash: [UInt8])? {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logN = UInt64(parts[1]), logN <= 17,
            let r = UInt64(parts[2]), let p = UInt64(parts[3]),
            let salt = Hexadecimal.bytes(parts[4]), let hash = Hexadecimal.bytes(parts[5])
        else { return nil }
        return (ScryptParameters(logN: logN, r: r, p: p), salt, hash)
    }
}
