import Contracts

/// The answer of an operation when it goes well: which status, which form, and where in it the
/// resource's object stands.
struct AnswerPlan: Sendable {
    /// A way into a document: members, and the first element of an array.
    enum Step: Sendable {
        case member(String)
        case element
    }

    let status: Int
    /// Nil for an answer without content.
    let media: MediaType?
    /// From the body to the object, or to the array of objects in a list.
    let way: [Step]
    /// The object's; of a list the elements'.
    let schema: CompiledSchema?
    /// The same schema's members, read once.
    let shape: SchemaShape?
    /// The member that names the object.
    let idMember: String?

    /// The answer to an operation on one object; `place` is the way that a note gives.
    init(
        _ operation: Operation, of resource: Resource, preferring wanted: Int,
        at place: [String]? = nil
    ) {
        let answer = SuccessAnswer(operation, preferring: wanted)
        status = answer.status
        media = answer.media
        guard let body = answer.media?.schema else {
            (way, schema, shape, idMember) = ([], nil, nil, nil)
            return
        }
        (way, schema) = Self.object(in: body, at: place) ?? Self.object(in: body, of: resource)
        shape = schema?.shape(.answer)
        idMember = shape.flatMap { IDMember.name(in: $0, of: resource) }
    }

    /// The answer that lists objects; its way is empty and there is no schema where no array is
    /// found. `place` is the way that a note gives.
    init(listing operation: Operation, of resource: Resource, at place: [String]? = nil) {
        let answer = SuccessAnswer(operation, preferring: 200)
        status = answer.status
        media = answer.media
        guard let body = answer.media?.schema,
            let found = Self.array(in: body, at: place)
                ?? Self.array(in: body.shape(.answer), of: resource)
        else {
            (way, schema, shape, idMember) = ([], nil, nil, nil)
            return
        }
        (way, schema) = found
        shape = schema?.shape(.answer)
        idMember = shape.flatMap { IDMember.name(in: $0, of: resource) }
    }

    private static func object(
        in body: CompiledSchema, at place: [String]?
    ) -> (way: [Step], schema: CompiledSchema)? {
        guard let found = place.flatMap({ follow($0, from: body) }) else { return nil }
        let way = place?.map { Step.member($0) } ?? []
        let shape = found.shape(.answer)
        if shape.isArray, let element = shape.element { return (way + [.element], element) }
        return (way, found)
    }

    private static func array(
        in body: CompiledSchema, at place: [String]?
    ) -> (way: [Step], schema: CompiledSchema?)? {
        guard let found = place.flatMap({ follow($0, from: body) })?.shape(.answer), found.isArray
        else { return nil }
        return (place?.map { .member($0) } ?? [], found.element)
    }

    /// What stands behind members; nil where the contract has no such way.
    private static func follow(_ place: [String], from body: CompiledSchema) -> CompiledSchema? {
        place.reduce(body as CompiledSchema?) { $0?.shape(.answer).member($1)?.schema }
    }

    private static func object(
        in body: CompiledSchema, of resource: Resource
    ) -> (way: [Step], schema: CompiledSchema) {
        let shape = body.shape(.answer)
        if shape.isArray, let element = shape.element { return ([.element], element) }
        if IDMember.name(in: shape, of: resource) != nil { return ([], body) }
        let candidates = shape.members.compactMap { member in
            wrapped(member, of: resource).map { (member.name, $0) }
        }
        let named = candidates.first { isName(Naming.plain($0.0), of: resource) }
        let chosen = named ?? (candidates.count == 1 ? candidates[0] : nil)
        return chosen.map { ([.member($0.0)] + $0.1.way, $0.1.schema) } ?? ([], body)
    }

    private static func wrapped(
        _ member: SchemaShape.Member, of resource: Resource
    ) -> (way: [Step], schema: CompiledSchema)? {
        let shape = member.schema.shape(.answer)
        if shape.isObject, IDMember.name(in: shape, of: resource) != nil {
            return ([], member.schema)
        }
        guard shape.isArray, let element = shape.element,
            IDMember.name(in: element.shape(.answer), of: resource) != nil
        else { return nil }
        return ([.element], element)
    }

    private static func isName(_ name: String, of resource: Resource) -> Bool {
        [Naming.plain(resource.name), Naming.plain(resource.singular), "data", "result", "item"]
            .contains(name)
    }

    private static func array(
        in shape: SchemaShape, of resource: Resource
    ) -> (way: [Step], schema: CompiledSchema?)? {
        if shape.isArray { return ([], shape.element) }
        let arrays = shape.members.filter { $0.schema.shape(.answer).isArray }
        let usual = ["data", "items", "results", "records", "values", "content", "list"]
        let chosen =
            arrays.first { Naming.plain($0.name) == Naming.plain(resource.name) }
            ?? arrays.first { usual.contains(Naming.plain($0.name)) }
            ?? arrays.first { $0.schema.shape(.answer).element?.shape(.answer).isObject ?? false }
        if let chosen {
            return ([.member(chosen.name)], chosen.schema.shape(.answer).element)
        }
        // One level of wrapping: {"data": {"items": […]}}, {"_embedded": {"orders": […]}}.
        for member in shape.members {
            let inner = member.schema.shape(.answer)
            guard inner.isObject, let found = inner.members.first(where: {
                $0.schema.shape(.answer).isArray
            }) else { continue }
            return (
                [.member(member.name), .member(found.name)],
                found.schema.shape(.answer).element
            )
        }
        return nil
    }
}

/// The declared answer that means success.
struct SuccessAnswer: Sendable {
    let status: Int
    let media: MediaType?

    init(_ operation: Operation, preferring wanted: Int) {
        let declared = operation.responses.compactMap { Int($0.status) }.sorted()
        let good = declared.filter { (200...299).contains($0) }
        let hasRange = operation.response(status: wanted) != nil
        status =
            good.contains(wanted) ? wanted
            : good.first ?? (hasRange ? wanted : declared.first { $0 < 400 } ?? declared.first ?? wanted)
        let response = operation.response(status: status)
        media = response?.document ?? response?.content.first
    }
}

/// Which member of an object is the one that paths name it by.
enum IDMember {
    static func name(in shape: SchemaShape, of resource: Resource) -> String? {
        if let noted = resource.idMember { return shape.member(noted)?.name }
        let named = shape.members.filter { member in
            let inner = member.schema.shape(.answer)
            return inner.takesStrings || inner.takesIntegers
        }
        for wanted in candidates(resource) {
            if let found = named.first(where: { Naming.plain($0.name) == wanted }) {
                return found.name
            }
        }
        let alike = named.filter { Naming.plain($0.name).hasSuffix("id") }
        return resource.idParameter != nil && alike.count == 1 ? alike[0].name : nil
    }

    private static func candidates(_ resource: Resource) -> [String] {
        let singular = Naming.plain(resource.singular)
        let usual = ["id", singular + "id", "uuid", "sid", singular + "uuid", "key", "slug"]
        guard let parameter = resource.idParameter.map(Naming.plain) else { return usual }
        // {customer} names a customer by its id; {username} names a user by that very member.
        return parameter == singular
            ? usual + [parameter, "name", "code"] : [parameter] + usual + ["name", "code"]
    }
}
