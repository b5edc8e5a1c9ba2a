/// Stacked bars, a column for each day or hour: geometry in whole pixels, and the drawing. A table beside it
/// says the same.
struct BarChart: Sendable {
    struct Series: Sendable {
        let name: String
        /// Of the style sheet.
        let className: String
    }

    struct Column: Sendable {
        let label: String
        /// One for each series, none below zero.
        let values: [Int64]
        /// Where a click on it leads, by script; the table beside the chart has the same as a link.
        var address: String?
    }

    /// A part of a column.
    struct Bar: Sendable, Equatable {
        let column: Int
        let series: Int
        let x: Int
        let y: Int
        let width: Int
        let height: Int
    }

    /// A line across with its value.
    struct Tick: Sendable, Equatable {
        let y: Int
        let value: Int64
    }

    static let width = 720
    static let height = 200
    /// Room for the values at the left and the names below.
    static let left = 56
    static let bottom = 24
    static let top = 8

    let series: [Series]
    let columns: [Column]
    let bars: [Bar]
    let ticks: [Tick]

    init(_ series: [Series], _ columns: [Column]) {
        self.series = series
        self.columns = columns
        let highest = columns.map { $0.values.reduce(0, +) }.max() ?? 0
        let ceiling = Self.ceiling(over: highest)
        bars = columns.indices.flatMap { index in
            Self.bars(of: columns[index], at: index, among: columns.count, ceiling: ceiling)
        }
        ticks = (0...4).map { step in
            let value = ceiling / 4 * Int64(step)
            return Tick(y: Self.y(of: value, ceiling: ceiling), value: value)
        }
    }

    private static var plotHeight: Int { height - bottom - top }

    /// The least 4, 8, 20, 40, 80, 200 … that is not below the value, so that quarters are whole.
    static func ceiling(over value: Int64) -> Int64 {
        var power: Int64 = 1
        while power < Int64.max / 100 {
            for factor in [4, 8] as [Int64] where factor * power >= value { return factor * power }
            if power * 20 >= value { return power * 20 }
            power *= 10
        }
        return power
    }

    private static func y(of value: Int64, ceiling: Int64) -> Int {
        let share = Double(value) / Double(ceiling)
        return top + plotHeight - Int((share * Double(plotHeight)).rounded())
    }

    /// Where a column begins and ends.
    private static func edges(of index: Int, among count: Int) -> (start: Int, end: Int) {
        (left + (width - left) * index / count, left + (width - left) * (index + 1) / count)
    }

    /// From the base upwards. What is there shows: a value above zero is a pixel at least.
    private static func bars(
        of column: Column, at index: Int, among count: Int, ceiling: Int64
    ) -> [Bar] {
        let (start, end) = edges(of: index, among: count)
        let gap = end - start > 4 ? 2 : 0
        var below: Int64 = 0
        var floor = y(of: 0, ceiling: ceiling)
        var bars: [Bar] = []
        for (series, value) in column.values.enumerated() where value > 0 {
            below += value
            let roof = min(y(of: below, ceiling: ceiling), floor - 1)
            bars.append(
                Bar(
                    column: index, series: series, x: start + gap / 2, y: roof,
                    width: max(end - start - gap, 1), height: floor - roof))
            floor = roof
        }
        return bars
    }
}

extension BarChart {
    func svg(label: String) -> HTML {
        Element("svg")(
            .class("chart"), .role("img"), .label(label),
            Attribute("viewBox", "0 0 \(Self.width) \(Self.height)")
        ) {
            ticks.map(line)
            columns.indices.map(drawing)
            names
        }
    }

    /// Names of the series with their colours.
    var legend: HTML {
        ul(.class("legend")) {
            series.map { series in
                li {
                    span(.class("key \(series.className)"), .hidden)
                    series.name
                }
            }
        }
    }

    private func line(_ tick: Tick) -> HTML {
        Element("g")(.class("tick")) {
            Element("path")(Attribute("d", "M\(Self.left) \(tick.y)H\(Self.width)"))
            Element("text")(
                Attribute("x", "\(Self.left - 6)"), Attribute("y", "\(tick.y + 4)"),
                Attribute("text-anchor", "end")
            ) { Self.shortened(tick.value) }
        }
    }

    /// A column's bars; one that leads somewhere takes clicks over its whole height.
    @HTMLBuilder private func drawing(of column: Int) -> HTML {
        let own = bars.filter { $0.column == column }.map(rectangle)
        if let address = columns[column].address {
            Element("g")(Attribute("data-href", address)) {
                whole(column)
                own
            }
        } else {
            own
        }
    }

    private func whole(_ column: Int) -> HTML {
        let (start, end) = Self.edges(of: column, among: columns.count)
        return Element("rect")(
            .class("whole"), Attribute("x", "\(start)"), Attribute("y", "\(Self.top)"),
            Attribute("width", "\(end - start)"), Attribute("height", "\(Self.plotHeight)")
        ) { Element("title")() { columns[column].label } }
    }

    private func rectangle(_ bar: Bar) -> HTML {
        let value = columns[bar.column].values[bar.series]
        return Element("rect")(
            .class(series[bar.series].className), Attribute("x", "\(bar.x)"),
            Attribute("y", "\(bar.y)"), Attribute("width", "\(bar.width)"),
            Attribute("height", "\(bar.height)")
        ) {
            Element("title")() { "\(columns[bar.column].label): \(value) \(series[bar.series].name)" }
        }
    }

    /// Of the first, the middle and the last column.
    @HTMLBuilder private var names: HTML {
        let y = Self.height - 6
        if let first = columns.first, let last = columns.last {
            text(first.label, x: Self.left, y: y, anchor: "start")
            if columns.count > 4 {
                text(
                    columns[columns.count / 2].label, x: (Self.left + Self.width) / 2, y: y,
                    anchor: "middle")
            }
            if columns.count > 1 { text(last.label, x: Self.width, y: y, anchor: "end") }
        }
    }

    private func text(_ content: String, x: Int, y: Int, anchor: String) -> HTML {
        Element("text")(
            Attribute("x", "\(x)"), Attribute("y", "\(y)"), Attribute("text-anchor", anchor)
        ) { content }
    }

    /// 1,200,000 as `1.2M`, 20,000 as `20k`; quarters of a ceiling have no more digits than these.
    static func shortened(_ value: Int64) -> String {
        for (unit, name) in [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")] as [(Int64, String)]
        where value >= unit {
            let tenths = value * 10 / unit
            return tenths % 10 == 0 ? "\(tenths / 10)\(name)" : "\(tenths / 10).\(tenths % 10)\(name)"
        }
        return String(value)
    }
}
