/// A template, filled with itself: it is refused, or filled within its bounds; a value in a JSON
/// text never breaks out of its quotation marks, whatever it is.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzTemplates(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let values: JSONValue = [
        "request": ["text": .string(source), "items": [1, "two", ["name": .string(source)], .null]]
    ]
    if let template = try? Template(source, vocabulary) {
        var run = TemplateRun(values, NoWorld())
        if let text = try? template.text(&run) {
            precondition(text.utf8.count <= Limits.templateOutputBytesMax)
        }
    }
    guard let quoting = try? Template(#"{"a":"{{request.text}}"}"#, vocabulary) else {
        preconditionFailure("a template")
    }
    var run = TemplateRun(values, NoWorld())
    guard let text = try? quoting.text(&run, escaping: .json) else { return 0 }
    guard let read = try? JSONParser.parse(text) else { preconditionFailure("no JSON: \(text)") }
    precondition(read == ["a": .string(source)])
    return 0
}

private let vocabulary = TemplateVocabulary(roots: ["request"])

/// Knows nothing beside the standard helpers.
private struct NoWorld: TemplateWorld {
    mutating func call(
        _ helper: String, _ arguments: [JSONValue], _ options: [String: JSONValue]
    ) throws(TemplateRunFault) -> JSONValue {
        throw TemplateRunFault("there is no \(helper)")
    }
}
