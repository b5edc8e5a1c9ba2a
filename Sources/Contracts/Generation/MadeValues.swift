/// What made values depend on, besides their schema.
package struct MakingContext: Sendable {
    /// The same seed gives the same value.
    package let seed: UInt64
    /// The instant that times in the value lie around, RFC 3339 in UTC: `2026-01-31T08:30:00Z`.
    package let now: String
    /// The same in seconds since 1970.
    package let seconds: Int64
    package let direction: MessageDirection

    package init(seed: UInt64, now: String, seconds: Int64, direction: MessageDirection) {
        self.seed = seed
        self.now = now
        self.seconds = seconds
        self.direction = direction
    }
}

extension CompiledSchema {
    /// A value that fits, made from the schema's own examples and defaults where it has them, else
    /// by name, format and bounds. Schemas that contradict themselves, or that need what is not
    /// understood here (`not`, `if`), may get a value that does not fit: the caller checks.
    package func make(_ context: MakingContext, name: String? = nil) -> JSONValue {
        var maker = ValueMaker(table, context)
        return withExtendedLifetime(table) { maker.value([root], name: name, depth: 0) }
    }
}

extension CompiledSchema {
    /// The same without the schema's own examples, which are the same for every seed: for ids.
    package func makeFresh(_ context: MakingContext, name: String? = nil) -> JSONValue {
        var maker = ValueMaker(table, context, usesSamples: false)
        return withExtendedLifetime(table) { maker.value([root], name: name, depth: 0) }
    }
}

extension MediaType {
    /// A body: the example `name` if given and there, else the contract's own example where it
    /// fits its schema, else one that is made.
    package func body(_ context: MakingContext, example name: String? = nil) -> JSONValue {
        guard let schema else { return anyExample(name: name) ?? .object(JSONObject()) }
        if let name, let named = examples.first(where: { $0.name == name }) { return named.value }
        return ownBody(context.direction) ?? schema.make(context)
    }

    /// The contract's own example; nil where none fits the schema, so that a body has to be made.
    package func ownBody(_ direction: MessageDirection) -> JSONValue? {
        guard let schema else { return anyExample(name: nil) ?? .object(JSONObject()) }
        return (examples.map(\.value) + [example].compactMap(\.self)).first {
            isXMLDocument ? accepts($0, as: direction) : schema.accepts($0, as: direction)
        }
    }
}
