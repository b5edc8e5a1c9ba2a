/// The instructions of a compiled pattern; 0 is the first.
struct Program: Sendable {
    enum Instruction: Sendable {
        /// Takes one code point of a set and goes on.
        case take(ScalarSet)
        case assert(Assertion)
        case jump(Int)
        case split(Int, Int)
        case match
    }

    private(set) var instructions: [Instruction] = []
    /// Whether a match can only begin at the start of the text.
    let isAnchored: Bool

    init(_ pattern: PatternNode) throws(PatternError) {
        isAnchored = pattern.startsAtStart
        try emit(pattern)
        try add(.match)
    }

    private mutating func emit(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .set(let set): try add(.take(set))
        case .assertion(let assertion): try add(.assert(assertion))
        case .sequence(let parts):
            for part in parts { try emit(part) }
        case .choice(let alternatives): try emit(alternatives: alternatives)
        case .repetition(let part, let least, let most):
            for _ in 0..<least { try emit(part) }
            if let most {
                try emit(part, upTo: most - least)
            } else {
                try emit(anyNumberOf: part)
            }
        }
    }

    private mutating func emit(alternatives: [PatternNode]) throws(PatternError) {
        var exits: [Int] = []
        for alternative in alternatives.dropLast() {
            let split = instructions.count
            try add(.split(split + 1, 0))
            try emit(alternative)
            exits.append(instructions.count)
            try add(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = alternatives.last { try emit(last) }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    /// `(part(part(part)?)?)?`, each with a way out to the end.
    private mutating func emit(_ part: PatternNode, upTo count: Int) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(instructions.count)
            try add(.split(instructions.count + 1, 0))
            try emit(part)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    private mutating func emit(anyNumberOf part: PatternNode) throws(PatternError) {
        let split = instructions.count
        try add(.split(split + 1, 0))
        try emit(part)
        try add(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
    }

    private mutating func add(_ instruction: Instruction) throws(PatternError) {
        guard instructions.count < Limits.patternInstructionsMax else {
            throw PatternError(
                reason: "the pattern is too large once its counts are unrolled", offset: 0)
        }
        instructions.append(instruction)
    }
}

extension PatternNode {
    fileprivate var startsAtStart: Bool {
        switch self {
        case .assertion(.start): true
        case .sequence(let parts): parts.first?.startsAtStart ?? false
        case .choice(let alternatives): alternatives.allSatisfy(\.startsAtStart)
        case .repetition(let part, let least, _): least > 0 && part.startsAtStart
        case .empty, .set, .assertion: false
        }
    }
}
