import Contracts

/// How a sandbox treats calls to each of its contracts, by the contract's name.
struct MountSettings: Sendable {
    struct OfOne: Sendable {
        /// Query parameters that the contract does not declare are left out instead of refused.
        var ignoresUnknownParameters = false
        /// Who answers the operations that ``modes`` does not name.
        var mode = CallMode.simulate
        /// By the operation's id.
        var modes: [String: CallMode] = [:]
        var upstream: Upstream?

        init(stored document: JSONValue?) {
            ignoresUnknownParameters = document?["unknown_parameters"] == "ignore"
            mode = document?["mode"]?.string.flatMap(CallMode.init) ?? .simulate
            for member in document?["operations"]?.object?.members ?? [] {
                modes[member.name] = member.value.string.flatMap(CallMode.init)
            }
            upstream = Upstream(stored: document?["upstream"])
        }

        var stored: JSONValue { document(upstream?.stored) }

        /// Without secrets.
        var published: JSONValue { document(upstream?.published) }

        private func document(_ upstream: JSONValue?) -> JSONValue {
            let operations = modes.sorted { $0.key < $1.key }.map {
                JSONObject.Member(name: $0.key, value: .string($0.value.rawValue))
            }
            return [
                "unknown_parameters": ignoresUnknownParameters ? "ignore" : "refuse",
                "mode": .string(mode.rawValue), "operations": .object(JSONObject(operations)),
                "upstream": upstream ?? .null,
            ]
        }

        /// Whether any operation needs the upstream.
        var needsUpstream: Bool {
            mode != .simulate || modes.values.contains { $0 != .simulate }
        }

        /// The way to the upstream; nil for an operation that is simulated.
        func route(of operation: String) -> UpstreamRoute? {
            let mode = modes[operation] ?? mode
            guard mode != .simulate, let upstream else { return nil }
            return UpstreamRoute(upstream: upstream, isRecorded: mode == .record)
        }
    }

    private let byName: [String: OfOne]

    init(stored document: JSONValue) {
        var byName: [String: OfOne] = [:]
        for member in document.object?.members ?? [] {
            byName[member.name] = OfOne(stored: member.value)
        }
        self.byName = byName
    }

    /// The usual for a contract for which nothing is set.
    subscript(contract: String) -> OfOne { byName[contract] ?? OfOne(stored: nil) }
}
