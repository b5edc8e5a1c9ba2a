import Access
import Contracts
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Tenancy

// Serialised: connections are few, and each of these tests takes many turns with one.
@Suite(.serialized) struct `Going back` {
    @Test func `a restored checkpoint is the state then, byte for byte`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("pay_1", "first")
            try await world.write("pay_demo_jpy", "own")
            try await world.schedule("early", at: 10)
            try await world.move(5)
            let checkpoint = try await platform.worlds.checkpoint(name: "then", as: world.access)
            let then = try await world.picture()
            try await world.write("pay_1", "second")
            try await world.write("pay_2", "new")
            try await world.delete("pay_demo_jpy")
            try await world.delete("pay_demo_kwd")
            try await world.schedule("early", at: nil)
            try await world.schedule("late", at: 3)
            try await world.move(7)
            #expect(try await world.picture() != then)
            let before = try await platform.worlds.head(as: world.access)
            for _ in 0..<2 {
                let head = try await platform.worlds.restore(checkpoint.id, as: world.access)
                #expect(try await world.picture() == then)
                #expect(head.stamp.tick == checkpoint.stamp.tick)
                #expect(head.stamp.revision > before.stamp.revision)
                #expect(head.clock.epoch > before.clock.epoch)
                #expect(head.clock.mode == .frozen(at: checkpoint.now))
                try await world.write("pay_1", "third")
            }
        }
    }

    @Test func `a reset is the state at birth, and the same calls give the same bytes`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            let birth = try await world.picture()
            func calls() async throws -> [String] {
                try await world.draw()
                try await world.write("pay_1", "first")
                try await world.draw()
                return try await world.picture()
            }
            let first = try await calls()
            try await platform.worlds.reset(as: world.access)
            #expect(try await world.picture() == birth)
            #expect(
                try await platform.worlds.head(as: world.access).stamp
                    == WorldStamp(revision: 4, tick: 0))
            #expect(try await calls() == first)
        }
    }

    @Test func `a running clock runs on from where it stood`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: false)
            let wall = platform.clock.now()
            let head = try await platform.worlds.head(as: world.access)
            _ = try await platform.worlds.transaction(as: world.access) { transaction in
                transaction.setClock(
                    VirtualClock(mode: .frozen(at: head.now(at: wall) + .seconds(99)), epoch: 1))
            }
            let back = try await platform.worlds.reset(as: world.access)
            #expect(!back.clock.isFrozen)
            #expect(back.now(at: platform.clock.now()) == head.timeZero)
            #expect(back.clock.epoch == 2)
        }
    }

    @Test func `an idempotency key is forgotten with what it did, and known from before`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            #expect(try await world.callOnce("before") == false)
            let checkpoint = try await platform.worlds.checkpoint(as: world.access)
            #expect(try await world.callOnce("after") == false)
            #expect(try await world.callOnce("after") == true)
            try await platform.worlds.restore(checkpoint.id, as: world.access)
            #expect(try await world.callOnce("before") == true)
            #expect(try await world.callOnce("after") == false)
            try await platform.worlds.reset(as: world.access)
            #expect(try await world.callOnce("before") == false)
        }
    }

    @Test func `a key used again after its time answers before it as it did then`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            #expect(try await world.callOnce("k") == false)
            let checkpoint = try await platform.worlds.checkpoint(as: world.access)
            try await world.move(25 * 3_600)
            #expect(try await world.callOnce("k") == false)
            try await platform.worlds.restore(checkpoint.id, as: world.access)
            #expect(try await world.callOnce("k") == true)
        }
    }

    @Test func `settings stay`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await platform.settings.write("chaos", Array("[1]".utf8), as: world.access)
            try await platform.worlds.reset(as: world.access)
            #expect(
                try await platform.settings.read("chaos", as: world.access) == Array("[1]".utf8))
        }
    }

    @Test func `filters and order apply after shadowing`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            for id in ["a", "b", "c"] { try await world.write(id, "usd") }
            let checkpoint = try await platform.worlds.checkpoint(as: world.access)
            try await platform.worlds.restore(checkpoint.id, as: world.access)
            try await world.write("b", "eur")
            try await world.delete("c")
            try await world.write("d", "usd")
            func ids(_ value: String) async throws -> [String] {
                try await platform.worlds.list(
                    EntityQuery(
                        contract: "payments", type: "payment",
                        filters: [.init(member: "v", value: value)]), as: world.access
                ).entities.map(\.key.id)
            }
            #expect(try await ids("usd") == ["d", "a"])
            #expect(try await ids("eur") == ["b"])
        }
    }

    @Test func `two resets and a call that runs take turns`() async throws {
        let platform = TestPlatform.shared
        let world = try await platform.run { try await TestWorld.make($0, frozen: true) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<9 {
                group.addTask {
                    try await EventLoopGroup.run(on: platform.loops[number % 2]) {
                        if number % 3 == 0 {
                            try await platform.worlds.reset(as: world.access)
                        } else {
                            try await world.draw()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let (head, page) = try await platform.run { platform in
            let head = try await platform.worlds.head(as: world.access)
            return (head, try await world.payments())
        }
        #expect(head.stamp.revision == 9)
        #expect(head.clock.epoch == 3)
        // Calls after the last reset are there, and no others.
        #expect(page.filter { !$0.hasPrefix("pay_demo") }.count == Int(head.stamp.tick))
    }
}

@Suite(.serialized) struct `Checkpoints` {
    @Test func `are listed newest first, found by id and name, and deleted`() async throws {
        try await TestPlatform.shared.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            let other = try await TestWorld.make(platform, frozen: true)
            var ids: [CheckpointID] = []
            for name in ["a", "b", nil] {
                ids.append(try await platform.worlds.checkpoint(name: name, as: world.access).id)
            }
            // Of one millisecond they come in any order, which is that of their ids.
            let newest = ids.sorted(by: >)
            let page = try await platform.worlds.checkpoints(rows: 2, as: world.access)
            #expect(page.checkpoints.map(\.id) == Array(newest[..<2]))
            let rest = try await platform.worlds.checkpoints(
                rows: 2, cursor: page.next, as: world.access)
            #expect(rest.checkpoints.map(\.id) == [newest[2]] && rest.next == nil)
            #expect(try await platform.worlds.checkpoint("b", as: world.access).id == ids[1])
            #expect(
                try await platform.worlds.checkpoint(ids[1].description, as: world.access).name
                    == "b")
            let foreign = await #expect(throws: TenancyError.self) {
                try await platform.worlds.restore(ids[0], as: other.access)
            }
            guard case .checkpointNotFound = foreign else {
                throw TestError("\(String(describing: foreign))")
            }
            let taken = await #expect(throws: TenancyError.self) {
                try await platform.worlds.checkpoint(name: "a", as: world.access)
            }
            guard case .checkpointNameTaken("a") = taken else {
                throw TestError("\(String(describing: taken))")
            }
            try await platform.worlds.deleteCheckpoint(ids[0], as: world.access)
            await #expect(throws: TenancyError.self) {
                try await platform.worlds.restore(ids[0], as: world.access)
            }
        }
    }
}
