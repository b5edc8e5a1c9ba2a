import Contracts

/// Reads OTLP's ExportTraceServiceRequest in protobuf (opentelemetry-proto 1.11, trace/v1), exactly
/// the fields that are stored. Field numbers stand beside their names; what else comes is passed by.
package enum OTLPProtobuf {
    package static func spans(_ body: [UInt8]) throws(OTLPError) -> SpanBatch {
        var batch = SpanBatch()
        do throws(ProtobufError) {
            try body.withUnsafeBufferPointer { bytes throws(ProtobufError) in
                var reader = ProtobufReader(UnsafeRawBufferPointer(bytes)[...])
                // 1: resource_spans
                while let (number, value) = try reader.next() {
                    if number == 1, let bytes = value.bytes { try readResource(bytes, &batch) }
                }
            }
        } catch {
            throw .malformed
        }
        return batch
    }

    private typealias Bytes = UnsafeRawBufferPointer.SubSequence

    /// ResourceSpans – 1: resource (1: attributes), 2: scope_spans. The resource may come last.
    private static func readResource(_ bytes: Bytes, _ batch: inout SpanBatch) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        var service: String?
        while let (number, value) = try reader.next() {
            guard number == 1, let resource = value.bytes else { continue }
            service = try attributes(resource, in: 1)["service.name"]?.string ?? service
        }
        reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            if number == 2, let scope = value.bytes { try readScope(scope, service, &batch) }
        }
    }

    /// ScopeSpans – 1: scope (1: name), 2: spans.
    private static func readScope(
        _ bytes: Bytes, _ service: String?, _ batch: inout SpanBatch
    ) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        var scope: String?
        while let (number, value) = try reader.next() {
            guard number == 1, let named = value.bytes else { continue }
            var inner = ProtobufReader(named)
            while let (number, value) = try inner.next() {
                if number == 1 { scope = value.text }
            }
        }
        reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            guard number == 2, let bytes = value.bytes else { continue }
            var span = try self.span(bytes)
            span.service = service
            span.scope = scope
            batch.add(span)
        }
    }

    private static func span(_ bytes: Bytes) throws(ProtobufError) -> ForeignSpan {
        var reader = ProtobufReader(bytes)
        var span = ForeignSpan()
        while let (number, value) = try reader.next() {
            switch number {
            case 1:  // trace_id
                guard let id = value.bytes, id.count == 16 else { break }
                span.traceHigh = word(id.prefix(8))
                span.traceLow = word(id.suffix(8))
            case 2: span.span = id(value)  // span_id
            case 4: span.parent = id(value) == 0 ? nil : id(value)  // parent_span_id
            case 5: span.name = value.text ?? ""
            case 6: span.kind = small(value, upTo: 5)
            case 7: span.startedAt = Int64(clamping: value.number ?? 0)  // start_time_unix_nano
            case 8: span.endedAt = Int64(clamping: value.number ?? 0)  // end_time_unix_nano
            case 9: try addAttribute(value, to: &span.attributes)
            case 11: if let bytes = value.bytes { span.events.append(try event(bytes)) }
            case 15: if let bytes = value.bytes { try readStatus(bytes, &span) }
            default: break
            }
        }
        return span
    }

    /// Event – 1: time_unix_nano, 2: name, 3: attributes.
    private static func event(_ bytes: Bytes) throws(ProtobufError) -> ForeignSpan.Event {
        var reader = ProtobufReader(bytes)
        var event = ForeignSpan.Event()
        while let (number, value) = try reader.next() {
            switch number {
            case 1: event.at = Int64(clamping: value.number ?? 0)
            case 2: event.name = value.text ?? ""
            case 3: try addAttribute(value, to: &event.attributes)
            default: break
            }
        }
        return event
    }

    /// Status – 2: message, 3: code.
    private static func readStatus(_ bytes: Bytes, _ span: inout ForeignSpan) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            if number == 2 { span.statusMessage = value.text }
            if number == 3 { span.status = small(value, upTo: 2) }
        }
    }

    // MARK: Attributes

    /// Those of a message that has them in the field `field`.
    private static func attributes(
        _ bytes: Bytes, in field: UInt64
    ) throws(ProtobufError) -> JSONObject {
        var reader = ProtobufReader(bytes)
        var object = JSONObject()
        while let (number, value) = try reader.next() {
            if number == field { try addAttribute(value, to: &object) }
        }
        return object
    }

    /// KeyValue – 1: key, 2: value.
    private static func addAttribute(
        _ value: ProtobufReader.Value, to object: inout JSONObject, depth: Int = 0
    ) throws(ProtobufError) {
        guard let bytes = value.bytes, object.members.count < Limits.spanAttributes else { return }
        var reader = ProtobufReader(bytes)
        var key: String?
        var content = JSONValue.null
        while let (number, value) = try reader.next() {
            if number == 1 { key = value.text }
            if number == 2, let bytes = value.bytes { content = try any(bytes, depth: depth) }
        }
        if let key { object[key] = content }
    }

    /// AnyValue – 1: string, 2: bool, 3: int, 4: double, 5: array (1: values), 6: list of key and
    /// value (1: values), 7: bytes.
    private static func any(_ bytes: Bytes, depth: Int) throws(ProtobufError) -> JSONValue {
        guard depth < Limits.spanValueDepth else { return .null }
        var reader = ProtobufReader(bytes)
        var result = JSONValue.null
        while let (number, value) = try reader.next() {
            switch (number, value) {
            case (1, _): result = .string(orNull: value.text)
            case (2, .varint(let bit)): result = .bool(bit != 0)
            case (3, .varint(let bits)): result = .int(Int64(bitPattern: bits))
            case (4, .fixed64(let bits)): result = OTLPValue.number(Double(bitPattern: bits))
            case (5, .bytes(let bytes)): result = try array(bytes, depth: depth + 1)
            case (6, .bytes(let bytes)): result = try list(bytes, depth: depth + 1)
            case (7, .bytes(let bytes)): result = OTLPValue.bytes(bytes.count)
            default: break
            }
        }
        return result
    }

    private static func array(_ bytes: Bytes, depth: Int) throws(ProtobufError) -> JSONValue {
        var reader = ProtobufReader(bytes)
        var items: [JSONValue] = []
        while let (number, value) = try reader.next() {
            guard number == 1, let bytes = value.bytes, items.count < Limits.spanAttributes else {
                continue
            }
            items.append(try any(bytes, depth: depth))
        }
        return .array(items)
    }

    private static func list(_ bytes: Bytes, depth: Int) throws(ProtobufError) -> JSONValue {
        var reader = ProtobufReader(bytes)
        var object = JSONObject()
        while let (number, value) = try reader.next() {
            if number == 1 { try addAttribute(value, to: &object, depth: depth) }
        }
        return .object(object)
    }

    // MARK: Numbers

    /// Eight bytes as a word; 0, which no id is, for anything else.
    private static func id(_ value: ProtobufReader.Value) -> UInt64 {
        guard let bytes = value.bytes, bytes.count == 8 else { return 0 }
        return word(bytes)
    }

    private static func word(_ bytes: Bytes) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of an enumeration; 0 for one that it does not have.
    private static func small(_ value: ProtobufReader.Value, upTo last: UInt64) -> Int {
        guard let number = value.number, number <= last else { return 0 }
        return Int(number)
    }
}
