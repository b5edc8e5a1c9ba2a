/// A whole trace in a few pixels: a row for each depth, marked where a span of that depth is open.
/// However many spans there are, the drawing has at most ``rowsMax`` rows of ``columns`` marks.
struct TraceOverview: Sendable {
    /// A run of marks in a row, in columns.
    struct Run: Sendable, Equatable {
        let row: Int
        let start: Int
        let length: Int
        let hasFailed: Bool
    }

    static let columns = 400
    /// Spans that stand deeper share the last row.
    static let rowsMax = 16
    private static let rowHeight = 3

    let runs: [Run]
    let rows: Int

    /// - Parameter duration: of the trace, in microseconds.
    init(_ spans: [TraceSpan], duration: Int64) {
        rows = Int(min(spans.map(\.depth).max() ?? 0, Int64(Self.rowsMax - 1))) + 1
        // 0: nothing open; 1: a span; 2: one that failed, which shows above others.
        var marks = [[UInt8]](repeating: [UInt8](repeating: 0, count: Self.columns), count: rows)
        let whole = Waterfall(duration: duration)
        for span in spans {
            let bar = whole.bar(offset: span.offset, duration: span.duration)
            let first = Int(bar.x * Int64(Self.columns) / Waterfall.width)
            let end = Int((bar.x + bar.width - 1) * Int64(Self.columns) / Waterfall.width)
            let row = min(max(Int(span.depth), 0), rows - 1)
            let mark: UInt8 = span.hasFailed ? 2 : 1
            for column in first...min(max(end, first), Self.columns - 1) {
                marks[row][column] = max(marks[row][column], mark)
            }
        }
        runs = marks.enumerated().flatMap { Self.runs(of: $1, row: $0) }
    }

    private static func runs(of marks: [UInt8], row: Int) -> [Run] {
        var runs: [Run] = []
        var start = 0
        for column in 1...marks.count where column == marks.count || marks[column] != marks[start] {
            if marks[start] > 0 {
                runs.append(
                    Run(row: row, start: start, length: column - start, hasFailed: marks[start] == 2))
            }
            start = column
        }
        return runs
    }

    /// A picture beside the table, which says more.
    func html(_ say: Language) -> HTML {
        Element("svg")(
            .class("trace-overview"), .role("img"),
            .label(say("The whole trace: a row for each depth", "整个追踪：每行为一层深度")),
            Attribute("viewBox", "0 0 \(Self.columns) \(rows * Self.rowHeight)"),
            Attribute("preserveAspectRatio", "none"), Attribute("focusable", "false")
        ) {
            path(failed: false, className: "series-3")
            path(failed: true, className: "series-4")
        }
    }

    private func path(failed: Bool, className: String) -> HTML {
        let moves = runs.filter { $0.hasFailed == failed }.map { run in
            "M\(run.start) \(run.row * Self.rowHeight)h\(run.length)v\(Self.rowHeight - 1)h-\(run.length)z"
        }
        return Element("path")(.class(className), Attribute("d", moves.joined()))
    }
}
