import Access
import Contracts
import PlatformSupport
import Runtime
import Tenancy
import Testing

@testable import Simulators

@Suite struct `The graph engine` {
    @Test func `takes the transition, runs its effects in order and stores the object`() async throws {
        let (_, firing) = try await inWorld { world in
            var parcel = Self.draft(world)
            return try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
        }
        #expect(firing.evidence == "parcel/pack")
        #expect(firing.from == nil)
        #expect(firing.to == "packed")
        #expect(firing.events == ["parcel.packed"])
    }

    @Test func `a life through several calls: states, members and events as told`() async throws {
        let (access, key) = try await inWorld { world in
            var parcel = Self.draft(world, ["grams": 500])
            _ = try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
            _ = try await Self.fire(.call("repack_parcel"), on: &parcel, in: world).get()
            return parcel.key
        }
        let states = try await inWorld(access) { world in
            var parcel = try EntityDraft(#require(try await world.entity(key)))
            let sent = try await Self.fire(.call("send_parcel"), on: &parcel, in: world).get()
            let there = try await Self.fire(
                .fact("handed_over"), input: ["door": 7], on: &parcel, in: world
            ).get()
            return [sent.transition, sent.to, there.transition, there.to]
        }.value
        #expect(states == ["send_express", "sent", "deliver", "delivered"])
        let stored = try await inWorld(access) { world in
            try #require(try await world.entity(key)).json
        }.value
        #expect(stored["status"] == "delivered")
        #expect(stored["notes"] == ["packed", "repacked", "delivered"])
        #expect(stored["signed_by"] == "A. Receiver")
        #expect(stored["at_door"] == 7)
    }

    @Test func `of transitions for one trigger the first whose guard holds is taken`() async throws {
        let taken = try await inWorld { world in
            var taken: [String] = []
            for grams in [1_000, 1_001] as [JSONValue] {
                var parcel = Self.draft(world, ["grams": grams])
                _ = try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
                let firing = try await Self.fire(.call("send_parcel"), on: &parcel, in: world).get()
                taken.append(firing.transition)
            }
            return taken
        }.value
        #expect(taken == ["send_express", "send"])
    }

    @Test func `timers come due after a duration, on a business day, at a member's instant`() async throws {
        let (_, settings) = try await inWorld { world in
            var light = Self.draft(world, ["grams": 1])
            let packed = try await Self.fire(.call("create_parcel"), on: &light, in: world).get()
            let express = try await Self.fire(.call("send_parcel"), on: &light, in: world).get()
            var heavy = Self.draft(world, ["grams": 9_000, "loss_at": "2026-02-03T04:05:06Z"])
            _ = try await Self.fire(.call("create_parcel"), on: &heavy, in: world).get()
            let sent = try await Self.fire(.call("send_parcel"), on: &heavy, in: world).get()
            return (packed.timers + express.timers + sent.timers).map {
                "\($0.kind) \($0.dueAt?.rfc3339 ?? "cancelled")"
            }
        }
        // The clock stands at Thursday, 1 January 2026, a holiday: two business days are Monday.
        #expect(
            settings == [
                "pickup 2026-01-05T22:00:00.000Z", "pickup cancelled",
                "loss 2026-01-02T00:00:00.000Z", "pickup cancelled",
                "loss 2026-02-03T04:05:06.000Z",
            ])
    }

    @Test func `a trigger out of place is refused with what would be possible`() async throws {
        let (_, (refusal, document)) = try await inWorld { world in
            var parcel = Self.draft(world)
            _ = try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
            let result = try await Self.fire(.timer("loss"), on: &parcel, in: world)
            return (try Self.refusal(result), parcel.document)
        }
        #expect(refusal.state == "packed")
        #expect(refusal.cause == .state(needed: ["sent"]))
        #expect(
            refusal.legal == [.call("repack_parcel"), .call("send_parcel"), .timer("pickup")])
        #expect(document["status"] == "packed")
        #expect(
            refusal.description
                == """
                parcel "\(refusal.entity.id)" is packed; timer loss needs sent. Possible now: \
                call repack_parcel, call send_parcel, timer pickup.
                """)
    }

    @Test func `guards that say no are named, and nothing is changed`() async throws {
        let (_, (refusal, document)) = try await inWorld { world in
            var parcel = Self.draft(world, ["grams": 30_001])
            _ = try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
            let result = try await Self.fire(.call("send_parcel"), on: &parcel, in: world)
            return (try Self.refusal(result), parcel.document)
        }
        #expect(refusal.cause == .guards(["weighs_at_most", "weighs_at_most"]))
        #expect(document["status"] == "packed")
    }

    @Test func `an unknown trigger and an end of life are refused too`() async throws {
        let (_, refusals) = try await inWorld { world in
            var parcel = Self.draft(world, ["grams": 1])
            var refusals = [try await Self.fire(.call("send_parcel"), on: &parcel, in: world)]
            _ = try await Self.fire(.call("create_parcel"), on: &parcel, in: world).get()
            refusals.append(try await Self.fire(.scenario("rain"), on: &parcel, in: world))
            _ = try await Self.fire(.call("send_parcel"), on: &parcel, in: world).get()
            _ = try await Self.fire(.timer("loss"), on: &parcel, in: world).get()
            refusals.append(try await Self.fire(.fact("handed_over"), on: &parcel, in: world))
            return try refusals.map(Self.refusal)
        }
        #expect(refusals[0].state == nil)
        #expect(refusals[0].cause == .state(needed: ["packed"]))
        #expect(refusals[0].legal == [.call("create_parcel")])
        #expect(refusals[1].cause == .state(needed: []))
        #expect(refusals[2].state == "lost")
        #expect(refusals[2].legal == [])
    }

    @Test func `an effect that throws leaves nothing behind`() async throws {
        struct Broken: Error {}
        let vocabulary = GraphVocabulary<ParcelGraph.Domain>(
            guards: ParcelGraph.vocabulary.guards,
            effects: ["note": { _, _ in throw Broken() }, "sign": { _, _ in }])
        let engine = try GraphEngine(
            ParcelGraph.document, vocabulary: vocabulary, calls: ParcelGraph.calls)
        let access = try await TestPlatform.shared.run { try await $0.makeSandbox() }
        await #expect(throws: Broken.self) {
            _ = try await inWorld(access) { world in
                var parcel = Self.draft(world)
                _ = try await engine.fire(
                    .call("create_parcel"), on: &parcel, in: world, ParcelGraph.Domain())
            }
        }
        let stamp = try await TestPlatform.shared.run {
            try await $0.worlds.head(as: access).stamp
        }
        #expect(stamp.tick == 0)
    }

    // MARK: Support

    /// Runs `body` in one transaction of a sandbox, a new one when none is given.
    private func inWorld<Value: Sendable>(
        _ access: SandboxAccess? = nil,
        _ body: @escaping @Sendable (WorldTransaction) async throws -> Value
    ) async throws -> (access: SandboxAccess, value: Value) {
        try await TestPlatform.shared.run { platform in
            let sandbox =
                if let access { access } else {
                    try await platform.makeSandbox(frozenAtStart(platform))
                }
            let outcome = try await platform.worlds.transaction(as: sandbox) { world in
                try await body(world)
            }
            guard case .committed(let value) = outcome else {
                preconditionFailure("no idempotency key was given")
            }
            return (sandbox, value)
        }
    }

    private static func draft(_ world: WorldTransaction, _ document: JSONValue = [:]) -> EntityDraft {
        let id = world.drawID("prc")
        var document = document
        document["id"] = .string(id)
        return EntityDraft(
            new: EntityKey(contract: "payments", type: "parcel", id: id), document: document)
    }

    private static func fire(
        _ trigger: GraphTrigger, input: JSONValue = [:], on parcel: inout EntityDraft,
        in world: WorldTransaction
    ) async throws -> Result<GraphFiring, GraphRefusal> {
        try await ParcelGraph.engine().fire(
            trigger, input: input, on: &parcel, in: world, ParcelGraph.Domain())
    }

    private static func refusal(_ result: Result<GraphFiring, GraphRefusal>) throws -> GraphRefusal {
        guard case .failure(let refusal) = result else {
            throw Unexpected()
        }
        return refusal
    }

    private struct Unexpected: Error {}
}

/// A sandbox whose clock stands at the platform's first instant.
private func frozenAtStart(_ platform: TestPlatform) -> SandboxDraft {
    var draft = SandboxDraft()
    draft.clock = SandboxDraft.Clock(
        mode: .frozen, now: SandboxInstant(microseconds: platform.clock.now().microseconds))
    return draft
}
