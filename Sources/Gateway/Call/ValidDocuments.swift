import Contracts

/// Stored documents that were held against an operation's contract lately and fit it, of one event
/// loop. A client that polls an object is answered the same bytes again and again: they are
/// compared, which costs a fiftieth of reading and validating them.
///
/// A table without chains: a document takes the place that its hash names from whoever has it.
struct ValidDocuments {
    private struct Entry {
        let operation: Operation
        let status: Int
        let document: [UInt8]
    }

    private var entries = [Entry?](repeating: nil, count: GatewayLimits.validDocuments)

    func contains(_ document: [UInt8], _ operation: Operation, status: Int) -> Bool {
        guard let entry = entries[Self.place(of: document)] else { return false }
        return entry.operation === operation && entry.status == status && entry.document == document
    }

    /// Remembers a document that fits, if it is not too long to be kept.
    mutating func insert(_ document: [UInt8], _ operation: Operation, status: Int) {
        guard document.count <= GatewayLimits.validDocumentBytes else { return }
        entries[Self.place(of: document)] = Entry(
            operation: operation, status: status, document: document)
    }

    private static func place(of document: [UInt8]) -> Int {
        var hasher = Hasher()
        document.withUnsafeBytes { hasher.combine(bytes: $0) }
        return Int(UInt(bitPattern: hasher.finalize()) % UInt(GatewayLimits.validDocuments))
    }
}
