// The files of a form (RFC 7578).

extension ContractUpload {
    /// A part's name is its file's path; parts that are named `file`, `files` or `files[]`, as a
    /// browser's form names them all, have it in their file name.
    /// - Returns: nil where the bytes are not what the boundary promises.
    package static func files(
        ofForm body: [UInt8], contentType: String
    ) -> [UploadedFile]? {
        guard
            let parts = MultipartPart.parts(
                of: body, contentType: contentType, partsMax: Limits.uploadFilesMax)
        else { return nil }
        return parts.map { part in
            let isUnnamed = ["file", "files", "files[]"].contains(part.name)
            let path = isUnnamed ? part.fileName ?? part.name : part.name
            return UploadedFile(
                path: path.hasPrefix("./") ? String(path.dropFirst(2)) : path,
                bytes: Array(part.content))
        }
    }
}
