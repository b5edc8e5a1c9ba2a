/// The files of one upload: a contract and what it refers to.
package struct ContractUpload: Sendable {
    private let files: [UploadedFile]

    /// - Throws: for too many files, a name that is no relative path, or one that is there twice.
    package init(_ files: [UploadedFile]) throws(ContractError) {
        guard files.count <= Limits.uploadFilesMax else {
            throw Self.one(nil, "the upload has more than \(Limits.uploadFilesMax) files")
        }
        var paths = Set<String>()
        for file in files {
            if let fault = UploadedFile.fault(inPath: file.path) { throw Self.one(file.path, fault) }
            guard paths.insert(file.path).inserted else {
                throw Self.one(file.path, "the upload has that file twice")
            }
        }
        self.files = files
    }

    /// The contract with everything that it refers to in the other files. Nothing is fetched: what
    /// was not sent along is a warning, and the rest is served.
    /// - Parameter root: the path of the contract; found where only one file has a version of
    ///   OpenAPI.
    package func bundled(root: String? = nil) throws(ContractError) -> UploadOutcome {
        let documents = UploadDocuments(files)
        switch try choice(root, among: documents) {
        case .otherKind(let kind): return .otherKind(kind)
        case .contract(let path, let leftOut):
            return .contract(try ContractBundler(documents, root: path).bundle(leftOut))
        }
    }

    static func one(
        _ file: String?, _ reason: String, fix: String? = nil, at pointer: JSONPointer = .root
    ) -> ContractError {
        ContractError(problems: [
            ContractProblem(file: file, pointer: pointer, reason: reason, fix: fix)
        ])
    }
}
