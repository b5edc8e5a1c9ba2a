import Synchronization

/// Compiles the operations of one contract, each on its first use, one at a time.
///
/// Unchecked: the reader is used only while the lock is held. What it hands out is immutable; the
/// table that it points into grows, but never where it has been sealed.
final class ContractCompilation: @unchecked Sendable {
    private let lock = Mutex(())
    private let reader: ContractReader
    private let declaredWebhooks = AtomicLazyReference<DeclaredMessages>()

    init(_ reader: ContractReader) { self.reader = reader }

    func parts(_ outline: OperationOutline) -> OperationParts {
        lock.withLock { _ in reader.parts(outline) }
    }

    /// Compiled on the first call.
    func webhooks() -> [DeclaredMessage] {
        if let known = declaredWebhooks.load() { return known.all }
        let read = lock.withLock { _ in DeclaredMessages(reader.webhooks()) }
        return declaredWebhooks.storeIfNil(read).all
    }

    /// What was wrong in the operations compiled since the last call.
    func takeProblems() -> [ContractProblem] {
        lock.withLock { _ in reader.compiler.takeProblems() }
    }
}

/// Where an operation stands in its document.
struct OperationOutline: Sendable {
    let path: String
    /// The parameters of the path item.
    let shared: JSONValue?
    let sharedPlace: SchemaPlace
    let source: JSONObject
    let place: SchemaPlace
}

/// What an operation takes and answers, compiled.
final class OperationParts: Sendable {
    let parameters: [Parameter]
    let requestBody: RequestBody?
    let responses: [DeclaredResponse]
    let callbacks: [DeclaredCallback]

    init(
        parameters: [Parameter], requestBody: RequestBody?, responses: [DeclaredResponse],
        callbacks: [DeclaredCallback]
    ) {
        self.parameters = parameters
        self.requestBody = requestBody
        self.responses = responses
        self.callbacks = callbacks
    }
}

/// What a contract declares that its API sends.
final class DeclaredMessages: Sendable {
    let all: [DeclaredMessage]

    init(_ all: [DeclaredMessage]) { self.all = all }
}
