import Contracts
import PlatformSupport
import Tenancy
import Testing

@testable import Gateway

/// Random lives of a sandbox, each from a seed: calls, moves of the clock, chaos, checkpoints,
/// restores and forks. A failure names its seed.
@Suite struct `Random payments` {
    private static let lives = TestPlatform.isSoak ? 10_000 : 500
    private static let batches = 20
    private static let steps = 8

    /// Lives of one batch share a tenant.
    private static func seeds(_ batch: Int, of count: Int) -> some Sequence<Int> {
        stride(from: batch, to: count, by: batches)
    }

    /// The books are looked at in the first life; the second is only listened to.
    @Test(arguments: 0..<batches)
    func `keep the books in order, go back to what was, and happen again from their seed`(
        batch: Int
    ) async throws {
        try await TestPlatform.$share.withValue(batch) { try await live(batch) }
    }

    private func live(_ batch: Int) async throws {
        let tenant = try await Self.tenant()
        for seed in Self.seeds(batch, of: Self.lives) {
            var first = try await RandomLife(seed: seed, of: tenant)
            try await first.live(steps: Self.steps, watched: true)
            var second = try await RandomLife(seed: seed, of: tenant)
            try await second.live(steps: Self.steps)
            expectSame(first.transcript, second.transcript, "seed \(seed)")
            expectSame(
                try await first.sandbox.picture(), try await second.sandbox.picture(),
                "seed \(seed)")
        }
    }

    /// Calls that change something have a tick each, in the order in which they happened.
    @Test(arguments: 0..<batches)
    func `what ran at once happens again one by one in the order of its ticks`(
        batch: Int
    ) async throws {
        try await TestPlatform.$share.withValue(batch) { try await repeatInOrder(batch) }
    }

    private func repeatInOrder(_ batch: Int) async throws {
        let tenant = try await Self.tenant()
        for seed in Self.seeds(batch, of: Self.lives / 5) {
            var busy = try await RandomLife(seed: seed, of: tenant)
            try await busy.live(steps: 2, .calls)
            let calls = try await busy.drawCalls(8)
            let answers = try await busy.sandbox.sendAtOnce(calls)
            var ticked: [(tick: Int64, call: RandomCall, body: [UInt8])] = []
            for (call, answer) in zip(calls, answers) {
                guard let tick = try await busy.sandbox.logged(answer).at("/tick")?.int else {
                    #expect(answer.status >= 400, "seed \(seed): \(answer)")
                    continue
                }
                ticked.append((tick, call, answer.body))
            }
            ticked.sort { $0.tick < $1.tick }
            #expect(Set(ticked.map(\.tick)).count == ticked.count, "seed \(seed)")

            var calm = try await RandomLife(seed: seed, of: tenant)
            try await calm.live(steps: 2, .calls)
            for (_, call, body) in ticked {
                let answer = try await calm.sandbox.send(call)
                #expect(answer.body == body, "seed \(seed): \(call)")
            }
            expectSame(
                try await busy.sandbox.picture(), try await calm.sandbox.picture(), "seed \(seed)")
        }
    }

    private static func tenant() async throws -> TestTenant {
        try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            limits.sandboxes = 1_000_000
        }
    }
}
