import Access
import Contracts
import Identifiers
import Identity
import PlatformSupport
import Postgres
import Testing

@testable import Gateway

/// Every action on the platform stands in the audit log, with its change, and the log shows when
/// somebody has written in it.
@Suite struct `The audit log` {
    private func entries(
        _ tenant: TestTenant, _ query: String = ""
    ) async throws -> [JSONValue] {
        let answer = try await tenant.call("GET", "/v1/audit?limit=100\(query)")
        guard answer.status == 200 else { throw TestFault("\(answer)") }
        return answer.at("/data")?.array ?? []
    }

    @Test func `names who did what to what, before and after`() async throws {
        let sandbox = try await TestSandbox.make()
        let path = "/v1/sandboxes/\(sandbox.slug)"
        let answer = try await sandbox.tenant.call("PATCH", path, ["name": "renamed"])
        let entry = try #require(try await entries(sandbox.tenant, "&action=update_sandbox").first)
        #expect(entry["subject"]?.string == sandbox.access.sandbox.description)
        #expect(entry["request"]?.string == answer["Request-Id"])
        #expect(entry["actor"]?["kind"] == "management_key")
        let listed = try await sandbox.tenant.call("GET", "/v1/keys").at("/data")?.array ?? []
        #expect(listed.contains { $0["id"] == entry["actor"]?["id"] })
        #expect(entry["details"]?["request"]?["body"] == ["name": "renamed"])
        #expect(entry["details"]?["before"]?["name"] == .null)
        #expect(entry["details"]?["after"]?["name"] == "renamed")
    }

    @Test func `keeps no secrets`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let invited = try await tenant.call(
            "POST", "/v1/invitations", ["email": "a@example.com", "role": "viewer"])
        let made = try await tenant.call("POST", "/v1/keys", ["role": "viewer"])
        let sandbox = try await tenant.sandbox()
        _ = try await tenant.call(
            "PUT", "/v1/sandboxes/\(sandbox.slug)/inbox",
            ["secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        let text = try await tenant.call("GET", "/v1/audit").text
        for secret in [
            invited.at("/token")?.string ?? "", made.at("/secret")?.string ?? "", "whsec_MfKQ",
            tenant.key, sandbox.key,
        ] {
            #expect(!secret.isEmpty && !text.contains(secret))
        }
    }

    @Test func `has no entry of what was refused, and of what changes nothing`() async throws {
        let sandbox = try await TestSandbox.make()
        let path = "/v1/sandboxes/\(sandbox.slug)"
        let before = try await entries(sandbox.tenant).count
        _ = try await sandbox.tenant.call("PATCH", path, ["name": .string(String(repeating: "x", count: 300))])
        _ = try await sandbox.tenant.call("POST", "\(path)/checkpoints/none/restore", [:])
        _ = try await sandbox.tenant.call("GET", path)
        _ = try await sandbox.pay()
        #expect(try await entries(sandbox.tenant).count == before)
    }

    @Test func `is filtered by action, actor, subject and time, and read in pages`() async throws {
        let sandbox = try await TestSandbox.make()
        let member = try await sandbox.tenant.member(.developer)
        let path = "/v1/sandboxes/\(sandbox.slug)/reset"
        for _ in 0..<3 { _ = try await member.call("POST", path, [:]) }
        _ = try await sandbox.tenant.call("POST", path, [:])
        let own = try await entries(sandbox.tenant, "&actor=\(member.keyID)")
        #expect(own.count == 3)
        #expect(own.allSatisfy { $0["action"] == "reset_sandbox" })
        let resets = try await entries(
            sandbox.tenant, "&action=reset_sandbox&subject=\(sandbox.access.sandbox)")
        #expect(resets.count == 4)
        let page = try await sandbox.tenant.call("GET", "/v1/audit?limit=1&action=reset_sandbox")
        let next = try #require(page.at("/next")?.string)
        let rest = try await entries(sandbox.tenant, "&action=reset_sandbox&cursor=\(next)")
        #expect(rest.count == 3)
        #expect(try await entries(sandbox.tenant, "&until=2001-01-01T00:00:00Z").isEmpty)
        let answer = try await sandbox.tenant.call("GET", "/v1/audit?actor=nobody")
        #expect(answer.code == "validation_failed")
    }

    @Test func `of one tenant is not another's, and the operator sees all`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.tenant.call("POST", "/v1/sandboxes/\(sandbox.slug)/reset", [:])
        let other = try await TestTenant.make(TestGateway.shared)
        let seen = try await entries(other)
        #expect(seen.allSatisfy { $0["tenant"]?.string == other.access.tenant.description })
        let all = try await sandbox.gateway.send(
            TestCall("GET", "/admin/v1/audit?tenant=\(sandbox.access.tenant)&action=reset_sandbox")
                .key(TestGateway.adminKey))
        #expect(all.at("/data")?.array?.count == 1, "\(all)")
    }

    @Test func `holds what the operator did to a tenant`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let changed = try await tenant.gateway.send(
            TestCall("PATCH", "/admin/v1/tenants/\(tenant.access.tenant)/limits")
                .key(TestGateway.adminKey).json(["sandboxes": 7]))
        #expect(changed.status == 200, "\(changed)")
        let changes = try await entries(tenant, "&action=set_tenant_limits")
        let entry = try #require(changes.first { $0["details"]?["after"]?["sandboxes"] == 7 })
        #expect(entry["actor"] == ["kind": "operator", "id": .null])
        #expect(entry["details"]?["before"]?["sandboxes"] == .null)
        #expect(entry["details"]?["after"]?["sandboxes"] == 7)
    }

    @Test func `is one chain however many write at once`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let made = try await tenant.call("POST", "/v1/keys", ["role": "viewer"])
                    guard made.status == 201 else { throw TestFault("\(made)") }
                }
            }
            try await group.waitForAll()
        }
        let verdict = try await tenant.call("GET", "/v1/audit/verify")
        #expect(verdict.at("/valid") == true, "\(verdict)")
        let places = try await entries(tenant).compactMap { $0["sequence"]?.int }.sorted()
        #expect(places == Array(1...Int64(places.count)))
        #expect(places.count >= 20)
    }

    @Test func `can be checked by anybody from its export`() async throws {
        let tenant = try await tenantWithEntries()
        let export = try await tenant.call("GET", "/v1/audit/export")
        #expect(export["Content-Type"] == "application/jsonl")
        var previous = [UInt8](repeating: 0, count: 32)
        let lines = export.text.split(separator: "\n")
        #expect(lines.count >= 4)
        for (index, line) in lines.enumerated() {
            let entry = try JSONParser.parse(Array(line.utf8))
            #expect(entry["sequence"]?.int == Int64(index + 1))
            let record = Array((entry["record"]?.string ?? "").utf8)
            let digest = SHA256Hasher.digest(previous + record)
            #expect(entry["sha256"]?.string == hexadecimal(digest.bytes))
            #expect(try JSONParser.parse(record)[6] == entry["action"])
            previous = digest.bytes
        }
        let rest = try await tenant.call("GET", "/v1/audit/export?after=\(lines.count - 1)")
        #expect(rest.text.split(separator: "\n").count == 1)
    }

    /// What somebody with the database's superuser might do.
    @Test(arguments: [
        (damage: "UPDATE sbx.audit_log SET action = 'nothing' WHERE sequence = 2", broken: 2),
        (damage: "UPDATE sbx.audit_log SET details = '{}' WHERE sequence = 3", broken: 3),
        (
            damage: "UPDATE sbx.audit_log SET actor_id = gen_random_uuid() WHERE sequence = 1",
            broken: 1
        ),
        (damage: "DELETE FROM sbx.audit_log WHERE sequence = 2", broken: 3),
        (damage: "DELETE FROM sbx.audit_log WHERE sequence = 4", broken: 4),
        (
            damage:
                "UPDATE sbx.audit_log SET subject = 'x', sha256 = sha256('forged') WHERE sequence = 2",
            broken: 2
        ),
    ]) func `shows when a row was changed or taken away`(damage: String, broken: Int) async throws {
        let tenant = try await tenantWithEntries()
        #expect(try await tenant.call("GET", "/v1/audit/verify").at("/valid") == true)
        let owner = try tenant.gateway.platform.connect(as: .owner)
        _ = try owner.run("BEGIN")
        _ = try owner.run("SELECT sbx.enter('\(tenant.uuid)')")
        let touched = try owner.run("\(damage) AND tenant_id = '\(tenant.uuid)'").affected
        _ = try owner.run("COMMIT")
        #expect(touched == 1)
        let verdict = try await tenant.call("GET", "/v1/audit/verify")
        #expect(verdict.at("/valid") == false)
        #expect(verdict.at("/first_broken")?.int == Int64(broken), "\(verdict)")
        let operators = try await tenant.gateway.send(
            TestCall("GET", "/admin/v1/audit/verify?tenant=\(tenant.access.tenant)")
                .key(TestGateway.adminKey))
        #expect(operators.at("/valid") == false)
    }

    /// A chain that was rewritten whole fits itself; a link that was kept elsewhere tells.
    @Test func `shows a chain that was written anew, to who has kept a link`() async throws {
        let tenant = try await tenantWithEntries()
        let kept = try await tenant.call("GET", "/v1/audit/verify")
        let link = "sequence=\(kept.at("/entries")?.int ?? 0)&sha256="
        let sha256 = try #require(kept.at("/sha256")?.string)
        let good = try await tenant.call("GET", "/v1/audit/verify?\(link)\(sha256)")
        #expect(good.at("/valid") == true, "\(good)")
        let other = String(sha256.reversed())
        let bad = try await tenant.call("GET", "/v1/audit/verify?\(link)\(other)")
        #expect(bad.at("/valid") == false)
        #expect(bad.at("/first_broken") == kept.at("/entries"))
    }

    @Test func `can be added to, and not changed, by the role that serves`() async throws {
        let tenant = try await tenantWithEntries()
        let app = try tenant.gateway.platform.connect(as: .app)
        for statement in ["UPDATE sbx.audit_log SET action = 'x'", "DELETE FROM sbx.audit_log"] {
            #expect(throws: (any Error).self) { try app.run(statement) }
        }
    }

    private func tenantWithEntries() async throws -> TestTenant {
        let tenant = try await TestTenant.make(TestGateway.shared)
        for role in ["viewer", "developer"] {
            _ = try await tenant.call("POST", "/v1/keys", ["role": .string(role)])
        }
        let places = try await entries(tenant).count
        guard places == 4 else { throw TestFault("\(places) entries: sign-up, limits and two keys") }
        return tenant
    }
}

extension TestTenant {
    /// The tenant's id as Postgres reads it.
    var uuid: String {
        [access.tenant.high, access.tenant.low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
