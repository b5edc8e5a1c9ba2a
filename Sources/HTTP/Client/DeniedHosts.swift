/// Hosts that a tenant has put out of reach of everything that is done for it here: its production
/// systems. Entries are `api.example.com`, `*.example.com` (the name and all below it), an address,
/// or a range in CIDR.
///
/// A name is held against the host as the URL writes it, an address against every address that the
/// host turns out to have. Who denies a name alone does not deny its addresses.
package struct DeniedHosts: Sendable {
    package struct Refusal: Error, Hashable, Sendable {
        /// As the URL wrote it, or the address that it had.
        package let host: String
        /// The entry that denies it.
        package let entry: String

        package init(host: String, entry: String) {
            self.host = host
            self.entry = entry
        }
    }

    private enum Entry: Sendable {
        case name(String)
        /// With the dot in front.
        case suffix(String)
        case range(AddressRange, text: String)
    }

    private let entries: [Entry]

    /// For what no tenant asks for.
    package static let none = DeniedHosts([])

    /// What is no entry is left out; see ``entry(_:)``.
    package init(_ texts: [String]) {
        entries = texts.compactMap(Self.read)
    }

    /// The entry as it is kept, in lower case; nil for what is none.
    package static func entry(_ text: String) -> String? {
        let text = text.lowercased()
        return read(text) == nil ? nil : text
    }

    package func check(_ host: ClientURL.Host) throws(Refusal) {
        switch host {
        case .address(let address): try check(address)
        case .name(let name):
            for entry in entries {
                switch entry {
                case .name(let denied) where denied == name:
                    throw Refusal(host: name, entry: denied)
                case .suffix(let suffix) where name.hasSuffix(suffix) || name == suffix.dropFirst():
                    throw Refusal(host: name, entry: "*\(suffix)")
                case .name, .suffix, .range: continue
                }
            }
        }
    }

    package func check(_ address: IPAddress) throws(Refusal) {
        for case .range(let range, let text) in entries where range.contains(address) {
            throw Refusal(host: address.description, entry: text)
        }
    }

    private static func read(_ text: String) -> Entry? {
        if let range = AddressRange(text) { return .range(range, text: text) }
        let isSuffix = text.hasPrefix("*.")
        guard let name = hostName(isSuffix ? text.dropFirst(2) : text[...]) else { return nil }
        return isSuffix ? .suffix(".\(name)") : .name(name)
    }

    /// By the same reader as the URLs that are held against it.
    private static func hostName(_ text: Substring) -> String? {
        guard !text.contains(where: { ":/?[]".contains($0) }) else { return nil }
        do throws(ClientURL.Fault) {
            guard case .name(let name) = try ClientURL("http://\(text)").host else { return nil }
            return name
        } catch {
            return nil
        }
    }
}
