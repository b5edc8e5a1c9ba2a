import Testing

@testable import Web

@Suite struct `A chart of bars` {
    private func chart(_ values: [[Int64]]) -> BarChart {
        BarChart(
            (0..<4).map { BarChart.Series(name: "s\($0)", className: "series-\($0 + 1)") },
            values.enumerated().map { BarChart.Column(label: "day \($0)", values: $1) })
    }

    @Test func `stays within its frame, bars one on the other and none hidden`() {
        let chart = chart((0..<400).map { [Int64($0 * 37 % 1_000), 1, Int64($0 % 3), 0] })
        for bar in chart.bars {
            #expect(bar.height >= 1 && bar.width >= 1)
            #expect(bar.x >= BarChart.left && bar.x + bar.width <= BarChart.width)
            #expect(bar.y + bar.height <= BarChart.height - BarChart.bottom)
        }
        for (lower, upper) in zip(chart.bars, chart.bars.dropFirst()) where lower.column == upper.column {
            #expect(upper.y + upper.height == lower.y)
        }
        #expect(chart.bars.count == 399 + 400 + 266)
    }

    @Test func `is as high as its numbers are, to the pixel`() {
        let chart = chart([[10, 0, 0, 0], [20, 0, 0, 0], [5, 15, 0, 0]])
        let heights = chart.bars.map(\.height)
        #expect(abs(heights[1] - 2 * heights[0]) <= 1)
        #expect(abs(heights[2] + heights[3] - heights[1]) <= 1)
    }

    @Test(arguments: [
        (0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (99, 200), (999_999, 2_000_000),
    ] as [(Int64, Int64)])
    func `has an axis of whole quarters above every value`(_ value: Int64, _ ceiling: Int64) {
        #expect(BarChart.ceiling(over: value) == ceiling)
        #expect(ceiling % 4 == 0 && ceiling >= value)
    }

    @Test func `leads to a column's page over its whole height, where it has one`() {
        let chart = BarChart(
            [BarChart.Series(name: "s", className: "series-1")],
            [
                BarChart.Column(label: "03:00", values: [4], address: "/list?since=3"),
                BarChart.Column(label: "04:00", values: [4]),
            ])
        let drawing = chart.svg(label: "Calls").text
        #expect(drawing.contains("<g data-href=\"/list?since=3\"><rect class=\"whole\""))
        #expect(drawing.split(separator: "data-href").count == 2)
    }

    @Test func `with nothing in it has an axis and no bar`() {
        #expect(chart([[0, 0, 0, 0]]).bars.isEmpty)
        #expect(chart([]).ticks.map(\.value) == [0, 1, 2, 3, 4])
        #expect(BarChart.shortened(1_500_000) == "1.5M" && BarChart.shortened(20_000) == "20k")
    }
}

@Suite struct `A waterfall` {
    @Test func `has every bar within its line, however the clocks were set`() {
        let waterfall = Waterfall(duration: 1_000)
        for (offset, duration) in [(0, 1_000), (999, 1), (1_000, 0), (500, 9_999), (-5, 3)] as [(Int64, Int64)] {
            let bar = waterfall.bar(offset: offset, duration: duration)
            #expect(bar.x >= 0 && bar.width >= 2 && bar.x + bar.width <= Waterfall.width)
        }
        #expect(waterfall.bar(offset: 250, duration: 500) == (250, 500))
        #expect(Waterfall(duration: 0).bar(offset: 0, duration: 0).width == 2)
    }
}

@Suite struct `A line beside a number` {
    @Test func `goes from left to right with its highest point at the top`() {
        let points = Sparkline([0, 5, 10]).points
        #expect(points.map(\.x) == [0, 60, 120])
        #expect(points.map(\.y) == [27, 14, 1])
        #expect(Sparkline([]).points.isEmpty)
    }
}
