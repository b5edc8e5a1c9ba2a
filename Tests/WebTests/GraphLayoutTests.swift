import Testing

@testable import Web

@Suite struct `Layout of graphs` {
    private typealias Edge = GraphLayout.Edge

    /// Graphs of every shape, drawn from a seed.
    private static func graph(_ seed: Int) -> (names: [String], edges: [Edge]) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let names = (0..<(1 + draw(24))).map { "n\($0)" }
        let edges = (0..<draw(names.count * 3)).map { _ in
            Edge(from: names[draw(names.count)], to: names[draw(names.count)])
        }
        return (names, edges)
    }

    @Test(arguments: 0..<100)
    func `boxes never overlap and stay in the picture`(seed: Int) {
        let (names, edges) = Self.graph(seed)
        let layout = GraphLayout(names, edges)
        #expect(layout.boxes.map(\.name) == names)
        for (place, box) in layout.boxes.enumerated() {
            #expect(box.x >= 0 && box.x + GraphLayout.Box.width <= layout.width)
            #expect(box.y >= 0 && box.y + GraphLayout.Box.height <= layout.height)
            for other in layout.boxes[(place + 1)...] {
                let isApart =
                    abs(box.x - other.x) >= GraphLayout.Box.width
                    || abs(box.y - other.y) >= GraphLayout.Box.height
                #expect(isApart, "\(box) and \(other), seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<100)
    func `a line never crosses a box`(seed: Int) {
        let (names, edges) = Self.graph(seed)
        let layout = GraphLayout(names, edges)
        for line in layout.lines {
            for (from, to) in zip(line.points, line.points.dropFirst()) {
                // A bend stays between its ends, so the rectangle that they span holds it.
                let (left, right) = (min(from.x, to.x), max(from.x, to.x))
                let (top, bottom) = (min(from.y, to.y), max(from.y, to.y))
                for box in layout.boxes {
                    let isApart =
                        right <= box.x || left >= box.x + GraphLayout.Box.width
                        || bottom <= box.y || top >= box.y + GraphLayout.Box.height
                    #expect(isApart, "\(line.edge) and \(box.name), seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: 0..<100)
    func `every pair that is joined has a line between its two boxes`(seed: Int) {
        let (names, edges) = Self.graph(seed)
        let layout = GraphLayout(names, edges)
        let boxes = Dictionary(uniqueKeysWithValues: layout.boxes.map { ($0.name, $0) })
        for line in layout.lines {
            guard let from = boxes[line.edge.from], let to = boxes[line.edge.to],
                let first = line.points.first, let last = line.points.last
            else {
                Issue.record("a line without ends, seed \(seed)")
                continue
            }
            #expect(first.y == from.y + GraphLayout.Box.height / 2)
            #expect(last.y == to.y + GraphLayout.Box.height / 2)
        }
        let drawn = Set(layout.lines.flatMap { [$0.edge, Edge(from: $0.edge.to, to: $0.edge.from)] })
        for edge in edges where edge.from != edge.to { #expect(drawn.contains(edge)) }
    }

    @Test func `three hundred nodes are laid out apart from each other, in a time that is told`() {
        let names = (0..<300).map { "n\($0)" }
        let edges = (0..<600).map { Edge(from: names[$0 * 7 % 300], to: names[($0 * 13 + $0 / 300 + 1) % 300]) }
        var layout = GraphLayout(names, edges)
        let took = (0..<3).map { _ in ContinuousClock().measure { layout = GraphLayout(names, edges) } }
        print("graph of 300 nodes and 600 edges: laid out in \(took.min() ?? .zero) (bound 100 ms, release)")
        let places = Set(layout.boxes.map { [$0.x, $0.y] })
        #expect(places.count == 300)
        #expect(layout.lines.count > 500)
    }

    @Test func `a walk without cycles runs from left to right`() {
        let layout = GraphLayout(
            ["a", "b", "c"], [Edge(from: "a", to: "b"), Edge(from: "b", to: "c"), Edge(from: "a", to: "c")])
        #expect(layout.boxes[0].x < layout.boxes[1].x)
        #expect(layout.boxes[1].x < layout.boxes[2].x)
    }
}

@Suite struct `Guides as pages` {
    private func html(_ text: String) -> String {
        Markdown.html(text) { $0.hasSuffix(".md") ? "/docs/\($0.dropLast(3))" : nil }.text
    }

    @Test func `paragraphs, lists, code and links`() {
        #expect(html("One\ntwo `a < b` **bold**.") == "<p>One two <code>a &lt; b</code> <strong>bold</strong>.</p>")
        #expect(html("- a\n- [b](worlds.md)") == "<ul><li>a</li><li><a href=\"/docs/worlds\">b</a></li></ul>")
        #expect(html("1. a\n2. [b](../x.swift)") == "<ol><li>a</li><li>b</li></ol>")
    }

    @Test func `what looks like HTML is text`() {
        #expect(html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    }

    @Test func `a bar within code ends no cell`() {
        let table = html("| a | b |\n|---|---|\n| `x|y` | z |")
        #expect(table.contains("<td><code>x|y</code></td><td>z</td>"))
    }

    @Test func `an odd text ends`() {
        for text in ["`", "**", "[a](", "| ", "```", "#", "- ", "1. ", "*a", "[]()", "\\|"] {
            _ = html(text)
        }
    }
}
