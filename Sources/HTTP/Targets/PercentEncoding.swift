/// Why an encoded text says nothing certain.
package enum EncodingFault: Error, Hashable, Sendable {
    /// A percent sign without two hexadecimal digits after it.
    case badPercentEscape
    /// The decoded bytes are not UTF-8.
    case notUTF8
}

/// Percent-encoding (RFC 3986 §2.1), strict both ways.
package enum PercentEncoding {
    /// The bytes with every escape undone.
    ///
    /// - Parameter plusIsSpace: as `application/x-www-form-urlencoded` has it.
    package static func decode(
        _ text: some Collection<UInt8>, plusIsSpace: Bool = false
    ) throws(EncodingFault) -> [UInt8] {
        let bytes =
            text.withContiguousStorageIfAvailable { unescaped($0, plusIsSpace) }
            ?? Array(text).withUnsafeBufferPointer { unescaped($0, plusIsSpace) }
        guard let bytes else { throw .badPercentEscape }
        return bytes
    }

    /// Nil for a bad escape. Over plain memory: every path comes by here, and most have no escape.
    private static func unescaped(
        _ text: UnsafeBufferPointer<UInt8>, _ plusIsSpace: Bool
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(ByteClass.hexadecimal),
                    let low = rest.next().flatMap(ByteClass.hexadecimal)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(.space)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    /// The text with every escape undone; the result must be UTF-8.
    package static func decodeText(
        _ text: some Collection<UInt8>, plusIsSpace: Bool = false
    ) throws(EncodingFault) -> String {
        let bytes = try decode(text, plusIsSpace: plusIsSpace)
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return decoded
    }

    /// Escapes everything but RFC 3986's unreserved characters: right for a path segment as for
    /// a name or value of a query.
    package static func encode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(upperHexadecimal(byte >> 4))
                bytes.append(upperHexadecimal(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: ByteClass.isDigit(byte) || (byte | 0x20) &- 0x61 < 26
        }
    }

    private static func upperHexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x37 + digit
    }
}

/// `name=value&…` of queries and `application/x-www-form-urlencoded` bodies.
package enum FormEncoding {
    /// The pairs in order; a name without `=` has an empty value, empty pairs are skipped.
    package static func pairs(
        _ text: some Collection<UInt8>
    ) throws(EncodingFault) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for pair in text.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try PercentEncoding.decodeText(parts[0], plusIsSpace: true)
            let value =
                parts.count == 2
                ? try PercentEncoding.decodeText(parts[1], plusIsSpace: true) : ""
            pairs.append((name, value))
        }
        return pairs
    }
}

extension RequestHead {
    /// The path's segments, escapes undone: `/a%2Fb/c` is `["a/b", "c"]`, `/` is `[""]`.
    package func pathSegments() throws(EncodingFault) -> [String] {
        var segments: [String] = []
        for part in pathBytes.dropFirst().split(
            separator: .slash, omittingEmptySubsequences: false)
        {
            segments.append(try PercentEncoding.decodeText(part))
        }
        return segments
    }

    /// The query's names and values in order, none when there is no query.
    package func queryPairs() throws(EncodingFault) -> [(name: String, value: String)] {
        guard let queryBytes else { return [] }
        return try FormEncoding.pairs(queryBytes)
    }
}
