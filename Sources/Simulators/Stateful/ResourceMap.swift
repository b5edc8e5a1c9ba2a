import Contracts
import Synchronization

/// A collection of objects that a contract speaks of, as its paths show it.
struct Resource: Sendable {
    /// The last word of the collection's path: `customers`.
    var name: String
    /// The parameter that names one object; nil where the contract has no path to one.
    let idParameter: String?
    /// Whether calls make objects. Where none does, any id that is asked for stands for one.
    let isCreatable: Bool
    /// Parts of the collection's path.
    let depth: Int
    /// The member that names an object, where a note says it.
    var idMember: String?
    /// Set where a note and not the path says where its objects are kept.
    var kept: Keeping?
    /// Where the call names the object, where a note and not the path says it.
    var by: ResourceNote.NamePlace?

    struct Keeping: Sendable {
        let name: String
        let parent: ResourceNote.Parent?
    }

    var singular: String { Naming.singular(name) }
}

/// What an operation does with a resource.
enum OperationRole: Sendable {
    case create(Resource)
    case list(Resource)
    case read(Resource)
    /// Members that come replace those that are there; `isWhole`: the others go back to nothing.
    case update(Resource, isWhole: Bool)
    case delete(Resource)
    /// `POST /orders/{id}/cancel`.
    case action(Resource, verb: String)
    /// Answered from the contract alone; `owner` is the object that the path goes through.
    case plain(owner: Resource?)
}

/// The resources of a contract, inferred from its paths and methods:
///
///     /customers             GET list · POST create
///     /customers/{id}        GET read · PATCH, POST, PUT update · DELETE delete
///     /customers/{id}/block  POST action
///
/// What each operation does is decided on its first use, so that a large contract costs nothing
/// before it is called. Where an operation has a ``ResourceNote``, that counts.
struct ResourceMap: Sendable {
    /// Methods by the form of their path.
    private let methods: [String: Set<String>]
    /// The parameter that ends a path, by the path's form.
    private let idParameters: [String: String]
    /// Operations whose paths begin with one object, by that object's form, with the parameter.
    private let items: [String: [(operation: Operation, parameter: String)]]
    /// Operations that make objects, by the form of their path.
    private let makers: [String: Operation]
    private let notes: [ObjectIdentifier: ResourceNote]
    /// Forms of the types that noted operations make, and the members that notes name objects by.
    private let notedMakers: Set<String>
    private let notedIDs: [String: String]
    private let named = NamedResources()
    /// Parts that begin every path, such as `v1`: no part of a resource's name.
    let commonParts: Int
    /// They, each with a slash behind it.
    let commonForm: String

    init(_ contract: Contract) {
        var methods: [String: Set<String>] = [:]
        var idParameters: [String: String] = [:]
        var items: [String: [(operation: Operation, parameter: String)]] = [:]
        var makers: [String: Operation] = [:]
        var templates: [PathTemplate] = []
        var notes: [ObjectIdentifier: ResourceNote] = [:]
        for operation in contract.operations {
            let template = PathTemplate(operation.path)
            if methods[template.form] == nil { templates.append(template) }
            methods[template.form, default: []].insert(operation.method)
            if let name = template.lastParameter { idParameters[template.form] = name }
            for place in template.parts.indices {
                guard case .parameter(let name) = template.parts[place] else { continue }
                let form = template.prefix(place + 1).form
                if items[form, default: []].count < Limits.operationsPerName {
                    items[form, default: []].append((operation, name))
                }
            }
            let note = ResourceNote(operation)
            notes[ObjectIdentifier(operation)] = note
            let isMaker =
                operation.method == "POST"
                || operation.method == "PUT" && makers[template.form] == nil
            if isMaker, note?.role ?? .create == .create { makers[template.form] = operation }
        }
        let common = Self.commonParts(templates)
        let type = { (operation: Operation, note: ResourceNote) in
            note.typeForm ?? Self.collectionForm(operation, from: common)
        }
        let noted = contract.operations.compactMap { operation in
            notes[ObjectIdentifier(operation)].map { (type: type(operation, $0), note: $0) }
        }
        self.notes = notes
        notedMakers = Set(noted.filter { $0.note.role == .create }.map(\.type))
        notedIDs = Dictionary(
            noted.compactMap { entry in entry.note.idMember.map { (entry.type, $0) } },
            uniquingKeysWith: { first, _ in first })
        self.methods = methods
        self.idParameters = idParameters
        self.items = items
        self.makers = makers
        commonParts = common
        commonForm = templates.first?.prefix(common).parts.map { $0.form + "/" }.joined() ?? ""
    }

    func note(of operation: Operation) -> ResourceNote? { notes[ObjectIdentifier(operation)] }

    func role(of operation: Operation) -> OperationRole {
        let inferred = inferredRole(of: operation)
        return note(of: operation).map { notedRole($0, operation, inferred: inferred) } ?? inferred
    }

    private func inferredRole(of operation: Operation) -> OperationRole {
        let template = PathTemplate(operation.path)
        if template.endsWithParameter {
            return itemRole(operation, resource(of: template.parent))
        }
        if isCollection(template) {
            let resource = resource(of: template)
            switch operation.method {
            case "POST": return .create(resource)
            case "PUT" where !has("POST", template): return .create(resource)
            case "GET": return .list(resource)
            default: return .plain(owner: owner(of: template))
            }
        }
        return subordinateRole(operation, template)
    }

    /// The object that a collection belongs to; nil for one that stands alone.
    func owner(of resource: Resource, _ operation: Operation) -> Resource? {
        if resource.kept != nil { return parent(of: resource) }
        return owner(of: PathTemplate(operation.path).prefix(resource.depth))
    }

    /// The operation that reads the object which `operation`'s path goes through.
    func reader(of owner: Resource, _ operation: Operation) -> Operation? {
        let item = PathTemplate(operation.path).prefix(owner.depth + 1).form
        return items[item]?.first {
            $0.operation.method == "GET" && PathTemplate($0.operation.path).form == item
        }?.operation
    }

    private func itemRole(_ operation: Operation, _ resource: Resource) -> OperationRole {
        switch operation.method {
        case "GET", "HEAD": .read(resource)
        case "PATCH", "POST": .update(resource, isWhole: false)
        case "PUT": .update(resource, isWhole: true)
        case "DELETE": .delete(resource)
        default: .plain(owner: resource)
        }
    }

    /// Below an object and no collection: something that is done to it, or a part of it.
    private func subordinateRole(
        _ operation: Operation, _ template: PathTemplate
    ) -> OperationRole {
        let item = template.parent
        guard item.endsWithParameter, case .literal(let verb) = template.parts.last,
            ["POST", "PUT", "PATCH"].contains(operation.method), methods[item.form] != nil,
            !has("GET", template)
        else { return .plain(owner: owner(of: template)) }
        return .action(resource(of: item.parent), verb: verb)
    }

    func resource(of collection: PathTemplate) -> Resource {
        let form = collection.form
        let type = collection.form(from: commonParts)
        var made = Resource(
            name: collection.lastLiteral ?? "objects",
            idParameter: idParameters[form + "/{}"] ?? items[form + "/{}"]?.first?.parameter,
            isCreatable: true, depth: collection.parts.count)
        made.idMember = notedIDs[type]
        let idMember = made.idMember
        let isCreatable = named.isNamed(form) {
            if notedMakers.contains(type) { return true }
            guard isCollection(collection), let maker = makers[form] else { return false }
            // What is made without a name that paths could use is no object of the collection.
            return items[form + "/{}"] == nil
                || AnswerPlan(
                    maker, of: made, preferring: 201, at: note(of: maker)?.way
                ).idMember != nil
        }
        return Resource(
            name: made.name, idParameter: made.idParameter, isCreatable: isCreatable,
            depth: made.depth, idMember: idMember)
    }

    /// What paths take as the name of one of its objects.
    func nameSchemas(of resource: Resource, _ operation: Operation) -> [CompiledSchema] {
        let form = PathTemplate(operation.path).prefix(resource.depth).form + "/{}"
        return (items[form] ?? []).compactMap { item in
            item.operation.parameters.first {
                $0.location == .path && $0.name == item.parameter
            }?.schema
        }
    }

    /// The object nearest above a path.
    private func owner(of template: PathTemplate) -> Resource? {
        var item = template.parent
        while !item.parts.isEmpty {
            if item.endsWithParameter { return resource(of: item.parent) }
            item = item.parent
        }
        return nil
    }

    /// Objects stand below it, or it is both listed and added to.
    private func isCollection(_ template: PathTemplate) -> Bool {
        if template.endsWithParameter { return false }
        if items[template.form + "/{}"] != nil { return true }
        return has("GET", template) && has("POST", template)
    }

    private func has(_ method: String, _ template: PathTemplate) -> Bool {
        methods[template.form]?.contains(method) ?? false
    }

    /// The form of the type that an operation's path speaks of.
    private static func collectionForm(_ operation: Operation, from common: Int) -> String {
        let template = PathTemplate(operation.path)
        let collection = template.endsWithParameter ? template.parent : template
        return collection.form(from: common)
    }

    /// Literal parts that all paths begin with; each keeps at least one of its own.
    private static func commonParts(_ templates: [PathTemplate]) -> Int {
        guard let first = templates.first else { return 0 }
        var count = 0
        while count < first.parts.count - 1, case .literal = first.parts[count],
            templates.allSatisfy({ $0.parts.count > count + 1 && $0.parts[count] == first.parts[count] })
        {
            count += 1
        }
        return count
    }
}

/// Which collections' objects get a name when they are made; found out once each.
private final class NamedResources: Sendable {
    private let known = Mutex<[String: Bool]>([:])

    func isNamed(_ form: String, _ find: () -> Bool) -> Bool {
        if let known = known.withLock({ $0[form] }) { return known }
        let found = find()
        known.withLock { $0[form] = found }
        return found
    }
}
