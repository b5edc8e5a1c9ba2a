import HTTP

/// The `Authorization` field: a scheme in any case, and behind at least one space what it carries
/// (RFC 9110 § 11.4).
struct AuthorizationField {
    enum Scheme {
        case bearer, basic, dpop
        /// One that nobody here knows.
        case other
    }

    let scheme: Scheme
    /// Nil where the field ends with its scheme.
    let credential: ArraySlice<UInt8>?

    /// Nil without the field.
    init?(_ fields: HeaderFields) {
        guard let field = fields.first(utf8: "authorization") else { return nil }
        let space = UInt8(ascii: " ")
        let end = field.firstIndex(of: space)
        scheme = Self.scheme(field[..<(end ?? field.endIndex)])
        credential = end.map { field[$0...].drop { $0 == space } }
    }

    private static func scheme(_ name: ArraySlice<UInt8>) -> Scheme {
        // Letters alone: with any other byte the lower-cased number is another one.
        switch name.reduce(into: UInt64(0), { $0 = $0 << 8 | UInt64($1 | 0x20) }) {
        case 0x62_65_61_72_65_72 where name.count == 6: .bearer
        case 0x62_61_73_69_63 where name.count == 5: .basic
        case 0x64_70_6F_70 where name.count == 4: .dpop
        default: .other
        }
    }
}
