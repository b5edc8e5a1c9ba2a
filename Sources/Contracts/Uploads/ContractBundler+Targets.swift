// Where references lead.

/// What a reference leads to. The value is nil for a place of the contract itself that only the
/// document that is made will have.
struct UploadTarget {
    let place: UploadPlace
    let value: JSONValue?

    /// The reference that it is, if it is nothing else.
    var loneReference: String? {
        guard case .object(let object) = value, object.count == 1 else { return nil }
        return object["$ref"]?.string
    }
}

extension ContractBundler {
    /// The place that a reference in an object at `place` names; nil where there is none. A problem
    /// is reported then for the member `keyword`, unless that is nil.
    func target(
        of reference: String, from place: UploadPlace, keyword: String?
    ) throws(ContractError) -> UploadTarget? {
        hops = 0
        let (found, isKnown) = try found(reference, from: place)
        guard found == nil, let keyword else { return found }
        if isKnown {
            report(keyword, "\(reference) points at nothing")
        } else if reference.contains("://") {
            report(
                keyword, "\(reference) is in another document, which was not sent along",
                fix: "send that document in the same upload, or copy what is needed into this one")
        } else {
            report(
                keyword, "\(reference) is not among the files of the upload",
                fix: "send that file in the same upload, under the path that the reference names")
        }
        return nil
    }

    /// Also whether the file or the schema is there at all.
    private func found(
        _ reference: String, from place: UploadPlace
    ) throws(ContractError) -> (target: UploadTarget?, isKnown: Bool) {
        var isKnown = false
        // Files that have identifiers are still referred to by their names.
        let bases = [documents.base(at: place), UploadPlace.uri(of: place.file)]
        for base in bases[0] == bases[1] ? bases.dropLast() : bases[...] {
            let absolute = resolveReference(reference, against: base)
            let parts = absolute.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            guard let resource = try documents.resource(String(parts[0])) else { continue }
            isKnown = true
            let fragment = parts.count > 1 ? String(parts[1]) : ""
            if let target = try located(fragment, in: resource) { return (target, true) }
        }
        return (nil, isKnown)
    }

    private func located(
        _ fragment: String, in resource: UploadPlace
    ) throws(ContractError) -> UploadTarget? {
        guard fragment.isEmpty || fragment.hasPrefix("/") else {
            guard let place = documents.anchor(fragment, in: resource) else { return nil }
            return try value(at: place.pointer.tokens[...], in: place.file)
        }
        guard let decoded = percentDecoded(fragment.utf8), let tail = JSONPointer(decoded) else {
            return nil
        }
        return try value(at: resource.pointer.appending(tail).tokens[...], in: resource.file)
    }

    /// The value at a path of tokens. Where the path goes on behind a reference, so does this: maps
    /// are often kept in files of their own.
    private func value(
        at tokens: ArraySlice<String>, in file: String
    ) throws(ContractError) -> UploadTarget? {
        guard var value = try documents.document(file) else { return nil }
        var place = UploadPlace(file: file, pointer: .root)
        for (index, token) in zip(tokens.indices, tokens) {
            while value[JSONPointer([token])] == nil, let reference = value["$ref"]?.string {
                // Counted for the whole way of one reference: such paths lead on to others.
                hops += 1
                guard hops < Limits.referenceHopsMax,
                    let next = try found(reference, from: place).target, let there = next.value
                else { break }
                (place, value) = (next.place, there)
            }
            guard let next = value[JSONPointer([token])] else {
                // What the contract names is checked when the whole is read.
                guard place.file == root else { return nil }
                let rest = JSONPointer(Array(tokens[index...]))
                return UploadTarget(
                    place: UploadPlace(file: root, pointer: place.pointer.appending(rest)),
                    value: nil)
            }
            (place, value) = (place.appending(token), next)
        }
        return UploadTarget(place: place, value: value)
    }

    /// Behind references that stand alone, which would only lead on, up to a place of the contract
    /// itself; nil where they lead in a circle.
    func end(of target: UploadTarget) throws(ContractError) -> UploadTarget? {
        var target = target
        for _ in 0..<Limits.referenceHopsMax {
            guard target.place.file != root, let reference = target.loneReference,
                let next = try self.target(of: reference, from: target.place, keyword: nil)
            else { return target }
            target = next
        }
        return nil
    }
}
