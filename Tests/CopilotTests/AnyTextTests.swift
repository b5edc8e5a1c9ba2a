import Contracts
import Testing

@testable import Copilot

/// What holds for every text, sense or nonsense. Texts are drawn from a seed that a failure prints.
@Suite struct `Any text` {
    @Test(arguments: 0..<8)
    func `gives a plan, a question or a refusal, and the same one again`(_ round: Int) {
        var draws = TextDraws(seed: UInt64(round) &* 7_919 &+ 1)
        for _ in 0..<150 {
            let text = draws.text()
            let plan = Planner.plan(text)
            #expect(plan.flaws == [], "round \(round): \(text.debugDescription)")
            #expect(
                plan.hash == Planner.plan(text).hash, "round \(round): \(text.debugDescription)")
        }
    }

    @Test(arguments: 0..<4)
    func `every word is used by a rule or listed`(_ round: Int) {
        var draws = TextDraws(seed: UInt64(round) &* 104_729 &+ 3)
        for _ in 0..<100 { expectAllWordsTold(draws.text()) }
    }

    @Test func `every word of real requests is used by a rule or listed`() throws {
        for request in try Request.own("seen") + Request.own("held_out") {
            expectAllWordsTold(request.text)
        }
    }

    @Test(arguments: [
        "", " ", "?", "9999999999999999999999999999",
        "hundred hundred hundred hundred million million dollars",
        "一点一一一一一一一一一一一一一一一一一一一一元", "百亿亿亿亿亿元",
        "refund 99999999999999 % of a $999999999999999 payment",
        "0000-00-00", "99:99", "\"", "\u{301}\u{301}", "\u{0}", "$$$$", "1,,,,2", "+++++1", "@@@",
        "in 9999999999999 years",
        "pay 9999999999999 k dollars", "0.000000000000001 %", "pay 1 dollar 0 times", "-5 dollars",
        "第零笔", "第 -1 笔",
    ])
    func `numbers beyond every bound are no trap`(_ text: String) {
        #expect(Planner.plan(text).flaws == [])
    }

    @Test(arguments: [
        "refund ", "the second one fails then ", "支付", "wordlike", "a@b", "“", "1 ", "$5 ",
        "if it fails ", "99 payments of $1, ", "\"x\" ",
    ])
    func `the longest text of one piece is answered in bounded time`(_ piece: String) {
        let text = String(
            repeating: piece, count: Limits.textScalarsMax / piece.unicodeScalars.count)
        let time = ContinuousClock().measure { #expect(Planner.plan(text).flaws == []) }
        #expect(
            time <= (Build.isOptimised ? Duration.milliseconds(500) : .seconds(10)),
            "\(piece): \(time)")
    }

    private func expectAllWordsTold(_ text: String) {
        let plan = Planner.plan(text)
        let told = Set(plan.reading.flatMap(\.span) + plan.unread.flatMap { Array($0) })
        for token in Tokeniser.tokens(of: NormalisedText(text)) where token.kind != .pause {
            #expect(token.span.allSatisfy(told.contains), "\(text.debugDescription): \(token.text)")
        }
    }
}

extension Plan {
    /// What the vocabulary's § 1 promises of each outcome.
    fileprivate var flaws: [String] {
        var flaws: [String] = []
        func check(_ holds: Bool, _ flaw: String) { if !holds { flaws.append(flaw) } }
        switch outcome {
        case .plan:
            check(!steps.isEmpty || chaos != nil || timeTravel != nil, "an empty plan")
            check(steps.count <= Limits.stepsMax, "\(steps.count) steps")
            for (place, step) in steps.enumerated() {
                check(ActionCatalogue.names.contains(step.action), "no action \(step.action)")
                check(step.after.allSatisfy { $0 < place }, "\(step.action) waits for a later step")
                check(
                    (step.condition?.step ?? -1) < place, "\(step.action) depends on a later step")
                check((1...Limits.countMax).contains(step.count), "\(step.action) × \(step.count)")
                check(!step.spans.isEmpty, "\(step.action) has no span")
                check(!step.rules.isEmpty, "\(step.action) has no rule")
                check((step.params["amount"]?.int ?? 0) >= 0, "\(step.action) of a negative amount")
            }
        case .clarify:
            check(steps.isEmpty && !ask.isEmpty && question?.isEmpty == false, "no question")
        case .refuse: check(steps.isEmpty && reason != nil, "no reason")
        }
        return flaws
    }
}

/// Words of the domain in any order, numbers, signs and any scalars of Unicode.
private struct TextDraws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func text() -> String {
        let isNoise = next(4) == 0
        var text = ""
        for _ in 0..<(1 + next(24)) {
            text += isNoise ? scalar() : Self.pieces[next(Self.pieces.count)]
            if next(4) > 0 { text += " " }
        }
        return text
    }

    private mutating func scalar() -> String {
        String(Unicode.Scalar(UInt32(next(0x10FFFF))) ?? "\u{FFFD}")
    }

    /// SplitMix64.
    private mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }

    private static let pieces =
        """
        pay refund payment payments dispute the second first last third it that half rest of three 3 0 12.50 $5 €7 50 % R01 AC04
        3ds fails succeeds declined if otherwise then and , . ; clearing renewal subscription monthly wire ach sepa to from in
        dollars euros yen cross-currency webhook every 5th call slow 200ms 503 advance 3 days business "quoted text" pay_3 evt_1
        a@b.example +12025550142 https://x.example/a 2027-01-05 22:45 not no all others kyc passport pep review approved text sms
        zyx Q ' « – … 支付 退款 三笔 第二笔 失败 成功 元 美元 如果 否则 然后 后 三天 webhook 争议 订阅 每月 码 验证 慢 一半 全部 ，。
        capture hold cancel quote convert usd gbp into payout twice 4 times one in ten of them each customer Ida Berg company
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
