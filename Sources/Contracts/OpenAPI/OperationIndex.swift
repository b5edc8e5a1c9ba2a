/// What operations are looked for by: method, path, id and summary, read once from the compiled
/// contract, so that a search touches neither the document nor the operations themselves. Some 300
/// bytes an operation.
package final class OperationIndex: Sendable {
    package struct Entry: Sendable {
        package let id: String
        /// Upper case.
        package let method: String
        /// The template as written.
        package let path: String
        /// At most ``Limits/indexedSummaryCharacters`` of it; empty where the contract has none.
        package let summary: String
        /// All of these in lower case, as UTF-8.
        fileprivate let text: [UInt8]
        fileprivate let idBytes: Int
    }

    private let entries: [Entry]

    /// The first ``Limits/indexedOperations`` in the contract's order.
    package init(_ operations: [Operation]) {
        entries = operations.prefix(Limits.indexedOperations).map { operation in
            let summary = String((operation.summary ?? "").prefix(Limits.indexedSummaryCharacters))
            let id = operation.id.lowercased()
            return Entry(
                id: operation.id, method: operation.method, path: operation.path, summary: summary,
                text: Array("\(id) \(operation.method) \(operation.path) \(summary)".lowercased().utf8),
                idBytes: id.utf8.count)
        }
    }

    /// Operations in whose id, method, path or summary every word stands, case aside: those whose id
    /// begins with the first word before the others, else in the contract's order. Without a word,
    /// all of them.
    package func found(_ words: [String]) -> [Entry] {
        let needles = words.map { Array($0.lowercased().utf8) }
        guard let first = needles.first else { return entries }
        let fitting = entries.filter { entry in
            needles.allSatisfy { Self.holds(entry.text, $0) }
        }
        let isAhead = { (entry: Entry) in entry.text.prefix(entry.idBytes).starts(with: first) }
        return fitting.filter(isAhead) + fitting.filter { !isAhead($0) }
    }

    /// Over bytes: a search through a thousand operations shall take no more than a fraction of a
    /// millisecond of its event loop.
    private static func holds(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let head = needle.first else { return true }
        guard needle.count <= text.count else { return false }
        return text.withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                for start in 0...(text.count - needle.count) where text[start] == head {
                    var length = 1
                    while length < needle.count, text[start + length] == needle[length] { length += 1 }
                    if length == needle.count { return true }
                }
                return false
            }
        }
    }
}
