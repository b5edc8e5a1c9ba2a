/// The files of one upload, by their paths inside it. References lead from file to file; nothing
/// is fetched from anywhere else.
package struct ContractSources: Sendable {
    let uri: String
    let documents: [String: JSONValue]

    /// One document that stands alone.
    package init() {
        uri = ""
        documents = [:]
    }

    /// - Parameters:
    ///   - main: the path of the contract itself, `api/payments.yaml`.
    ///   - files: the other files by their paths.
    package init(main: String, files: [String: JSONValue]) {
        uri = Self.scheme + main
        documents = Dictionary(
            files.map { (Self.scheme + $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Only a name to resolve against; no file is ever opened.
    private static let scheme = "upload:///"
}

extension JSONValue {
    /// Reads a contract or a part of one: JSON if it begins with `{` or `[`, else YAML.
    /// - Throws: with line and column in the reason.
    package init(contract bytes: [UInt8]) throws(ContractError) {
        let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let first = bytes.first { !space.contains($0) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            do throws(JSONError) {
                self = try JSONParser.parse(bytes)
            } catch {
                throw ContractError(problems: [
                    ContractProblem(pointer: error.pointer, reason: error.description)
                ])
            }
        } else {
            do throws(YAMLError) {
                self = try YAMLParser.parse(bytes)
            } catch {
                throw ContractError(problems: [
                    ContractProblem(pointer: .root, reason: error.description)
                ])
            }
        }
    }
}
