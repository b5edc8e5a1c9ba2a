/// A line without axes beside a number: how it came about, in 30 points or less.
struct Sparkline: Sendable {
    static let width = 120
    static let height = 28

    /// From left to right, y downwards.
    let points: [(x: Int, y: Int)]

    /// `values` are none below zero.
    init(_ values: [Int64]) {
        let highest = Double(max(values.max() ?? 0, 1))
        let room = Double(Self.height - 2)
        points = values.enumerated().map { index, value in
            let x = values.count > 1 ? index * Self.width / (values.count - 1) : 0
            return (x, Self.height - 1 - Int((Double(value) / highest * room).rounded()))
        }
    }

    /// A picture beside words that say what counts.
    var svg: HTML {
        Element("svg")(
            .class("sparkline"), .hidden,
            Attribute("viewBox", "0 0 \(Self.width) \(Self.height)"), Attribute("focusable", "false")
        ) {
            Element("path")(
                Attribute(
                    "d",
                    points.enumerated().map { index, point in
                        "\(index == 0 ? "M" : "L")\(point.x) \(point.y)"
                    }.joined()))
        }
    }
}
