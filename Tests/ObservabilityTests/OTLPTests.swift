import Contracts
import Testing

@testable import Observability

/// An ExportTraceServiceRequest as protobuf, written by hand.
private struct Message {
    var bytes: [UInt8] = []

    func field(_ number: UInt8, _ inner: Message) -> Message { field(number, inner.bytes) }
    func field(_ number: UInt8, _ text: String) -> Message { field(number, Array(text.utf8)) }

    func field(_ number: UInt8, _ content: [UInt8]) -> Message {
        var sum = self
        sum.bytes += Self.tag(number, 2) + Message.varint(UInt64(content.count)) + content
        return sum
    }

    func field(_ number: UInt8, varint: UInt64) -> Message {
        var sum = self
        sum.bytes += Self.tag(number, 0) + Message.varint(varint)
        return sum
    }

    func field(_ number: UInt8, fixed64: UInt64) -> Message {
        var sum = self
        sum.bytes += Self.tag(number, 1)
        withUnsafeBytes(of: fixed64.littleEndian) { sum.bytes += $0 }
        return sum
    }

    private static func tag(_ number: UInt8, _ type: UInt64) -> [UInt8] {
        varint(UInt64(number) << 3 | type)
    }

    static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, bytes): (UInt64, [UInt8]) = (value, [])
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func attribute(_ key: String, _ value: Message) -> Message {
        Message().field(1, key).field(2, value)
    }

    /// One span with an attribute of every kind, an event and a status.
    static let whole: Message = {
        let event = Message().field(1, fixed64: 1_500).field(2, "retry")
        let list = Message().field(1, attribute("inner", Message().field(1, "x")))
        let array = Message().field(1, Message().field(1, "a")).field(1, Message().field(3, varint: 2))
        let span = Message()
            .field(1, (1...16).map { UInt8($0) }).field(2, (1...8).map { UInt8($0) })
            .field(4, [9, 9, 9, 9, 9, 9, 9, 9]).field(5, "charge").field(6, varint: 3)
            .field(7, fixed64: 1_000).field(8, fixed64: 2_000)
            .field(9, attribute("text", Message().field(1, "é")))
            .field(9, attribute("yes", Message().field(2, varint: 1)))
            .field(9, attribute("minus", Message().field(3, varint: UInt64(bitPattern: -5))))
            .field(9, attribute("half", Message().field(4, fixed64: (0.5).bitPattern)))
            .field(9, attribute("array", Message().field(5, array)))
            .field(9, attribute("list", Message().field(6, list)))
            .field(9, attribute("bytes", Message().field(7, [0, 1, 2])))
            .field(11, event)
            .field(15, Message().field(2, "declined").field(3, varint: 2))
            // A field of a later version.
            .field(16, varint: 256)
        let scope = Message().field(1, Message().field(1, "shop")).field(2, span)
        let resource = Message().field(1, attribute("service.name", Message().field(1, "web")))
        // The resource may come behind what it belongs to.
        return Message().field(1, Message().field(2, scope).field(1, resource))
    }()
}

private let wholeAsJSON = """
    {"resourceSpans": [{
      "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "web"}}]},
      "scopeSpans": [{"scope": {"name": "shop"}, "spans": [{
        "traceId": "0102030405060708090A0B0C0D0E0F10", "spanId": "0102030405060708",
        "parentSpanId": "0909090909090909", "name": "charge", "kind": 3,
        "startTimeUnixNano": "1000", "endTimeUnixNano": 2000, "unknown": [1],
        "attributes": [
          {"key": "text", "value": {"stringValue": "é"}}, {"key": "yes", "value": {"boolValue": true}},
          {"key": "minus", "value": {"intValue": "-5"}}, {"key": "half", "value": {"doubleValue": 0.5}},
          {"key": "array", "value": {"arrayValue": {"values": [
            {"stringValue": "a"}, {"intValue": 2}]}}},
          {"key": "list", "value": {"kvlistValue": {"values": [
            {"key": "inner", "value": {"stringValue": "x"}}]}}},
          {"key": "bytes", "value": {"bytesValue": "AAEC"}}],
        "events": [{"timeUnixNano": "1500", "name": "retry"}],
        "status": {"code": 2, "message": "declined"}}]}]}]}
    """

/// A span that has something to hide everywhere.
private enum Hostile {
    static let protobuf: Message = {
        let secret = Message.attribute("password", Message().field(1, "open"))
        let deep = Message().field(1, Message.attribute("deep", Message().field(1, "hidden")))
        let span = Message()
            .field(1, (1...16).map { UInt8($0) }).field(2, (1...8).map { UInt8($0) }).field(5, "hidden")
            .field(9, secret).field(9, Message.attribute("hidden", Message().field(3, varint: 1)))
            .field(9, Message.attribute("quotes", Message().field(1, "a\"b\\c\u{1}")))
            .field(
                9,
                Message.attribute("in", Message().field(5, Message().field(1, Message().field(6, deep)))))
            .field(11, Message().field(2, "hidden").field(3, secret))
            .field(15, Message().field(2, "hidden"))
        let scope = Message().field(1, Message().field(1, "hidden")).field(2, span)
        let name = Message.attribute("service.name", Message().field(1, "hidden"))
        return Message().field(1, Message().field(1, Message().field(1, name)).field(2, scope))
    }()

    static let json = #"""
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "hidden"}}]},
          "scopeSpans": [{"scope": {"name": "hidden"}, "spans": [{
            "traceId": "0102030405060708090A0B0C0D0E0F10", "spanId": "0102030405060708",
            "name": "hidden",
            "attributes": [
              {"key": "password", "value": {"stringValue": "open"}},
              {"key": "hidden", "value": {"intValue": 1}},
              {"key": "quotes", "value": {"stringValue": "a\"b\\c\u0001"}},
              {"key": "in", "value": {"arrayValue": {"values": [{"kvlistValue": {"values": [
                {"key": "deep", "value": {"stringValue": "hidden"}}]}}]}}}],
            "events": [{"name": "hidden", "attributes": [
              {"key": "password", "value": {"stringValue": "open"}}]}],
            "status": {"message": "hidden"}}]}]}]}
        """#
}

/// Hides texts with "hidden" in them, and members called `password`.
private let screen = SpanScreen(
    masked: { String(decoding: $0, as: UTF8.self).contains("hidden") ? Array("***".utf8) : nil },
    isSecret: { $0.elementsEqual("password".utf8) })

@Suite struct `An export of spans` {
    @Test(arguments: ["protobuf", "json"])
    func `is read whole, in either encoding`(_ encoding: String) throws {
        let batch =
            encoding == "json"
            ? try OTLPJSON.spans(Array(wholeAsJSON.utf8), screen)
            : try OTLPProtobuf.spans(Message.whole.bytes, screen)
        let span = try #require(batch.spans.first)
        #expect(batch.spans.count == 1 && batch.rejected == 0)
        #expect((span.traceHigh, span.traceLow) == (0x0102_0304_0506_0708, 0x090A_0B0C_0D0E_0F10))
        #expect((span.span, span.parent) == (0x0102_0304_0506_0708, 0x0909_0909_0909_0909))
        #expect((span.name, span.service, span.scope, span.kind) == ("charge", "web", "shop", 3))
        #expect((span.startedAt, span.endedAt) == (1_000, 2_000))
        #expect((span.status, span.statusMessage) == (2, "declined"))
        #expect(
            try JSONParser.parse(span.attributes) == [
                "text": "é", "yes": true, "minus": -5, "half": .number(try #require(JSONNumber("0.5"))),
                "array": ["a", 2], "list": ["inner": "x"], "bytes": "3 bytes",
            ])
        #expect(
            try JSONParser.parse(span.events) == [["at": 1_500, "name": "retry", "attributes": [:]]])
    }

    @Test(arguments: ["protobuf", "json"])
    func `is masked as it is read, wherever a text stands`(_ encoding: String) throws {
        let batch =
            encoding == "json"
            ? try OTLPJSON.spans(Array(Hostile.json.utf8), screen)
            : try OTLPProtobuf.spans(Hostile.protobuf.bytes, screen)
        let span = try #require(batch.spans.first)
        #expect((span.name, span.service, span.scope, span.statusMessage) == ("***", "***", "***", "***"))
        #expect(
            try JSONParser.parse(span.attributes) == [
                "password": "***", "***": 1, "quotes": "a\"b\\c\u{1}", "in": [["deep": "***"]],
            ])
        #expect(
            try JSONParser.parse(span.events) == [
                ["at": 0, "name": "***", "attributes": ["password": "***"]]
            ])
    }

    @Test func `keeps the attributes and events that there is room for`() throws {
        let long = Message.attribute("long", Message().field(1, String(repeating: "x", count: 9_000)))
        let short = Message.attribute("short", Message().field(2, varint: 1))
        var span = Message().field(1, (1...16).map { UInt8($0) }).field(2, (1...8).map { UInt8($0) })
            .field(9, long).field(9, short).field(11, Message().field(2, "too much").field(3, long))
        for _ in 0..<1_000 { span = span.field(9, short).field(11, Message().field(2, "again")) }
        let bytes = Message().field(1, Message().field(2, Message().field(2, span))).bytes
        let kept = try #require(try OTLPProtobuf.spans(bytes, screen).spans.first)
        #expect(kept.attributes.count <= Limits.spanAttributeBytes)
        #expect(try JSONParser.parse(kept.attributes)["short"] == true)
        #expect(try JSONParser.parse(kept.attributes)["long"] == nil)
        #expect(try JSONParser.parse(kept.attributes).object?.members.count == Limits.spanAttributes - 1)
        #expect(kept.events.count <= Limits.spanAttributeBytes)
        #expect((try JSONParser.parse(kept.events).array?.count ?? 0) > 100)
        #expect(try JSONParser.parse(kept.events)[0]?["name"] == "again")
    }

    @Test func `that ends anywhere inside is refused or has no span, and never crashes`() {
        let bytes = Message.whole.bytes
        for end in 1..<bytes.count {
            let batch = try? OTLPProtobuf.spans(Array(bytes[..<end]), screen)
            #expect(batch?.spans.isEmpty ?? true, "\(end)")
        }
    }

    @Test func `with any byte changed never crashes`() {
        let bytes = Message.whole.bytes
        for index in bytes.indices {
            for value in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = value
                _ = try? OTLPProtobuf.spans(changed, screen)
            }
        }
    }

    @Test func `tells how many spans are none and keeps the others`() throws {
        let good = #"{"traceId": "\#(String(repeating: "1", count: 32))", "spanId": "0000000000000001"}"#
        let noTrace = #"{"traceId": "\#(String(repeating: "0", count: 32))", "spanId": "0000000000000001"}"#
        let backwards = good.dropLast() + #", "startTimeUnixNano": 2, "endTimeUnixNano": 1}"#
        let batch = try OTLPJSON.spans(
            Array(
                #"{"resourceSpans": [{"scopeSpans": [{"spans": [\#(noTrace), \#(good), \#(backwards)]}]}]}"#
                    .utf8), screen)
        #expect(batch.spans.count == 1)
        #expect(batch.rejected == 2)
        #expect(batch.firstFault?.contains("trace_id") == true)
    }

    @Test func `is answered in its own encoding`() {
        #expect(OTLPEncoding.protobuf.answer(rejected: 0, because: "") == [])
        #expect(OTLPEncoding.json.answer(rejected: 0, because: "") == Array("{}".utf8))
        // 1: { 1: 300, 2: "no" }
        #expect(
            OTLPEncoding.protobuf.answer(rejected: 300, because: "no")
                == [0x0A, 7, 0x08, 0xAC, 0x02, 0x12, 2, 0x6E, 0x6F])
        #expect(OTLPEncoding.protobuf.status(code: 3, "x") == [0x08, 3, 0x12, 1, 0x78])
    }
}

@Suite struct `The tree of a trace` {
    private func node(_ span: UInt64, _ parent: UInt64?, _ start: Int64) -> TraceTree.Node {
        TraceTree.Node(span: span, parent: parent, start: start)
    }

    private func order(_ nodes: [TraceTree.Node]) -> [String] {
        TraceTree.order(nodes).map { "\($0.depth):\(nodes[$0.index].span)" }
    }

    @Test func `has children behind their parent, siblings by their start`() {
        let nodes = [
            node(4, 2, 30), node(1, nil, 0), node(3, 1, 20), node(2, 1, 10), node(5, 2, 15),
        ]
        #expect(order(nodes) == ["0:1", "1:2", "2:5", "2:4", "1:3"])
    }

    @Test func `has spans without their parent at the top, and circles cut`() {
        #expect(order([node(1, 9, 5), node(2, nil, 3)]) == ["0:2", "0:1"])
        #expect(order([node(1, 2, 1), node(2, 1, 2)]) == ["0:1", "1:2"])
        #expect(order([node(1, 1, 0)]) == ["0:1"])
    }

    @Test func `of a chain of thousands is as deep as the chain`() {
        let nodes = (1...5_000).map { node(UInt64($0), $0 == 1 ? nil : UInt64($0 - 1), 0) }
        #expect(TraceTree.order(nodes).last?.depth == 4_999)
    }
}
