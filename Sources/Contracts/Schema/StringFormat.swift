/// The formats that are checked; others are annotations.
enum StringFormat: String, Sendable {
    case dateTime = "date-time"
    case date
    case time
    case email
    case hostname
    case internationalHostname = "idn-hostname"
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"
    case internationalEmail = "idn-email"
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case duration
    case uuid
    case regex

    func accepts(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { accepts($0[...]) }
    }

    private func accepts(_ bytes: FormatBytes) -> Bool {
        switch self {
        case .dateTime: return isDateTime(bytes)
        case .date: return isDate(bytes)
        case .time: return isTime(bytes)
        case .email: return isEmail(bytes)
        case .hostname: return isHostname(bytes)
        case .internationalHostname: return isInternationalHostname(bytes)
        case .ipv4: return isIPv4(bytes)
        case .ipv6: return isIPv6(bytes)
        case .uri: return isURI(bytes, needsScheme: true, allowsUnicode: false)
        case .uriReference: return isURI(bytes, needsScheme: false, allowsUnicode: false)
        case .iri: return isURI(bytes, needsScheme: true, allowsUnicode: true)
        case .iriReference: return isURI(bytes, needsScheme: false, allowsUnicode: true)
        case .uriTemplate: return isURITemplate(bytes)
        case .internationalEmail: return isInternationalEmail(bytes)
        case .jsonPointer:
            return JSONPointer(String(decoding: bytes, as: UTF8.self)) != nil
        case .relativeJSONPointer: return isRelativeJSONPointer(bytes)
        case .duration: return isDuration(bytes)
        case .uuid: return isUUID(bytes)
        case .regex: return isPattern(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// For faults: what is expected.
    var meaning: String {
        switch self {
        case .dateTime: "an RFC 3339 time such as 2026-01-31T08:30:00Z"
        case .date: "a date such as 2026-01-31"
        case .time: "a time of day such as 08:30:00Z"
        case .email: "an e-mail address"
        case .hostname: "a host name"
        case .internationalHostname: "a host name, in lower case where it is not ASCII"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "an absolute URI"
        case .uriReference: "a URI or a relative reference"
        case .iri: "an absolute IRI"
        case .iriReference: "an IRI or a relative reference"
        case .uriTemplate: "a URI template such as /items/{id}"
        case .internationalEmail: "an e-mail address"
        case .jsonPointer: "a JSON Pointer such as /items/0"
        case .relativeJSONPointer: "a relative JSON Pointer such as 1/name"
        case .duration: "an ISO 8601 duration such as P1DT12H"
        case .uuid: "a UUID"
        case .regex: "a regular expression"
        }
    }
}

/// Unsafe: used only while `accepts` holds the text.
typealias FormatBytes = Slice<UnsafeBufferPointer<UInt8>>

/// Two or four digits as a number.
private func number(_ bytes: FormatBytes) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 4, bytes.allSatisfy(\.isASCIIDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

/// RFC 3339 §5.6.
private func isDateTime(_ bytes: FormatBytes) -> Bool {
    guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(bytes[..<10]) && isTime(bytes[11...])
}

private func isDate(_ bytes: FormatBytes) -> Bool {
    let start = bytes.startIndex
    guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"),
        bytes[start + 7] == UInt8(ascii: "-"),
        let year = number(bytes[start..<start + 4]),
        let month = number(bytes[start + 5..<start + 7]), (1...12).contains(month),
        let day = number(bytes[start + 8..<start + 10])
    else { return false }
    return (1...days(in: month, of: year)).contains(day)
}

private func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}

private func isTime(_ bytes: FormatBytes) -> Bool {
    let start = bytes.startIndex
    guard bytes.count >= 9, bytes[start + 2] == UInt8(ascii: ":"),
        bytes[start + 5] == UInt8(ascii: ":"),
        let hour = number(bytes[start..<start + 2]), hour < 24,
        let minute = number(bytes[start + 3..<start + 5]), minute < 60,
        let second = number(bytes[start + 6..<start + 8]), second <= 60
    else { return false }
    var rest = bytes[(start + 8)...]
    if rest.first == UInt8(ascii: ".") {
        let fraction = rest.dropFirst().prefix(while: \.isASCIIDigit)
        guard !fraction.isEmpty else { return false }
        rest = rest[fraction.endIndex...]
    }
    guard let offset = offsetMinutes(rest) else { return false }
    // A leap second ends a UTC day, wherever that falls in local time.
    let utc = (hour * 60 + minute - offset + 2 * 1440) % 1440
    return second < 60 || utc == 1439
}

/// `Z` or `±hh:mm` as minutes east.
private func offsetMinutes(_ bytes: FormatBytes) -> Int? {
    if bytes.count == 1, bytes.first! | 0x20 == UInt8(ascii: "z") { return 0 }
    let start = bytes.startIndex
    guard bytes.count == 6, bytes[start + 3] == UInt8(ascii: ":"),
        let hours = number(bytes[start + 1..<start + 3]), hours < 24,
        let minutes = number(bytes[start + 4..<start + 6]), minutes < 60
    else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: return nil
    }
}

/// RFC 5321's mailbox: a dotted or a quoted local part, a host name or an address in brackets.
private func isEmail(_ bytes: FormatBytes) -> Bool {
    guard let sign = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let (local, domain) = (bytes[..<sign], bytes[(sign + 1)...])
    guard (1...64).contains(local.count), isLocalPart(local) else { return false }
    guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") else {
        return isHostname(domain)
    }
    let address = domain.dropFirst().dropLast()
    return address.starts(with: Array("IPv6:".utf8))
        ? isIPv6(address.dropFirst(5)) : isIPv4(address)
}

private func isLocalPart(_ local: FormatBytes) -> Bool {
    if local.count >= 2, local.first == UInt8(ascii: "\""), local.last == UInt8(ascii: "\"") {
        return local.dropFirst().dropLast().allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 }
    }
    return local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        atom in
        !atom.isEmpty
            && atom.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
}

func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isIPv4(_ bytes: FormatBytes) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
        && parts.allSatisfy { part in
            part.count <= 3 && (part.count == 1 || part.first != UInt8(ascii: "0"))
                && number(part).map { $0 <= 255 } == true
        }
}

/// RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last two also as IPv4.
private func isIPv6(_ bytes: FormatBytes) -> Bool {
    var groups = 0
    var hasGap = false
    var rest = bytes
    if rest.starts(with: [0x3A, 0x3A]) {
        hasGap = true
        rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
        let group = rest.prefix { $0 != UInt8(ascii: ":") }
        if group.contains(UInt8(ascii: ".")) {
            guard group.endIndex == rest.endIndex, isIPv4(group) else { return false }
            groups += 2
            break
        }
        guard (1...4).contains(group.count), group.allSatisfy({ $0.hexDigit != nil }) else {
            return false
        }
        groups += 1
        rest = rest[group.endIndex...]
        guard !rest.isEmpty else { break }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: ":") {
            guard !hasGap else { return false }
            hasGap = true
            rest = rest.dropFirst()
        } else if rest.isEmpty {
            return false
        }
    }
    return hasGap ? groups <= 7 : groups == 8
}

/// RFC 3986: the characters, the escapes, and the scheme if it must have one.
private func isURI(_ bytes: FormatBytes, needsScheme: Bool, allowsUnicode: Bool) -> Bool {
    var rest = bytes
    // RFC 3986 §4.2: a colon in the first segment makes what stands before it a scheme.
    let first = bytes.prefix {
        $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    if needsScheme || first.contains(UInt8(ascii: ":")) {
        let scheme = bytes.prefix { isAlphanumeric($0) || "+-.".utf8.contains($0) }
        guard let first = scheme.first, !first.isASCIIDigit, isAlphanumeric(first),
            scheme.endIndex < bytes.endIndex, bytes[scheme.endIndex] == UInt8(ascii: ":")
        else { return false }
        rest = bytes[(scheme.endIndex + 1)...]
    }
    let body = rest.prefix { $0 != UInt8(ascii: "#") }
    let fragment = rest[body.endIndex...].dropFirst()
    return hasURICharacters(fragment, allowsUnicode) && hasURICharacters(body, allowsUnicode)
        && isAuthority(body)
}

private func hasURICharacters(_ bytes: FormatBytes, _ allowsUnicode: Bool) -> Bool {
    var rest = bytes
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%") {
            guard rest.popFirst()?.hexDigit != nil, rest.popFirst()?.hexDigit != nil else {
                return false
            }
        } else if byte >= 0x80 {
            // RFC 3987 §2.2 takes nearly all of Unicode; the text is valid UTF-8 already.
            guard allowsUnicode else { return false }
        } else if !isAlphanumeric(byte), !"-._~:/?[]@!$&'()*+,;=".utf8.contains(byte) {
            return false
        }
    }
    return true
}

/// RFC 3986 §3.2.2: `v1F.fe80:a`, versions of IP to come.
private func isIPvFuture(_ bytes: FormatBytes) -> Bool {
    guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v") else { return false }
    let version = bytes.dropFirst().prefix { $0.hexDigit != nil }
    let rest = bytes[version.endIndex...]
    return !version.isEmpty && rest.first == UInt8(ascii: ".") && rest.count > 1
        && rest.dropFirst().allSatisfy {
            isAlphanumeric($0) || "-._~!$&'()*+,;=:".utf8.contains($0)
        }
}

/// Brackets only around an address, digits only behind the port's colon.
private func isAuthority(_ body: FormatBytes) -> Bool {
    guard body.starts(with: [0x2F, 0x2F]) else {
        return !body.contains(UInt8(ascii: "[")) && !body.contains(UInt8(ascii: "]"))
    }
    let authority = body.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let host =
        authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
    let user = authority[..<host.startIndex]
    guard !user.contains(UInt8(ascii: "[")), !user.dropLast().contains(UInt8(ascii: "@")) else {
        return false
    }
    if host.first == UInt8(ascii: "[") {
        guard let close = host.lastIndex(of: UInt8(ascii: "]")) else { return false }
        let port = host[(close + 1)...]
        let address = host[(host.startIndex + 1)..<close]
        return (isIPv6(address) || isIPvFuture(address))
            && (port.isEmpty
                || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isASCIIDigit))
    }
    let port = host.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        .dropFirst()
    return port.count <= 1 && port.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
        && !host.contains(UInt8(ascii: "]"))
}

/// RFC 6531: as RFC 5321, with letters of all scripts.
private func isInternationalEmail(_ bytes: FormatBytes) -> Bool {
    guard let sign = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let (local, domain) = (bytes[..<sign], bytes[(sign + 1)...])
    let isPlain = domain.allSatisfy { $0 < 0x80 }
    guard isPlain || isInternationalHostname(domain, composing: true) else { return false }
    let ascii = local.map { $0 < 0x80 ? $0 : UInt8(ascii: "x") }
        + (isPlain ? Array(bytes[sign...]) : Array("@x".utf8))
    return ascii.withUnsafeBufferPointer { isEmail($0[...]) }
}

private func isUUID(_ bytes: FormatBytes) -> Bool {
    bytes.count == 36
        && bytes.enumerated().allSatisfy { position, byte in
            [8, 13, 18, 23].contains(position) ? byte == UInt8(ascii: "-") : byte.hexDigit != nil
        }
}
