// Which of the files is the contract.

extension ContractUpload {
    enum Choice {
        /// With a warning for each description of another kind beside it.
        case contract(String, [ContractProblem])
        case otherKind(String)
    }

    func choice(
        _ named: String?, among documents: UploadDocuments
    ) throws(ContractError) -> Choice {
        if let named { return try choice(named: named, among: documents) }
        var contracts: [String] = []
        var others: [(path: String, kind: String)] = []
        var unread: [ContractProblem] = []
        for path in documents.paths {
            guard let file = documents.file(path) else { continue }
            guard file.isDocument else {
                if let kind = OtherKind.name(of: file) { others.append((path, kind)) }
                continue
            }
            do throws(ContractError) {
                guard let document = try documents.document(path) else { continue }
                if document["openapi"] != nil || document["swagger"] != nil {
                    contracts.append(path)
                } else if let kind = OtherKind.name(of: document) {
                    others.append((path, kind))
                }
            } catch {
                // Beside a contract that does not refer to it, it is no matter.
                unread += error.problems
            }
        }
        guard let root = contracts.first else {
            if unread.isEmpty, let other = others.first { return .otherKind(other.kind) }
            throw Self.noContract(unread)
        }
        guard contracts.count == 1 else { throw Self.severalContracts(contracts) }
        return .contract(
            root,
            others.map {
                ContractProblem(
                    file: $0.path, pointer: .root,
                    reason: "it is \($0.kind), which is not available yet; it was left out")
            })
    }

    private func choice(
        named: String, among documents: UploadDocuments
    ) throws(ContractError) -> Choice {
        guard let file = documents.file(named) else {
            let known = documents.paths.prefix(Limits.namedFilesMax).joined(separator: ", ")
            throw Self.one(
                nil, "the upload has no file \(named)", fix: "root is one of: \(known)",
                at: "/root")
        }
        if !file.isDocument, let kind = OtherKind.name(of: file) { return .otherKind(kind) }
        guard let document = try documents.document(named) else {
            preconditionFailure("a file that is there is read or refused")
        }
        return OtherKind.name(of: document).map { .otherKind($0) } ?? .contract(named, [])
    }

    private static func noContract(_ unread: [ContractProblem]) -> ContractError {
        let none = ContractProblem(
            pointer: .root,
            reason: "no file of the upload has \"openapi\" or \"swagger\" at its top",
            fix: "send the contract itself along with the files that it refers to")
        return ContractError(problems: [none] + unread.prefix(Limits.problemsMax - 1))
    }

    private static func severalContracts(_ paths: [String]) -> ContractError {
        ContractError(
            problems: paths.prefix(Limits.problemsMax).map {
                ContractProblem(
                    file: $0, pointer: .root,
                    reason: "it is one of \(paths.count) contracts in the upload",
                    fix: "name the one that is meant with root, for instance root=\($0)")
            })
    }
}

extension OtherKind {
    /// By the file's name, else by what stands in it.
    static func name(of file: UploadedFile) -> String? {
        let path = file.path.lowercased()
        if path.hasSuffix(".proto") { return "Protocol Buffers" }
        if path.hasSuffix(".wsdl") { return "WSDL" }
        if path.hasSuffix(".xsd") { return "XML Schema" }
        return path.hasSuffix(".xml") ? name(of: file.bytes) : nil
    }
}
