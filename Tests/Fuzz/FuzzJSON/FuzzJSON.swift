/// What is taken is written and taken again as the same value, compact and pretty; refusing
/// doubled members refuses or gives the same value; nothing crashes on anything.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let strict = try? JSONParser.parse(bytes, doubled: .refused)
    guard let value = try? JSONParser.parse(bytes) else {
        precondition(strict == nil)
        return 0
    }
    if let strict { precondition(strict == value) }
    for layout in [JSONWriter.Layout.compact, .pretty] {
        let written = JSONWriter.bytes(value, layout)
        guard let again = try? JSONParser.parse(written) else { preconditionFailure("not taken back") }
        precondition(again == value && again.means(value))
        precondition(JSONWriter.bytes(again, layout) == written)
    }
    return 0
}
