/// An element with all that stands in it.
struct XMLElement {
    /// Without prefix.
    let name: String
    let namespace: String?
    var attributes: [XMLAttribute] = []
    var children: [XMLElement] = []
    /// All text directly inside, CDATA too, put together.
    var text = ""

    /// `xsi:nil="true"`: null, whatever the element holds.
    var isNil: Bool {
        attributes.contains {
            $0.namespace == XMLNamespace.instance && $0.name == "nil"
                && ["true", "1"].contains($0.value)
        }
    }

    /// The attributes that are data: declarations of namespaces and what XML Schema says of the
    /// document are not.
    var data: [XMLAttribute] {
        attributes.filter {
            $0.namespace != XMLNamespace.declarations && $0.namespace != XMLNamespace.instance
        }
    }

    var hasText: Bool { text.unicodeScalars.contains { !$0.isXMLSpace } }
}

struct XMLAttribute {
    /// Without prefix.
    let name: String
    let namespace: String?
    let value: String
}

enum XMLNamespace {
    static let declarations = "http://www.w3.org/2000/xmlns/"
    static let instance = "http://www.w3.org/2001/XMLSchema-instance"
    static let xml = "http://www.w3.org/XML/1998/namespace"
}

extension Unicode.Scalar {
    /// XML 1.0 §2.3, S.
    var isXMLSpace: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }

    /// XML 1.0 §2.2, Char: what a document may hold, escaped or not.
    var isXMLCharacter: Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// XML 1.0 §2.3, NameStartChar, without the colon, which separates prefixes.
    var isXMLNameStart: Bool {
        switch value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
            0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF,
            0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF: true
        default: false
        }
    }

    var isXMLNamePart: Bool {
        switch value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isXMLNameStart
        }
    }
}

extension String {
    var trimmingXMLSpace: String {
        guard unicodeScalars.first?.isXMLSpace ?? false || unicodeScalars.last?.isXMLSpace ?? false
        else { return self }
        var scalars = unicodeScalars[...]
        while scalars.first?.isXMLSpace ?? false { scalars.removeFirst() }
        while scalars.last?.isXMLSpace ?? false { scalars.removeLast() }
        return String(scalars)
    }

    /// The same where it is a name without a colon; else each scalar that no name has as `_`.
    var asXMLName: String {
        var name = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isFine = name.isEmpty ? scalar.isXMLNameStart : scalar.isXMLNamePart
            if name.isEmpty, !isFine, scalar.isXMLNamePart { name.append("_") }
            name.append(isFine || scalar.isXMLNamePart ? scalar : "_")
        }
        return name.isEmpty ? "_" : String(name)
    }
}
