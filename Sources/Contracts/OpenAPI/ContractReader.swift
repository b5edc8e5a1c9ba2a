/// Walks the paths of an OpenAPI document; what an operation holds is compiled when it is first
/// asked for. Problems go to the schema compiler's list.
///
/// One thread at a time: `ContractCompilation` sees to that.
final class ContractReader {
    let compiler: SchemaCompiler
    let version: OpenAPIVersion
    let document: JSONValue
    private var ids = Set<String>()

    init(_ document: JSONValue, version: OpenAPIVersion) {
        self.document = document
        self.version = version
        compiler = SchemaCompiler(
            document,
            options: SchemaOptions(
                dialect: version.dialect(of: document), isContract: true))
    }

    /// The operations, and the tree by which they are found. The reader keeps neither: operations
    /// hold it, by what compiles them.
    func operations(_ compilation: ContractCompilation) -> (all: [Operation], tree: PathTree) {
        var found: [Operation] = []
        var tree = PathTree()
        // 3.1 allows a contract of webhooks alone.
        if document["paths"] == nil, document["webhooks"] != nil { return ([], tree) }
        let paths = SchemaPlace(document: 0, pointer: "/paths")
        for path in members(of: document["paths"], at: paths) {
            let place = paths.appending(path.name)
            guard path.name.hasPrefix("/") else {
                if !path.name.hasPrefix("x-") {
                    compiler.report(place, "a path starts with \"/\"")
                }
                continue
            }
            guard let item = resolve(path.value, place) else { continue }
            for method in version.methods {
                guard let source = item.value[method]?.object else { continue }
                let outline = OperationOutline(
                    path: path.name, shared: item.value["parameters"],
                    sharedPlace: item.place.appending("parameters"), source: source,
                    place: item.place.appending(method))
                let operation = Operation(
                    id: id(method, outline), method: method.uppercased(), path: path.name,
                    security: security(source["security"] ?? document["security"]),
                    outline: outline, compilation: compilation)
                if tree.insert(operation) {
                    found.append(operation)
                } else {
                    compiler.report(
                        place, "another path of the same form has \(operation.method) too",
                        fix: "give the two paths one template")
                }
            }
        }
        return (found, tree)
    }

    /// Parameters, body and answers of one operation.
    func parts(_ outline: OperationOutline) -> OperationParts {
        let shared = parameters(outline.shared, outline.sharedPlace)
        let own = parameters(outline.source["parameters"], outline.place.appending("parameters"))
        let all =
            shared.filter { old in
                !own.contains { $0.name == old.name && $0.location == old.location }
            } + own
        checkTemplate(outline.path, all, outline.place)
        let body =
            version == .v2
            ? bodyOfParameters(outline)
            : outline.source["requestBody"].flatMap {
                requestBody($0, outline.place.appending("requestBody"))
            }
        return OperationParts(
            parameters: all, requestBody: body,
            responses: responses(
                outline.source["responses"], outline.place.appending("responses"),
                of: outline.source),
            callbacks: callbacks(outline))
    }

    private func id(_ method: String, _ outline: OperationOutline) -> String {
        let id =
            outline.source["operationId"]?.string ?? "\(method.uppercased()) \(outline.path)"
        if !ids.insert(id).inserted {
            compiler.report(
                outline.place.appending("operationId"), "the id \(id) is given twice")
        }
        return id
    }

    func text(_ name: String, of member: String) -> String? {
        guard let text = document[member]?[name]?.string else {
            compiler.report(JSONPointer([member, name]), "\(name) is missing")
            return nil
        }
        return text
    }

    /// The first server's path, with variables at their defaults.
    func basePath() -> String {
        var url = document["servers"]?[0]?["url"]?.string ?? ""
        if version == .v2 { url = document["basePath"]?.string ?? "" }
        for variable in document["servers"]?[0]?["variables"]?.object?.members ?? [] {
            url = url.split(separator: "{\(variable.name)}", omittingEmptySubsequences: false)
                .joined(separator: variable.value["default"]?.string ?? "")
        }
        if let scheme = url.firstRange(of: "://") {
            url = String(url[scheme.upperBound...].drop { $0 != "/" })
        }
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    private func checkTemplate(_ path: String, _ parameters: [Parameter], _ place: SchemaPlace) {
        let names = MixedSegment.parse(Array(path.utf8)).names
        let declared = parameters.filter { $0.location == .path }.map(\.name)
        for name in names where !declared.contains(name) {
            compiler.report(place, "the path's parameter \(name) is not declared")
        }
        for name in declared where !names.contains(name) {
            compiler.report(place, "the path has no parameter \(name)")
        }
        if Set(names).count != names.count {
            compiler.report(place, "the path names a parameter twice")
        }
    }

    private func security(_ value: JSONValue?) -> [SecurityRequirement] {
        (value?.array ?? []).map { requirement in
            var schemes: [String: [String]] = [:]
            for member in requirement.object?.members ?? [] {
                schemes[member.name] = member.value.array?.compactMap(\.string) ?? []
            }
            return SecurityRequirement(schemes: schemes)
        }
    }

    func members(of value: JSONValue?, at place: SchemaPlace) -> [JSONObject.Member] {
        guard let value else {
            compiler.report(place, "it is missing")
            return []
        }
        guard let object = value.object else {
            compiler.report(place, "expected an object, got \(value.shown)")
            return []
        }
        return object.members
    }

    /// What an object with `$ref` stands for, and where that is.
    func resolve(
        _ value: JSONValue, _ place: SchemaPlace
    ) -> (value: JSONValue, place: SchemaPlace)? {
        var (value, place) = (value, place)
        for _ in 0..<Limits.referenceHopsMax {
            guard let reference = value["$ref"]?.string else { return (value, place) }
            let resource = compiler.resources.resource(at: place)
            guard let target = compiler.target(of: reference, from: place, in: resource) else {
                return nil
            }
            (value, place) = (target.value, target.place)
        }
        compiler.report(place, "references lead in a circle")
        return nil
    }
}
