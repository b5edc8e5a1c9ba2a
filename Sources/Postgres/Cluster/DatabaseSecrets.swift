package import Runtime

/// The passwords of the superuser and of our four roles, made once and kept in one file of mode
/// 0600 in the data folder.
package struct DatabaseSecrets: Sendable {
    package private(set) var passwords: [DatabaseRole: String]

    package subscript(role: DatabaseRole) -> String {
        guard let password = passwords[role] else {
            preconditionFailure("secrets hold every role")
        }
        return password
    }

    /// Reads the file in `dataPath`, or makes it with new passwords. Written before any role gets
    /// its password, so that a crash in between loses nothing.
    package static func loadOrCreate(
        in dataPath: String, random: some RandomSource = SystemRandom()
    ) throws(ClusterError) -> DatabaseSecrets {
        if let known = load(from: dataPath) { return known }
        let secrets = DatabaseSecrets(
            passwords: Dictionary(
                uniqueKeysWithValues: DatabaseRole.allCases.map { ($0, makePassword(random)) }))
        let lines = DatabaseRole.allCases.map { "\($0.rawValue)=\(secrets[$0])\n" }
        try replaceFile(path(in: dataPath), with: lines.joined(), mode: 0o600)
        return secrets
    }

    /// Nil when there is no such file or a role is missing in it.
    package static func load(from dataPath: String) -> DatabaseSecrets? {
        guard let text = text(of: path(in: dataPath)) else { return nil }
        var passwords: [DatabaseRole: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let role = DatabaseRole(rawValue: String(parts[0])) else {
                continue
            }
            passwords[role] = String(parts[1])
        }
        guard passwords.count == DatabaseRole.allCases.count else { return nil }
        return DatabaseSecrets(passwords: passwords)
    }

    static func path(in dataPath: String) -> String { dataPath + "/postgres-secrets" }

    private static func makePassword(_ random: some RandomSource) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        var characters: [UInt8] = []
        while characters.count < Limits.passwordCharacters {
            // Bytes of 248 and above would favour the first letters.
            for byte in random.bytes(64) where byte < 248 {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return String(decoding: characters.prefix(Limits.passwordCharacters), as: UTF8.self)
    }
}

/// The roles of the database and the superuser of an embedded cluster.
package enum DatabaseRole: String, CaseIterable, Sendable {
    case superuser = "postgres"
    /// Owns the schema and migrates it.
    case owner = "sbx_owner"
    /// All tenant data, under row-level security.
    case app = "sbx_app"
    /// Exact-match look-ups in the directory.
    case edge = "sbx_edge"
    /// Past row-level security, for the few statements that serve no single tenant.
    case system = "sbx_system"
}
