package import Contracts

/// What an operation's `x-sbx-resource` says of it, in place of what its path and method suggest.
/// Every member may be left out, and what is left out is inferred as ever:
///
///     x-sbx-resource:
///       role: list            # create, list, read, update, replace, delete, action, none
///       name: parcels         # under which name the objects are kept
///       parent: {name: shops, by: shop_no}   # whose they are
///       by: /filter/parcel_no # where the call names the object: a parameter, or in the body
///       id: parcel_no         # which of the object's members is that name
///       object: /result/rows  # where the answer has the object or the list
///       sets: {status: returned}             # what the call changes beside what it was given
///       paging: {limit: n, cursor: from, next: next_from}
struct ResourceNote: Sendable {
    static let member = "x-sbx-resource"

    enum Role: String, Sendable, CaseIterable {
        case create, list, read, update, replace, delete, action, none

        /// Whether it is done to one object, which the call has to name.
        var needsName: Bool {
            switch self {
            case .read, .update, .replace, .delete, .action: true
            case .create, .list, .none: false
            }
        }
    }

    /// Where a call names an object.
    enum NamePlace: Sendable {
        case parameter(String)
        case body(JSONPointer)

        init(_ text: String) {
            self = text.hasPrefix("/") ? .body(JSONPointer(text) ?? .root) : .parameter(text)
        }
    }

    struct Parent: Sendable {
        let name: String
        let by: NamePlace
    }

    let role: Role?
    let name: String?
    let parent: Parent?
    let by: NamePlace?
    let idMember: String?
    /// Members on the way to the object; empty: the body itself.
    let way: [String]?
    let sets: JSONObject
    let paging: PagingNames

    /// Nil where the operation has none, or one that is not in order (see ``ContractNotes``).
    init?(_ operation: Operation) {
        guard let document = operation.extension(Self.member),
            NoteSchema.compiled.accepts(document)
        else { return nil }
        role = document["role"]?.string.flatMap(Role.init(rawValue:))
        name = document["name"]?.string
        parent = document["parent"].map {
            Parent(name: $0["name"]?.string ?? "", by: NamePlace($0["by"]?.string ?? ""))
        }
        by = document["by"]?.string.map(NamePlace.init)
        idMember = document["id"]?.string
        way = document["object"]?.string.flatMap { JSONPointer($0) }?.tokens
        sets = document["sets"]?.object ?? JSONObject()
        paging = PagingNames(document["paging"])
    }

    /// The form of the type under which the objects are kept; nil without a name.
    var typeForm: String? {
        name.map { name in parent.map { "\($0.name)/{}/\(name)" } ?? name }
    }
}

/// What a contract calls the parts of its paging, where that is not what others call them.
struct PagingNames: Sendable {
    // Query parameters.
    var limit: String?
    var cursor: String?
    var offset: String?
    var page: String?
    // Members of the answer.
    var next: String?
    var more: String?
    var total: String?

    init(_ document: JSONValue? = nil) {
        limit = document?["limit"]?.string
        cursor = document?["cursor"]?.string
        offset = document?["offset"]?.string
        page = document?["page"]?.string
        next = document?["next"]?.string
        more = document?["more"]?.string
        total = document?["total"]?.string
    }
}

/// What is wrong with the notes of a contract.
package enum ContractNotes {
    /// One problem a fault, with the pointer to the note's member. A note with a fault is not used.
    package static func problems(in contract: Contract) -> [ContractProblem] {
        contract.operations.flatMap { operation -> [ContractProblem] in
            guard let document = operation.extension(ResourceNote.member) else { return [] }
            let place = JSONPointer([
                "paths", operation.path, operation.method.lowercased(), ResourceNote.member,
            ])
            let faults = NoteSchema.compiled.validate(document)
            guard faults.isEmpty, let note = ResourceNote(operation) else {
                return faults.map {
                    ContractProblem(pointer: place.appending($0.pointer), reason: $0.message)
                }
            }
            return unnamed(note, operation, at: place)
        }
    }

    private static func unnamed(
        _ note: ResourceNote, _ operation: Operation, at place: JSONPointer
    ) -> [ContractProblem] {
        var problems: [ContractProblem] = []
        let isPlain = PathTemplate(operation.path).lastParameter == nil
        if note.role?.needsName == true, note.by == nil, isPlain,
            !PathTemplate(operation.path).parent.endsWithParameter
        {
            problems.append(
                ContractProblem(
                    pointer: place, reason: "nothing says which object the call means",
                    fix: "name the parameter or the place in the body in \"by\""))
        }
        for (names, member) in [(note.by, "by"), (note.parent?.by, "parent")] {
            guard case .parameter(let name) = names,
                !operation.parameters.contains(where: { $0.name == name })
            else { continue }
            problems.append(
                ContractProblem(
                    pointer: place.appending(member),
                    reason: "the operation has no parameter \(name)"))
        }
        return problems
    }
}

private enum NoteSchema {
    static let compiled: CompiledSchema = {
        do {
            return try CompiledSchema(JSONParser.parse(text))
        } catch {
            preconditionFailure("the schema of notes is one: \(error)")
        }
    }()

    private static let roles =
        ResourceNote.Role.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")

    private static let text = """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "role": {"enum": [\(roles)]},
            "name": {"$ref": "#/$defs/name"},
            "parent": {
              "type": "object", "required": ["name", "by"], "additionalProperties": false,
              "properties": {"name": {"$ref": "#/$defs/name"}, "by": {"$ref": "#/$defs/place"}}
            },
            "by": {"$ref": "#/$defs/place"},
            "id": {"$ref": "#/$defs/member"},
            "object": {"type": "string", "format": "json-pointer", "maxLength": 200},
            "sets": {"type": "object", "maxProperties": 20},
            "paging": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "limit": {"$ref": "#/$defs/member"}, "cursor": {"$ref": "#/$defs/member"},
                "offset": {"$ref": "#/$defs/member"}, "page": {"$ref": "#/$defs/member"},
                "next": {"$ref": "#/$defs/member"}, "more": {"$ref": "#/$defs/member"},
                "total": {"$ref": "#/$defs/member"}
              }
            }
          },
          "dependentRequired": {"parent": ["name"]},
          "$defs": {
            "name": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$", "maxLength": 64},
            "member": {"type": "string", "minLength": 1, "maxLength": 100},
            "place": {
              "type": "string", "minLength": 1, "maxLength": 200,
              "anyOf": [{"pattern": "^[^/]"}, {"format": "json-pointer"}]
            }
          }
        }
        """
}
