import Contracts

/// A contract's path taken apart: what a resource is called is read from it.
///
///     /v1/customers/{customer}/sources/{id}    →  v1 customers {customer} sources {id}
///     /Accounts/{Sid}/Messages.json            →  Accounts {Sid} Messages
///     /jobs/{id}:cancel                        →  jobs {id} cancel
struct PathTemplate: Sendable {
    enum Part: Sendable, Hashable {
        case literal(String)
        /// The parameter's name does not tell templates apart.
        case parameter(String)

        var form: String {
            switch self {
            case .literal(let text): text
            case .parameter: "{}"
            }
        }
    }

    let parts: [Part]

    init(_ path: String) {
        parts = path.split(separator: "/").flatMap(Self.parts)
    }

    /// A template of that form; its parameters have no names.
    init(form: String) {
        parts = form.split(separator: "/").map { $0 == "{}" ? .parameter("") : .literal(String($0)) }
    }

    private init(_ parts: ArraySlice<Part>) { self.parts = Array(parts) }

    /// The same for templates that differ in names only.
    var form: String { parts.map(\.form).joined(separator: "/") }

    /// Without the first parts.
    func form(from start: Int) -> String {
        parts.dropFirst(start).map(\.form).joined(separator: "/")
    }

    var endsWithParameter: Bool {
        if case .parameter = parts.last { true } else { false }
    }

    /// Without the last part.
    var parent: PathTemplate { PathTemplate(parts.dropLast()) }

    func prefix(_ count: Int) -> PathTemplate { PathTemplate(parts.prefix(count)) }

    var lastParameter: String? {
        if case .parameter(let name) = parts.last { name } else { nil }
    }

    var lastLiteral: String? {
        for case .literal(let text) in parts.reversed() { return text }
        return nil
    }

    /// With the values that a call gave: `customers/cus_1/sources`.
    func filled(_ values: [PathParameter], from start: Int) -> String {
        parts.dropFirst(start).map { part in
            switch part {
            case .literal(let text): text
            case .parameter(let name): values.first { $0.name == name }?.value ?? "-"
            }
        }.joined(separator: "/")
    }

    private static func parts(_ segment: Substring) -> [Part] {
        var text = String(segment)
        for ending in [".json", ".xml"] where text.hasSuffix(ending) {
            text.removeLast(ending.count)
        }
        guard let open = text.firstIndex(of: "{"), let close = text.firstIndex(of: "}") else {
            return [.literal(text)]
        }
        let name = String(text[text.index(after: open)..<close])
        let before = text[..<open]
        let behind = text[text.index(after: close)...]
        var parts: [Part] = [.parameter(name)]
        if !before.isEmpty { parts.insert(.literal(String(before)), at: 0) }
        if behind.hasPrefix(":"), !behind.contains("{") {
            parts.append(.literal(String(behind.dropFirst())))
        }
        return parts
    }
}
