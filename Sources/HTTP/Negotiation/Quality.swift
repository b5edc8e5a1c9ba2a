/// One member of a field such as Accept: a value, its parameters, and its weight.
struct Preference {
    let value: String
    let parameters: [(name: String, value: String)]
    /// Thousandths, 0 to 1,000 (RFC 9110 §12.4.2 allows three digits).
    let quality: Int

    /// Nil when the weight is malformed: the member is then as if it were not there.
    init?(_ member: String) {
        let parts = ListSyntax.members(of: member, separator: UInt8(ascii: ";"))
        guard let value = parts.first else { return nil }
        var quality = 1_000
        var parameters: [(name: String, value: String)] = []
        for part in parts.dropFirst() {
            guard let parameter = MediaType.parameter(part) else { return nil }
            if parameter.name == "q" {
                guard let weight = Preference.thousandths(parameter.value) else { return nil }
                quality = weight
                break
            }
            parameters.append(parameter)
        }
        self.value = value.lowercased()
        self.parameters = parameters
        self.quality = quality
    }

    /// `0`, `1`, or either with up to three decimals, at most 1.
    private static func thousandths(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first == 0x30 || first == 0x31, bytes.count <= 5,
            bytes.count == 1 || bytes[1] == UInt8(ascii: "."),
            bytes.dropFirst(2).allSatisfy(ByteClass.isDigit)
        else { return nil }
        var value = Int(first &- 0x30) * 1_000
        var scale = 100
        for digit in bytes.dropFirst(2) {
            value += Int(digit &- 0x30) * scale
            scale /= 10
        }
        return value <= 1_000 ? value : nil
    }
}

/// What codings a client takes (RFC 9110 §12.5.3).
package struct AcceptEncoding: Sendable {
    /// Whether gzip may be sent and is not less wanted than no coding at all.
    package let allowsGzip: Bool

    package init(_ fields: HeaderFields) {
        let wanted = fields.list("accept-encoding").compactMap(Preference.init)
        let quality = { (coding: String) in wanted.first { $0.value == coding }?.quality }
        let gzip = quality("gzip") ?? quality("x-gzip") ?? quality("*") ?? 0
        allowsGzip = gzip > 0 && gzip >= quality("identity") ?? 0
    }
}
