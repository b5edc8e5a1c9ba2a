package import Contracts

/// The packs of this build, each with everything that it stands on.
package struct PackLibrary: Sendable {
    /// By name.
    package let packs: [Pack]

    /// The pack of every sandbox.
    package static let standard = "standard"

    /// Fails when a pack cannot be read, two have one name, or one stands on itself or on none.
    package init(_ documents: [JSONValue]) throws(PackFaults) {
        var read: [String: Pack] = [:]
        for document in documents {
            let pack = try Pack(document)
            guard read.updateValue(pack, forKey: pack.name) == nil else {
                throw Self.fault(pack.name, "/name", "unique", expected: "a name of its own")
            }
        }
        var packs: [Pack] = []
        for name in read.keys.sorted() { packs.append(try Self.whole(name, read, above: [])) }
        self.packs = packs
    }

    package subscript(name: String) -> Pack? { packs.first { $0.name == name } }

    private static func whole(
        _ name: String, _ read: [String: Pack], above: [String]
    ) throws(PackFaults) -> Pack {
        guard let pack = read[name], !above.contains(name) else {
            throw fault(
                above.last ?? name, "/extends", "pack",
                expected: "a known pack that does not stand on this one")
        }
        guard let base = pack.extends else { return pack }
        return pack.standing(on: try whole(base, read, above: above + [name]))
    }

    private static func fault(
        _ name: String, _ pointer: String, _ rule: String, expected: String
    ) -> PackFaults {
        PackFaults(
            name: name,
            faults: [
                SchemaFault(
                    pointer: JSONPointer(pointer) ?? .root, rule: rule, expected: expected,
                    got: name)
            ])
    }
}
