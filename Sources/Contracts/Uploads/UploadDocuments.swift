/// The files of an upload as documents, each read when it is first needed.
final class UploadDocuments {
    /// Sorted, so that nothing depends on the order in which files were sent.
    let paths: [String]
    /// Those read so far, the contract itself among them.
    private(set) var read: [String: JSONValue] = [:]
    private let files: [String: UploadedFile]
    private var bytesLeft = Limits.uploadBytesMax
    private var valuesLeft = Limits.uploadValuesMax
    /// Schemas with an identifier of their own (`$id`), and `$self` of documents.
    private var identified: [String: UploadPlace] = [:]
    private var bases: [UploadPlace: String] = [:]
    private var anchors: [UploadPlace: [String: JSONPointer]] = [:]
    /// Schemas that `$dynamicRef` may choose, by the root of their resource.
    private var dynamic: [UploadPlace: DynamicScope] = [:]
    private var hasReadAll = false

    init(_ files: [UploadedFile]) {
        self.files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        paths = self.files.keys.sorted()
    }

    func file(_ path: String) -> UploadedFile? { files[path] }

    /// The file's document; nil where there is no such file.
    /// - Throws: for what is neither JSON nor YAML, and where all files together are too large.
    func document(_ path: String) throws(ContractError) -> JSONValue? {
        if let document = read[path] { return document }
        guard let file = files[path] else { return nil }
        bytesLeft -= file.bytes.count
        guard bytesLeft >= 0, valuesLeft > 0 else { throw Self.tooLarge(path) }
        let document: JSONValue
        do throws(ContractError) {
            document = try JSONValue(contract: file.bytes)
        } catch {
            throw ContractError(problems: error.problems.map { $0.inside(path) })
        }
        // Aliases of YAML make many values of few bytes.
        document.countValues(&valuesLeft)
        guard valuesLeft > 0 else { throw Self.tooLarge(path) }
        read[path] = document
        index(document, path)
        return document
    }

    private static func tooLarge(_ path: String) -> ContractError {
        ContractError(problems: [
            ContractProblem(
                file: path, pointer: .root,
                reason: "the files of the upload hold more than \(Limits.uploadBytesMax) bytes, or \(Limits.uploadValuesMax) values, together",
                fix: "send what the contract refers to, and nothing else")
        ])
    }
}

// MARK: - Identifiers

extension UploadDocuments {
    /// What references at a place are relative to: the nearest `$id`, else the file.
    func base(at place: UploadPlace) -> String {
        guard !bases.isEmpty else { return UploadPlace.uri(of: place.file) }
        var tokens = place.pointer.tokens
        while true {
            let outer = UploadPlace(file: place.file, pointer: JSONPointer(tokens))
            if let base = bases[outer] { return base }
            guard tokens.popLast() != nil else { return UploadPlace.uri(of: place.file) }
        }
    }

    /// The file or the schema with that address; nil where the upload has none.
    func resource(_ uri: String) throws(ContractError) -> UploadPlace? {
        if let path = UploadPlace.file(ofURI: uri), try document(path) != nil {
            return UploadPlace(file: path, pointer: .root)
        }
        if let place = identified[uri] { return place }
        // A schema may be named by its identifier alone, in whichever file it stands.
        guard !hasReadAll, UploadPlace.file(ofURI: uri) == nil else { return nil }
        hasReadAll = true
        for path in paths where files[path]?.isDocument == true {
            // What cannot be read has no identifier, and is no matter until it is referred to.
            do throws(ContractError) { _ = try document(path) } catch { continue }
        }
        return identified[uri]
    }

    /// The place that a plain name behind `#` stands for in the resource at `place`.
    func anchor(_ name: String, in place: UploadPlace) -> UploadPlace? {
        anchors[place]?[name].map { UploadPlace(file: place.file, pointer: $0) }
    }

    /// The dynamic anchors of the resource that holds a place: the nearest `$id`'s, else the file's.
    func dynamicAnchors(at place: UploadPlace) -> DynamicScope {
        guard !dynamic.isEmpty else { return [:] }
        var tokens = place.pointer.tokens
        while !tokens.isEmpty {
            let outer = UploadPlace(file: place.file, pointer: JSONPointer(tokens))
            if bases[outer] != nil { return dynamic[outer] ?? [:] }
            tokens.removeLast()
        }
        return dynamic[UploadPlace(file: place.file, pointer: .root)] ?? [:]
    }

    private func index(_ document: JSONValue, _ path: String) {
        let place = UploadPlace(file: path, pointer: .root)
        var uri = UploadPlace.uri(of: path)
        var own: [String: JSONPointer] = [:]
        // OpenAPI 3.2 has `$self` where a schema has `$id`.
        if let id = (document["$self"] ?? document["$id"])?.string {
            uri = String(resolveReference(id, against: uri).prefix { $0 != "#" })
            bases[place] = uri
            if identified[uri] == nil { identified[uri] = place }
        }
        if let name = document["$anchor"]?.string { own[name] = .root }
        if let name = document["$dynamicAnchor"]?.string {
            own[name] = .root
            dynamic[place, default: [:]][name] = place
        }
        var walk = SchemaWalk(
            documentURI: uri, vocabulary: SchemaVocabulary(.draft2020), isContract: true)
        walk.run(document, SchemaPlace(document: 0, pointer: .root))
        for resource in walk.resources {
            let root = UploadPlace(file: path, pointer: resource.root.pointer)
            anchors[root] = resource.anchors.mapValues(\.pointer)
            for (name, anchored) in resource.dynamicAnchors {
                let place = UploadPlace(file: path, pointer: anchored.pointer)
                dynamic[root, default: [:]][name] = place
            }
            guard root != place else { continue }
            bases[root] = resource.uri
            if identified[resource.uri] == nil { identified[resource.uri] = root }
        }
        anchors[place, default: [:]].merge(own) { first, _ in first }
    }
}

extension ContractProblem {
    /// The same in a file of an upload.
    func inside(_ file: String) -> ContractProblem {
        ContractProblem(file: file, pointer: pointer, reason: reason, fix: fix)
    }
}
