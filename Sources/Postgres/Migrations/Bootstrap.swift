/// Makes the four roles and the database, as the superuser of an embedded cluster or any role of
/// an external one that may create roles (with BYPASSRLS) and databases. Run before migrating;
/// repeating it changes nothing. Blocks.
package struct Bootstrap {
    private let admin: ConnectionAddress
    private let secrets: DatabaseSecrets
    private let database: String

    /// `database` is a plain lower-case name: `sbx` but in tests.
    package init(admin: ConnectionAddress, secrets: DatabaseSecrets, database: String = "sbx") {
        self.admin = admin
        self.secrets = secrets
        self.database = database
    }

    /// The address at which each role finds the database afterwards.
    package func address(_ role: DatabaseRole) -> ConnectionAddress {
        let user = role == .superuser ? admin.user : role.rawValue
        let password = role == .superuser ? admin.password : secrets[role]
        return admin.with(user: user, password: password).with(database: database)
    }

    /// Roles that exist keep their passwords; if those are not ours, the first gateway's
    /// `postgres-secrets` is to be copied here, and the error is `connectionRefused`.
    package func run() throws(PostgresError) {
        let connection = try BlockingConnection(admin)
        // One at a time; the letters "sbxroles". Released with the connection.
        try connection.run("SELECT pg_advisory_lock($1::bigint)", [String(0x7362_7872_6F6C_6573)])
        for (role, attributes) in Self.roles where try !exists(role, connection) {
            let verifier = try connection.verifier(password: secrets[role], user: role.rawValue)
            // Neither name nor verifier (base 64, `$` and `:`) can hold a quote.
            try connection.unsafeScript(
                "CREATE ROLE \(role.rawValue) LOGIN \(attributes) PASSWORD '\(verifier)'")
        }
        if try connection.run(
            "SELECT 1 FROM pg_database WHERE datname = $1", [database]
        ).isEmpty {
            try createDatabase(connection)
        }
        try restrictDatabase(connection)
        _ = try BlockingConnection(address(.owner))
    }

    private static let roles: [(DatabaseRole, String)] = [
        (.owner, "NOSUPERUSER NOBYPASSRLS"),
        (.app, "NOSUPERUSER NOBYPASSRLS"),
        (.edge, "NOSUPERUSER NOBYPASSRLS"),
        (.system, "NOSUPERUSER BYPASSRLS"),
    ]

    private func exists(
        _ role: DatabaseRole, _ connection: BlockingConnection
    ) throws(PostgresError) -> Bool {
        try !connection.run("SELECT 1 FROM pg_roles WHERE rolname = $1", [role.rawValue]).isEmpty
    }

    /// CREATE DATABASE has no transaction: a crash after it leaves the grants to the next run.
    /// Giving a database to a role takes membership in it, unless one is superuser.
    private func createDatabase(_ connection: BlockingConnection) throws(PostgresError) {
        let owner = DatabaseRole.owner.rawValue
        let isSuperuser = try connection.run(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0].bool(0)
        if !isSuperuser { try connection.unsafeScript("GRANT \(owner) TO CURRENT_USER") }
        try connection.unsafeScript(
            """
            CREATE DATABASE \(database) OWNER \(owner)
            ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' TEMPLATE template0
            """)
    }

    /// Only our roles connect, and only the owner makes anything.
    private func restrictDatabase(_ connection: BlockingConnection) throws(PostgresError) {
        let roles = Self.roles.map(\.0.rawValue).joined(separator: ", ")
        try connection.unsafeScript(
            """
            REVOKE ALL ON DATABASE \(database) FROM PUBLIC;
            GRANT CONNECT ON DATABASE \(database) TO \(roles);
            """)
    }
}
