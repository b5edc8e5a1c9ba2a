// Any bytes: the head parser neither traps nor reads beyond them, and its verdict is the same
// whatever the split. The first byte of the input says where to cut.

private enum Verdict: Equatable {
    case needMore
    case refused(HTTPParseError)
    case head(target: String, fields: Int, BodyFraming, host: String?, consumed: Int)
}

private func read(_ pieces: [UnsafeRawBufferPointer]) -> Verdict {
    var parser = RequestHeadParser()
    var before = 0
    for piece in pieces {
        switch parser.parse(piece) {
        case .needMore: before += piece.count
        case .refused(let error): return .refused(error)
        case .head(let head, let consumed):
            return .head(
                target: head.target, fields: head.fields.count, head.framing, host: head.host,
                consumed: before + consumed)
        }
    }
    return .needMore
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequestHead(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let bytes = UnsafeRawBufferPointer(rebasing: input[1...])
    let cut = Int(input[0]) * bytes.count / 255
    let whole = read([bytes])
    let halves = read([
        UnsafeRawBufferPointer(rebasing: bytes[..<cut]),
        UnsafeRawBufferPointer(rebasing: bytes[cut...]),
    ])
    precondition(halves == whole, "cut at \(cut): \(halves), whole: \(whole)")
    if bytes.count <= 512 {
        let single = read(bytes.indices.map { UnsafeRawBufferPointer(rebasing: bytes[$0...$0]) })
        precondition(single == whole, "byte by byte: \(single), whole: \(whole)")
    }
    return 0
}
