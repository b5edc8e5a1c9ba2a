/// What a request prefers of the contract's own examples (RFC 7240):
/// `Prefer: code=404, example=not_found`.
package struct Preference: Sendable, Hashable {
    /// A status that the operation declares; 0 for what is no number.
    package let code: Int?
    /// Name of one of the answer's examples.
    package let example: String?
    /// An answer made from the schema instead of an example.
    package let isDynamic: Bool

    /// Nil when the field asks for none of these; other preferences are not ours to refuse. The
    /// first of a name counts, as RFC 7240 § 2 says.
    package init?(_ field: String) {
        var values: [String: String] = [:]
        for part in field.split(separator: ",") {
            // Parameters of a preference follow behind semicolons; these have none.
            let preference = part.prefix { $0 != ";" }
            let halves = preference.split(separator: "=", maxSplits: 1).map { Self.plain($0) }
            guard let name = halves.first?.lowercased(), values[name] == nil else { continue }
            values[name] = halves.count == 2 ? halves[1] : ""
        }
        code = values["code"].map { Int($0) ?? 0 }
        example = values["example"]
        isDynamic = values["dynamic"] == "true"
        guard code != nil || example != nil || isDynamic else { return nil }
    }

    /// Without blanks and quotes around it.
    private static func plain(_ text: Substring) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\"" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
    }
}
