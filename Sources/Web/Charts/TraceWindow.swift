import Contracts

/// A span as the page of its trace shows it.
struct TraceSpan: Sendable {
    let id: String
    let parent: String?
    let name: String
    let service: String?
    let isOurs: Bool
    let request: String?
    let hasFailed: Bool
    let depth: Int64
    /// From the trace's beginning, in microseconds.
    let offset: Int64
    let duration: Int64
    let document: JSONValue

    init(_ document: JSONValue) {
        id = document["span_id"]?.string ?? ""
        parent = document["parent_span_id"]?.string
        name = document["name"]?.string ?? ""
        service = document["service"]?.string
        isOurs = document["source"]?.string == "platform"
        request = document["request"]?.string
        hasFailed = document["status"]?.string == "error"
        depth = document["depth"]?.int ?? 0
        offset = document["offset_us"]?.int ?? 0
        duration = document["duration_us"]?.int ?? 0
        self.document = document
    }
}

/// The part of a trace that one page shows: a browser takes longer for a table of five thousand rows
/// than a reader waits, and nobody reads them in a row. Pure.
struct TraceWindow: Sendable {
    /// Rows of a page.
    static let rows = 200

    /// All that was asked for, in the tree's order.
    let all: [TraceSpan]
    /// The first of those on the page.
    let from: Int
    /// Where the span stands below which is looked, and how long it took; nil for the whole trace.
    let focus: TraceSpan?

    /// - Parameters:
    ///   - spans: in the order of the tree, each behind its parent.
    ///   - below: a span that is shown with its descendants and nothing else.
    ///   - chosen: a span whose page is shown where `from` says nothing.
    init(
        _ spans: [TraceSpan], below: String? = nil, failedOnly: Bool = false, from: Int? = nil,
        chosen: String? = nil
    ) {
        let top = below.flatMap { id in spans.firstIndex { $0.id == id } }
        focus = top.map { spans[$0] }
        var found = top.map { Self.subtree(of: $0, in: spans) } ?? spans[...]
        if failedOnly { found = found.filter(\.hasFailed)[...] }
        all = Array(found)
        let wanted = from ?? all.firstIndex { $0.id == chosen } ?? 0
        let last = max(all.count - 1, 0)
        self.from = min(max(wanted, 0), last) / Self.rows * Self.rows
    }

    var spans: ArraySlice<TraceSpan> { all[from..<min(from + Self.rows, all.count)] }

    /// Where the bars' line begins, and how long it is; nil for the trace's own length.
    var start: Int64 { focus?.offset ?? 0 }
    var duration: Int64? { focus?.duration }

    /// The pages before and behind, by their first row.
    var previous: Int? { from > 0 ? from - Self.rows : nil }
    var next: Int? { from + Self.rows < all.count ? from + Self.rows : nil }

    /// In the tree's order descendants follow at once, each deeper.
    private static func subtree(of top: Int, in spans: [TraceSpan]) -> ArraySlice<TraceSpan> {
        let end = spans[(top + 1)...].firstIndex { $0.depth <= spans[top].depth } ?? spans.endIndex
        return spans[top..<end]
    }
}
