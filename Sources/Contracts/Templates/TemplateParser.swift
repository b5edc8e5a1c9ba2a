/// Reads a template's text into its nodes. By bytes: what a template is made of is ASCII.
struct TemplateParser {
    let bytes: [UInt8]
    let vocabulary: TemplateVocabulary
    let pointer: JSONPointer
    var position = 0
    private var nodeCount = 0
    /// `{{#each}}` around the place, inside which a name can be a member of the element.
    var loops = 0

    init(_ source: String, _ vocabulary: TemplateVocabulary, _ pointer: JSONPointer) {
        bytes = Array(source.utf8)
        self.vocabulary = vocabulary
        self.pointer = pointer
    }

    mutating func template() throws(TemplateFault) -> [TemplateNode] {
        guard bytes.count <= Limits.templateBytesMax else {
            throw TemplateFault(
                pointer: pointer, offset: nil, expected: "at most \(Limits.templateBytesMax) bytes")
        }
        let (nodes, end) = try self.nodes(depth: 0)
        if let end { throw fault("a block that {{\(end.text)}} belongs to", at: end.position) }
        return nodes
    }

    // MARK: Text and tags

    /// A tag that ends or divides a block: `/if`, `else`, `else if`.
    private struct BlockEnd {
        let text: String
        let position: Int
    }

    private mutating func nodes(
        depth: Int
    ) throws(TemplateFault) -> (nodes: [TemplateNode], end: BlockEnd?) {
        guard depth <= Limits.templateDepthMax else {
            throw fault("blocks nested at most \(Limits.templateDepthMax) deep", at: position)
        }
        var nodes: [TemplateNode] = []
        while position < bytes.count {
            let text = plainText()
            if !text.isEmpty { try add(.text(text), to: &nodes) }
            guard position < bytes.count else { break }
            let start = position
            position += 2
            if next("!") {
                try skipComment(start)
            } else if next("#") {
                try add(try block(start, depth), to: &nodes)
            } else if next("/") {
                let name = word()
                try close("}}", start)
                return (nodes, BlockEnd(text: "/" + name, position: start))
            } else if let end = try division(start) {
                return (nodes, end)
            } else {
                try add(.place(try place(start)), to: &nodes)
            }
        }
        return (nodes, nil)
    }

    private mutating func add(
        _ node: TemplateNode, to nodes: inout [TemplateNode]
    ) throws(TemplateFault) {
        nodeCount += 1
        guard nodeCount <= Limits.templateNodesMax else {
            throw fault("at most \(Limits.templateNodesMax) pieces", at: position)
        }
        nodes.append(node)
    }

    /// Up to the next `{{`; `\{{` stands for two braces.
    private mutating func plainText() -> String {
        var text: [UInt8] = []
        while position < bytes.count, !sees("{{") {
            if sees("\\{{") {
                text += "{{".utf8
                position += 3
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func skipComment(_ start: Int) throws(TemplateFault) {
        let end = sees("--") ? "--}}" : "}}"
        while position < bytes.count, !sees(end) { position += 1 }
        try close(end, start)
    }

    /// `{{else}}`, `{{^}}`, and the beginning of `{{else if …}}`, whose condition comes next.
    private mutating func division(_ start: Int) throws(TemplateFault) -> BlockEnd? {
        let before = position
        skipBlanks()
        if next("^") {
            try close("}}", start)
            return BlockEnd(text: "else", position: start)
        }
        guard word() == "else" else {
            position = before
            return nil
        }
        skipBlanks()
        if sees("}}") {
            try close("}}", start)
            return BlockEnd(text: "else", position: start)
        }
        guard word() == "if" else { throw fault("{{else}} or {{else if …}}", at: start) }
        return BlockEnd(text: "else if", position: start)
    }

    private mutating func place(_ start: Int) throws(TemplateFault) -> TemplateExpression {
        // Three braces mean the same here, where nothing is escaped for HTML.
        let isTriple = next("{")
        if let sign = bytes[safe: position], "~>&*%^".utf8.contains(sign) {
            throw fault(
                "a name or a helper, not \(Unicode.Scalar(sign)), which is not part of this subset of Handlebars",
                at: position)
        }
        let expression = try call(start, depth: 0)
        try close(isTriple ? "}}}" : "}}", start)
        return expression
    }

    // MARK: Blocks

    private mutating func block(_ start: Int, _ depth: Int) throws(TemplateFault) -> TemplateNode {
        let name = word()
        switch name {
        case "if", "unless":
            let condition = try argument(start, depth: 0)
            try close("}}", start)
            return try choice(
                name == "if" ? condition : .not(condition), ends: name, start, depth)
        case "each":
            let list = try argument(start, depth: 0)
            try close("}}", start)
            return try each(list, start, depth)
        default: throw fault("one of the blocks if, unless, each", at: start)
        }
    }

    private mutating func choice(
        _ condition: TemplateExpression, ends name: String, _ start: Int, _ depth: Int
    ) throws(TemplateFault) -> TemplateNode {
        var branches: [(condition: TemplateExpression?, body: [TemplateNode])] = []
        var open: TemplateExpression? = condition
        while true {
            let (body, end) = try nodes(depth: depth + 1)
            branches.append((open, body))
            switch end?.text {
            case "/" + name: return .choice(branches)
            case "else" where open != nil: open = nil
            case "else if" where open != nil && name == "if":
                open = try argument(start, depth: 0)
                try close("}}", start)
            default: throw fault("{{/\(name)}} for {{#\(name)}}", at: end?.position ?? start)
            }
        }
    }

    private mutating func each(
        _ list: TemplateExpression, _ start: Int, _ depth: Int
    ) throws(TemplateFault) -> TemplateNode {
        loops += 1
        let (body, end) = try nodes(depth: depth + 1)
        loops -= 1
        if end?.text == "/each" { return .each(list, body: body, otherwise: []) }
        guard end?.text == "else" else {
            throw fault("{{/each}} for {{#each}}", at: end?.position ?? start)
        }
        let (otherwise, last) = try nodes(depth: depth + 1)
        guard last?.text == "/each" else {
            throw fault("{{/each}} for {{#each}}", at: last?.position ?? start)
        }
        return .each(list, body: body, otherwise: otherwise)
    }
}
