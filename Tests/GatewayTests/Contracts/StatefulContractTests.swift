import Contracts
import Testing

@testable import Gateway

/// What a contract that nobody has programmed does: `ImportedContracts.parcels`.
@Suite struct `A stateful contract` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "parcels", seed: 7)
    }

    @Test func `keeps what it was given and reads it back`() async throws {
        let made = try await sandbox.parcels(
            "POST", "/parcels", ["reference": "A-1", "weight_grams": 1200, "labels": ["run": "7"]])
        #expect(made.status == 201, "\(made)")
        #expect(made.at("/status") == "created")
        #expect(made.at("/reference") == "A-1")
        #expect(made.at("/weight_grams") == 1200)
        #expect(made.at("/insured") == false, "the request's default")
        let read = try await sandbox.parcels("GET", "/parcels/\(made.id)")
        #expect(read.status == 200)
        #expect(read.body == made.body)
        let behindBasePath = try await sandbox.parcels("GET", "/v1/parcels/\(made.id)")
        #expect(behindBasePath.body == made.body)
    }

    @Test func `is changed, acted upon, deleted, and then missing`() async throws {
        let id = try await sandbox.parcels("POST", "/parcels", ["labels": ["a": "1", "b": "2"]]).id
        let changed = try await sandbox.parcels(
            "PATCH", "/parcels/\(id)", ["weight_grams": 5, "labels": ["b": "3"]])
        #expect(changed.at("/weight_grams") == 5)
        #expect(changed.at("/labels") == ["a": "1", "b": "3"])
        let cancelled = try await sandbox.parcels("POST", "/parcels/\(id)/cancel")
        #expect(cancelled.at("/status") == "cancelled", "\(cancelled)")
        #expect(cancelled.at("/weight_grams") == 5)
        let deleted = try await sandbox.parcels("DELETE", "/parcels/\(id)")
        #expect(deleted.status == 204)
        #expect(deleted.body == [])
        for method in ["GET", "PATCH", "DELETE"] {
            let gone = try await sandbox.parcels(method, "/parcels/\(id)", method == "PATCH" ? [:] : nil)
            #expect(gone.status == 404)
            #expect(gone.at("/error/message")?.string?.contains(id) == true, "\(gone)")
        }
    }

    @Test func `lists newest first, in pages, filtered by members`() async throws {
        var ids: [String] = []
        for weight in 1...3 {
            ids.append(try await sandbox.parcels("POST", "/parcels", ["weight_grams": .int(weight)]).id)
        }
        _ = try await sandbox.parcels("POST", "/parcels/\(ids[0])/cancel")
        let first = try await sandbox.parcels("GET", "/parcels")
        #expect(first.at("/data/0/id")?.string == ids[2])
        #expect(first.at("/data/1/id")?.string == ids[1])
        #expect(first.at("/has_more") == true)
        let next = try #require(first.at("/next")?.string)
        let second = try await sandbox.parcels("GET", "/parcels?cursor=\(next)")
        #expect(second.at("/data")?.array?.count == 1, "\(second)")
        #expect(second.at("/has_more") == false)
        let cancelled = try await sandbox.parcels("GET", "/parcels?status=cancelled")
        #expect(cancelled.at("/data")?.array?.count == 1)
        #expect(cancelled.at("/data/0/id")?.string == ids[0])
    }

    @Test func `keeps objects below the object that they belong to`() async throws {
        let one = try await sandbox.parcels("POST", "/parcels", [:]).id
        let other = try await sandbox.parcels("POST", "/parcels", [:]).id
        let scan = try await sandbox.parcels("POST", "/parcels/\(one)/scans", ["place": "Berlin"])
        #expect(scan.status == 201, "\(scan)")
        #expect(scan.at("/parcel")?.string == one)
        #expect(try await sandbox.parcels("GET", "/parcels/\(one)/scans").at("/0/place") == "Berlin")
        #expect(try await sandbox.parcels("GET", "/parcels/\(other)/scans").json == [])
        let missing = try await sandbox.parcels("GET", "/parcels/none/scans")
        #expect(missing.status == 404)
        #expect(missing["X-Sbx-Simulated"] == "undeclared; status=404")
    }

    @Test func `has an object for every id where nothing makes objects, the same each time`() async throws {
        let depot = try await sandbox.parcels("GET", "/depots/dep_north")
        #expect(depot.at("/id") == "dep_north")
        #expect((3...9).contains(depot.at("/places")?.int ?? 0))
        #expect(try await sandbox.parcels("GET", "/depots/dep_north").body == depot.body)
        #expect(try await sandbox.parcels("GET", "/depots/NORTH").status == 400)
    }

    @Test func `reads forms as the contract's types say`() async throws {
        let form = "reference=B-2&weight_grams=50&insured=true&labels[run]=9&stops[0][city]=Rome&stops[0][days]=2"
        let made = try await sandbox.gateway.send(
            TestCall("POST", "/parcels").host("parcels--\(sandbox.host)").key(sandbox.key)
                .type("application/x-www-form-urlencoded").body(Array(form.utf8)))
        #expect(made.status == 201, "\(made)")
        #expect(made.at("/weight_grams") == 50)
        #expect(made.at("/insured") == true)
        #expect(made.at("/labels") == ["run": "9"])
        #expect(made.at("/stops") == [["city": "Rome", "days": 2]])
        let refused = try await sandbox.gateway.send(
            TestCall("POST", "/parcels").host("parcels--\(sandbox.host)").key(sandbox.key)
                .type("text/csv").body(Array("a,b".utf8)))
        #expect(refused.status == 415)
    }

    @Test func `goes back with its sandbox, and repeats itself byte for byte`() async throws {
        let base = "/v1/sandboxes/\(sandbox.slug)"
        _ = try await sandbox.tenant.call("POST", "\(base)/checkpoints", ["name": "empty"])
        let first = try await sandbox.parcels("POST", "/parcels", ["reference": "A"])
        _ = try await sandbox.tenant.call("POST", "\(base)/checkpoints/empty/restore")
        #expect(try await sandbox.parcels("GET", "/parcels/\(first.id)").status == 404)
        let again = try await sandbox.parcels("POST", "/parcels", ["reference": "A"])
        #expect(again.body == first.body)
        _ = try await sandbox.tenant.call("POST", "\(base)/reset")
        #expect(try await sandbox.parcels("GET", "/parcels").at("/data") == [])
    }

    @Test func `answers a repeated idempotency key as it did the first time`() async throws {
        let key = [(name: "Idempotency-Key", value: "one")]
        let first = try await sandbox.parcels("POST", "/parcels", ["reference": "A"], fields: key)
        let second = try await sandbox.parcels("POST", "/parcels", ["reference": "A"], fields: key)
        #expect(second.body == first.body)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(try await sandbox.parcels("GET", "/parcels").at("/data")?.array?.count == 1)
    }

    @Test func `refuses what its contract does not allow, fault by fault`() async throws {
        let refused = try await sandbox.parcels(
            "POST", "/parcels", ["weight_grams": 0, "weigth": 1])
        #expect(refused.status == 400)
        #expect(refused.at("/errors/0/pointer") == "/weight_grams")
        #expect(refused.at("/errors/1/rule") == "additionalProperties")
        let unknown = try await sandbox.parcels("GET", "/parcels?colour=red")
        #expect(unknown.at("/errors/0/location") == "query")
    }
}
