/// One way in which a value does not fit its schema, worded for the developer who sent it.
package struct SchemaFault: Hashable, Sendable {
    /// The value concerned. For a missing or an unknown member, that member.
    package let pointer: JSONPointer
    /// The schema's keyword: `minimum`, `required`, `additionalProperties` …; `false` for a schema
    /// that takes nothing, `nesting` and `steps` when a bound of ours ended the check.
    package let rule: String
    /// What the schema takes: `integer ≥ 1`.
    package let expected: String
    /// What came, in JSON, shortened: `-5`.
    package let got: String
    /// For an unknown member: the declared name that it resembles most.
    package let nearest: String?

    package init(
        pointer: JSONPointer, rule: String, expected: String, got: String, nearest: String? = nil
    ) {
        self.pointer = pointer
        self.rule = rule
        self.expected = expected
        self.got = got
        self.nearest = nearest
    }
}

extension SchemaFault: CustomStringConvertible {
    /// One sentence part: `expected integer ≥ 1, got -5`.
    package var message: String {
        "expected \(expected), got \(got)" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    }

    package var description: String { "\(pointer): \(message)" }
}

extension JSONValue {
    /// The compact text, shortened to `Limits.shownCharactersMax` characters.
    package var shown: String {
        let text: String
        switch self {
        case .array(let items):
            text = items.isEmpty ? "an empty array" : "an array of \(items.count)"
        case .object(let object): text = object.isEmpty ? "an empty object" : "an object"
        case .string(let string):
            text = JSONWriter.text(.string(String(string.prefix(Limits.shownCharactersMax + 1))))
        case .number(let number): text = number.text
        case .null, .bool: text = description
        }
        guard text.count > Limits.shownCharactersMax else { return text }
        return text.prefix(Limits.shownCharactersMax - 1) + "…"
    }
}

/// The name among `candidates` that `name` was most likely meant to be; nil if none is near.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let distance = editDistance(wanted, Array(candidate.lowercased().utf8.prefix(64)))
        if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for (row, leftByte) in left.enumerated() {
        var current = [row + 1]
        for (column, rightByte) in right.enumerated() {
            let replaced = last[column] + (leftByte == rightByte ? 0 : 1)
            var least = min(replaced, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, leftByte == right[column - 1], left[row - 1] == rightByte {
                least = min(least, before[column - 1] + 1)
            }
            current.append(least)
        }
        (before, last) = (last, current)
    }
    return last[right.count]
}
