/// Makes one document of a contract and the files that it refers to.
///
/// Each part that a reference from file to file leads to gets a home in the contract, once, and
/// every reference to it leads there. A part that stands alone as an entry of the contract's own
/// `paths` or `components` has its home there; other schemas, parameters, answers and the like get
/// one under `components` (`definitions` in 2.0) by the last name of their place or by their file's.
/// What a document keeps no named parts of, as path items or whole maps, is put in place.
///
/// Homes are given in the order in which references are met, so that the same files give the same
/// bytes. The alternative, keeping the files beside the document, would have everything that reads
/// contracts (differences, overlays, clients) learn of files.
final class ContractBundler {
    let documents: UploadDocuments
    let root: String
    let version: OpenAPIVersion
    private let document: JSONValue
    /// What has a home, and where.
    var homes: [Homed: JSONPointer] = [:]
    var taken: [[String]: Set<String>] = [:]
    /// The last number that parts of one name got.
    var numbers: [[String]: Int] = [:]
    var waiting: [Waiting] = []
    private var added: [(shelf: [String], member: JSONObject.Member)] = []
    private var bytesLeft = Limits.uploadBytesMax
    /// Whether something came from another file, or was named by its file.
    private var hasOthers = false

    /// Where the walk is: in its file, and in the document that is made.
    var here: UploadPlace { UploadPlace(file: file, pointer: JSONPointer(source)) }
    var file: String
    var source: [String] = []
    var out: [String] = []
    /// What dynamic references mean where the walk is.
    var scope: DynamicScope = [:]
    /// What is being put in place, outermost first.
    private var within: [UploadPlace] = []

    /// References behind which the path of the one that is looked for went on.
    var hops = 0

    var problems: [ContractProblem] = []
    private var toldOf = Set<UploadPlace>()
    private var told = Set<JSONPointer>()
    private var origins: [JSONPointer: UploadPlace] = [:]

    struct Homed: Hashable {
        let place: UploadPlace
        let part: ContractPart
        /// What dynamic references mean in it.
        let scope: DynamicScope
    }

    struct Waiting {
        let place: UploadPlace
        let value: JSONValue
        let part: ContractPart
        let scope: DynamicScope
        let shelf: [String]
        let name: String
    }

    /// - Throws: for a root that is no description of a version that is read.
    init(_ documents: UploadDocuments, root: String) throws(ContractError) {
        guard let document = try documents.document(root) else {
            preconditionFailure("the root was chosen among the files")
        }
        guard let version = OpenAPIVersion(document) else {
            do throws(ContractError) {
                _ = try Contract(lazily: document)
                preconditionFailure("a contract without a version")
            } catch {
                throw ContractError(problems: error.problems.map { $0.inside(root) })
            }
        }
        self.documents = documents
        self.root = root
        self.version = version
        self.document = document
        file = root
    }

    func bundle(_ leftOut: [ContractProblem]) throws(ContractError) -> BundledContract {
        scope = documents.dynamicAnchors(at: here)
        try settleEntries(of: document)
        origins[.root] = here
        var made = try transformed(document, as: .contract)
        var next = 0
        while next < waiting.count {
            let part = waiting[next]
            next += 1
            let place = JSONPointer(part.shelf + [part.name])
            let value = try placed(
                part.value, from: part.place, as: part.part, in: part.scope, at: place)
            added.append((part.shelf, JSONObject.Member(name: part.name, value: value)))
        }
        for (shelf, member) in added { made.put(member, on: shelf[...]) }
        var bytes = documents.file(root)?.bytes ?? []
        if hasOthers {
            bytes = JSONWriter.bytes(made, .compact)
            guard bytes.count <= Limits.uploadBytesMax else { throw tooLarge(here) }
            // What is kept has to be read again, levels of nesting and all.
            made = try JSONValue(contract: bytes)
        } else {
            made = document
        }
        return BundledContract(
            root: root, document: made, bytes: bytes, warnings: leftOut + problems,
            origins: origins, told: told)
    }

    // MARK: - Walking

    func transformed(_ value: JSONValue, as part: ContractPart) throws(ContractError) -> JSONValue {
        guard out.count <= JSONLimits.standard.depthMax else {
            throw ContractUpload.one(
                file,
                "as one document the contract nests deeper than \(JSONLimits.standard.depthMax) levels",
                at: here.pointer)
        }
        switch value {
        case .object(let object):
            if part != .contract, let reference = object["$ref"]?.string {
                return try followed(reference, object, as: part)
            }
            return .object(try members(of: object, as: part))
        case .array(let items):
            guard let entry = part.entry ?? (part == .schema ? .schema : nil) else { return value }
            var made: [JSONValue] = []
            made.reserveCapacity(items.count)
            for (index, item) in items.enumerated() {
                made.append(try below(String(index), item, as: entry))
            }
            return .array(made)
        case .null, .bool, .number, .string: return value
        }
    }

    private func below(
        _ token: String, _ value: JSONValue, as part: ContractPart
    ) throws(ContractError) -> JSONValue {
        source.append(token)
        out.append(token)
        defer {
            source.removeLast()
            out.removeLast()
        }
        return try transformed(value, as: part)
    }

    func members(
        of object: JSONObject, as part: ContractPart
    ) throws(ContractError) -> JSONObject {
        var made: [JSONObject.Member] = []
        made.reserveCapacity(object.count)
        for member in object.members {
            var member = member
            if let inner = part.part(of: member.name) {
                member.value = try below(member.name, member.value, as: inner)
            } else {
                guard try adapt(&member, of: object, in: part) else { continue }
            }
            made.append(member)
        }
        return JSONObject(made)
    }

    // MARK: - Following references

    private func followed(
        _ reference: String, _ object: JSONObject, as part: ContractPart
    ) throws(ContractError) -> JSONValue {
        // What stands beside the reference stays beside it.
        var beside = object
        beside["$ref"] = nil
        beside["$dynamicRef"] = nil
        var made = object
        for member in try members(of: beside, as: part).members { made[member.name] = member.value }
        if version.namesSchemas, part == .schema {
            made["$id"] = nil
            if file != root { made["$dynamicAnchor"] = nil }
            try addDynamic(of: object, to: &made)
        }
        guard let target = try target(of: reference, from: here, keyword: "$ref") else {
            return .object(made)
        }
        guard let end = try end(of: target), end.place.file != root || end.place.pointer.tokens != out
        else {
            report("$ref", "references lead in a circle")
            return .object(made)
        }
        if let home = home(of: end, as: part), home.tokens != out {
            made["$ref"] = .string(written(reference, to: home))
            return .object(made)
        }
        guard let value = end.value else {
            report("$ref", "\(reference) points at nothing")
            return .object(made)
        }
        return try putInPlace(value, from: end.place, as: part, made)
    }

    /// As the author wrote it, if that says the same.
    func written(_ reference: String, to home: JSONPointer) -> String {
        if !reference.hasPrefix("#") { hasOthers = true }
        if file == root, reference.hasPrefix("#/"),
            let own = percentDecoded(reference.utf8.dropFirst()), JSONPointer(own) == home
        {
            return reference
        }
        return home.fragment
    }

    /// The content of a part where a reference to it stood, with what stood beside the reference.
    private func putInPlace(
        _ value: JSONValue, from place: UploadPlace, as part: ContractPart, _ holder: JSONObject
    ) throws(ContractError) -> JSONValue {
        guard !within.contains(place), within.count < Limits.referenceHopsMax else {
            report("$ref", "references lead in a circle")
            return .object(holder)
        }
        within.append(place)
        defer { within.removeLast() }
        let made = try placed(
            value, from: place, as: part, in: scope(entering: place, as: part), at: JSONPointer(out))
        guard holder.count > 1, case .object(var merged) = made else { return made }
        for member in holder.members where member.name != "$ref" {
            merged[member.name] = member.value
        }
        return .object(merged)
    }

    private func placed(
        _ value: JSONValue, from place: UploadPlace, as part: ContractPart, in scope: DynamicScope,
        at home: JSONPointer
    ) throws(ContractError) -> JSONValue {
        try take(value, from: place)
        origins[home] = place
        let outer = (file, source, out, self.scope)
        (file, source, out, self.scope) = (place.file, place.pointer.tokens, home.tokens, scope)
        defer { (file, source, out, self.scope) = outer }
        return try transformed(value, as: part)
    }

    /// Counts what comes into the document: what stands in it twice is two times as much.
    func take(_ value: JSONValue, from place: UploadPlace) throws(ContractError) {
        hasOthers = true
        value.countBytes(&bytesLeft)
        guard bytesLeft > 0 else { throw tooLarge(place) }
    }

    private func tooLarge(_ place: UploadPlace) -> ContractError {
        ContractUpload.one(
            place.file,
            "as one document the contract has more than \(Limits.uploadBytesMax) bytes",
            at: place.pointer)
    }

    // MARK: - Problems

    /// Something wrong in the member `name` of what the walk is at; told once for each place.
    func report(_ name: String, _ reason: String, fix: String? = nil) {
        told.insert(JSONPointer(out + [name]))
        guard toldOf.insert(here.appending(name)).inserted, problems.count < Limits.problemsMax
        else { return }
        problems.append(
            ContractProblem(
                file: file, pointer: here.pointer.appending(name), reason: reason, fix: fix))
    }
}

extension OpenAPIVersion {
    /// Whether schemas have identifiers (`$id`), which in 2.0 and 3.0 mean nothing.
    var namesSchemas: Bool { self == .v31 || self == .v32 }
}

extension JSONValue {
    /// Puts a member into the object at the end of a path of names, making what is not there.
    fileprivate mutating func put(_ member: JSONObject.Member, on path: ArraySlice<String>) {
        var object = object ?? JSONObject()
        // Gives up our reference, so that the members are not copied.
        self = .null
        if let name = path.first {
            var inner = object[name] ?? [:]
            object[name] = .null
            inner.put(member, on: path.dropFirst())
            object[name] = inner
        } else {
            object.append(member)
        }
        self = .object(object)
    }
}
