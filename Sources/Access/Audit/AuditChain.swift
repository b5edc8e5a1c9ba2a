import Identifiers
package import Postgres

/// A tenant's chain of audit entries: reading it in order, and telling whether it is whole.
package struct AuditChain: Sendable {
    struct Statements: Sendable {
        let entries: Statement
        let head: Statement
        let verify: Statement
    }

    /// A place in the chain and the hash of the entry there. Whoever keeps one elsewhere can tell
    /// later that everything up to it still stands, whatever the database says.
    package struct Link: Sendable, Equatable {
        package let sequence: Int64
        package let sha256: [UInt8]

        package init(sequence: Int64, sha256: [UInt8]) {
            self.sequence = sequence
            self.sha256 = sha256
        }

        /// Before the first entry.
        static let start = Link(sequence: 0, sha256: [UInt8](repeating: 0, count: 32))
    }

    package struct Verdict: Sendable {
        /// The last entry; nil while there is none.
        package let head: Link?
        /// The first entry that was changed, taken away or put in; nil when all is as it was written.
        package let firstBroken: Int64?
    }

    private let tenant: TenantID
    private let statements: Statements
    private let read: @Sendable ([Call]) async throws(PostgresError) -> [Rows]

    init(
        tenant: TenantID, reading statements: Statements,
        by read: @escaping @Sendable ([Call]) async throws(PostgresError) -> [Rows]
    ) {
        self.tenant = tenant
        self.statements = statements
        self.read = read
    }

    /// Oldest first, those behind the place `sequence`, at most ``Limits/auditEntriesPerPage``: each
    /// with the text that was hashed.
    package func entries(
        after sequence: Int64
    ) async throws(PostgresError) -> [(line: AuditLine, record: [UInt8])] {
        let call = Call(
            statements.entries, .id(tenant), .int(sequence), .int(Int64(Limits.auditEntriesPerPage)))
        return try await read([call])[0].map { (AuditLine($0), AuditLine.record($0)) }
    }

    /// Holds every entry against its hash, and the last one against the chain's end. With `kept` also
    /// whether that link is still in its place. Takes a round trip for each thousand entries.
    package func verify(against kept: Link? = nil) async throws(PostgresError) -> Verdict {
        let heads = try await read([Call(statements.head, .id(tenant))])[0]
        let head = heads.first.map { Link(sequence: $0.int(0), sha256: $0.bytes(1)) }
        let end = head?.sequence ?? 0
        var link = Link.start
        var firstBroken: Int64?
        while link.sequence < end {
            let stretch = try await read([
                Call(
                    statements.verify, .id(tenant), .int(link.sequence), .bytes(link.sha256),
                    .int(Int64(Limits.auditEntriesPerPage)))
            ])[0][0]
            // Fewer entries than the end tells: the last ones are gone.
            guard let last = stretch.intOrNil(0) else { break }
            firstBroken = firstBroken ?? stretch.intOrNil(2)
            if let kept, (link.sequence + 1...last).contains(kept.sequence),
                try await sha256(at: kept.sequence) != kept.sha256
            {
                firstBroken = min(firstBroken ?? kept.sequence, kept.sequence)
            }
            link = Link(sequence: last, sha256: stretch.bytes(1))
        }
        if firstBroken == nil { firstBroken = brokenEnd(link, head, kept) }
        return Verdict(head: head, firstBroken: firstBroken)
    }

    /// What is wrong at the end of a chain that is whole up to `link`.
    private func brokenEnd(_ link: Link, _ head: Link?, _ kept: Link?) -> Int64? {
        if let head, link.sequence < head.sequence { return link.sequence + 1 }
        if let head, link.sequence == head.sequence, link.sha256 != head.sha256 { return head.sequence }
        if let kept, kept.sequence > head?.sequence ?? 0 { return (head?.sequence ?? 0) + 1 }
        return nil
    }

    private func sha256(at sequence: Int64) async throws(PostgresError) -> [UInt8]? {
        let call = Call(statements.entries, .id(tenant), .int(sequence - 1), .int(1))
        guard let row = try await read([call])[0].first else { return nil }
        let line = AuditLine(row)
        return line.link?.sequence == sequence ? line.link?.sha256 : nil
    }
}

extension TenantDatabase {
    /// Entries of the tenant, newest first; one row more than the filter asks for.
    package func auditPage(
        _ filter: AuditFilter, as access: TenantAccess
    ) async throws(PostgresError) -> [AuditLine] {
        let call = Call(Self.auditPage, values: [.id(access.tenant)] + filter.values)
        return try await read(as: access, [call])[0].map { AuditLine($0) }
    }

    package func chain(as access: TenantAccess) -> AuditChain {
        AuditChain(tenant: access.tenant, reading: Self.chainStatements) {
            calls throws(PostgresError) in
            try await read(as: access, calls)
        }
    }

    private static let auditPage = Statement(
        "audit_page", AuditStatements.page(tenant: "tenant_id = $1"))

    private static let chainStatements = AuditChain.Statements(
        entries: Statement("audit_chain", AuditStatements.chain),
        head: Statement("audit_head", AuditStatements.head),
        verify: Statement("audit_verify", AuditStatements.verify))
}
