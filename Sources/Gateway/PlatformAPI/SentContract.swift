package import Contracts
import HTTP

/// A contract as it was sent: one document, an archive, or the files of a form.
package struct SentContract: Sendable {
    package let document: JSONValue
    /// The document as it is kept: as it was sent, or JSON made of several files.
    let bytes: [UInt8]
    private let bundled: BundledContract?

    package enum Reading: Sendable {
        case contract(SentContract)
        /// A description of a kind that is known and not read: `AsyncAPI`.
        case otherKind(String)
        /// The bytes are not what the form's boundary promises.
        case malformedForm
    }

    /// Reads what was sent. An archive is told by its first bytes, whatever it is sent as: most
    /// programs name another type. Takes as long as a contract is large; not for a loop.
    /// - Parameter root: which of several files is the contract, where more than one could be.
    package static func read(
        _ bytes: [UInt8], contentType: String?, root: String?
    ) throws(ContractError) -> Reading {
        if ZipArchive.isOne(bytes) { return try read(try files(of: bytes), root) }
        if let contentType, HTTP.MediaType(contentType)?.essence == "multipart/form-data" {
            guard let files = ContractUpload.files(ofForm: bytes, contentType: contentType) else {
                return .malformedForm
            }
            return try read(files, root)
        }
        let document: JSONValue
        do throws(ContractError) {
            document = try JSONValue(contract: bytes)
        } catch {
            if let kind = OtherKind.name(of: bytes) { return .otherKind(kind) }
            throw error
        }
        let kind =
            document.object == nil ? OtherKind.name(of: bytes) : OtherKind.name(of: document)
        if let kind { return .otherKind(kind) }
        return .contract(SentContract(document: document, bytes: bytes, bundled: nil))
    }

    private static func read(
        _ files: [UploadedFile], _ root: String?
    ) throws(ContractError) -> Reading {
        switch try ContractUpload(files).bundled(root: root) {
        case .otherKind(let kind): .otherKind(kind)
        case .contract(let bundled):
            .contract(
                SentContract(document: bundled.document, bytes: bundled.bytes, bundled: bundled))
        }
    }

    private static func files(of bytes: [UInt8]) throws(ContractError) -> [UploadedFile] {
        do throws(ZipError) {
            let archive = try ZipArchive(bytes)
            var files: [UploadedFile] = []
            for entry in archive.entries {
                files.append(
                    UploadedFile(path: entry.name, bytes: try archive.contents(of: entry)))
            }
            return files
        } catch {
            throw ContractError(problems: [
                ContractProblem(file: error.entry, pointer: .root, reason: error.reason)
            ])
        }
    }

    /// What is wrong with the files themselves.
    package var warnings: [ContractProblem] { bundled?.warnings ?? [] }

    /// Problems of the document as problems of the files that were sent, without those of which
    /// ``warnings`` tell already.
    package func located(_ problems: [ContractProblem]) -> [ContractProblem] {
        guard let bundled else { return problems }
        return problems.compactMap(bundled.located)
    }

    /// ``ContractReading`` of it, with problems and warnings by file.
    func reading(_ overlay: [UInt8]?) throws(ContractError) -> ContractReading {
        do throws(ContractError) {
            var overlaying: Overlay?
            if let overlay { overlaying = try Overlay(reading: overlay) }
            let read = try ContractReading(document, overlaying)
            return read.warning(of: warnings + located(read.warnings))
        } catch {
            throw ContractError(problems: located(error.problems))
        }
    }
}
