import Contracts
import Identifiers
import Testing
import TestSupport

@testable import Observability

@Suite struct `Trace context` {
    private func continued(_ text: String?) -> TraceContext {
        continued(bytes: text.map { Array($0.utf8)[...] })
    }

    private func continued(bytes: ArraySlice<UInt8>?) -> TraceContext {
        TraceContext(
            traceparent: bytes, request: RequestID(high: 0x0123, low: 0x4567), random: { 0xAB })
    }

    private func sent(_ context: TraceContext) -> String {
        var bytes: [UInt8] = []
        context.appendTraceparent(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private let trace = "12345678901234567890123456789012"

    @Test func `writes what it has read, with a span of its own`() {
        let context = continued("00-\(trace)-1234567890123456-01")
        #expect(context.traceID == trace)
        #expect(context.parent == 0x1234_5678_9012_3456)
        #expect(sent(context) == "00-\(trace)-00000000000000ab-01")
    }

    @Test(arguments: [("00", "00"), ("01", "01"), ("02", "02"), ("03", "03"), ("ff", "03"), ("fc", "00")])
    func `keeps the flags that have a meaning`(received: String, kept: String) {
        let context = continued("00-\(trace)-1234567890123456-\(received)")
        #expect(sent(context).hasSuffix("-\(kept)"))
    }

    @Test func `a later version is read as far as this one knows it`() {
        #expect(continued("cc-\(trace)-1234567890123456-01").traceID == trace)
        #expect(continued("cc-\(trace)-1234567890123456-01-more").traceID == trace)
        #expect(continued("cc-\(trace)-1234567890123456-01.more").traceID != trace)
    }

    @Test func `one byte changed anywhere to something foreign starts a new trace`() {
        let good = Array("00-\(trace)-1234567890123456-01".utf8)
        for index in good.indices {
            for byte in [UInt8(ascii: "G"), UInt8(ascii: "A"), 0x20, 0] {
                var bytes = good
                bytes[index] = byte
                let context = continued(bytes: bytes[...])
                #expect(context.parent == nil, "\(index) \(byte)")
            }
        }
        for count in good.indices {
            #expect(continued(bytes: good[..<count]).parent == nil)
        }
    }

    @Test func `a trace that begins here is sampled and random`() {
        let context = continued(nil)
        #expect(context.flags == 0x03)
        #expect(context.parent == nil)
        #expect(context.traceHigh | context.traceLow != 0)
        #expect(sent(context) == "00-\(context.traceID)-00000000000000ab-03")
    }

    @Test func `a trace that begins here has the id of its first call`() {
        #expect(continued(nil).traceID == "00000000000001230000000000004567")
    }
}
