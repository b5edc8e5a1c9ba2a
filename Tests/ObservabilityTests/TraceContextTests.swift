import Contracts
import Testing
import TestSupport

@testable import Observability

@Suite struct `Trace context` {
    private func continued(_ text: String?) -> TraceContext {
        TraceContext(traceparent: text.map { Array($0.utf8)[...] }, random: { 0xAB })
    }

    private let trace = "12345678901234567890123456789012"

    @Test func `writes what it has read, with a span of its own`() {
        let context = continued("00-\(trace)-1234567890123456-01")
        #expect(context.traceID == trace)
        #expect(context.parent == 0x1234_5678_9012_3456)
        #expect(String(decoding: context.traceparent, as: UTF8.self) == "00-\(trace)-00000000000000ab-01")
    }

    @Test(arguments: [("00", "00"), ("01", "01"), ("02", "02"), ("03", "03"), ("ff", "03"), ("fc", "00")])
    func `keeps the flags that have a meaning`(received: String, sent: String) {
        let context = continued("00-\(trace)-1234567890123456-\(received)")
        #expect(String(decoding: context.traceparent.suffix(2), as: UTF8.self) == sent)
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
                let context = TraceContext(traceparent: bytes[...], random: { 0xAB })
                #expect(context.parent == nil, "\(index) \(byte)")
            }
        }
        for count in good.indices {
            #expect(TraceContext(traceparent: good[..<count], random: { 0xAB }).parent == nil)
        }
    }

    @Test func `a trace that begins here is sampled and random`() {
        let context = continued(nil)
        #expect(context.flags == 0x03)
        #expect(context.parent == nil)
        #expect(context.traceHigh | context.traceLow != 0)
    }
}
