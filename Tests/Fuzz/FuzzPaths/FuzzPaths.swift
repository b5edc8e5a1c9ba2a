/// Lines of templates and, last, a path: what matches has as many segments as its template and a
/// value for each of the template's parameters; nothing crashes, and nothing is searched for long.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPaths(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    guard let path = lines.popLast(), lines.count <= 64 else { return 0 }
    var paths = JSONObject()
    for line in lines { paths["/\(line)"] = ["get": ["responses": ["200": ["description": ""]]]] }
    let document: JSONValue = [
        "openapi": "3.1.0", "info": ["title": "", "version": ""], "paths": .object(paths),
    ]
    guard let contract = try? Contract(lazily: document) else { preconditionFailure("not read") }
    guard case .matched(let operation, let values) = contract.match(method: "GET", path: path)
    else { return 0 }
    func slashes(_ text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "/") } }
    precondition(slashes(operation.path) == slashes(path))
    precondition(values.count <= operation.path.utf8.count { $0 == UInt8(ascii: "{") })
    precondition(values.allSatisfy { !$0.value.isEmpty })
    return 0
}
