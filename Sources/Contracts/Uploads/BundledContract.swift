/// One document that several files of an upload have become.
package struct BundledContract: Sendable {
    /// The file that is the contract.
    package let root: String
    /// The document. It is the file's own, byte by byte, where no reference leads to another file;
    /// else JSON in which every such reference leads to a place within it.
    package let document: JSONValue
    package let bytes: [UInt8]
    /// What is wrong with the upload but leaves it usable, each with its file.
    package let warnings: [ContractProblem]
    /// Where parts of the document come from, by their places in it.
    let origins: [JSONPointer: UploadPlace]
    /// Places in the document of which ``warnings`` tell already.
    let told: Set<JSONPointer>

    /// A problem of the document as a problem of the file that it comes from; nil where the
    /// warnings tell of it already.
    package func located(_ problem: ContractProblem) -> ContractProblem? {
        guard problem.file == nil else { return problem }
        if told.contains(problem.pointer) { return nil }
        var tokens = problem.pointer.tokens
        var rest: [String] = []
        while true {
            if let origin = origins[JSONPointer(tokens)] {
                return ContractProblem(
                    file: origin.file,
                    pointer: origin.pointer.appending(JSONPointer(rest.reversed())),
                    reason: problem.reason, fix: problem.fix)
            }
            guard let token = tokens.popLast() else { return problem.inside(root) }
            rest.append(token)
        }
    }
}
