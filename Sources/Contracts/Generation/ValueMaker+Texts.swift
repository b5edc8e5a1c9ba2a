extension ValueMaker {
    /// A text by its pattern, its format or its name, of a length within its bounds.
    mutating func text(_ sketch: SchemaSketch, name: String?) -> String {
        if let format = sketch.format, let made = text(in: format, sketch), fits(made, sketch) {
            return made
        }
        if let made = text(named: name), fits(made, sketch) { return made }
        if let pattern = sketch.patterns.first { return text(matching: pattern, sketch) }
        return sized(words(of: name), sketch)
    }

    private func fits(_ text: String, _ sketch: SchemaSketch) -> Bool {
        let length = text.unicodeScalars.count
        return length >= sketch.lengthMin && length <= sketch.lengthMax ?? .max
            && sketch.patterns.allSatisfy { $0.matches(text) }
            && sketch.format?.accepts(text) ?? true
    }

    private mutating func text(matching pattern: Pattern, _ sketch: SchemaSketch) -> String {
        let bounds = sketch.lengthMin...max(sketch.lengthMin, sketch.lengthMax ?? .max)
        for _ in 0..<Limits.madeAttemptsMax {
            guard let made = PatternSample.text(for: pattern, length: bounds, &words) else { break }
            if fits(made, sketch) { return made }
        }
        return sized("text", sketch)
    }

    /// Cut or repeated until its length is allowed.
    private func sized(_ text: String, _ sketch: SchemaSketch) -> String {
        let most = sketch.lengthMax ?? .max
        var scalars = Array(text.unicodeScalars.prefix(most))
        let least = min(sketch.lengthMin, Limits.madeTextMax)
        while scalars.count < least { scalars.append(scalars.count % 8 == 7 ? "-" : "x") }
        return String(String.UnicodeScalarView(scalars))
    }

    private func words(of name: String?) -> String {
        guard let name, !name.isEmpty else { return "text" }
        return String(name.map { $0 == "_" ? " " : $0 })
    }

    private mutating func text(in format: StringFormat, _ sketch: SchemaSketch) -> String? {
        switch format {
        case .dateTime: return context.now
        case .date: return String(context.now.prefix(10))
        case .time: return String(context.now.dropFirst(11))
        case .email, .internationalEmail: return "jenny.rosen@example.com"
        case .hostname, .internationalHostname: return "api.example.com"
        case .ipv4: return "192.0.2.\(words.below(254) + 1)"
        case .ipv6: return "2001:db8::\(words.below(9_999) + 1)"
        case .uri, .iri: return "https://example.com/\(words.text(8))"
        case .uriReference, .iriReference: return "/\(words.text(8))"
        case .uriTemplate: return "/things/{id}"
        case .jsonPointer: return "/name"
        case .relativeJSONPointer: return "0"
        case .duration: return "PT1H"
        case .uuid: return uuid()
        case .regex: return "^[a-z]+$"
        }
    }

    /// RFC 9562 version 4.
    mutating func uuid() -> String {
        var digits = Array(words.text(32, of: GeneratorWords.hexadecimal).utf8)
        digits[12] = UInt8(ascii: "4")
        digits[16] = words.pick(Array("89ab".utf8))
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    /// What members of that name hold in the APIs of the world.
    private mutating func text(named name: String?) -> String? {
        guard let name else { return nil }
        let lowered = name.lowercased()
        if let known = Self.known[String(lowered.filter { $0 != "_" && $0 != "-" })] { return known }
        if lowered == "id" || lowered.hasSuffix("_id") || name.hasSuffix("Id") || name.hasSuffix("ID") {
            return words.text(16)
        }
        let endings: [(ending: String, text: String)] = [
            ("email", "jenny.rosen@example.com"), ("phone", "+15005550006"),
            ("currency", "eur"), ("country", "DE"), ("_at", context.now), ("date", String(context.now.prefix(10))),
            ("url", "https://example.com/\(words.text(8))"),
            ("uri", "https://example.com/\(words.text(8))"),
            ("token", words.text(24)), ("name", "Jenny Rosen"),
        ]
        return endings.first { lowered.hasSuffix($0.ending) }?.text
    }

    private static let known: [String: String] = [
        "firstname": "Jenny", "givenname": "Jenny", "lastname": "Rosen", "familyname": "Rosen",
        "description": "Made for the sandbox", "message": "Made for the sandbox",
        "title": "A title", "city": "Berlin", "state": "Berlin", "line1": "Unter den Linden 1",
        "street": "Unter den Linden 1", "address": "Unter den Linden 1", "postalcode": "10117",
        "zip": "10117", "zipcode": "10117", "locale": "en", "language": "en",
        "timezone": "Europe/Berlin", "company": "Example GmbH", "ip": "192.0.2.1",
        "username": "jenny", "version": "1.0.0", "amount": "12.50", "value": "value",
        "useragent": "Mozilla/5.0", "iban": "DE89370400440532013000", "bic": "COBADEFF",
    ]
}
