import Contracts

/// Reads the same message in OTLP's JSON: names in lowerCamelCase, ids in hexadecimal, numbers of 64
/// bits as texts or numbers, enumerations as numbers. Unknown members are passed by.
package enum OTLPJSON {
    package static func spans(_ body: [UInt8]) throws(OTLPError) -> SpanBatch {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(body)
        } catch {
            throw .malformed
        }
        guard document.object != nil else { throw .malformed }
        var batch = SpanBatch()
        for resource in list(document["resourceSpans"]) {
            let service = attributes(resource["resource"]?["attributes"])["service.name"]?.string
            for scope in list(resource["scopeSpans"]) {
                for document in list(scope["spans"]) {
                    var span = self.span(document)
                    span.service = service
                    span.scope = scope["scope"]?["name"]?.string
                    batch.add(span)
                }
            }
        }
        return batch
    }

    private static func span(_ document: JSONValue) -> ForeignSpan {
        var span = ForeignSpan()
        let trace = Array((document["traceId"]?.string ?? "").utf8)
        if trace.count == 32 {
            span.traceHigh = word(trace[..<16]) ?? 0
            span.traceLow = word(trace[16...]) ?? 0
        }
        span.span = id(document["spanId"]) ?? 0
        span.parent = id(document["parentSpanId"])
        span.name = document["name"]?.string ?? ""
        span.kind = small(document["kind"], upTo: 5)
        span.startedAt = integer(document["startTimeUnixNano"]) ?? 0
        span.endedAt = integer(document["endTimeUnixNano"]) ?? 0
        span.attributes = attributes(document["attributes"])
        span.events = list(document["events"]).map { document in
            var event = ForeignSpan.Event()
            event.at = integer(document["timeUnixNano"]) ?? 0
            event.name = document["name"]?.string ?? ""
            event.attributes = attributes(document["attributes"])
            return event
        }
        span.status = small(document["status"]?["code"], upTo: 2)
        span.statusMessage = document["status"]?["message"]?.string
        return span
    }

    // MARK: Values

    private static func attributes(_ pairs: JSONValue?, depth: Int = 0) -> JSONObject {
        var object = JSONObject()
        for pair in list(pairs).prefix(Limits.spanAttributes) {
            guard let key = pair["key"]?.string else { continue }
            object[key] = any(pair["value"], depth: depth)
        }
        return object
    }

    private static func any(_ value: JSONValue?, depth: Int) -> JSONValue {
        guard let value, depth < Limits.spanValueDepth else { return .null }
        if let text = value["stringValue"]?.string { return .string(text) }
        if let bool = value["boolValue"]?.bool { return .bool(bool) }
        if let number = integer(value["intValue"]) { return .int(number) }
        if let number = value["doubleValue"]?.number { return .number(number) }
        if let array = value["arrayValue"] {
            let items = list(array["values"]).prefix(Limits.spanAttributes)
            return .array(items.map { any($0, depth: depth + 1) })
        }
        if let pairs = value["kvlistValue"] {
            return .object(attributes(pairs["values"], depth: depth + 1))
        }
        if let base64 = value["bytesValue"]?.string {
            return OTLPValue.bytes(base64.utf8.count / 4 * 3)
        }
        return .null
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
