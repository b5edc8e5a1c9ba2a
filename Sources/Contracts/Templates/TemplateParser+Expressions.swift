// What stands inside of tags: names, constants, and helpers with their arguments.
extension TemplateParser {
    /// A name, a constant, or a helper with its arguments.
    mutating func call(_ start: Int, depth: Int) throws(TemplateFault) -> TemplateExpression {
        guard depth <= Limits.templateDepthMax else {
            throw fault("helpers nested at most \(Limits.templateDepthMax) deep", at: start)
        }
        skipBlanks()
        let place = position
        let first = word()
        guard let helper = vocabulary.helper(first) else {
            position = place
            let value = try argument(start, depth: depth)
            skipBlanks()
            if position < bytes.count, !sees("}}"), !sees(")") { throw unknownHelper(first, at: place) }
            return value
        }
        var arguments: [TemplateExpression] = []
        var options: [(name: String, value: TemplateExpression)] = []
        while true {
            skipBlanks()
            guard position < bytes.count, !sees("}}"), !sees(")") else { break }
            if let name = try option(of: first, helper) {
                options.append((name, try argument(start, depth: depth)))
            } else {
                arguments.append(try argument(start, depth: depth))
            }
        }
        guard helper.arguments.contains(arguments.count) else {
            let bounds = helper.arguments
            let wanted =
                bounds.count == 1 ? "\(bounds.lowerBound)" : "\(bounds.lowerBound) to \(bounds.upperBound)"
            throw fault("\(wanted) arguments for \(first)", at: place)
        }
        return .helper(first, arguments, options: options)
    }

    /// The name of an option, when one begins here: `format=`.
    private mutating func option(
        of name: String, _ helper: TemplateVocabulary.Helper
    ) throws(TemplateFault) -> String? {
        let place = position
        let option = word()
        guard !option.isEmpty, next("=") else {
            position = place
            return nil
        }
        guard helper.options.contains(option) else {
            let known = helper.options.sorted().joined(separator: ", ")
            throw fault(
                known.isEmpty ? "no option: \(name) has none" : "one of \(name)'s options \(known)",
                at: place)
        }
        return option
    }

    mutating func argument(
        _ start: Int, depth: Int
    ) throws(TemplateFault) -> TemplateExpression {
        skipBlanks()
        let place = position
        switch bytes[safe: position] {
        case UInt8(ascii: "("):
            position += 1
            let inner = try call(start, depth: depth + 1)
            skipBlanks()
            try close(")", place)
            return inner
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .constant(.string(try quoted()))
        default: break
        }
        let word = word()
        switch word {
        case "": throw fault("a name between {{ and }}", at: place)
        case "true": return .constant(true)
        case "false": return .constant(false)
        case "null", "undefined": return .constant(.null)
        default: break
        }
        if let number = JSONNumber(word) { return .constant(.number(number)) }
        // A helper without arguments, as an argument: `{{upper uuid}}`.
        if let helper = vocabulary.helper(word), helper.arguments.contains(0) {
            return .helper(word, [], options: [])
        }
        return .path(try path(word, at: place))
    }

    private func path(_ word: String, at place: Int) throws(TemplateFault) -> TemplatePath {
        var rest = word[...]
        var outwards = 0
        while rest.hasPrefix("../") || rest == ".." {
            outwards += 1
            rest = rest.dropFirst(3)
        }
        if rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        var names = Self.names(rest)
        if let first = names.first, first.hasPrefix("@") {
            let known = ["@index", "@key", "@first", "@last"]
            if first == "@root" { return try rooted(Array(names.dropFirst()), at: place) }
            guard known.contains(first), loops > 0 else {
                throw fault("one of @root, and inside {{#each}} \(known.joined(separator: ", "))", at: place)
            }
            return TemplatePath(start: .local(first), names: Array(names.dropFirst()))
        }
        guard outwards < max(loops, 1) + (loops > 0 ? 1 : 0) else {
            throw fault("../ inside as many {{#each}}", at: place)
        }
        if names.first == "this" || names.first == "." { names.removeFirst() }
        if loops == 0 || outwards == loops { return try rooted(names, at: place) }
        if outwards == 0, let first = names.first, vocabulary.roots.contains(first) {
            return try rooted(names, at: place)
        }
        return TemplatePath(start: .element(outwards: outwards), names: names)
    }

    private func rooted(_ names: [String], at place: Int) throws(TemplateFault) -> TemplatePath {
        guard let first = names.first else { return TemplatePath(start: .root, names: []) }
        guard vocabulary.roots.contains(first) else {
            let known = vocabulary.roots.sorted() + vocabulary.helperNames
            let near = nearestName(to: first, among: known).map { "; did you mean \($0)?" } ?? ""
            throw fault(
                "one of \(vocabulary.roots.sorted().joined(separator: ", ")), or a helper\(near)",
                at: place)
        }
        var names = names
        let caseless = vocabulary.caseless
        if !caseless.isEmpty, names.count > caseless.count, names.starts(with: caseless) {
            names[caseless.count] = names[caseless.count].lowercased()
        }
        return TemplatePath(start: .root, names: names)
    }

    /// `items.[0].name` → items, 0, name.
    private static func names(_ text: Substring) -> [String] {
        var names: [String] = []
        var name = ""
        var isBracketed = false
        for character in text {
            switch character {
            case "[" where !isBracketed: isBracketed = true
            case "]" where isBracketed: isBracketed = false
            case ".", "/":
                if isBracketed {
                    name.append(character)
                } else if !name.isEmpty {
                    names.append(name)
                    name = ""
                }
            default: name.append(character)
            }
        }
        return name.isEmpty ? names : names + [name]
    }

    private func unknownHelper(_ name: String, at place: Int) -> TemplateFault {
        let near = nearestName(to: name, among: vocabulary.helperNames)
            .map { "; did you mean \($0)?" } ?? ""
        return fault(
            "one of the helpers \(vocabulary.helperNames.joined(separator: ", "))\(near)", at: place)
    }
}
