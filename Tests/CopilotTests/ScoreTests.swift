import Contracts
import TestSupport
import Testing

@testable import Copilot

/// Plans whole files of requests and asserts what is reached today; the exact figures are printed.
@Suite struct `Planner scores` {
    @Test func `requests that the rules were written with`() throws {
        let score = Score(try Request.own("seen"))
        score.print("own, seen", listing: true)
        #expect(score.exactShare >= Floor.seen)
        #expect(score.plansWithoutLeave == 0)
    }

    /// Only counts are printed: whoever reads the misses has seen the file.
    @Test func `requests that no rule was written with`() throws {
        let score = Score(try Request.own("held_out"))
        score.print("own, held out", listing: false)
        #expect(score.exactShare >= Floor.heldOut)
    }

    @Test(
        .enabled(if: Corpus.isPresent, "corpus absent"),
        arguments: ["planner_requests", "planner_requests_zh"])
    func `requests of the corpus`(_ file: String) throws {
        let score = Score(try Request.read(Corpus.bytes("\(file).jsonl")))
        score.print(file, listing: true)
        #expect(score.exactShare >= Floor.corpus)
        #expect(score.plansWithoutLeave == 0)
    }
}

struct Score {
    var exact = 0
    /// Plans where a question or a refusal is due.
    var plansWithoutLeave = 0
    var misses: [String] = []
    let count: Int

    init(_ requests: [Request]) {
        count = requests.count
        for request in requests {
            let plan = Planner.plan(request.text)
            let problems = Judge.problems(request, plan)
            if problems.isEmpty {
                exact += 1
            } else {
                misses.append("\(request.id) \(request.text): \(problems.joined(separator: "; "))")
            }
            if request.expect["outcome"]?.string != "plan", plan.outcome == .plan, !problems.isEmpty
            {
                plansWithoutLeave += 1
            }
        }
    }

    var exactShare: Double { Double(exact) / Double(max(count, 1)) }

    func print(_ name: String, listing: Bool) {
        Swift.print(
            "planner, \(name): \(exact) of \(count) exact, \(plansWithoutLeave) plans without leave"
        )
        if listing { for miss in misses { Swift.print("  \(miss)") } }
    }
}

/// Shares of exact plans that are reached today; they only rise.
private enum Floor {
    static let seen = 0.98
    static let heldOut = 0.92
    static let corpus = 0.98
}
