extension ValueMaker {
    /// A number within its bounds: an integer where one lies between them.
    mutating func number(_ sketch: SchemaSketch, name: String?, isInteger: Bool) -> JSONValue {
        if isInteger, let instant = instant(named: name), allows(instant, sketch) {
            return .int(instant)
        }
        if let factor = sketch.factor { return multiple(of: factor, sketch) }
        if let whole = wholeNumber(sketch) { return .int(whole) }
        return isInteger ? .int(0) : fraction(sketch)
    }

    /// Seconds since 1970 for what is named as a point in time.
    private func instant(named name: String?) -> Int64? {
        guard let name = name?.lowercased() else { return nil }
        let isTime =
            ["created", "updated", "timestamp", "date"].contains(name) || name.hasSuffix("_at")
            || name.hasSuffix("timestamp")
        return isTime ? context.seconds : nil
    }

    private func allows(_ value: Int64, _ sketch: SchemaSketch) -> Bool {
        let number = JSONNumber(value)
        if let least = sketch.least, JSONNumber.isLess(number, than: least) { return false }
        if let most = sketch.most, JSONNumber.isLess(most, than: number) { return false }
        return sketch.numberFormat?.accepts(number) ?? true
    }

    private mutating func wholeNumber(_ sketch: SchemaSketch) -> Int64? {
        let least = sketch.least.map { firstInteger(notBelow: $0, isOpen: sketch.isLeastOpen) }
        let most = sketch.most.map { lastInteger(notAbove: $0, isOpen: sketch.isMostOpen) }
        let low = least ?? most.map { min($0, 1) } ?? 1
        let high = most ?? (low > .max - 100 ? .max : low + 99)
        guard low <= high else { return nil }
        let (room, isWide) = high.subtractingReportingOverflow(low)
        return low + Int64(words.below(isWide ? 100 : Int(min(room, 99)) + 1))
    }

    private func firstInteger(notBelow bound: JSONNumber, isOpen: Bool) -> Int64 {
        if let exact = bound.int64 { return isOpen && exact < .max ? exact + 1 : exact }
        return Int64(exactly: bound.double.rounded(.up)) ?? (bound.double < 0 ? .min : .max)
    }

    private func lastInteger(notAbove bound: JSONNumber, isOpen: Bool) -> Int64 {
        if let exact = bound.int64 { return isOpen && exact > .min ? exact - 1 : exact }
        return Int64(exactly: bound.double.rounded(.down)) ?? (bound.double < 0 ? .min : .max)
    }

    /// The smallest multiple of the factor that is large enough, written without rounding.
    private func multiple(of factor: JSONNumber, _ sketch: SchemaSketch) -> JSONValue {
        let step = factor.decimal
        guard let mantissa = step.mantissa, let digits = Int64(exactly: mantissa), digits > 0 else {
            return .int(0)
        }
        let least = sketch.least?.double ?? sketch.most.map { min($0.double, 1) } ?? 1
        guard var times = Int64(exactly: (least / factor.double).rounded(.up)),
            times.magnitude < 1 << 53
        else { return .int(0) }
        if sketch.isLeastOpen, Double(times) * factor.double <= least { times += 1 }
        let (product, overflow) = digits.multipliedReportingOverflow(by: times)
        return overflow ? .int(0) : decimal(product, exponent: step.exponent)
    }

    /// Between two integers: the middle of the bounds.
    private func fraction(_ sketch: SchemaSketch) -> JSONValue {
        let low = sketch.least?.double ?? (sketch.most?.double ?? 2) - 1
        let high = sketch.most?.double ?? low + 1
        return JSONNumber("\((low + high) / 2)").map { .number($0) } ?? .int(0)
    }

    private func decimal(_ digits: Int64, exponent: Int) -> JSONValue {
        guard exponent != 0 else { return .int(digits) }
        return JSONNumber("\(digits)e\(exponent)").flatMap { number in
            guard exponent < 0, -exponent < 18 else { return .number(number) }
            let isNegative = digits < 0
            var text = String(digits.magnitude)
            while text.utf8.count <= -exponent { text = "0" + text }
            let point = text.index(text.endIndex, offsetBy: exponent)
            let written = "\(isNegative ? "-" : "")\(text[..<point]).\(text[point...])"
            return JSONNumber(written).map { .number($0) }
        } ?? .int(0)
    }
}
