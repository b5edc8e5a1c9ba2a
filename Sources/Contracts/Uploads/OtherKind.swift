/// Descriptions of interfaces that are known and not read.
package enum OtherKind {
    /// By the member that only such a document has.
    package static func name(of document: JSONValue) -> String? {
        [("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("overlay", "Overlay")]
            .first { document[$0.0] != nil }?.1
    }

    /// By what stands at the beginning of a file that is neither JSON nor YAML.
    package static func name(of bytes: [UInt8]) -> String? {
        let start = String(decoding: bytes.prefix(Limits.kindBytesMax), as: UTF8.self)
        if start.firstRange(of: "<") != nil {
            // A WSDL document names XML Schema too.
            if start.contains("schemas.xmlsoap.org/wsdl") || start.contains("www.w3.org/ns/wsdl") {
                return "WSDL"
            }
            if start.contains("www.w3.org/2001/XMLSchema") { return "XML Schema" }
        }
        let lines = start.split(whereSeparator: \.isNewline)
        let isProtocol = lines.contains { line in
            let words = line.replacing("=", with: " = ").split(separator: " ")
            return words.starts(with: ["syntax", "="]) && words.dropFirst(2).first?.hasPrefix("\"proto") == true
        }
        return isProtocol ? "Protocol Buffers" : nil
    }
}
