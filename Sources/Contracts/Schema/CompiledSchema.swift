/// A JSON Schema (2020-12), compiled once and applied to any number of values.
///
/// Not known yet and refused by name when compiling: `$dynamicRef`, `unevaluatedProperties`,
/// `unevaluatedItems`, references to other documents. Keywords that no standard names are taken as
/// annotations.
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
        compiler.indexIdentifiers()
        root = compiler.compile(at: pointer)
        table = compiler.table
        try compiler.finish()
    }

    /// Whether the value fits. Ends at the first fault and builds no text.
    package func accepts(_ value: JSONValue) -> Bool {
        var verdict = Verdict(table)
        return withExtendedLifetime(table) { verdict.accepts(value, root) }
    }

    /// All faults in document order, at most `Limits.faultsMax`; empty if the value fits.
    package func validate(_ value: JSONValue) -> [SchemaFault] {
        if accepts(value) { return [] }
        var validation = Validation(table)
        _ = withExtendedLifetime(table) { validation.check(value, root) }
        return validation.orderedFaults()
    }
}

package struct SchemaOptions: Sendable {
    /// Whether `format` refuses (our contracts) or only annotates (the standard's default).
    package var assertsFormats: Bool

    package init(assertsFormats: Bool = true) { self.assertsFormats = assertsFormats }
}

/// Why a schema or a contract cannot be used: everything that is wrong with it, up to
/// `Limits.problemsMax`, never empty.
package struct ContractError: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [ContractProblem]

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing wrong with a contract or a schema inside it.
package struct ContractProblem: Hashable, Sendable, CustomStringConvertible {
    /// Where in the document.
    package let pointer: JSONPointer
    /// A sentence part in plain words.
    package let reason: String

    package init(pointer: JSONPointer, reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    package var description: String { "#\(pointer): \(reason)" }
}
