/// RFC 3986 § 5.2, for identifiers of schemas and names of files.
func resolveReference(_ reference: String, against base: String) -> String {
    if hasScheme(reference) { return reference }
    let plainBase = base.prefix { $0 != "#" }
    if reference.isEmpty || reference.hasPrefix("#") { return plainBase + reference }
    let split = reference.firstIndex(of: "#") ?? reference.endIndex
    return resolvePath(reference[..<split], against: plainBase) + reference[split...]
}

private func resolvePath(_ path: Substring, against base: Substring) -> String {
    // A base without authority, such as `urn:` or none at all, has no folders.
    guard let scheme = schemeEnd(base) else { return String(path) }
    if path.hasPrefix("//") { return String(base[..<scheme] + path) }
    let authority = base.index(scheme, offsetBy: 2)
    let pathStart = base[authority...].firstIndex(of: "/") ?? base.endIndex
    if path.hasPrefix("/") { return base[..<pathStart] + withoutDots(String(path)) }
    let folderEnd = base[pathStart...].lastIndex(of: "/") ?? base.endIndex
    return base[..<pathStart] + withoutDots(base[pathStart..<folderEnd] + "/" + path)
}

private func hasScheme(_ reference: String) -> Bool {
    guard let colon = reference.utf8.firstIndex(of: UInt8(ascii: ":")), colon > reference.startIndex
    else { return false }
    return reference[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
}

/// Where `//` begins behind a scheme.
private func schemeEnd(_ base: Substring) -> Substring.Index? {
    guard let colon = base.firstIndex(of: ":") else { return nil }
    let rest = base.index(after: colon)
    return base[rest...].hasPrefix("//") ? rest : nil
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
