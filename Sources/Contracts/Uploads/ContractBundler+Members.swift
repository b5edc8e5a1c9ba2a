// Members that lead elsewhere in other ways than by `$ref`, and those that would change what
// references mean.

extension ContractBundler {
    /// Adapts a member that is no part of the description; false where it is left out.
    func adapt(
        _ member: inout JSONObject.Member, of object: JSONObject, in part: ContractPart
    ) throws(ContractError) -> Bool {
        switch (part, member.name) {
        case (.schema, "$id"):
            // References within would be relative to it; all of them lead from the top now.
            return !version.namesSchemas || member.value.string == nil
        case (.schema, "$schema"): checkDialect(member.value)
        case (.schema, "$dynamicRef"):
            if let reference = member.value.string, let settled = try settled(dynamic: reference) {
                member = JSONObject.Member(name: "$ref", value: .string(settled))
            }
        case (.schema, "$dynamicAnchor"): return !version.namesSchemas || file == root
        case (.schema, "$recursiveRef"):
            if member.value.string?.hasPrefix("#") == false {
                report(member.name, "a dynamic reference into another file is not followed")
            }
        case (.schema, "discriminator"): try adaptMapping(&member.value)
        case (.link, "operationRef"): try adaptOperation(&member.value)
        case (.example, "externalValue"):
            guard !object.contains("value"), let value = try externalValue(member.value) else { break }
            member = JSONObject.Member(name: "value", value: value)
        default: break
        }
        return true
    }

    private func checkDialect(_ value: JSONValue) {
        guard version.namesSchemas, file != root, let named = value.string,
            let contract = documents.read[root].map(version.dialect)
        else { return }
        if SchemaDialect(schemaURI: named) != contract {
            report("$schema", "it is read as a schema of the contract's own dialect")
        }
    }

    /// `discriminator.mapping`: names of schemas, or references to them.
    private func adaptMapping(_ discriminator: inout JSONValue) throws(ContractError) {
        guard case .object(var mapping)? = discriminator.object?["mapping"] else { return }
        for entry in mapping.members {
            guard let named = entry.value.string,
                let reference = try mappedReference(named), file != root || !reference.hasPrefix("#/")
            else { continue }
            let tokens = ["discriminator", "mapping"]
            source += tokens
            out += tokens
            defer {
                source.removeLast(tokens.count)
                out.removeLast(tokens.count)
            }
            guard let target = try target(of: reference, from: here, keyword: entry.name),
                let end = try end(of: target), let home = home(of: end, as: .schema)
            else { continue }
            mapping[entry.name] = .string(written(reference, to: home))
        }
        discriminator["mapping"] = .object(mapping)
    }

    /// A mapping's value as a reference; nil for the name of one of the contract's own schemas.
    private func mappedReference(_ named: String) throws(ContractError) -> String? {
        if named.contains("#") || named.contains("/") { return named }
        let ownSchemas = try documents.document(file)?["components"]?["schemas"]
        if ownSchemas?[named] != nil {
            return file == root ? nil : JSONPointer(["components", "schemas", named]).fragment
        }
        let sibling = resolveReference(named, against: UploadPlace.uri(of: file))
        return UploadPlace.file(ofURI: sibling).flatMap(documents.file) == nil ? nil : named
    }

    /// `operationRef` of links: an operation below a path that the contract has.
    private func adaptOperation(_ value: inout JSONValue) throws(ContractError) {
        guard let reference = value.string, file != root || !reference.hasPrefix("#"),
            !reference.contains("://"),
            let target = try target(of: reference, from: here, keyword: "operationRef")
        else { return }
        guard let place = pathItemPlace(of: target.place) else {
            report(
                "operationRef", "\(reference) is in a file whose paths are no part of the contract")
            return
        }
        value = .string(written(reference, to: place))
    }

    private func pathItemPlace(of place: UploadPlace) -> JSONPointer? {
        if place.file == root { return place.pointer }
        var tokens = place.pointer.tokens
        var rest: [String] = []
        while true {
            let outer = UploadPlace(file: place.file, pointer: JSONPointer(tokens))
            let homed = Homed(
                place: outer, part: .pathItem, scope: scope(entering: outer, as: .pathItem))
            if let home = homes[homed] {
                return home.appending(JSONPointer(rest.reversed()))
            }
            guard let token = tokens.popLast() else { return nil }
            rest.append(token)
        }
    }

    /// An example that is a file of the upload: JSON and YAML as what they say, other text as text.
    /// Nil, and the member stays, for addresses elsewhere and what cannot be read.
    private func externalValue(_ value: JSONValue) throws(ContractError) -> JSONValue? {
        guard let reference = value.string, !reference.contains("://") else { return nil }
        let address = resolveReference(reference, against: UploadPlace.uri(of: file))
        guard let file = UploadPlace.file(ofURI: address).flatMap(documents.file) else {
            report("externalValue", "\(reference) is not among the files of the upload")
            return nil
        }
        let read =
            file.isDocument
            ? try documents.document(file.path) : String(validating: file.bytes, as: UTF8.self).map(JSONValue.string)
        guard let read else {
            report("externalValue", "\(reference) is neither JSON nor text")
            return nil
        }
        try take(read, from: UploadPlace(file: file.path, pointer: .root))
        return read
    }
}
