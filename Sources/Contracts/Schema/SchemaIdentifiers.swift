/// Where `$id` and `$anchor` stand in a document, so that `$ref` can name them.
struct SchemaIdentifiers {
    /// Pointer of the schema with that absolute identifier.
    private(set) var resources: [String: JSONPointer] = ["": .root]
    /// Pointer of the schema with that anchor, by resource and name.
    private(set) var anchors: [String: JSONPointer] = [:]
    /// The identifier that holds from a pointer inwards.
    private var bases: [JSONPointer: String] = [.root: ""]

    init() {}

    init(_ document: JSONValue) {
        walk(document, .root, base: "")
    }

    /// The identifier against which references at `pointer` are resolved.
    func base(at pointer: JSONPointer) -> String {
        var tokens = pointer.tokens
        while true {
            if let base = bases[JSONPointer(tokens)] { return base }
            guard tokens.popLast() != nil else { return "" }
        }
    }

    private mutating func walk(_ value: JSONValue, _ pointer: JSONPointer, base: String) {
        switch value {
        case .object(let object):
            var base = base
            if let id = object["$id"]?.string {
                base = resolveReference(id, against: base)
                if base.last == "#" { base.removeLast() }
                bases[pointer] = base
                resources[base] = pointer
            }
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let name = object[keyword]?.string { anchors[base + "#" + name] = pointer }
            }
            for member in object.members where member.name != "const" && member.name != "enum" {
                walk(member.value, pointer.appending(member.name), base: base)
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                walk(item, pointer.appending(index), base: base)
            }
        case .null, .bool, .number, .string: break
        }
    }
}

extension SchemaCompiler {
    /// The place that a reference names; nil, and a problem reported, if it is not in the document.
    func target(of reference: String, from pointer: JSONPointer) -> JSONPointer? {
        let place = pointer.appending("$ref")
        let absolute = resolveReference(reference, against: identifiers.base(at: pointer))
        let parts = absolute.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let (base, fragment) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        guard let resource = identifiers.resources[base] else {
            report(place, "\(reference) is in another document, which is not supported")
            return nil
        }
        if !fragment.isEmpty, !fragment.hasPrefix("/") {
            if let anchored = identifiers.anchors[base + "#" + fragment] { return anchored }
        } else if let decoded = percentDecoded(fragment.utf8), let tail = JSONPointer(decoded),
            document[resource.appending(tail)] != nil
        {
            return resource.appending(tail)
        }
        report(place, "\(reference) points at nothing")
        return nil
    }
}

/// RFC 3986 § 5.2, for identifiers of schemas.
func resolveReference(_ reference: String, against base: String) -> String {
    if let colon = reference.firstIndex(of: ":"),
        reference[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
    {
        return reference
    }
    let plainBase = base.prefix { $0 != "#" }
    if reference.isEmpty || reference.hasPrefix("#") { return plainBase + reference }
    guard let scheme = plainBase.range(of: "://") else {
        // A base without authority, such as `urn:` or none at all.
        return reference
    }
    if reference.hasPrefix("//") { return plainBase[..<scheme.lowerBound] + ":" + reference }
    let pathStart = plainBase[scheme.upperBound...].firstIndex(of: "/") ?? plainBase.endIndex
    if reference.hasPrefix("/") { return plainBase[..<pathStart] + withoutDots(reference) }
    let folderEnd = plainBase[pathStart...].lastIndex(of: "/") ?? plainBase.endIndex
    return plainBase[..<pathStart] + withoutDots(plainBase[pathStart..<folderEnd] + "/" + reference)
}

private func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
        if part == ".." {
            if kept.count > 1 { kept.removeLast() }
        } else if part != "." {
            kept.append(part)
        }
    }
    return kept.joined(separator: "/")
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

/// Text with its `%41` escapes undone; nil if one is incomplete or the result is not UTF-8.
func percentDecoded(_ bytes: some Collection<UInt8>) -> String? {
    // ASCII is valid UTF-8 and needs no proof; that is nearly every path.
    if bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) {
        return String(decoding: bytes, as: UTF8.self)
    }
    var decoded: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            decoded.append(byte)
            continue
        }
        guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else {
            return nil
        }
        decoded.append(high << 4 | low)
    }
    return String(validating: decoded, as: UTF8.self)
}
