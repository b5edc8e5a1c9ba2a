/// A callback's address: it is none, or made of parts that lead back to the text; what stands between
/// braces is an expression in itself.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzRuntimeExpression(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let template = RuntimeTemplate(text) else { return 0 }
    precondition(template.text == text && template.parts.count <= Limits.templatePartsMax)
    let alone = RuntimeExpression(text)
    var expressions = 0
    for part in template.parts {
        switch part {
        case .text(let piece): precondition(!piece.isEmpty && text.contains(piece))
        case .expression(let expression):
            expressions += 1
            if let alone { precondition(expression == alone && template.parts.count == 1) }
        }
    }
    precondition(alone != nil || expressions <= text.unicodeScalars.count { $0 == "{" })
    return 0
}
