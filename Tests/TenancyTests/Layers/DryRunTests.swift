import Access
import Contracts
import Identifiers
import PlatformSupport
import Runtime
import Testing

@testable import Tenancy

// Serialised: connections are few, and each of these tests takes many turns with one.
@Suite(.serialized) struct `Dry-run sessions` {
    @Test func `see the world, change a layer of their own, and leave no trace`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("pay_1", "first")
            try await world.schedule("expiry", at: 50)
            let then = try await world.picture()
            let dry = try await world.dryRun("s")
            #expect(try await dry.picture() == then)
            #expect(
                try await platform.worlds.openDryRun("s", as: world.access) == dry.store.session)
            try await dry.write("pay_1", "dry")
            try await dry.draw()
            try await dry.move(60)
            _ = try await dry.callOnce("k")
            #expect(try await dry.callOnce("k") == true)
            #expect(try await dry.picture() != then)
            #expect(try await world.picture() == then)
            #expect(try await world.callOnce("k") == false)
            try await platform.worlds.discard(try #require(dry.store.session), as: world.access)
            await #expect(throws: TenancyError.self) { try await dry.draw() }
        }
    }

    @Test func `draw other ids than the sandbox, and a preview the same`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            func drawn(_ world: TestWorld) async throws -> String {
                try await world.draw()
                return try await world.payments()[0]
            }
            let (one, two) = (try await world.dryRun("one"), try await world.dryRun("two"))
            let preview = try await world.dryRun("preview", isPreview: true)
            let ids = [try await drawn(one), try await drawn(two), try await drawn(preview)]
            let own = try await drawn(world)
            #expect(Set(ids).count == 3)
            #expect(ids[2] == own)
        }
    }

    @Test func `a promoted one has happened, under its ids, in one tick`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("pay_1", "first")
            try await world.schedule("cancelled", at: 40)
            let dry = try await world.dryRun("s")
            try await dry.write("pay_1", "second")
            try await dry.write("pay_new", "third")
            try await dry.delete("pay_demo_kwd")
            try await dry.schedule("expiry", at: 50)
            try await dry.schedule("cancelled", at: nil)
            // The sandbox goes on meanwhile, elsewhere, and with the same account.
            try await world.write("pay_other", "own")
            let tick = try await platform.worlds.head(as: world.access).stamp.tick
            let stamp = try await platform.worlds.promote(
                try #require(dry.store.session), as: world.access)
            #expect(stamp.tick == tick + 1)
            let payments = try await world.payments()
            #expect(payments.contains("pay_new") && payments.contains("pay_other"))
            #expect(!payments.contains("pay_demo_kwd"))
            let found = try await platform.worlds.entity(TestWorld.key("pay_1"), as: world.access)
            #expect(found.entity?.document == TestWorld.document("second"))
            let balances = try await platform.worlds.balances(as: world.access)
            #expect(balances[LedgerAccount(name: "account:pay_1", currency: "usd")] == -6)
            #expect(balances.values.reduce(0, +) == 0)
            #expect(try await platform.worlds.nextTimer(as: world.access)?.id == "expiry")
            let again = await #expect(throws: TenancyError.self) {
                try await platform.worlds.promote(try #require(dry.store.session), as: world.access)
            }
            guard case .dryRunNotFound = again else { throw TestError("another error") }
        }
    }

    @Test func `one whose objects have moved is refused with the list`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("pay_1", "first")
            let dry = try await world.dryRun("s")
            try await dry.write("pay_1", "dry")
            try await dry.write("pay_2", "dry")
            try await dry.write("pay_demo_jpy", "dry")
            try await world.write("pay_1", "moved")
            try await world.delete("pay_demo_jpy")
            let then = try await world.picture()
            let error = await #expect(throws: TenancyError.self) {
                try await platform.worlds.promote(try #require(dry.store.session), as: world.access)
            }
            guard case .dryRunConflict(let moved) = error else { throw TestError("another error") }
            #expect(Set(moved.map(\.id)) == ["pay_1", "pay_demo_jpy"])
            #expect(try await world.picture() == then)
            #expect(try await dry.payments().contains("pay_2"))
        }
    }
}

extension TestWorld {
    func dryRun(_ name: String, isPreview: Bool = false) async throws -> TestWorld {
        var world = self
        let session = try await platform.worlds.openDryRun(name, isPreview: isPreview, as: access)
        world.store = platform.worlds.inDryRun(session)
        return world
    }
}

@Suite(.serialized) struct `Differences between two points` {
    @Test func `name what was added, changed and removed, with versions`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("a", "1")
            try await world.write("b", "1")
            try await world.write("back", "1")
            let first = try await platform.worlds.checkpoint(as: world.access).id
            try await world.write("a", "2")
            try await world.delete("b")
            try await world.delete("pay_demo_kwd")
            try await world.write("c", "1")
            func diff(_ from: DiffPoint, _ to: DiffPoint) async throws -> [String: EntityDifference
                .Kind]
            {
                let diff = try await platform.worlds.diff(from: from, to: to, as: world.access)
                return Dictionary(
                    uniqueKeysWithValues: diff.differences.map { ($0.key.id, $0.kind) })
            }
            let there: [String: EntityDifference.Kind] = [
                "a": .changed(from: 1, to: 2), "b": .removed(version: 1), "c": .added(version: 1),
                "pay_demo_kwd": .removed(version: 1),
            ]
            let back: [String: EntityDifference.Kind] = [
                "a": .changed(from: 2, to: 1), "b": .added(version: 1), "c": .removed(version: 1),
                "pay_demo_kwd": .added(version: 1),
            ]
            #expect(try await diff(.checkpoint(first), .head) == there)
            #expect(try await diff(.head, .checkpoint(first)) == back)
            #expect(try await diff(.head, .head).isEmpty)
            #expect(
                try await diff(.golden, .checkpoint(first)).keys.sorted() == ["a", "b", "back"])
            // Two branches of one checkpoint: equal versions, other documents.
            let left = try await platform.worlds.checkpoint(as: world.access).id
            try await platform.worlds.restore(first, as: world.access)
            try await world.write("a", "other")
            #expect(
                try await diff(.checkpoint(left), .head) == [
                    "a": .changed(from: 2, to: 2), "b": .added(version: 1),
                    "c": .removed(version: 1), "pay_demo_kwd": .added(version: 1),
                ])
            let page = try await platform.worlds.diff(
                from: .golden, to: .head, rows: 2, as: world.access)
            #expect(page.differences.map(\.key.id) == ["a", "b"])
            let rest = try await platform.worlds.diff(
                from: .golden, to: .head, rows: 2, cursor: page.next, as: world.access)
            #expect(rest.differences.map(\.key.id) == ["back"] && rest.next == nil)
        }
    }
}
