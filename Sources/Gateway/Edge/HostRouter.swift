import HTTP

/// Finds a request's destination. Host, headers and path may name the sandbox; where two of them
/// speak they must agree, because guessing which one was meant would hide a wiring mistake.
struct HostRouter: Sendable {
    private let domainSuffix: [UInt8]
    private let domain: [UInt8]
    private let portalHosts: [[UInt8]]
    private let authHost: [UInt8]

    init(_ configuration: GatewayConfiguration) {
        domain = Array(configuration.domain.utf8)
        domainSuffix = Array(".\(configuration.domain)".utf8)
        portalHosts = [configuration.portalHost, "localhost"].map { Array($0.utf8) }
        authHost = Array(configuration.authHost.utf8)
    }

    func destination(of head: RequestHead) throws(Refusal) -> Destination {
        try refuseProduction(head)
        guard let host = head.hostBytes else { throw .unknownHost }
        if matches(host, authHost) { return .issuer }
        if let label = sandboxLabel(of: host) {
            return .sandbox(try target(ofLabel: label, head))
        }
        guard isPortal(host) else { throw .unknownHost }
        if let slug = try named("X-Sbx-Sandbox", head) {
            return .sandbox(try target(ofHeader: slug, head))
        }
        if let target = try target(ofPath: head) { return .sandbox(target) }
        return .portal
    }

    // MARK: By host

    /// The label in front of the domain; nil for a host of another domain.
    private func sandboxLabel(of host: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard host.count > domainSuffix.count else { return nil }
        let split = host.endIndex - domainSuffix.count
        guard matches(host[split...], domainSuffix) else { return nil }
        return host[..<split]
    }

    private func target(
        ofLabel label: ArraySlice<UInt8>, _ head: RequestHead
    ) throws(Refusal) -> SandboxTarget {
        guard !label.contains(UInt8(ascii: ".")) else { throw .unknownHost }
        if let dashes = firstDoubleDash(in: label) {
            let contract = lowercased(label[..<dashes])
            let slug = lowercased(label[(dashes + 2)...])
            try requireAgreement(head, slug: slug, contract: contract)
            return SandboxTarget(
                slug: slug, contract: contract, path: head.pathBytes, addressing: .contractHost)
        }
        let slug = lowercased(label)
        let (contract, path) = firstSegment(of: head.pathBytes)
        try requireAgreement(head, slug: slug, contract: contract)
        return SandboxTarget(slug: slug, contract: contract, path: path, addressing: .host)
    }

    private func firstDoubleDash(in label: ArraySlice<UInt8>) -> Int? {
        let dash = UInt8(ascii: "-")
        return label.indices.dropLast().first { label[$0] == dash && label[$0 + 1] == dash }
    }

    /// A label of a host name, which is ASCII, by its bytes: `String` would look for characters.
    private func lowercased(_ label: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: label.count) { text in
            for (offset, byte) in label.enumerated() { text[offset] = Self.lowercased(byte) }
            return label.count
        }
    }

    private func requireAgreement(
        _ head: RequestHead, slug: String, contract: String?
    ) throws(Refusal) {
        if let named = try named("X-Sbx-Sandbox", head), named != slug {
            throw .hostMismatch(host: slug, header: named, field: "X-Sbx-Sandbox")
        }
        if let named = try named("X-Sbx-Contract", head), let contract, named != contract {
            throw .hostMismatch(host: contract, header: named, field: "X-Sbx-Contract")
        }
    }

    // MARK: By header or path

    private func target(ofHeader slug: String, _ head: RequestHead) throws(Refusal) -> SandboxTarget {
        if let byPath = try target(ofPath: head) {
            guard byPath.slug == slug else {
                throw .hostMismatch(host: byPath.slug, header: slug, field: "X-Sbx-Sandbox")
            }
            return byPath
        }
        if let contract = try named("X-Sbx-Contract", head) {
            return SandboxTarget(
                slug: slug, contract: contract, path: head.pathBytes, addressing: .header)
        }
        let (contract, path) = firstSegment(of: head.pathBytes)
        return SandboxTarget(slug: slug, contract: contract, path: path, addressing: .header)
    }

    /// `/api/{slug}/{contract}/…`
    private func target(ofPath head: RequestHead) throws(Refusal) -> SandboxTarget? {
        guard head.pathBytes.starts(with: "/api/".utf8) else { return nil }
        let (slug, rest) = firstSegment(of: head.pathBytes.dropFirst(4))
        guard let slug, !slug.isEmpty else { return nil }
        let (contract, path) = firstSegment(of: rest)
        if let named = try named("X-Sbx-Contract", head), let contract, named != contract {
            throw .hostMismatch(host: contract, header: named, field: "X-Sbx-Contract")
        }
        return SandboxTarget(slug: slug, contract: contract, path: path, addressing: .path)
    }

    /// `/a/b/c` is `a` and `/b/c`; `/a` is `a` and `/`; `/` has no segment.
    private func firstSegment(
        of path: ArraySlice<UInt8>
    ) -> (segment: String?, rest: ArraySlice<UInt8>) {
        let afterSlash = path.dropFirst()
        guard !afterSlash.isEmpty else { return (nil, path) }
        let slash = afterSlash.firstIndex(of: UInt8(ascii: "/")) ?? afterSlash.endIndex
        let segment = String(decoding: afterSlash[..<slash], as: UTF8.self)
        return (segment, slash == afterSlash.endIndex ? [UInt8(ascii: "/")] : afterSlash[slash...])
    }

    // MARK: Hosts

    private func refuseProduction(_ head: RequestHead) throws(Refusal) {
        guard head.fields.contains("X-Env") else { return }
        for environment in head.fields.values(of: "X-Env") where environment != "sandbox" {
            throw .otherEnvironment(environment)
        }
    }

    /// What a routing field says. Said twice it is refused, also where both say the same.
    private func named(_ field: String, _ head: RequestHead) throws(Refusal) -> String? {
        guard let name = head.fields[field] else { return nil }
        guard !head.fields.isRepeated(field) else { throw .repeatedField(field) }
        return name
    }

    /// The portal's names, and bare addresses, under which a machine reaches itself.
    private func isPortal(_ host: ArraySlice<UInt8>) -> Bool {
        portalHosts.contains { matches(host, $0) }
            || matches(host, domain)
            || host.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
            || host.first == UInt8(ascii: "[")
    }

    private func matches(_ host: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
        guard host.count == name.count else { return false }
        for (left, right) in zip(host, name) where Self.lowercased(left) != right { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }
}
