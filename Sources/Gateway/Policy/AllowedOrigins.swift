import Contracts

/// Pages of which origins may call the sandbox's APIs from a browser (Fetch standard, CORS).
/// Credentials in the browser's keeping are never used: keys travel in a field that the page sets.
struct AllowedOrigins: Sendable {
    /// Serialised origins, `https://app.example:8443`; empty for every origin.
    private let listed: Set<String>
    private let isEvery: Bool
    /// Seconds for which a browser may remember a preflight's answer.
    let maxAge: Int

    static let defaultMaxAge = 600

    static let every = AllowedOrigins(listed: [], isEvery: true)

    private init(listed: Set<String>, isEvery: Bool) {
        self.listed = listed
        self.isEvery = isEvery
        maxAge = Self.defaultMaxAge
    }

    init(_ document: JSONValue) throws(PolicyFault) {
        let texts = document["origins"]?.array?.compactMap(\.string) ?? ["*"]
        for (index, text) in texts.enumerated() where text != "*" && !Self.isOrigin(text) {
            throw PolicyFault(
                pointer: "/cors/origins/\(index)",
                expected: "* or scheme, host and port as browsers write them: https://app.example")
        }
        isEvery = texts.contains("*")
        listed = Set(texts.filter { $0 != "*" })
        maxAge = document["max_age"]?.int.map(Int.init) ?? Self.defaultMaxAge
    }

    /// The value of Access-Control-Allow-Origin for a page of `origin`; nil when it may not.
    func answer(to origin: String) -> String? {
        if isEvery { return "*" }
        return listed.contains(origin) ? origin : nil
    }

    var document: JSONValue {
        let texts = isEvery ? ["*"] : listed.sorted()
        return ["origins": .array(texts.map { .string($0) }), "max_age": .int(maxAge)]
    }

    /// Scheme, host and maybe port, in lower case and without a path.
    private static func isOrigin(_ text: String) -> Bool {
        guard text == text.lowercased() else { return false }
        let rest: Substring
        if text.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            rest = text.dropFirst(7)
        } else {
            return false
        }
        return !rest.isEmpty && !rest.contains { "/?#@* ".contains($0) }
    }
}
