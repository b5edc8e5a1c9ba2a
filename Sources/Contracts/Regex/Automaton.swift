/// A pattern's program turned into one table, for texts of ASCII alone: one look-up a byte, some
/// thirty times faster than running the threads.
///
/// A state is the set of instructions that the threads would stand at. Made when the pattern is
/// compiled, and only if it stays small; patterns with word boundaries and texts beyond ASCII
/// keep to the threads.
struct Automaton: Sendable {
    /// Which of the byte classes each of the 128 bytes belongs to.
    private let classes: [UInt8]
    private let classCount: Int
    /// The next state by state and class.
    private let table: [UInt16]
    /// A match is certain, whatever follows.
    private let acceptsNow: [Bool]
    private let acceptsAtEnd: [Bool]

    private static let dead = UInt16.max

    init?(_ program: Program) {
        guard let (classes, samples) = Automaton.byteClasses(program) else { return nil }
        self.classes = classes
        classCount = samples.count
        var builder = Builder(program: program)
        var table: [UInt16] = []
        guard builder.state(from: [0], isStart: true) != nil else { return nil }
        while table.count < builder.states.count * samples.count {
            let state = builder.states[table.count / samples.count]
            for sample in samples {
                let targets = state.takes.filter { builder.takes($0, sample) }.map { $0 + 1 }
                guard let next = builder.state(from: program.isAnchored ? targets : [0] + targets)
                else { return nil }
                table.append(next)
            }
        }
        self.table = table
        acceptsNow = builder.states.map(\.acceptsNow)
        acceptsAtEnd = builder.states.map(\.acceptsAtEnd)
    }

    /// Whether the text matches; nil if it is not ASCII.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        var state = 0
        for byte in text {
            if byte >= 128 { return nil }
            if acceptsNow[state] { return true }
            let next = table[state * classCount + Int(classes[Int(byte)])]
            if next == Automaton.dead { return false }
            state = Int(next)
        }
        return acceptsNow[state] || acceptsAtEnd[state]
    }

    /// Bytes that no set of the program tells apart share a class. Returns the class of each byte
    /// and one byte of each class; nil for too many sets.
    private static func byteClasses(_ program: Program) -> (classes: [UInt8], samples: [UInt8])? {
        var sets: [ScalarSet] = []
        for case .take(let set) in program.instructions
        where !sets.contains(where: { $0.isSameInASCII(as: set) }) {
            sets.append(set)
            if sets.count > Limits.automatonSetsMax { return nil }
        }
        var classOf: [[Bool]: UInt8] = [:]
        var classes: [UInt8] = []
        var samples: [UInt8] = []
        for byte in UInt8(0)..<128 {
            let signature = sets.map { $0.contains(Unicode.Scalar(byte)) }
            if classOf[signature] == nil {
                classOf[signature] = UInt8(samples.count)
                samples.append(byte)
            }
            classes.append(classOf[signature]!)  // Just put there.
        }
        return (classes, samples)
    }

    private struct State: Hashable {
        var takes: [Int] = []
        var acceptsNow = false
        var acceptsAtEnd = false
    }

    private struct Builder {
        let program: Program
        private(set) var states: [State] = []
        private var numbers: [State: UInt16] = [:]
        private var work = 0

        init(program: Program) { self.program = program }

        func takes(_ instruction: Int, _ byte: UInt8) -> Bool {
            guard case .take(let set) = program.instructions[instruction] else { return false }
            return set.contains(Unicode.Scalar(byte))
        }

        /// The number of the state that threads at `starts` make; `dead` if none can go on; nil
        /// beyond the bounds or at a word boundary.
        mutating func state(from starts: [Int], isStart: Bool = false) -> UInt16? {
            var state = State()
            var seen = Set<Int>()
            // An instruction behind `$` matches only if the text ends there.
            var pending = starts.map { (at: $0, isEnd: false) }
            while let (at, isEnd) = pending.popLast() {
                work += 1
                guard work <= Limits.automatonWorkMax else { return nil }
                guard seen.insert(isEnd ? ~at : at).inserted else { continue }
                switch program.instructions[at] {
                case .take: if !isEnd { state.takes.append(at) }
                case .jump(let target): pending.append((target, isEnd))
                case .split(let first, let second): pending += [(first, isEnd), (second, isEnd)]
                case .assert(.start): if isStart { pending.append((at + 1, isEnd)) }
                case .assert(.end): pending.append((at + 1, true))
                case .assert(.wordBoundary), .assert(.noWordBoundary): return nil
                case .match:
                    if isEnd { state.acceptsAtEnd = true } else { state.acceptsNow = true }
                }
            }
            state.takes.sort()
            if state == State() && program.isAnchored && !states.isEmpty { return Automaton.dead }
            if let known = numbers[state] { return known }
            guard states.count < Limits.automatonStatesMax else { return nil }
            numbers[state] = UInt16(states.count)
            states.append(state)
            return UInt16(states.count - 1)
        }
    }
}
