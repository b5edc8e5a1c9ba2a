package import Contracts

/// Where one event alone goes, in place of the endpoints that ask for its type: the address that a
/// callback was given.
package struct EventTarget: Hashable, Sendable {
    /// Upper case.
    package let method: String
    package let url: String
    /// Whether the URL is the sandbox's own inbox.
    package let isInbox: Bool

    package init(method: String, url: String, isInbox: Bool) {
        self.method = method
        self.url = url
        self.isInbox = isInbox
    }

    /// Reads the stored form; nil for what was not written by ``document``.
    package init?(stored: [UInt8]) {
        guard let stored = try? JSONParser.parse(stored), let method = stored["method"]?.string,
            let url = stored["url"]?.string
        else { return nil }
        self.init(method: method, url: url, isInbox: stored["inbox"]?.bool ?? false)
    }

    package var document: JSONValue {
        ["method": .string(method), "url": .string(url), "inbox": .bool(isInbox)]
    }
}
