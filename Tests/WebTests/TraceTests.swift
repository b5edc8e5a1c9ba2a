import Contracts
import Testing

@testable import Web

@Suite struct `A trace on a page` {
    /// A root with `families` children, each with nine of its own; every seventh leaf has failed.
    private static func trace(_ families: Int) -> [TraceSpan] {
        var spans = [span("root", nil, depth: 0, offset: 0, duration: Int64(families) * 1_000)]
        for family in 0..<families {
            let start = Int64(family) * 1_000
            spans.append(span("f\(family)", "root", depth: 1, offset: start, duration: 1_000))
            for leaf in 0..<9 {
                spans.append(
                    span(
                        "f\(family)l\(leaf)", "f\(family)", depth: 2, offset: start + Int64(leaf) * 100,
                        duration: 100, hasFailed: (family * 9 + leaf) % 7 == 0))
            }
        }
        return spans
    }

    private static func span(
        _ id: String, _ parent: String?, depth: Int64, offset: Int64, duration: Int64,
        hasFailed: Bool = false
    ) -> TraceSpan {
        TraceSpan([
            "span_id": .string(id), "parent_span_id": .string(orNull: parent), "name": .string(id),
            "depth": .int(depth), "offset_us": .int(offset), "duration_us": .int(duration),
            "status": hasFailed ? "error" : "ok",
        ])
    }

    @Test func `a small one is there as a whole`() {
        let window = TraceWindow(Self.trace(2))
        #expect(window.spans.count == 21)
        #expect(window.previous == nil && window.next == nil && window.duration == nil)
        #expect(TraceWindow([]).spans.isEmpty)
    }

    @Test func `pages of a large one hold every span once and never more than a page`() {
        let spans = Self.trace(500)
        var seen: [String] = []
        var from: Int? = 0
        while let place = from {
            let window = TraceWindow(spans, from: place)
            #expect(window.spans.count <= TraceWindow.rows)
            seen += window.spans.map(\.id)
            if let next = window.next { #expect(TraceWindow(spans, from: next).previous == place) }
            from = window.next
        }
        #expect(seen == spans.map(\.id))
    }

    @Test(arguments: [-5, 7, 4_990, 1_000_000])
    func `a place that is no page's leads to one`(_ place: Int) {
        let window = TraceWindow(Self.trace(500), from: place)
        #expect(window.from % TraceWindow.rows == 0)
        #expect(!window.spans.isEmpty)
    }

    @Test func `a chosen span's page is shown`() {
        let window = TraceWindow(Self.trace(500), chosen: "f400l8")
        #expect(window.spans.contains { $0.id == "f400l8" })
        #expect(window.from > 0)
    }

    @Test func `looking below a span shows it and its descendants on a line of their own`() {
        let window = TraceWindow(Self.trace(500), below: "f3")
        #expect(window.all.map(\.id) == ["f3"] + (0..<9).map { "f3l\($0)" })
        let line = Waterfall(start: window.start, duration: window.duration ?? 0)
        #expect(line.bar(offset: 3_000, duration: 1_000) == (0, Waterfall.width))
        #expect(line.bar(offset: 3_900, duration: 100) == (900, 100))
        #expect(TraceWindow(Self.trace(2), below: "f1l8").all.map(\.id) == ["f1l8"])
    }

    @Test func `only those that failed, also below a span`() {
        let failed = TraceWindow(Self.trace(500), failedOnly: true)
        #expect(failed.all.count == 643)
        #expect(failed.all.allSatisfy { $0.hasFailed })
        #expect(TraceWindow(Self.trace(500), below: "f0", failedOnly: true).all.map(\.id) == ["f0l0", "f0l7"])
    }

    @Test func `the overview of any trace is bounded and stays in its picture`() {
        let spans = Self.trace(500)
        let overview = TraceOverview(spans, duration: 500_000)
        #expect(overview.rows == 3)
        #expect(overview.runs.count <= TraceOverview.columns * 3)
        for run in overview.runs {
            #expect(run.start >= 0 && run.length > 0)
            #expect(run.start + run.length <= TraceOverview.columns)
        }
        #expect(overview.runs.first == .init(row: 0, start: 0, length: TraceOverview.columns, hasFailed: false))
        #expect(overview.runs.contains { $0.row == 2 && $0.hasFailed })
        let deep = (0..<5_000).map {
            Self.span("d\($0)", nil, depth: Int64($0), offset: Int64($0), duration: 1)
        }
        #expect(TraceOverview(deep, duration: 5_000).rows == TraceOverview.rowsMax)
        #expect(TraceOverview([], duration: 0).runs.isEmpty)
    }
}
