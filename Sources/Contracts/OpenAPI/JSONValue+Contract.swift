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
