/// Runs a program over a text: all threads advance together, one code point a step, and no
/// instruction is entered twice in a step.
struct Machine {
    private let program: Program
    private var threads: [Int] = []
    private var next: [Int] = []
    /// The step in which an instruction was entered last.
    private var entered: [Int]
    private var pending: [Int] = []

    init(_ program: Program) {
        self.program = program
        entered = Array(repeating: -1, count: program.instructions.count)
    }

    mutating func matches(_ text: String.UnicodeScalarView) -> Bool {
        var before: Unicode.Scalar?
        var step = 0
        var position = text.startIndex
        while true {
            let scalar = position < text.endIndex ? text[position] : nil
            // Threads from the last step stand in `threads`, not yet followed to their takes.
            next.removeAll(keepingCapacity: true)
            for thread in threads where follow(thread, before, scalar, step) { return true }
            if step == 0 || !program.isAnchored {
                if follow(0, before, scalar, step) { return true }
            }
            guard let scalar, !(next.isEmpty && program.isAnchored) else { return false }
            threads.removeAll(keepingCapacity: true)
            for instruction in next {
                if case .take(let set) = program.instructions[instruction], set.contains(scalar) {
                    threads.append(instruction + 1)
                }
            }
            before = scalar
            position = text.index(after: position)
            step += 1
        }
    }

    /// Follows jumps and assertions from `start`; keeps the takes it reaches. True at a match.
    private mutating func follow(
        _ start: Int, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?, _ step: Int
    ) -> Bool {
        pending.append(start)
        while let instruction = pending.popLast() {
            guard entered[instruction] != step else { continue }
            entered[instruction] = step
            switch program.instructions[instruction] {
            case .take: next.append(instruction)
            case .jump(let target): pending.append(target)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .assert(let assertion):
                if assertion.holds(before, after) { pending.append(instruction + 1) }
            case .match:
                pending.removeAll()
                return true
            }
        }
        return false
    }
}

extension Assertion {
    fileprivate func holds(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        switch self {
        case .start: before == nil
        case .end: after == nil
        case .wordBoundary: isWord(before) != isWord(after)
        case .noWordBoundary: isWord(before) == isWord(after)
        }
    }

    private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { ScalarSet.word.contains($0) } ?? false
    }
}
