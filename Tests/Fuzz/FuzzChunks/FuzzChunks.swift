// Any bytes: the chunk decoder neither traps nor passes its limit, and its verdict and what it
// decoded are the same whatever the split. The first byte of the input says where to cut.

private struct Outcome: Equatable {
    var body: [UInt8] = []
    var consumed = 0
    var isComplete = false
    var error: HTTPParseError?
}

private let bodyBytesMax = 4_096

private func decode(_ pieces: [UnsafeRawBufferPointer]) -> Outcome {
    var decoder = ChunkDecoder(bodyBytesMax: bodyBytesMax)
    var outcome = Outcome()
    for piece in pieces where !outcome.isComplete {
        do throws(HTTPParseError) {
            let progress = try decoder.decode(piece, into: &outcome.body)
            outcome.consumed += progress.consumed
            outcome.isComplete = progress.isComplete
        } catch {
            // How much was taken before a fault depends on the split and means nothing.
            outcome.consumed = 0
            outcome.error = error
            break
        }
    }
    return outcome
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChunks(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let bytes = UnsafeRawBufferPointer(rebasing: input[1...])
    let cut = Int(input[0]) * bytes.count / 255
    let whole = decode([bytes])
    precondition(whole.body.count <= bodyBytesMax, "decoded \(whole.body.count) bytes")
    let halves = decode([
        UnsafeRawBufferPointer(rebasing: bytes[..<cut]),
        UnsafeRawBufferPointer(rebasing: bytes[cut...]),
    ])
    precondition(halves == whole, "cut at \(cut)")
    let single = decode(bytes.indices.map { UnsafeRawBufferPointer(rebasing: bytes[$0...$0]) })
    precondition(single == whole, "byte by byte")
    return 0
}
