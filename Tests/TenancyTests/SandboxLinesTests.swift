import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import TestSupport
import Testing

@testable import Tenancy

/// Calls that change one sandbox happen one after the other. Whoever waits, waits at nobody else's
/// cost, not too long, and is told why.
@Suite struct `Calls in line` {
    /// Long enough for any call of a test, unless it has to run out.
    private static let long = Duration.seconds(30)

    @Test func `a crowd at one sandbox holds one connection, and its neighbour gets another`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let store = platform.makeWorlds(patience: Self.long)
            let tenant = try await platform.makeTenant()
            let busy = try await platform.makeSandbox(as: tenant)
            let neighbour = try await platform.makeSandbox(as: tenant)
            try await Self.holding(busy, in: store) { release in
                try await withThrowingTaskGroup(of: Int64?.self) { crowd in
                    for _ in 0...Limits.lineLength {
                        crowd.addTask { try await Self.tick(of: busy, in: store) }
                    }
                    // Behind the crowd on this loop; its call ends while all of them wait.
                    crowd.addTask {
                        let tick = try await Self.tick(of: neighbour, in: store)
                        #expect(tick == 1)
                        release.open()
                        return nil
                    }
                    let ticks = try await crowd.reduce(into: []) { $0.append($1) }.compactMap { $0 }
                    // One found the line full.
                    let taken = (2...Limits.lineLength + 1).map { Int64($0) }
                    #expect(ticks.sorted() == [Self.refused] + taken)
                }
            }
        }
    }

    @Test func `one whose turn does not come in time is told that the sandbox is busy`() async throws {
        try await TestPlatform.shared.run { platform in
            let store = platform.makeWorlds(patience: .seconds(2))
            let access = try await platform.makeSandbox()
            try await Self.holding(access, in: store) { release in
                let tick = try await Self.tick(of: access, in: store)
                #expect(tick == Self.refused)
                release.open()
            }
            let tick = try await Self.tick(of: access, in: store)
            #expect(tick == 2)
        }
    }

    @Test func `one that waits for a row too long is told the same`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let elsewhere = platform.makeWorlds(patience: Self.long)
            try await Self.holding(access, in: elsewhere) { release in
                let tick = try await Self.tick(of: access, in: platform.worlds)
                #expect(tick == Self.refused)
                release.open()
            }
        }
    }

    @Test func `while the clock is moved, that is what is told`() async throws {
        try await TestPlatform.shared.run { platform in
            let store = platform.makeWorlds(patience: .seconds(2))
            let access = try await platform.makeSandbox()
            try await store.clockTransaction(as: access) { world in
                world.noteMove(
                    ClockAdvance(target: world.now, resumes: false), lease: platform.clock.now())
            }
            let (held, release) = (Gate(), Gate())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await store.clockTransaction(as: access) { _ in
                        held.open()
                        await release.wait()
                    }
                }
                await held.wait()
                let failure = await Self.failure {
                    _ = try await store.transaction(as: access) { _ in }
                }
                #expect(failure == "clockAdvancing")
                release.open()
                try await group.waitForAll()
            }
        }
    }

    @Test func `a key that is at work or waits is refused at once, on every loop`() async throws {
        let platform = TestPlatform.shared
        let access = try await platform.run { try await $0.makeSandbox() }
        let store = platform.makeWorlds(patience: Self.long)
        try await platform.run { platform in
            try await Self.holding(access, in: store, key: "first") { release in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await Self.call(access, in: store, key: "second") }
                    for key in ["first", "second"] {
                        for loop in platform.loops {
                            // Behind the waiting one; it ends while that one still waits.
                            group.addTask {
                                let failure = try await EventLoopGroup.run(on: loop) {
                                    await Self.failure {
                                        try await Self.call(access, in: store, key: key)
                                    }
                                }
                                #expect(failure == "idempotencyKeyInUse", "\(key)")
                            }
                        }
                    }
                    for _ in 0..<4 { try await group.next() }
                    release.open()
                    try await group.waitForAll()
                }
            }
        }
    }
}

extension `Calls in line` {
    private static let refused: Int64 = -1

    /// Runs `body` while a call is at work on the sandbox, which ends when `body` opens the gate.
    private static func holding(
        _ access: SandboxAccess, in store: WorldStore, key: String? = nil,
        _ body: (Gate) async throws -> Void
    ) async throws {
        let (held, release) = (Gate(), Gate())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await call(access, in: store, key: key) {
                    held.open()
                    await release.wait()
                }
            }
            await held.wait()
            try await body(release)
            try await group.waitForAll()
        }
    }

    private static func call(
        _ access: SandboxAccess, in store: WorldStore, key: String?,
        _ work: () async -> Void = {}
    ) async throws {
        let scope = key.map {
            IdempotencyScope(
                key: $0, method: "POST", path: "/", fingerprint: [UInt8](repeating: 1, count: 32))
        }
        _ = try await store.transaction(as: access, idempotency: scope) { world in
            await work()
            guard key != nil else { return }
            world.answer(
                with: IdempotencyRecord(
                    status: 201, headers: Array("[]".utf8), response: Array("{}".utf8),
                    request: RequestID(high: 1, low: 2)))
        }
    }

    /// The name of the error that `body` throws; nil when it throws none.
    private static func failure(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// The tick that a call took; ``refused`` when the sandbox was busy.
    private static func tick(of access: SandboxAccess, in store: WorldStore) async throws -> Int64 {
        do {
            let outcome = try await store.transaction(as: access) { $0.head.stamp.tick }
            guard case .committed(let tick) = outcome else { return 0 }
            return tick
        } catch TenancyError.sandboxBusy {
            return refused
        }
    }
}
