/// A schema and a value, two JSON documents with a NUL between them: whatever compiles decides every
/// value, and the quick verdict is the one that the list of faults gives, in every dialect.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSchema(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let limits = JSONLimits(bytesMax: 1 << 14, depthMax: 64)
    guard parts.count == 2, let schema = try? JSONParser.parse(Array(parts[0]), limits: limits),
        let value = try? JSONParser.parse(Array(parts[1]), limits: limits)
    else { return 0 }
    for dialect in [SchemaDialect.draft4, .draft7, .draft2020, .openAPI30] {
        let options = SchemaOptions(dialect: dialect)
        guard let compiled = try? CompiledSchema(schema, options: options) else { continue }
        let accepted = compiled.accepts(value)
        precondition(accepted == compiled.validate(value).isEmpty)
        precondition(accepted == compiled.accepts(value))
    }
    return 0
}
