/// A contract as a comparison sees it: parts with their places, references followed, 2.0 in the form
/// of 3.x.
struct ContractOutline {
    let document: JSONValue
    private(set) var operations: [OperationSketch] = []

    init(_ document: JSONValue) {
        self.document = document
        for path in document["paths"]?.object?.members ?? [] where path.name.hasPrefix("/") {
            let item = follow(SchemaSpot(path.value, JSONPointer(["paths", path.name])))
            for method in Self.methods {
                guard let source = item.value[method] else { continue }
                operations.append(
                    OperationSketch(
                        self, method, path: path.name, item, item.at(method, source)))
            }
        }
    }

    private static let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ]

    /// Behind references within the document, at most `Limits.referenceHopsMax` of them.
    func follow(_ spot: SchemaSpot) -> SchemaSpot {
        var spot = spot
        for _ in 0..<Limits.referenceHopsMax {
            guard let reference = spot.value["$ref"]?.string, reference.hasPrefix("#"),
                let place = JSONPointer(String(reference.dropFirst())), let target = document[place]
            else { break }
            spot = SchemaSpot(target, place)
        }
        return spot
    }

    var isSwagger: Bool { document["swagger"] != nil }
}

/// A value with where it stands.
struct SchemaSpot {
    let value: JSONValue
    let place: JSONPointer

    init(_ value: JSONValue, _ place: JSONPointer) {
        self.value = value
        self.place = place
    }

    func at(_ name: String, _ value: JSONValue) -> SchemaSpot {
        SchemaSpot(value, place.appending(name))
    }

    /// A member; true, which takes everything, where there is none.
    func member(_ name: String) -> SchemaSpot { at(name, value[name] ?? true) }
}

/// What an operation takes and answers.
struct OperationSketch {
    struct Parameter {
        /// Location and name; of path parameters, whose names do not matter, their order.
        let key: String
        let isRequired: Bool
        let schema: SchemaSpot
        let place: JSONPointer
    }

    struct Answer {
        let status: String
        let media: [(name: String, schema: SchemaSpot)]
        let place: JSONPointer
    }

    /// `POST /parcels/{parcel}`.
    let name: String
    /// The same without the names of parameters.
    let key: String
    let id: String?
    let isDeprecated: Bool
    let security: Set<String>
    private(set) var parameters: [Parameter] = []
    private(set) var needsBody = false
    private(set) var bodies: [(name: String, schema: SchemaSpot)] = []
    private(set) var answers: [Answer] = []
    let place: JSONPointer

    init(
        _ contract: ContractOutline, _ method: String, path: String, _ item: SchemaSpot,
        _ source: SchemaSpot
    ) {
        name = "\(method.uppercased()) \(path)"
        key = method + " " + path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : $0 }
            .joined(separator: "/")
        id = source.value["operationId"]?.string
        isDeprecated = source.value["deprecated"]?.bool ?? false
        let security = source.value["security"] ?? contract.document["security"]
        self.security = Set((security?.array ?? []).map { JSONWriter.text($0) })
        place = source.place
        readParameters(contract, item, source)
        readBody(contract, source)
        for answer in source.value["responses"]?.object?.members ?? []
        where !answer.name.hasPrefix("x-") {
            let spot = contract.follow(
                source.member("responses").at(answer.name, answer.value))
            answers.append(
                Answer(
                    status: answer.name, media: Self.media(contract, spot), place: spot.place))
        }
    }

    private mutating func readParameters(
        _ contract: ContractOutline, _ item: SchemaSpot, _ source: SchemaSpot
    ) {
        var inPath = 0
        for holder in [item, source] {
            for (index, value) in (holder.value["parameters"]?.array ?? []).enumerated() {
                let spot = contract.follow(
                    holder.member("parameters").at(String(index), value))
                guard let location = spot.value["in"]?.string, let name = spot.value["name"]?.string
                else { continue }
                if location == "body" || location == "formData" {
                    readSwaggerBody(spot, location, name)
                    continue
                }
                if location == "path" { inPath += 1 }
                let key = location == "path" ? "path parameter \(inPath)" : "\(location) parameter \(name)"
                parameters.removeAll { $0.key == key && location != "path" }
                parameters.append(
                    Parameter(
                        key: key, isRequired: spot.value["required"]?.bool ?? false,
                        schema: contract.isSwagger ? spot : spot.member("schema"),
                        place: spot.place))
            }
        }
    }

    private mutating func readSwaggerBody(_ spot: SchemaSpot, _ location: String, _ name: String) {
        let isRequired = spot.value["required"]?.bool ?? false
        needsBody = needsBody || isRequired
        bodies.append(
            location == "body"
                ? ("application/json", spot.member("schema")) : ("form field \(name)", spot))
    }

    private mutating func readBody(_ contract: ContractOutline, _ source: SchemaSpot) {
        guard let value = source.value["requestBody"] else { return }
        let body = contract.follow(source.at("requestBody", value))
        needsBody = body.value["required"]?.bool ?? false
        bodies = Self.media(contract, body)
    }

    private static func media(
        _ contract: ContractOutline, _ holder: SchemaSpot
    ) -> [(name: String, schema: SchemaSpot)] {
        if contract.isSwagger, holder.value["schema"] != nil {
            return [("application/json", holder.member("schema"))]
        }
        return (holder.value["content"]?.object?.members ?? []).map { media in
            let spot = holder.member("content").at(media.name, media.value)
            return (media.name, spot.member("schema"))
        }
    }
}
