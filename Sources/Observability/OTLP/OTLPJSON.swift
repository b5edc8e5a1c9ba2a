import Contracts

/// Reads the same message in OTLP's JSON: names in lowerCamelCase, ids in hexadecimal, numbers of 64
/// bits as texts or numbers, enumerations as numbers. Unknown members are passed by.
package struct OTLPJSON {
    private let screen: SpanScreen

    private init(screen: SpanScreen) {
        self.screen = screen
    }

    package static func spans(_ body: [UInt8], _ screen: SpanScreen) throws(OTLPError) -> SpanBatch {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(body)
        } catch {
            throw .malformed
        }
        guard document.object != nil else { throw .malformed }
        return OTLPJSON(screen: screen).batch(document)
    }

    private func batch(_ document: JSONValue) -> SpanBatch {
        var batch = SpanBatch()
        for resource in Self.list(document["resourceSpans"]) {
            let service = Self.list(resource["resource"]?["attributes"])
                .last { $0["key"] == "service.name" }?["value"]?["stringValue"]?.string
            for scope in Self.list(resource["scopeSpans"]) {
                for document in Self.list(scope["spans"]) {
                    var span = self.span(document)
                    span.service = service.map(masked)
                    span.scope = scope["scope"]?["name"]?.string.map(masked)
                    batch.add(span)
                }
            }
        }
        return batch
    }

    private func span(_ document: JSONValue) -> ForeignSpan {
        var span = ForeignSpan()
        let trace = Array((document["traceId"]?.string ?? "").utf8)
        if trace.count == 32 {
            span.traceHigh = Self.word(trace[..<16]) ?? 0
            span.traceLow = Self.word(trace[16...]) ?? 0
        }
        span.span = Self.id(document["spanId"]) ?? 0
        span.parent = Self.id(document["parentSpanId"])
        span.name = masked(document["name"]?.string ?? "")
        span.kind = Self.small(document["kind"], upTo: 5)
        span.startedAt = Self.integer(document["startTimeUnixNano"]) ?? 0
        span.endedAt = Self.integer(document["endTimeUnixNano"]) ?? 0
        span.attributes = attributes(document["attributes"])
        span.events = events(document["events"])
        span.status = Self.small(document["status"]?["code"], upTo: 2)
        span.statusMessage = document["status"]?["message"]?.string.map(masked)
        return span
    }

    private func masked(_ text: String) -> String {
        var text = text
        return text.withUTF8 { screen.text($0) }
    }

    // MARK: Values

    private func attributes(_ pairs: JSONValue?) -> [UInt8] {
        var text = SpanTextWriter(screen, open: .object)
        for pair in Self.list(pairs).prefix(Limits.spanAttributes) {
            let mark = text.bytes.count
            write(pair, depth: 0, to: &text)
            _ = text.keep(since: mark)
        }
        text.close(.object)
        return text.bytes
    }

    /// Those that there is room for.
    private func events(_ events: JSONValue?) -> [UInt8] {
        var text = SpanTextWriter(screen, open: .array)
        for event in Self.list(events) {
            let mark = text.bytes.count
            var name = event["name"]?.string ?? ""
            name.withUTF8 { text.beginEvent(at: Self.integer(event["timeUnixNano"]) ?? 0, named: $0) }
            for pair in Self.list(event["attributes"]).prefix(Limits.spanAttributes) {
                write(pair, depth: 0, to: &text)
            }
            text.endEvent()
            _ = text.keep(since: mark)
        }
        text.close(.array)
        return text.bytes
    }

    /// One without a name is left out.
    private func write(_ pair: JSONValue, depth: Int, to text: inout SpanTextWriter) {
        guard var key = pair["key"]?.string, key.withUTF8({ text.name($0) }) else { return }
        write(any: pair["value"], depth: depth, to: &text)
    }

    private func write(any value: JSONValue?, depth: Int, to text: inout SpanTextWriter) {
        guard let value, depth < Limits.spanValueDepth else { return text.null() }
        if var string = value["stringValue"]?.string { return string.withUTF8 { text.text($0) } }
        if let bool = value["boolValue"]?.bool { return text.bool(bool) }
        if let number = Self.integer(value["intValue"]) { return text.integer(number) }
        if let number = value["doubleValue"]?.number { return text.number(number) }
        if let array = value["arrayValue"] {
            text.open(.array)
            for item in Self.list(array["values"]).prefix(Limits.spanAttributes) {
                write(any: item, depth: depth + 1, to: &text)
            }
            return text.close(.array)
        }
        if let pairs = value["kvlistValue"] {
            text.open(.object)
            for pair in Self.list(pairs["values"]).prefix(Limits.spanAttributes) {
                write(pair, depth: depth + 1, to: &text)
            }
            return text.close(.object)
        }
        guard let base64 = value["bytesValue"]?.string else { return text.null() }
        text.binary(count: base64.utf8.count / 4 * 3)
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] { value?.array ?? [] }

    private static func integer(_ value: JSONValue?) -> Int64? {
        value?.int ?? value?.string.flatMap { Int64($0) }
    }

    private static func small(_ value: JSONValue?, upTo last: Int64) -> Int {
        guard let number = value?.int, (0...last).contains(number) else { return 0 }
        return Int(number)
    }

    /// Sixteen digits of either case, not all zero.
    private static func id(_ value: JSONValue?) -> UInt64? {
        let digits = Array((value?.string ?? "").utf8)
        guard digits.count == 16, let word = word(digits[...]), word != 0 else { return nil }
        return word
    }

    private static func word(_ digits: ArraySlice<UInt8>) -> UInt64? {
        Hexadecimal.word(digits.map { (0x41...0x46).contains($0) ? $0 | 0x20 : $0 }[...])
    }
}
