/// A JSON Schema of any dialect (``SchemaDialect``), compiled once and applied to any number of
/// values. Keywords that its dialect does not have are taken as annotations.
package struct CompiledSchema: Sendable {
    let table: SchemaTable
    let root: SchemaIndex

    init(table: SchemaTable, root: SchemaIndex) {
        self.table = table
        self.root = root
    }

    /// Compiles the schema at `pointer` of a document, which `$ref` may point into.
    package init(
        _ document: JSONValue, at pointer: JSONPointer = .root,
        options: SchemaOptions = SchemaOptions()
    ) throws(ContractError) {
        let compiler = SchemaCompiler(document, options: options)
        root = compiler.compile(at: pointer)
        table = compiler.table
        try compiler.finish()
    }

    /// Whether the value fits. Ends at the first fault and builds no text.
    package func accepts(_ value: JSONValue, as direction: MessageDirection = .any) -> Bool {
        var verdict = Verdict(table, direction)
        return withExtendedLifetime(table) { verdict.accepts(value, root) }
    }

    /// All faults in document order, at most `Limits.faultsMax`; empty if the value fits.
    package func validate(
        _ value: JSONValue, as direction: MessageDirection = .any
    ) -> [SchemaFault] {
        if accepts(value, as: direction) { return [] }
        var validation = Validation(table, direction)
        _ = withExtendedLifetime(table) { validation.check(value, root) }
        return validation.orderedFaults()
    }
}

package struct SchemaOptions: Sendable {
    /// Whether `format` refuses (our contracts) or only annotates (the standard's default).
    package var assertsFormats: Bool
    /// What holds where `$schema` names no dialect.
    package var dialect: SchemaDialect
    /// The document's own absolute URI; empty if it has none.
    package var uri: String
    /// Other documents that `$ref` may lead into, by their absolute URIs. Nothing is fetched.
    package var documents: [String: JSONValue]
    /// Whether the document holds schemas anywhere inside it rather than being one.
    package var isContract: Bool

    package init(
        assertsFormats: Bool = true, dialect: SchemaDialect = .draft2020, uri: String = "",
        documents: [String: JSONValue] = [:], isContract: Bool = false
    ) {
        self.assertsFormats = assertsFormats
        self.dialect = dialect
        self.uri = uri
        self.documents = documents
        self.isContract = isContract
    }
}

/// Why a schema or a contract cannot be used: everything that is wrong with it, up to
/// `Limits.problemsMax`, never empty.
package struct ContractError: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [ContractProblem]

    package init(problems: [ContractProblem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing wrong with a contract or a schema inside it.
package struct ContractProblem: Hashable, Sendable, CustomStringConvertible {
    /// Which document of several; nil for the only one.
    package let file: String?
    /// Where in the document.
    package let pointer: JSONPointer
    /// A sentence part in plain words.
    package let reason: String
    /// What to do about it, where the reason does not say it already.
    package let fix: String?

    package init(
        file: String? = nil, pointer: JSONPointer, reason: String, fix: String? = nil
    ) {
        self.file = file
        self.pointer = pointer
        self.reason = reason
        self.fix = fix
    }

    package var description: String {
        "\(file ?? "")#\(pointer): \(reason)" + (fix.map { "; \($0)" } ?? "")
    }
}
