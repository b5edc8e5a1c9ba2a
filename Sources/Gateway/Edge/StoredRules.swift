import Contracts
import Simulators
import Synchronization

/// A contract's rules as they are stored, compiled on their first use: hundreds of patterns take
/// longer than an event loop has.
final class StoredRules: Sendable {
    private final class Compiled: Sendable {
        let rules: RuleSet

        init(_ rules: RuleSet) { self.rules = rules }
    }

    private let document: [UInt8]
    private let compiled = AtomicLazyReference<Compiled>()

    init(_ document: [UInt8]) {
        self.document = document
    }

    /// Nil until they have been compiled.
    var known: RuleSet? { compiled.load()?.rules }

    func compile() -> RuleSet {
        if let known { return known }
        let read = RuleSet(stored: SandboxSettings.json(document) ?? [:])
        return compiled.storeIfNil(Compiled(read)).rules
    }
}

extension Services {
    /// The rules, compiled off the loops where they have not been yet.
    func compiled(_ stored: StoredRules) async throws(Refusal) -> RuleSet {
        if let known = stored.known { return known }
        return try await contractCache.reading { stored.compile() }
    }
}
