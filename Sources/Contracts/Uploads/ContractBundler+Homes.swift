// Where parts are in the document that is made.

extension ContractBundler {
    /// Where a part is in the document that is made: a place of its own under `components` where
    /// it has none yet. Nil for what has to be put in place, since references to such parts are
    /// not followed, and for what is not there.
    func home(of target: UploadTarget, as part: ContractPart) -> JSONPointer? {
        let shelf = part.shelf(in: version)
        if target.place.file == root, file == root || shelf != nil || part == .pathItem {
            return target.place.pointer
        }
        let inner = scope(entering: target.place, as: part)
        let homed = Homed(place: target.place, part: part, scope: inner)
        if let home = homes[homed] { return home }
        guard let shelf, let value = target.value else { return nil }
        let name = freeName(for: homed.place, on: shelf)
        let home = JSONPointer(shelf + [name])
        homes[homed] = home
        waiting.append(
            Waiting(
                place: homed.place, value: value, part: part, scope: inner, shelf: shelf, name: name))
        return home
    }

    /// Keeps what the contract itself names where it is: entries of its `paths` and `components`
    /// that are references are the homes of what they refer to.
    func settleEntries(of document: JSONValue) throws(ContractError) {
        let start = UploadPlace(file: root, pointer: .root)
        try settle(document["paths"], start.appending("paths"), as: .pathItem, at: ["paths"])
        if version == .v2 {
            for name in ["definitions", "parameters", "responses", "securityDefinitions"] {
                guard case .map(let part) = ContractPart.contract.part(of: name) else { continue }
                try settle(document[name], start.appending(name), as: part, at: [name])
            }
            return
        }
        var holder = (value: document["components"] ?? .null, place: start.appending("components"))
        if let reference = holder.value["$ref"]?.string,
            let target = try target(of: reference, from: holder.place, keyword: nil)
        {
            holder = (target.value ?? .null, target.place)
        }
        for member in holder.value.object?.members ?? [] {
            guard case .map(let part) = ContractPart.components.part(of: member.name) else { continue }
            try settle(
                member.value, holder.place.appending(member.name), as: part,
                at: ["components", member.name])
        }
    }

    private func settle(
        _ map: JSONValue?, _ place: UploadPlace, as part: ContractPart, at home: [String],
        hops: Int = 0
    ) throws(ContractError) {
        guard case .object(let object) = map else { return }
        for member in object.members where member.name != "$ref" || member.value.string == nil {
            taken[home, default: []].insert(member.name)
            var entry = UploadTarget(place: place.appending(member.name), value: member.value)
            if place.file == root {
                guard let reference = entry.loneReference,
                    let next = try target(of: reference, from: entry.place, keyword: nil)
                else { continue }
                entry = next
            }
            guard let end = try end(of: entry), end.place.file != root else { continue }
            let homed = Homed(
                place: end.place, part: part, scope: scope(entering: end.place, as: part))
            if homes[homed] == nil { homes[homed] = JSONPointer(home + [member.name]) }
        }
        if let reference = object["$ref"]?.string,
            let target = try target(of: reference, from: place, keyword: nil),
            hops < Limits.referenceHopsMax
        {
            try settle(target.value, target.place, as: part, at: home, hops: hops + 1)
        }
    }

    /// The last name of a place, or its file's; with the file's, the folder's or a number where
    /// that is taken.
    private func freeName(for place: UploadPlace, on shelf: [String]) -> String {
        var folders = place.file.split(separator: "/").map(String.init)
        var stem = folders.popLast() ?? "part"
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = String(stem[..<dot]) }
        if ["index", "_index"].contains(stem), let folder = folders.popLast() { stem = folder }
        let last = place.pointer.tokens.last
        let name = Self.plain(last ?? stem)
        let outer = Self.plain(last == nil ? folders.last ?? "file" : stem)
        var candidates = [name, "\(outer)_\(name)"]
        if name.utf8.allSatisfy(\.isASCIIDigit) { candidates.removeFirst() }
        let key = shelf + [candidates[candidates.count - 1]]
        while true {
            for candidate in candidates
            where taken[shelf, default: []].insert(candidate).inserted {
                return candidate
            }
            let number = numbers[key, default: 1] + 1
            numbers[key] = number
            candidates = ["\(outer)_\(name)_\(number)"]
        }
    }

    /// What OpenAPI lets a component's name have.
    private static func plain(_ text: String) -> String {
        let bytes = text.utf8.prefix(Limits.componentNameBytesMax).map { byte in
            let isPlain =
                byte.isASCIIDigit || (byte | 0x20) &- 0x61 < 26 || "._-".utf8.contains(byte)
            return isPlain ? byte : UInt8(ascii: "_")
        }
        return bytes.isEmpty ? "part" : String(decoding: bytes, as: UTF8.self)
    }
}
