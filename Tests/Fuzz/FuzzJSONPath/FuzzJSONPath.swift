/// A query and, from the second line on, a document: the query is refused, or selects places that are
/// there, within its steps, the same each time.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzJSONPath(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = try? JSONPath(String(lines[0])) else { return 0 }
    let sent = lines.count > 1 ? try? JSONParser.parse(Array(lines[1].utf8)) : nil
    let document = sent ?? usual
    var (steps, again) = (stepsMax, stepsMax)
    guard let places = try? path.places(in: document, steps: &steps) else { return 0 }
    precondition(steps >= 0 && steps <= stepsMax)
    precondition(places.allSatisfy { document[$0] != nil })
    precondition((try? path.places(in: document, steps: &again)) == places && again == steps)
    return 0
}

private let stepsMax = 100_000

private let usual: JSONValue = [
    "store": [
        "books": [
            ["title": "a", "price": 8, "tags": ["x", "y"]],
            ["title": "b", "price": 12, "isbn": "0-553"],
        ],
        "open": true, "none": .null,
    ]
]
