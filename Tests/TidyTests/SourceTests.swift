import Testing

/// Longer files exist only where a state machine would be torn apart, and are named here.
private let linesMax = 600
/// A list that a script writes, two lines an embedded file, is read by nobody.
private let filesThatMayBeLonger: Set<String> = ["Sources/CResources/resources.c"]

/// Ways to end the process that a reader should not meet by surprise: the file, and why.
private let filesThatMayStopTheProcess: Set<String> = []

@Suite struct `Sources` {
    @Test func `a file can be read in one go`() throws {
        for path in Repository.files(below: "Sources") where isOurCode(path) {
            let count = try Repository.lines(path).count
            #expect(
                count <= linesMax || filesThatMayBeLonger.contains(path),
                "\(path) has \(count) lines, more than \(linesMax); split it by idea")
        }
    }

    @Test func `nothing is left for later in the code`() throws {
        for line in try Repository.sourceLines() {
            for word in ["TODO", "FIXME", "XXX"] where line.text.contains(word) {
                Issue.record("\(line.place): \(word); do it, or write an issue")
            }
        }
    }

    @Test func `failures are thrown, not forced`() throws {
        for line in try Repository.sourceLines() {
            for word in ["try!", "as!", "fatalError("] where line.code.contains(word) {
                #expect(
                    filesThatMayStopTheProcess.contains(line.path),
                    "\(line.place): \(word); throw, or state our own mistake with precondition")
            }
        }
    }

    @Test func `unchecked sharing says what protects it`() throws {
        let words = ["@unchecked Sendable", "nonisolated(unsafe)"]
        for path in Repository.files(below: "Sources", withSuffix: ".swift") {
            let lines = try Repository.lines(path)
            for (index, line) in lines.enumerated() where words.contains(where: line.contains) {
                #expect(
                    isExplained(lines, at: index),
                    "\(path):\(index + 1): say in a comment on or beside this line what protects it")
            }
        }
    }
}

private func isOurCode(_ path: String) -> Bool {
    path.hasSuffix(".swift") || path.hasSuffix(".c") || path.hasSuffix(".h")
}

/// A comment on the line, among the three above it, or as the first lines of the body.
private func isExplained(_ lines: [Substring], at index: Int) -> Bool {
    let nearby = max(0, index - 3)...min(lines.count - 1, index + 2)
    return nearby.contains { lines[$0].contains("//") }
}
