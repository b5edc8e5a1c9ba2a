import Access
import Contracts
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Tenancy

@Suite struct `The world` {
    private static func payment(_ id: String) -> EntityKey {
        EntityKey(contract: "payments", type: "payment", id: id)
    }

    private static func json(_ value: JSONValue) -> [UInt8] { JSONWriter.bytes(value) }

    @Test func `falls through to the golden world, whose dates start at time zero`() async throws {
        try await TestPlatform.shared.run { platform in
            var draft = SandboxDraft()
            draft.clock = .init(mode: .frozen, now: SandboxInstant(rfc3339: "2030-05-15T00:00:00Z"))
            let access = try await platform.makeSandbox(draft)
            let found = try await platform.worlds.entity(
                Self.payment("pay_demo_succeeded"), as: access)
            let document = try JSONParser.parse(found.entity?.document ?? [])
            #expect(document["created"] == "2030-05-01T00:00:00.000Z")
            #expect(document["livemode"] == false)
            #expect(found.head.now(at: platform.clock.now()).rfc3339 == "2030-05-15T00:00:00.000Z")
            let missing = try await platform.worlds.entity(Self.payment("pay_none"), as: access)
            #expect(missing.entity == nil)
            #expect(try await platform.worlds.object(Self.payment("pay_none"), as: access) == nil)
        }
    }

    @Test func `golden documents are JSON, keep the awkward cases and balance`() throws {
        let world = GoldenWorld.current
        var names: [String: Int] = [:]
        for golden in world.all {
            let document = try JSONParser.parse(
                golden.entity(timeZero: SandboxInstant(microseconds: 0)).document)
            #expect(document["id"]?.string == golden.key.id)
            names[golden.key.id] = document["name"]?.string?.unicodeScalars.count
        }
        #expect(names["cus_long_name"] == 255)
        for id in ["acct_demo_gold", "acct_low_balance", "merchant_dispute", "merchant_high_risk", "cus_demo", "pm_card_visa", "pm_card_mastercard", "pm_card_declined"] {
            #expect(world.all.contains { $0.key.id == id }, "\(id)")
        }
        let sums = Dictionary(grouping: world.balances, by: \.key.currency)
            .mapValues { $0.reduce(0) { $0 + $1.value } }
        #expect(sums.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [
        ("customer", "Customer"), ("payment_method", "PaymentMethod"), ("payment", "Payment"),
        ("refund", "Refund"),
    ])
    func `golden documents fit the contract`(type: String, schema: String) throws {
        let contract = try JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json"))
        let pointer = try #require(JSONPointer("/components/schemas/\(schema)"))
        let compiled = try CompiledSchema(contract, at: pointer)
        let objects = GoldenWorld.current.entities(contract: "payments", type: type)
        #expect(!objects.isEmpty)
        for golden in objects {
            let document = golden.entity(timeZero: SandboxInstant(microseconds: 1_700_000_000_000_000))
            let faults = compiled.validate(try JSONParser.parse(document.document))
            #expect(faults.isEmpty, "\(golden.key.id): \(faults)")
        }
    }

    @Test func `what is written is read back, byte for byte, and numbered`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let document = Array(#"{"z":1.10,"a":"ü","n":12345678901234567890}"#.utf8)
            for version in 1...3 {
                _ = try await platform.worlds.transaction(as: access) { world in
                    #expect(world.head.stamp == WorldStamp(revision: Int64(version), tick: Int64(version)))
                    if version == 1 {
                        try await world.create(Self.payment("pay_1"), document: document)
                    } else {
                        try await world.replace(Self.payment("pay_1"), document: document)
                    }
                }
                let found = try await platform.worlds.entity(Self.payment("pay_1"), as: access)
                #expect(found.entity?.version == Int64(version))
                #expect(found.entity?.document == document)
                let object = try await platform.worlds.object(Self.payment("pay_1"), as: access)
                #expect(object?.version == Int64(version))
                #expect(object?.position == found.entity?.position)
                #expect(object?.document == document)
            }
        }
    }

    @Test func `a golden object can be changed and deleted in one sandbox alone`() async throws {
        try await TestPlatform.shared.run { platform in
            let tenant = try await platform.makeTenant()
            let mine = try await platform.makeSandbox(as: tenant)
            let other = try await platform.makeSandbox(as: tenant)
            let (kept, gone) = (Self.payment("pay_demo_jpy"), Self.payment("pay_demo_kwd"))
            _ = try await platform.worlds.transaction(as: mine, preloading: Preload(entities: [kept, gone])) {
                try await $0.replace(kept, document: Self.json(["amount": 1]))
                try await $0.delete(gone)
            }
            #expect(try await platform.worlds.entity(kept, as: mine).entity?.version == 2)
            #expect(try await platform.worlds.entity(gone, as: mine).entity == nil)
            #expect(try await platform.worlds.entity(kept, as: other).entity?.version == 1)
            // The short way to one object says the same.
            #expect(try await platform.worlds.object(kept, as: mine)?.version == 2)
            #expect(try await platform.worlds.object(gone, as: mine) == nil)
            #expect(try await platform.worlds.object(kept, as: other)?.version == 1)
            let page = try await platform.worlds.list(
                EntityQuery(contract: "payments", type: "payment", rows: 100), as: mine)
            let golden = GoldenWorld.current.entities(contract: "payments", type: "payment").count
            #expect(page.entities.count == golden - 1)
            #expect(page.entities.first { $0.key == kept }?.document == Self.json(["amount": 1]))
            // What was deleted may be made again, and its versions go on.
            _ = try await platform.worlds.transaction(as: mine) {
                try await $0.create(gone, document: Self.json(["amount": 2]))
            }
            #expect(try await platform.worlds.entity(gone, as: mine).entity?.version == 3)
        }
    }

    @Test func `lists page through own and golden objects without a gap`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            for number in 0..<7 {
                _ = try await platform.worlds.transaction(as: access) { world in
                    try world.createDrawn(
                        Self.payment(world.drawID("pay")),
                        document: Self.json(["currency": number % 2 == 0 ? "usd" : "jpy", "n": .int(number)]))
                }
            }
            var ids: [String] = []
            var cursor: String?
            repeat {
                let page = try await platform.worlds.list(
                    EntityQuery(contract: "payments", type: "payment", rows: 3, cursor: cursor),
                    as: access)
                ids += page.entities.map(\.key.id)
                cursor = page.next
            } while cursor != nil
            let golden = GoldenWorld.current.entities(contract: "payments", type: "payment")
            #expect(ids.count == 7 + golden.count)
            #expect(Array(ids.suffix(golden.count)) == golden.map(\.key.id))
            let yen = try await platform.worlds.list(
                EntityQuery(
                    contract: "payments", type: "payment",
                    filters: [.init(member: "currency", value: "jpy")]), as: access)
            #expect(yen.entities.count == 3 + 1)
            #expect(throws: TenancyError.self) {
                try EntityQuery(contract: "payments", type: "payment", cursor: "c1_!")
            }
        }
    }

    @Test func `an error undoes everything, the tick too`() async throws {
        struct Refused: Error {}
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            await #expect(throws: Refused.self) {
                _ = try await platform.worlds.transaction(as: access) { world in
                    try await world.create(Self.payment("pay_1"), document: Self.json([:]))
                    throw Refused()
                }
            }
            let found = try await platform.worlds.entity(Self.payment("pay_1"), as: access)
            #expect(found.entity == nil)
            #expect(found.head.stamp == WorldStamp(revision: 0, tick: 0))
        }
    }

    @Test func `the ledger sums to zero and refuses what does not`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let (from, to) = (
                LedgerAccount(name: "account:acct_low_balance", currency: "usd"),
                LedgerAccount(name: "merchant:available", currency: "usd")
            )
            _ = try await platform.worlds.transaction(as: access, preloading: Preload(accounts: [from, to])) {
                #expect(try await $0.balance(from) == 500)
                try await $0.post(LedgerTransaction(cause: "x", [Posting(from, -200), Posting(to, 200)]))
                #expect(try await $0.balance(from) == 300)
            }
            let balances = try await platform.worlds.balances(as: access)
            #expect(balances[from] == 300)
            #expect(balances.filter { $0.key.currency == "usd" }.reduce(0) { $0 + $1.value } == 0)
            #expect(throws: TenancyError.self) {
                try LedgerTransaction(cause: "x", [Posting(from, 1), Posting(to, -2)])
            }
        }
    }

    @Test func `a sandbox reads through its ancestors at their revisions`() async throws {
        let platform = TestPlatform.shared
        let (access, fork) = try await platform.run { platform in
            let access = try await platform.makeSandbox()
            for value in 1...3 {
                _ = try await platform.worlds.transaction(as: access) { world in
                    let key = Self.payment("pay_1")
                    let document = Self.json(["v": .int(value)])
                    if value == 1 {
                        try await world.create(key, document: document)
                        try await world.delete(Self.payment("pay_demo_failed"))
                    } else {
                        try await world.replace(key, document: document)
                        try await world.create(Self.payment("pay_\(value)"), document: document)
                    }
                }
            }
            return (access, try await platform.makeSandbox())
        }
        // Forking is Kernel's; its rows are made by hand here: a new layer over revision 2.
        let app = try platform.connect(as: .app)
        _ = try app.run("SELECT set_config('sbx.tenant', $1, false)", [uuidText(access.tenant)])
        _ = try app.run(
            """
            WITH parent AS (SELECT * FROM sbx.sandbox_heads WHERE sandbox_id = $1),
            layer AS (
                INSERT INTO sbx.layers (
                    tenant_id, id, sandbox_id, parent_layer_id, parent_revision, golden_name,
                    golden_version, created_at)
                SELECT tenant_id, gen_random_uuid(), sandbox_id, layer_id, 2, golden_name,
                    golden_version, now()
                FROM parent
                RETURNING *)
            UPDATE sbx.sandbox_heads h
            SET layer_id = layer.id, ancestor_ids = ARRAY[layer.parent_layer_id],
                ancestor_revisions = ARRAY[2]
            FROM layer
            WHERE h.sandbox_id = $1
            """, [uuidText(access.sandbox)])
        _ = fork
        try await platform.run { platform in
            func value(_ id: String) async throws -> Int64? {
                let found = try await platform.worlds.entity(Self.payment(id), as: access).entity
                let object = try await platform.worlds.object(Self.payment(id), as: access)
                #expect(object?.document == found?.document)
                return try found.flatMap { try JSONParser.parse($0.document)["v"]?.int }
            }
            #expect(try await value("pay_1") == 2)
            #expect(try await value("pay_2") == 2)
            #expect(try await value("pay_3") == nil)
            #expect(
                try await platform.worlds.entity(Self.payment("pay_demo_failed"), as: access).entity == nil)
            let golden = GoldenWorld.current.entities(contract: "payments", type: "payment").count
            func ids() async throws -> [String] {
                try await platform.worlds.list(
                    EntityQuery(contract: "payments", type: "payment", rows: 100), as: access
                ).entities.map(\.key.id)
            }
            let before = try await ids()
            #expect(Array(before.prefix(2)) == ["pay_2", "pay_1"])
            #expect(before.count == 2 + golden - 1)
            _ = try await platform.worlds.transaction(as: access) { world in
                try await world.delete(Self.payment("pay_2"))
                try await world.replace(Self.payment("pay_1"), document: Self.json(["v": 9]))
            }
            #expect(try await value("pay_1") == 9)
            #expect(try await ids().first == "pay_1")
        }
    }

    @Test func `the same idempotency key answers once, and refuses another body`() async throws {
        let platform = TestPlatform.shared
        let access = try await platform.run { try await $0.makeSandbox() }
        let scope = IdempotencyScope(
            key: "k", method: "POST", path: "/v1/payments", fingerprint: [UInt8](repeating: 1, count: 32))
        @Sendable func call(_ scope: IdempotencyScope) async throws -> WorldOutcome<Int> {
            try await platform.worlds.transaction(as: access, idempotency: scope) { world in
                try world.createDrawn(Self.payment(world.drawID("pay")), document: Self.json([:]))
                world.answer(
                    with: IdempotencyRecord(
                        status: 201, headers: Array("[]".utf8), response: Array("first".utf8),
                        request: RequestID(high: 1, low: 2)))
                return 1
            }
        }
        try await platform.run { platform in
            guard case .committed = try await call(scope) else {
            Issue.record("not run")
            return
        }
            guard case .replayed(let record) = try await call(scope) else {
            Issue.record("run twice")
            return
        }
            #expect(record.response == Array("first".utf8))
            #expect(record.status == 201)
            #expect(try await platform.worlds.head(as: access).stamp.tick == 1)
            let other = IdempotencyScope(
                key: "k", method: "POST", path: "/v1/payments", fingerprint: [UInt8](repeating: 2, count: 32))
            await #expect(throws: TenancyError.self) { _ = try await call(other) }
        }
        // While the first call runs, the second hears so at once.
        let app = try platform.connect(as: .app)
        _ = try app.run("BEGIN")
        _ = try app.run("SELECT sbx.claim_idempotency($1)", [String(scope.lockHash(access))])
        let error = await #expect(throws: TenancyError.self) {
            try await platform.run { _ in _ = try await call(scope) }
        }
        guard case .idempotencyKeyInUse = error else {
            Issue.record("another error")
            return
        }
    }

    @Test func `concurrent calls take ticks in order, without gaps`() async throws {
        let platform = TestPlatform.shared
        let access = try await platform.run { try await $0.makeSandbox() }
        let ticks = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await EventLoopGroup.run(on: platform.loops[number % 2]) {
                        try await Self.tick(of: access, platform)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ticks.sorted() == Array(1...40))
    }

    /// The tick of one call that changes something. Many at once wait for connections, and one that
    /// got none in time has taken no tick: it comes again.
    private static func tick(
        of access: SandboxAccess, _ platform: TestPlatform
    ) async throws -> Int64 {
        while true {
            do {
                let outcome = try await platform.worlds.transaction(as: access) { world in
                    try world.createDrawn(payment(world.drawID("pay")), document: json([:]))
                    return world.head.stamp.tick
                }
                guard case .committed(let tick) = outcome else { return 0 }
                return tick
            } catch TenancyError.storage(.poolExhausted) {
                continue
            }
        }
    }
}
