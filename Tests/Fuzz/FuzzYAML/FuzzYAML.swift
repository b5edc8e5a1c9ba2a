/// What is taken can be written as JSON and is the same value when read back, as JSON and, since
/// JSON is YAML, as YAML; nothing crashes on anything.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzYAML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let limits = JSONLimits(bytesMax: 1 << 16, depthMax: 64)
    guard let value = try? YAMLParser.parse(bytes, limits: limits) else { return 0 }
    let written = JSONWriter.bytes(value, .compact)
    // Aliases may repeat more than is worth writing here.
    guard written.count < 1 << 18 else { return 0 }
    guard let again = try? JSONParser.parse(written) else { preconditionFailure("not taken back") }
    precondition(again == value)
    return 0
}
