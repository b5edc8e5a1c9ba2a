import Contracts

/// Reads OTLP's ExportTraceServiceRequest in protobuf (opentelemetry-proto 1.11, trace/v1), exactly
/// the fields that are stored, and masks them on the way. Field numbers stand beside their names;
/// what else comes is passed by.
package struct OTLPProtobuf {
    private let screen: SpanScreen

    private init(screen: SpanScreen) {
        self.screen = screen
    }

    package static func spans(_ body: [UInt8], _ screen: SpanScreen) throws(OTLPError) -> SpanBatch {
        var batch = SpanBatch()
        do throws(ProtobufError) {
            try body.withUnsafeBufferPointer { bytes throws(ProtobufError) in
                var reader = ProtobufReader(bytes)
                // 1: resource_spans
                while let (number, value) = try reader.next() {
                    guard number == 1, let bytes = value.bytes else { continue }
                    try OTLPProtobuf(screen: screen).readResource(bytes, &batch)
                }
            }
        } catch {
            throw .malformed
        }
        return batch
    }

    private typealias Bytes = ProtobufReader.Bytes

    /// ResourceSpans – 1: resource (1: attributes), 2: scope_spans. The resource may come last.
    private func readResource(_ bytes: Bytes, _ batch: inout SpanBatch) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        var service: String?
        while let (number, value) = try reader.next() {
            guard number == 1, let resource = value.bytes else { continue }
            service = try self.service(resource) ?? service
        }
        reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            if number == 2, let scope = value.bytes { try readScope(scope, service, &batch) }
        }
    }

    /// The resource's attribute `service.name`, if it is a text.
    private func service(_ resource: Bytes) throws(ProtobufError) -> String? {
        var reader = ProtobufReader(resource)
        var service: String?
        while let (number, value) = try reader.next() {
            guard number == 1, let bytes = value.bytes else { continue }
            let (key, content) = try keyAndValue(bytes)
            guard key?.elementsEqual("service.name".utf8) ?? false,
                case (1, let value)? = try content.flatMap({ bytes throws(ProtobufError) in
                    try any(bytes)
                })
            else { continue }
            service = value.utf8.map(screen.text)
        }
        return service
    }

    /// ScopeSpans – 1: scope (1: name), 2: spans.
    private func readScope(
        _ bytes: Bytes, _ service: String?, _ batch: inout SpanBatch
    ) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        var scope: String?
        while let (number, value) = try reader.next() {
            guard number == 1, let named = value.bytes else { continue }
            var inner = ProtobufReader(named)
            while let (number, value) = try inner.next() {
                if number == 1 { scope = value.utf8.map(screen.text) }
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

    private func span(_ bytes: Bytes) throws(ProtobufError) -> ForeignSpan {
        var reader = ProtobufReader(bytes)
        var span = ForeignSpan()
        var attributes = SpanTextWriter(screen, open: .object)
        var attributeCount = 0
        var events: SpanTextWriter?
        while let (number, value) = try reader.next() {
            switch number {
            case 1:  // trace_id
                guard let id = value.bytes, id.count == 16 else { break }
                span.traceHigh = Self.word(id.prefix(8))
                span.traceLow = Self.word(id.suffix(8))
            case 2: span.span = Self.id(value)  // span_id
            case 4: span.parent = Self.id(value) == 0 ? nil : Self.id(value)  // parent_span_id
            case 5: span.name = value.utf8.map(screen.text) ?? ""
            case 6: span.kind = Self.small(value, upTo: 5)
            case 7: span.startedAt = Int64(clamping: value.number ?? 0)  // start_time_unix_nano
            case 8: span.endedAt = Int64(clamping: value.number ?? 0)  // end_time_unix_nano
            case 9:
                guard attributeCount < Limits.spanAttributes else { break }
                attributeCount += 1
                let mark = attributes.bytes.count
                try write(attribute: value, depth: 0, to: &attributes)
                _ = attributes.keep(since: mark)
            case 11: if let bytes = value.bytes { try add(event: bytes, to: &events) }
            case 15: if let bytes = value.bytes { try readStatus(bytes, &span) }
            default: break
            }
        }
        attributes.close(.object)
        span.attributes = attributes.bytes
        events?.close(.array)
        if let events { span.events = events.bytes }
        return span
    }

    /// Event – 1: time_unix_nano, 2: name, 3: attributes. Left out when there is no room for it.
    private func add(event: Bytes, to events: inout SpanTextWriter?) throws(ProtobufError) {
        var text = events ?? SpanTextWriter(screen, open: .array)
        let mark = text.bytes.count
        var (at, name): (UInt64, Bytes?) = (0, nil)
        var reader = ProtobufReader(event)
        while let (number, value) = try reader.next() {
            if number == 1 { at = value.number ?? 0 }
            if number == 2 { name = value.utf8 }
        }
        text.beginEvent(at: Int64(clamping: at), named: name ?? Bytes(rebasing: event[..<0]))
        var attributeCount = 0
        reader = ProtobufReader(event)
        while let (number, value) = try reader.next() {
            guard number == 3, attributeCount < Limits.spanAttributes else { continue }
            attributeCount += 1
            try write(attribute: value, depth: 0, to: &text)
        }
        text.endEvent()
        if text.keep(since: mark) { events = text }
    }

    /// Status – 2: message, 3: code.
    private func readStatus(_ bytes: Bytes, _ span: inout ForeignSpan) throws(ProtobufError) {
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            if number == 2 { span.statusMessage = value.utf8.map(screen.text) }
            if number == 3 { span.status = Self.small(value, upTo: 2) }
        }
    }

    // MARK: Attributes

    /// One without a name is left out.
    private func write(
        attribute: ProtobufReader.Value, depth: Int, to text: inout SpanTextWriter
    ) throws(ProtobufError) {
        guard let bytes = attribute.bytes else { return }
        let (key, content) = try keyAndValue(bytes)
        guard let key, text.name(key) else { return }
        guard let content else { return text.null() }
        try write(any: content, depth: depth, to: &text)
    }

    /// KeyValue – 1: key, 2: value.
    private func keyAndValue(_ bytes: Bytes) throws(ProtobufError) -> (key: Bytes?, value: Bytes?) {
        var reader = ProtobufReader(bytes)
        var (key, content): (Bytes?, Bytes?) = (nil, nil)
        while let (number, value) = try reader.next() {
            if number == 1 { key = value.utf8 }
            if number == 2 { content = value.bytes ?? content }
        }
        return (key, content)
    }

    /// The alternative of an AnyValue that stands last in it.
    private func any(_ bytes: Bytes) throws(ProtobufError) -> (UInt64, ProtobufReader.Value)? {
        var reader = ProtobufReader(bytes)
        var last: (UInt64, ProtobufReader.Value)?
        while let field = try reader.next() {
            if (1...7).contains(field.number) { last = (field.number, field.value) }
        }
        return last
    }

    /// AnyValue – 1: string, 2: bool, 3: int, 4: double, 5: array (1: values), 6: list of key and
    /// value (1: values), 7: bytes.
    private func write(
        any bytes: Bytes, depth: Int, to text: inout SpanTextWriter
    ) throws(ProtobufError) {
        guard depth < Limits.spanValueDepth, let (number, value) = try any(bytes) else {
            return text.null()
        }
        switch (number, value) {
        case (1, _):
            guard let utf8 = value.utf8 else { return text.null() }
            text.text(utf8)
        case (2, .varint(let bit)): text.bool(bit != 0)
        case (3, .varint(let bits)): text.integer(Int64(bitPattern: bits))
        case (4, .fixed64(let bits)): text.number(Double(bitPattern: bits))
        case (5, .bytes(let items)): try write(items, as: .array, depth: depth + 1, to: &text)
        case (6, .bytes(let items)): try write(items, as: .object, depth: depth + 1, to: &text)
        case (7, .bytes(let bytes)): text.binary(count: bytes.count)
        default: text.null()
        }
    }

    /// The values of an array, or the pairs of a list.
    private func write(
        _ items: Bytes, as bracket: SpanTextWriter.Bracket, depth: Int, to text: inout SpanTextWriter
    ) throws(ProtobufError) {
        var reader = ProtobufReader(items)
        var count = 0
        text.open(bracket)
        while let (number, value) = try reader.next() {
            guard number == 1, let bytes = value.bytes, count < Limits.spanAttributes else { continue }
            count += 1
            switch bracket {
            case .array: try write(any: bytes, depth: depth, to: &text)
            case .object: try write(attribute: value, depth: depth, to: &text)
            }
        }
        text.close(bracket)
    }

    // MARK: Numbers

    /// Eight bytes as a word; 0, which no id is, for anything else.
    private static func id(_ value: ProtobufReader.Value) -> UInt64 {
        guard let bytes = value.bytes, bytes.count == 8 else { return 0 }
        return word(bytes[...])
    }

    private static func word(_ bytes: Bytes.SubSequence) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of an enumeration; 0 for one that it does not have.
    private static func small(_ value: ProtobufReader.Value, upTo last: UInt64) -> Int {
        guard let number = value.number, number <= last else { return 0 }
        return Int(number)
    }
}
