/// Where a span's bar stands on a line of its own: geometry in thousandths of the trace.
struct Waterfall: Sendable {
    static let width: Int64 = 1_000
    static let height = 12

    /// Where the line begins in the trace, and how much of it the line shows, in microseconds.
    var start: Int64 = 0
    let duration: Int64

    /// Never outside the line, and never so thin that it does not show.
    func bar(offset: Int64, duration: Int64) -> (x: Int64, width: Int64) {
        let whole = max(self.duration, 1)
        let place = offset - self.start
        let start = min(max(place, 0), whole)
        let x = min(start * Self.width / whole, Self.width - 2)
        let end = min(max(place + duration, start), whole) * Self.width / whole
        return (x, max(end - x, 2))
    }

    func svg(offset: Int64, duration: Int64, className: String) -> HTML {
        let bar = bar(offset: offset, duration: duration)
        return Element("svg")(
            .class("waterfall"), .hidden,
            Attribute("viewBox", "0 0 \(Self.width) \(Self.height)"),
            Attribute("preserveAspectRatio", "none"), Attribute("focusable", "false")
        ) {
            Element("rect")(
                .class(className), Attribute("x", "\(bar.x)"), Attribute("y", "1"),
                Attribute("width", "\(bar.width)"), Attribute("height", "\(Self.height - 2)"))
        }
    }
}
