/// Turns the schemas of one document into the nodes of a table. Each place is compiled once,
/// references included, so that cycles end.
final class SchemaCompiler {
    let document: JSONValue
    let options: SchemaOptions
    let table = SchemaTable()
    var identifiers = SchemaIdentifiers()
    private(set) var problems: [ContractProblem] = []
    private var compiled: [JSONPointer: SchemaIndex] = [:]
    private var waiting: [(pointer: JSONPointer, index: SchemaIndex)] = []

    init(_ document: JSONValue, options: SchemaOptions) {
        self.document = document
        self.options = options
    }

    /// Finds `$id` and `$anchor` everywhere. Needed only where references may use them.
    func indexIdentifiers() { identifiers = SchemaIdentifiers(document) }

    /// The schema at `pointer`, with everything it refers to.
    func compile(at pointer: JSONPointer) -> SchemaIndex {
        let index = place(of: pointer)
        while let next = waiting.popLast() {
            table.set(node(at: next.pointer), at: next.index)
        }
        return index
    }

    /// Ends compiling; throws if anything was wrong.
    func finish() throws(ContractError) {
        table.seal()
        if !problems.isEmpty { throw ContractError(problems: problems) }
    }

    func report(_ pointer: JSONPointer, _ reason: String) {
        guard problems.count < Limits.problemsMax else { return }
        problems.append(ContractProblem(pointer: pointer, reason: reason))
    }

    /// The index of the schema at `pointer`, which is compiled later: deep documents must not
    /// recurse.
    func place(of pointer: JSONPointer) -> SchemaIndex {
        if let index = compiled[pointer] { return index }
        let index = table.reserve()
        compiled[pointer] = index
        waiting.append((pointer, index))
        return index
    }

    private func node(at pointer: JSONPointer) -> SchemaNode {
        switch document[pointer] {
        case .bool(true): return SchemaNode()
        case .bool(false): return SchemaNode(rules: [.nothing])
        case .object(let object):
            var reader = KeywordReader(compiler: self, pointer: pointer, object: object)
            return reader.node()
        case .none:
            report(pointer, "there is no schema here")
        case .some(let other):
            report(pointer, "a schema is an object or a boolean, not \(other.shown)")
        }
        return SchemaNode()
    }
}
