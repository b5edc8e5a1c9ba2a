import Contracts
import Testing

@testable import Gateway

@Suite struct `Importing a contract` {
    @Test func `gives it a revision, and the same document again gives the same one`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let first = try await tenant.importContract("parcels", as: "parcels")
        #expect(first.status == 201, "\(first)")
        #expect(first.at("/revision") == 1)
        #expect(first.at("/operations") == 9)
        #expect(first.at("/version") == "1.2.0")
        #expect(first.at("/warnings") == [])
        #expect(try await tenant.importContract("parcels", as: "parcels").id == first.id)
        let changed = ImportedContracts.parcels.replacing("1.2.0", with: "1.3.0")
        let second = try await tenant.importing(changed, "?name=parcels")
        #expect(second.at("/revision") == 2)
        #expect(try await tenant.call("GET", "/v1/contracts/parcels").id == second.id)
        #expect(try await tenant.call("GET", "/v1/contracts/\(first.id)").at("/revision") == 1)
        #expect(try await tenant.call("GET", "/v1/contracts").at("/data")?.array?.count == 2)
    }

    @Test func `is refused with pointers where nothing could be served`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let noVersion = try await tenant.importing("{\"openapi\": \"9.0\"}")
        #expect(noVersion.status == 422)
        #expect(noVersion.at("/code") == "contract_invalid")
        #expect(noVersion.at("/errors/0/pointer") == "/openapi")
        let noYAML = try await tenant.importing("a: [1")
        #expect(noYAML.status == 422)
        let other = try await tenant.importing("asyncapi: 3.0.0")
        #expect(other.at("/code") == "not_available")
        let badName = try await tenant.importing(ImportedContracts.parcels, "?name=Not%20A%20Name")
        #expect(badName.at("/errors/0/pointer") == "/name")
        let taken = try await tenant.importing(ImportedContracts.parcels, "?name=payments")
        #expect(taken.at("/errors/0/rule") == "reserved")
    }

    @Test func `warns of single faults and serves the rest`() async throws {
        let sandbox = try await TestSandbox.make()
        let flawed = ImportedContracts.parcels.replacing(
            "depot, in: path, required: true, schema: {type: string,",
            with: "depot, in: path, required: true, schema: {type: text,")
        let imported = try await sandbox.tenant.importing(flawed, "?name=flawed")
        #expect(imported.status == 201)
        #expect(imported.at("/warnings/0/pointer")?.string?.contains("depots") == true, "\(imported)")
        #expect(try await sandbox.mount("flawed").status == 201)
        #expect(try await sandbox.call("flawed", "POST", "/parcels", [:]).status == 201)
    }

    @Test func `mounts on host and path, stays what it was until mounted anew, and can be taken off`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let apis = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)").at("/apis")
        #expect(apis?.array?.contains { $0["contract"] == "parcels" && $0["fidelity"] == "stateful" } == true)
        let made = try await sandbox.parcels("POST", "/parcels", [:])
        let byPath = try await sandbox.gateway.send(
            TestCall("GET", "/parcels/parcels/\(made.id)").host(sandbox.host).key(sandbox.key))
        #expect(byPath.body == made.body)

        let renamed = ImportedContracts.parcels.replacing("/depots/", with: "/stores/")
        let second = try await sandbox.tenant.importing(renamed, "?name=parcels")
        #expect(try await sandbox.parcels("GET", "/depots/dep_a").status == 200)
        #expect(try await sandbox.mount(second.id).status == 201)
        #expect(try await sandbox.parcels("GET", "/stores/dep_a").status == 200)
        #expect(try await sandbox.parcels("GET", "/depots/dep_a").status == 404)
        #expect(try await sandbox.parcels("GET", "/parcels/\(made.id)").status == 200)

        let mounted = try await sandbox.tenant.call("DELETE", "/v1/contracts/\(second.id)")
        #expect(mounted.at("/code") == "contract_mounted")
        #expect(
            mounted.at("/errors/0") == [
                "location": "path", "pointer": "", "rule": "mounted", "sandbox": .string(sandbox.slug),
            ])
        let off = try await sandbox.tenant.call(
            "DELETE", "/v1/sandboxes/\(sandbox.slug)/contracts/parcels")
        #expect(off.status == 200)
        #expect(try await sandbox.parcels("GET", "/parcels").at("/code") == "contract_not_mounted")
        #expect(try await sandbox.tenant.call("DELETE", "/v1/contracts/\(second.id)").status == 200)
    }

    @Test func `is looked over and compared without being imported`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        _ = try await tenant.importContract("parcels", as: "parcels")
        let send = { (path: String, text: String) in
            try await tenant.gateway.send(
                TestCall("POST", "/v1/contracts/\(path)").key(tenant.key).type("application/yaml")
                    .body(Array(text.utf8)))
        }
        let same = try await send("diff?old=parcels", ImportedContracts.parcels)
        #expect(same.at("/changes") == [], "\(same)")
        let narrower = ImportedContracts.parcels.replacing("maxLength: 20", with: "maxLength: 10")
        let changed = try await send("diff?old=parcels", narrower)
        #expect(changed.at("/breaking") == 1, "\(changed)")
        #expect(changed.at("/changes/0/rule") == "request-maxLength-tightened")
        #expect(
            changed.at("/changes/0/pointer")
                == "/components/schemas/NewParcel/properties/reference")
        #expect(try await send("diff?old=none", narrower).status == 404)
        #expect(try await send("diff?old=parcels", "a: [1").code == "contract_invalid")
        let found = try await send("lint", ImportedContracts.parcels)
        #expect(found.at("/errors") == 0, "\(found)")
        #expect(found.at("/findings")?.array?.contains { $0["rule"] == "errors-missing" } == true)
        #expect(try await tenant.call("GET", "/v1/contracts").at("/data")?.array?.count == 1)
        #expect(try await tenant.importing(ImportedContracts.parcels, "?name=diff").status == 400)
    }

    @Test func `belongs to its tenant alone`() async throws {
        let mine = try await TestTenant.make(TestGateway.shared)
        let other = try await TestTenant.make(TestGateway.shared)
        let imported = try await mine.importContract("parcels", as: "parcels")
        #expect(try await other.call("GET", "/v1/contracts/\(imported.id)").status == 404)
        #expect(try await other.call("DELETE", "/v1/contracts/\(imported.id)").status == 404)
        #expect(try await other.call("GET", "/v1/contracts").at("/data") == [])
        let sandbox = try await other.sandbox()
        #expect(try await sandbox.mount(imported.id).at("/errors/0/rule") == "contract")
    }

    @Test func `goes along with a fork, which serves the same import`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let made = try await sandbox.parcels("POST", "/parcels", ["reference": "A"])
        let fork = try await sandbox.tenant.call("POST", "/v1/sandboxes/\(sandbox.slug)/fork", [:])
        let slug = try #require(fork.at("/slug")?.string)
        let key = try #require(fork.at("/credentials/api_key")?.string)
        let read = try await sandbox.gateway.send(
            TestCall("GET", "/parcels/\(made.id)").host("parcels--\(slug).\(TestGateway.domain)").key(key))
        #expect(read.body == made.body, "\(read)")
    }
}

extension TestTenant {
    func importing(_ text: String, _ query: String = "") async throws -> TestAnswer {
        try await gateway.send(
            TestCall("POST", "/v1/contracts\(query)").key(key).type("application/yaml")
                .body(Array(text.utf8)))
    }
}

extension TestSandbox {
    func mount(_ contract: String) async throws -> TestAnswer {
        try await tenant.call(
            "POST", "/v1/sandboxes/\(slug)/contracts", ["contract": .string(contract)])
    }
}
