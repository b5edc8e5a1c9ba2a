import Contracts
import HTTP

/// A path as stubs describe it: segments that are given, open, or described by a pattern.
struct StubPath: CustomStringConvertible {
    enum Segment: Hashable {
        case literal(String)
        case any
        /// A regular expression for the whole segment.
        case pattern(String)
    }

    let segments: [Segment]
    let description: String

    init(_ segments: [Segment], _ description: String) {
        self.segments = segments
        self.description = description
    }

    /// `/v1/payments/pay_1`, escapes undone.
    init(literal path: String) {
        self.init(
            Self.split(path).map { .literal(Self.decoded($0)) }, path)
    }

    /// `/v1/payments/{payment}`.
    init(template path: String) {
        self.init(
            Self.split(path).map { part in
                part.hasPrefix("{") && part.hasSuffix("}") ? .any : .literal(Self.decoded(part))
            }, path)
    }

    /// A regular expression for a whole path, read segment by segment; nil where one of its parts
    /// may hold a slash.
    init?(pattern: String) {
        var text = pattern[...]
        if text.hasPrefix("^") { text = text.dropFirst() }
        if text.hasSuffix("$"), !text.hasSuffix("\\$") { text = text.dropLast() }
        var segments: [Segment] = []
        for part in Self.splitPattern(String(text)) {
            if part.utf8.allSatisfy(Self.isPlain) {
                segments.append(.literal(part))
            } else if part.contains(".*") || part.contains(".+") {
                guard part == ".*" || part == ".+" else { return nil }
                segments.append(.any)
            } else if ["[^/]+", "([^/]+)", "[^/]*"].contains(part) {
                segments.append(.any)
            } else {
                segments.append(.pattern("^(?:\(part))$"))
            }
        }
        self.init(segments, pattern)
    }

    private static func split(_ path: String) -> [String] {
        let path = path.hasPrefix("/") ? path.dropFirst() : path[...]
        return path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    private static func decoded(_ part: String) -> String {
        do throws(EncodingFault) {
            return try PercentEncoding.decodeText(Array(part.utf8)[...])
        } catch {
            return part
        }
    }

    /// At slashes outside of brackets and parentheses.
    private static func splitPattern(_ text: String) -> [String] {
        var parts: [String] = [""]
        var depth = 0
        for character in text.hasPrefix("/") ? text.dropFirst() : text[...] {
            if "[({".contains(character) { depth += 1 }
            if "])}".contains(character) { depth -= 1 }
            if character == "/", depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        // \/ and \- are often written where plain characters would do.
        return parts.map { $0.hasSuffix("\\") ? String($0.dropLast()) : $0.replacing("\\-", with: "-") }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            || "_-~%:@!,;=".utf8.contains(byte)
    }
}

/// Finds the operations that a stub means, with conditions on what the stub says of their path.
struct OperationFinder {
    private let contract: Contract

    init(_ contract: Contract) {
        self.contract = contract
    }

    func targets(
        _ method: String, _ path: StubPath
    ) -> [(operation: Contracts.Operation, conditions: [JSONValue])] {
        let found = candidates(method, path.segments)
        let base = contract.basePath.split(separator: "/").map { StubPath.Segment.literal(String($0)) }
        let chosen =
            found.isEmpty && !base.isEmpty && path.segments.starts(with: base)
            ? candidates(method, Array(path.segments.dropFirst(base.count))) : found
        // Concrete paths win over templates, as in the contract itself.
        let most = chosen.map(\.literals).max()
        return chosen.filter { $0.literals == most }.map { ($0.operation, $0.conditions) }
    }

    private struct Candidate {
        let operation: Contracts.Operation
        let conditions: [JSONValue]
        let literals: Int
    }

    private func candidates(_ method: String, _ segments: [StubPath.Segment]) -> [Candidate] {
        contract.operations.compactMap { operation in
            guard method == "ANY" || operation.method == method else { return nil }
            return fit(operation, segments)
        }
    }

    private func fit(
        _ operation: Contracts.Operation, _ segments: [StubPath.Segment]
    ) -> Candidate? {
        let parts = operation.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard parts.count == segments.count else { return nil }
        var conditions: [JSONValue] = []
        var literals = 0
        for (part, segment) in zip(parts, segments) {
            let isParameter = part.hasPrefix("{") && part.hasSuffix("}")
            let name = String(part.dropFirst().dropLast())
            switch (isParameter, segment) {
            case (true, .any): break
            case (true, .literal(let text)):
                conditions.append(.condition("path", name, "equals", .string(text)))
            case (true, .pattern(let pattern)):
                conditions.append(.condition("path", name, "matches", .string(pattern)))
            case (false, .any): return nil
            case (false, .literal(let text)):
                guard part == text else { return nil }
                literals += 1
            case (false, .pattern(let pattern)):
                guard Self.matches(pattern, String(part)) else { return nil }
                literals += 1
            }
        }
        return Candidate(operation: operation, conditions: conditions, literals: literals)
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        do throws(PatternError) {
            return try Pattern(pattern).matches(text)
        } catch {
            return false
        }
    }
}
