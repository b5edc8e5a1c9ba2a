import Access
import Contracts
import Identifiers
import Identity
import PlatformSupport
import Postgres
import Runtime
import TestSupport
import Testing

@testable import Tenancy

// Serialised: connections are few, and each of these tests takes many turns with one.
@Suite(.serialized) struct `Forks` {
    @Test func `begin as their source stands, and go their own way`() async throws {
        try await TestPlatform.shared.run { platform in
            let source = try await TestWorld.make(platform, frozen: true)
            try await platform.settings.write("chaos", Array("[1]".utf8), as: source.access)
            try await source.write("pay_1", "first")
            try await source.schedule("expiry", at: 50)
            try await source.move(5)
            let then = try await source.picture()
            let fork = try await source.fork()
            #expect(try await fork.picture() == then)
            #expect(try await platform.settings.read("chaos", as: fork.access) == Array("[1]".utf8))
            // The next call draws the same in both: forks do not salt the seed.
            try await source.draw()
            try await fork.draw()
            #expect(try await fork.picture() == source.picture())
            try await fork.delete("pay_1")
            try await fork.move(60)
            #expect(try await source.payments().contains("pay_1"))
            #expect(try await platform.worlds.nextTimer(as: source.access)?.id == "expiry")
            #expect(try await platform.worlds.nextTimer(as: fork.access) == nil)
            try await source.write("pay_source", "later")
            #expect(try await !fork.payments().contains("pay_source"))
        }
    }

    @Test func `know no idempotency key of their source`() async throws {
        try await TestPlatform.shared.run { platform in
            let source = try await TestWorld.make(platform, frozen: true)
            #expect(try await source.callOnce("k") == false)
            let fork = try await source.fork()
            #expect(try await fork.callOnce("k") == false)
        }
    }

    @Test func `outlive their source, which leaves nothing behind`() async throws {
        let platform = TestPlatform.shared
        let (fork, then, source) = try await platform.run { platform in
            let source = try await TestWorld.make(platform, frozen: true)
            try await source.write("pay_1", "first")
            try await source.delete("pay_demo_kwd")
            let checkpoint = try await platform.worlds.checkpoint(as: source.access)
            try await source.write("pay_2", "second")
            try await source.schedule("expiry", at: 50)
            try await platform.worlds.restore(checkpoint.id, as: source.access)
            try await source.write("pay_3", "third")
            let fork = try await source.fork()
            let early = try await platform.worlds.checkpoint(as: fork.access)
            let empty = try await fork.picture()
            try await fork.write("pay_1", "forked")
            let then = try await fork.picture()
            let grandchild = try await fork.fork()
            let receipt = try await platform.sandboxes.delete(as: source.access)
            #expect(receipt.compactedForks == 1)
            #expect(receipt.checkpoints == 1)
            #expect(try await fork.picture() == then)
            #expect(try await grandchild.picture() == then)
            try await platform.worlds.restore(early.id, as: fork.access)
            #expect(try await fork.picture() == empty)
            let second = try await platform.sandboxes.delete(as: fork.access)
            #expect(second.compactedForks == 1)
            #expect(try await grandchild.picture() == then)
            return (grandchild, then, source)
        }
        let app = try platform.connect(as: .app)
        _ = try app.run(
            "SELECT set_config('sbx.tenant', $1, false)", [uuidText(source.access.tenant)])
        // What is left in every table with a sandbox or a layer belongs to the one that is left.
        let mine = uuidText(fork.access.sandbox)
        for table in DeletionRows.statements.map(\.table) where table != "sandboxes" {
            let column =
                DeletionRows.layerTables.contains(table)
                ? "layer_id NOT IN (SELECT id FROM sbx.layers WHERE sandbox_id = $1)"
                : "sandbox_id <> $1"
            #expect(
                try app.run("SELECT 1 FROM sbx.\(table) WHERE \(column)", [mine]).isEmpty,
                "\(table)")
        }
        #expect(try app.run("SELECT 1 FROM sbx.layers WHERE parent_layer_id IS NOT NULL").isEmpty)
        #expect(try await platform.run { _ in try await fork.picture() } == then)
    }

    @Test func `count against the quota`() async throws {
        let platform = TestPlatform.shared
        let source = try await platform.run { try await TestWorld.make($0, frozen: true) }
        let app = try platform.connect(as: .app)
        _ = try app.run(
            "SELECT set_config('sbx.tenant', $1, false)", [uuidText(source.access.tenant)])
        _ = try app.run("UPDATE sbx.tenants SET sandboxes_max = 1")
        let error = await #expect(throws: TenancyError.self) {
            try await platform.run { _ in _ = try await source.fork() }
        }
        guard case .quotaExceeded(limit: 1) = error else { throw TestError("another error") }
    }
}

extension TestWorld {
    func fork() async throws -> TestWorld {
        let made = try await platform.provisioning.fork(SandboxStore.ForkDraft(), as: access)
        guard let location = try await platform.directory.sandbox(id: made.sandbox.id) else {
            throw TestError("the fork is not in the directory")
        }
        let principal = Principal(
            tenant: access.tenant, kind: .sandboxKey(made.key, made.sandbox.id),
            scopes: Scopes(.sandbox))
        return TestWorld(platform, try platform.control.access(onHostOf: location, as: principal))
    }
}

@Suite(.serialized) struct `Layers that nothing points at` {
    @Test func `are swept, up to the last one that is still needed`() async throws {
        let platform = TestPlatform.shared
        let (world, checkpoint, then) = try await platform.run { platform in
            let world = try await TestWorld.make(platform, frozen: true)
            try await world.write("pay_1", "first")
            let checkpoint = try await platform.worlds.checkpoint(as: world.access)
            let then = try await world.picture()
            for _ in 0..<3 {
                try await platform.worlds.restore(checkpoint.id, as: world.access)
                try await world.write("pay_2", "second")
            }
            return (world, checkpoint, then)
        }
        let app = try platform.connect(as: .app)
        _ = try app.run(
            "SELECT set_config('sbx.tenant', $1, false)", [uuidText(world.access.tenant)])
        func layers() throws -> Int64 { try app.run("SELECT count(*) FROM sbx.layers")[0].int(0) }
        try await platform.sweepAll()
        #expect(try layers() == 2)
        try await platform.run { platform in
            try await platform.worlds.restore(checkpoint.id, as: world.access)
            #expect(try await world.picture() == then)
            try await platform.worlds.reset(as: world.access)
            try await platform.worlds.deleteCheckpoint(checkpoint.id, as: world.access)
        }
        try await platform.sweepAll()
        #expect(try layers() == 1)
        for table in DeletionRows.layerTables + ["idempotency_records"] {
            #expect(try app.run("SELECT 1 FROM sbx.\(table)").isEmpty, "\(table)")
        }
    }

    @Test func `a long chain is compacted, and looks the same from every point of it`() async throws
    {
        let platform = TestPlatform.shared
        let world = try await platform.run { try await TestWorld.make($0, frozen: true) }
        let app = try platform.connect(as: .app)
        _ = try app.run(
            "SELECT set_config('sbx.tenant', $1, false)", [uuidText(world.access.tenant)])
        func depth() throws -> Int64 {
            try app.run("SELECT max(cardinality(ancestor_ids)) FROM sbx.sandbox_heads")[0].int(0)
        }
        let count = Limits.layersWanted + 3
        let points = try await platform.run { platform in
            var points: [(CheckpointID, [String])] = []
            for number in 0..<count {
                try await world.write("pay_\(number % 3)", "\(number)")
                try await world.schedule("t\(number % 4)", at: Int64(number + 10))
                _ = try await world.callOnce("k\(number)")
                let checkpoint = try await platform.worlds.checkpoint(as: world.access)
                points.append((checkpoint.id, try await world.picture()))
                try await platform.worlds.restore(checkpoint.id, as: world.access)
            }
            return points
        }
        try await platform.sweepAll()
        #expect(try depth() <= Int64(Limits.layersWanted))
        try await platform.run { platform in
            for (number, (checkpoint, picture)) in points.enumerated() {
                try await platform.worlds.restore(checkpoint, as: world.access)
                #expect(try await world.picture() == picture, "\(number)")
                #expect(try await world.callOnce("k0") == true)
            }
        }
    }

    @Test func `at the last bound a move compacts at once`() async throws {
        let platform = TestPlatform.shared
        let world = try await platform.run { try await TestWorld.make($0, frozen: true) }
        try await platform.run { platform in
            for number in 0...Limits.layersMax + 1 {
                try await world.write("pay_\(number)", "x")
                let checkpoint = try await platform.worlds.checkpoint(as: world.access)
                let then = try await world.picture()
                try await platform.worlds.restore(checkpoint.id, as: world.access)
                if number >= Limits.layersMax { #expect(try await world.picture() == then) }
            }
        }
        let app = try platform.connect(as: .app)
        _ = try app.run(
            "SELECT set_config('sbx.tenant', $1, false)", [uuidText(world.access.tenant)])
        let depth = try app.run("SELECT max(cardinality(ancestor_ids)) FROM sbx.sandbox_heads")
        #expect(depth[0].int(0) <= Int64(Limits.layersMax))
    }
}

extension TestPlatform {
    /// Sweeps until nothing is marked, other tests' layers included.
    func sweepAll() async throws {
        let sweep = LayerSweep(
            system: systemWork, database: database, control: control, clock: clock)
        try await run { _ in
            for _ in Tries() where try await sweep.run() == 0 { return }
        }
    }
}
