/// Reads one YAML document into a ``JSONValue``, by the core schema of YAML 1.2 (§10.3).
///
/// What JSON cannot hold is refused and never changed in silence: `.inf` and `.nan`, keys that are
/// not scalars, tags of one's own, several documents. Doubled keys are refused (§3.2.1.1).
///
/// Decided here: a key is the text as written, so that `200:` under `responses` is "200"; numbers
/// keep their digits, only what JSON's grammar does not take is rewritten (`+1`, `.5`, `0x1F`); a
/// plain `<<` with a mapping merges it, as all readers that contracts are written for do.
package enum YAMLParser {
    /// - Throws: ``YAMLError`` with line and column; also beyond `limits` and when aliases make
    ///   the document larger than `Limits.yamlAliasedNodesMax`.
    package static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(YAMLError) -> JSONValue {
        guard bytes.count <= limits.bytesMax else {
            throw YAMLError(
                reason: "the document is larger than \(limits.bytesMax) bytes", line: 1, column: 1)
        }
        guard var events = YAMLEvents(bytes) else {
            throw YAMLError(reason: "there is no memory to read it", line: 1, column: 1)
        }
        var composer = YAMLComposer(depthMax: limits.depthMax)
        while true {
            if let value = try composer.take(try events.next()) { return value }
        }
    }

    package static func parse(_ text: String) throws(YAMLError) -> JSONValue {
        try parse(Array(text.utf8))
    }
}

/// Why a text is not taken as YAML, and where.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence part for a developer, without the place.
    package let reason: String
    /// From 1.
    package let line: Int
    /// From 1, in code points.
    package let column: Int

    package init(reason: String, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column): \(reason)" }
}
