/// A contract and two files beside it, with a NUL between them: whatever is taken becomes a document
/// that is read back as the same one, the same each time, and its problems have their places.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzUploads(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: min(count, 1 << 13))
    let parts = input.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    let paths = ["openapi.yaml", "schemas/a.yaml", "schemas/b.json"]
    let files = zip(paths, parts).map { UploadedFile(path: $0, bytes: Array($1)) }
    guard let upload = try? ContractUpload(files), let outcome = try? upload.bundled(root: paths[0]),
        case .contract(let bundle) = outcome
    else { return 0 }
    precondition((try? JSONValue(contract: bundle.bytes)) == bundle.document)
    guard let again = try? ContractUpload(files.reversed()).bundled(root: paths[0]),
        case .contract(let other) = again
    else { preconditionFailure("not taken again") }
    precondition(other.bytes == bundle.bytes)
    guard let contract = try? Contract(lazily: bundle.document) else { return 0 }
    for problem in contract.warnings + contract.problems() {
        guard let located = bundle.located(problem) else { continue }
        precondition(located.file.map(paths.contains) == true)
    }
    return 0
}
