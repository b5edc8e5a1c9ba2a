/// A laid out graph as SVG. It is a picture beside a list that says the same.
enum GraphDrawing {
    static func svg(_ layout: GraphLayout, label: String, final: Set<String>) -> HTML {
        Element("svg")(
            .class("graph"), .role("img"), .label(label),
            Attribute("viewBox", "0 0 \(layout.width) \(layout.height)"),
            Attribute("width", "\(layout.width)"), Attribute("height", "\(layout.height)")
        ) {
            Element("defs")() {
                Element("marker")(
                    .id("arrow"), Attribute("viewBox", "0 0 8 8"), Attribute("refX", "8"),
                    Attribute("refY", "4"), Attribute("markerWidth", "8"),
                    Attribute("markerHeight", "8"), Attribute("orient", "auto")
                ) { Element("path")(Attribute("d", "M0 0 8 4 0 8z")) }
            }
            layout.lines.map { line in
                Element("path")(
                    .class("edge"), Attribute("d", path(line.points)),
                    Attribute("marker-end", "url(#arrow)"))
            }
            layout.boxes.map { box($0, isFinal: final.contains($0.name)) }
        }
    }

    private static func box(_ box: GraphLayout.Box, isFinal: Bool) -> HTML {
        Element("g")(.class(isFinal ? "node final" : "node")) {
            Element("rect")(
                Attribute("x", "\(box.x)"), Attribute("y", "\(box.y)"),
                Attribute("width", "\(GraphLayout.Box.width)"),
                Attribute("height", "\(GraphLayout.Box.height)"), Attribute("rx", "6"))
            Element("text")(
                Attribute("x", "\(box.x + GraphLayout.Box.width / 2)"),
                Attribute("y", "\(box.y + GraphLayout.Box.height / 2 + 4)")
            ) { shortened(box.name.replacing("_", with: " ")) }
        }
    }

    /// What fits into a box at 12 px.
    private static func shortened(_ name: String) -> String {
        name.count <= 21 ? name : name.prefix(20) + "…"
    }

    /// Straight along rows, in a soft bend through the gaps.
    private static func path(_ points: [GraphLayout.Point]) -> String {
        guard let first = points.first else { return "" }
        var path = "M\(first.x) \(first.y)"
        for (from, to) in zip(points, points.dropFirst()) {
            if from.y == to.y {
                path += "L\(to.x) \(to.y)"
            } else {
                let middle = (from.x + to.x) / 2
                path += "C\(middle) \(from.y) \(middle) \(to.y) \(to.x) \(to.y)"
            }
        }
        return path
    }
}
