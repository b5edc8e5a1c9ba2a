import Access
import Identifiers
import Runtime
import Tenancy
import Testing

@testable import Identity

@Suite struct `Claims cache` {
    private let start = MonotonicInstant(nanoseconds: 0)

    private func digest(_ number: UInt64) -> Digest { Digest((number, 0, 0, 0)) }

    private func claims(sandbox: SandboxID? = nil) -> Claims {
        let tenant = TenantID(high: 1, low: 1)
        return Claims(
            principal: Principal(
                tenant: tenant, kind: .managementKey(KeyID(high: 1, low: 1), .owner), scopes: Scopes(.manage)),
            sandbox: sandbox.map {
                SandboxLocation(tenant: tenant, sandbox: $0, slug: "s", state: .ready, expiresAt: nil)
            }, expiresAt: nil)
    }

    private func holds(_ cache: ClaimsCache, _ number: UInt64, after: Duration = .zero) -> Bool {
        if case .claims = cache.answer(for: digest(number), at: start + after) { true } else { false }
    }

    @Test func `never outgrows its bound and spares what is used`() {
        let cache = ClaimsCache(capacity: 4)
        for number in 0..<4 as Range<UInt64> {
            cache.store(claims(), for: digest(number), readAt: 0, now: start)
        }
        #expect(holds(cache, 0))
        for number in 4..<7 as Range<UInt64> {
            cache.store(claims(), for: digest(number), readAt: 0, now: start)
            #expect(cache.count == 4)
        }
        #expect(holds(cache, 0))
        #expect(!holds(cache, 1))
    }

    @Test func `hands out each last use once, also of claims that have left`() {
        let cache = ClaimsCache(capacity: 2)
        func uses() -> [Duration] { cache.takeUses().map { $0.at - start }.sorted() }
        cache.store(claims(), for: digest(1), readAt: 0, now: start)
        #expect(holds(cache, 1, after: .seconds(3)))
        #expect(uses() == [.seconds(3)])
        #expect(uses() == [])
        for number in 2..<5 as Range<UInt64> {
            cache.store(claims(), for: digest(number), readAt: 0, now: start + .seconds(Int64(number)))
        }
        #expect(uses() == [.seconds(2), .seconds(3), .seconds(4)])
        #expect(holds(cache, 4, after: .seconds(9)))
        cache.forgetAll()
        #expect(uses() == [.seconds(9)])
    }

    @Test func `forgets after its time, sooner what is unknown`() {
        let cache = ClaimsCache()
        cache.store(claims(), for: digest(1), readAt: 0, now: start)
        #expect(holds(cache, 1, after: Limits.claimsLifetime - .seconds(1)))
        #expect(!holds(cache, 1, after: Limits.claimsLifetime))
        cache.store(nil, for: digest(2), readAt: 0, now: start)
        guard case .unknown = cache.answer(for: digest(2), at: start) else {
            Issue.record("asked again")
            return
        }
        #expect(cache.answer(for: digest(2), at: start + Limits.unknownLifetime) == nil)
    }

    @Test func `drops a key, a sandbox, everything`() {
        let cache = ClaimsCache()
        let sandbox = SandboxID(high: 9, low: 9)
        cache.store(claims(), for: digest(1), readAt: 0, now: start)
        cache.store(claims(sandbox: sandbox), for: digest(2), readAt: 0, now: start)
        cache.forget(.key(digest(1).bytes))
        #expect(!holds(cache, 1) && holds(cache, 2))
        cache.forget(.sandbox(sandbox))
        #expect(!holds(cache, 2))
        cache.store(claims(), for: digest(3), readAt: cache.generation, now: start)
        cache.forgetAll()
        #expect(!holds(cache, 3) && cache.count == 0)
    }

    @Test func `does not store what was read before a revocation`() {
        let cache = ClaimsCache()
        let generation = cache.generation
        cache.forget(.key(digest(1).bytes))
        cache.store(claims(), for: digest(1), readAt: generation, now: start)
        #expect(!holds(cache, 1))
    }

    @Test func `invalidations survive the wire`() {
        for invalidation in [Invalidation.key([UInt8](0..<32)), .sandbox(SandboxID(high: 1, low: 2))] {
            #expect(Invalidation(payload: invalidation.payload) == invalidation)
        }
        for payload in ["", "key", "key:12", "sandbox:x", "other:1"] {
            #expect(Invalidation(payload: payload) == nil)
        }
    }
}
