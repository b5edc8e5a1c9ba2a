import Contracts

/// How a sandbox treats calls to each of its contracts, by the contract's name.
struct MountSettings: Sendable {
    struct OfOne: Sendable {
        /// Query parameters that the contract does not declare are left out instead of refused.
        var ignoresUnknownParameters = false

        init(_ document: JSONValue?) {
            ignoresUnknownParameters = document?["unknown_parameters"] == "ignore"
        }

        var document: JSONValue {
            ["unknown_parameters": ignoresUnknownParameters ? "ignore" : "refuse"]
        }
    }

    private let byName: [String: OfOne]

    init(stored document: JSONValue) {
        var byName: [String: OfOne] = [:]
        for member in document.object?.members ?? [] { byName[member.name] = OfOne(member.value) }
        self.byName = byName
    }

    /// The usual for a contract for which nothing is set.
    subscript(contract: String) -> OfOne { byName[contract] ?? OfOne(nil) }
}
