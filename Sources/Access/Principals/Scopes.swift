/// One scope of a credential, e.g. `manage`.
package struct Scope: Sendable, Hashable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// The platform API of the tenant.
    package static let manage = Scope("manage")
    /// Every API of a sandbox.
    package static let sandbox = Scope("sandbox")
}

/// The scopes of a credential. In text they are separated by spaces (RFC 6749 §3.3).
package struct Scopes: Sendable, Hashable {
    private let scopes: Set<Scope>

    package init(_ scopes: Scope...) { self.scopes = Set(scopes) }

    package init(text: String) {
        scopes = Set(text.split(separator: " ").map { Scope(String($0)) })
    }

    package func contains(_ scope: Scope) -> Bool { scopes.contains(scope) }

    /// A scope that `others` lack; nil when they have them all.
    package func first(notIn others: Scopes) -> Scope? {
        scopes.subtracting(others.scopes).min { $0.text < $1.text }
    }

    /// Sorted, so that the same scopes have one spelling.
    package var text: String { scopes.map(\.text).sorted().joined(separator: " ") }
}
