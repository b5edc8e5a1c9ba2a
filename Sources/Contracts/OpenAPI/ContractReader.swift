/// Walks an OpenAPI document; problems go to the schema compiler's list.
final class ContractReader {
    let compiler: SchemaCompiler
    private(set) var tree = PathTree()
    private let document: JSONValue
    private var ids = Set<String>()

    /// The fixed fields of a path item that are operations, with `QUERY` of 3.2 left out.
    private static let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ]

    init(_ document: JSONValue) {
        self.document = document
        compiler = SchemaCompiler(document, options: SchemaOptions(assertsFormats: true))
    }

    func operations() -> [Operation] {
        guard checkVersion() else { return [] }
        var found: [Operation] = []
        for path in members(of: document["paths"], at: "/paths") {
            let pointer: JSONPointer = JSONPointer(["paths", path.name])
            guard path.name.hasPrefix("/") else {
                if !path.name.hasPrefix("x-") {
                    compiler.report(pointer, "a path starts with \"/\"")
                }
                continue
            }
            guard let item = resolve(path.value, pointer) else { continue }
            let shared = parameters(item.value["parameters"], item.pointer.appending("parameters"))
            for method in Self.methods {
                guard let source = item.value[method]?.object else { continue }
                let operation = operation(
                    method, path.name, source, item.pointer.appending(method), shared)
                if !tree.insert(operation) {
                    compiler.report(
                        pointer, "another path of the same form has \(operation.method) too")
                }
                found.append(operation)
            }
        }
        return found
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
        guard let server = document["servers"]?[0], var url = server["url"]?.string else {
            return ""
        }
        for variable in server["variables"]?.object?.members ?? [] {
            url = url.split(separator: "{\(variable.name)}", omittingEmptySubsequences: false)
                .joined(separator: variable.value["default"]?.string ?? "")
        }
        if let scheme = url.firstRange(of: "://") {
            url = String(url[scheme.upperBound...].drop { $0 != "/" })
        }
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    private func checkVersion() -> Bool {
        let version = document["openapi"]?.string
        if let version, version == "3.1" || version.hasPrefix("3.1.") { return true }
        let got = version ?? document["swagger"]?.string ?? "none"
        compiler.report("/openapi", "only OpenAPI 3.1 is read so far, not version \(got)")
        return false
    }

    private func operation(
        _ method: String, _ path: String, _ source: JSONObject, _ pointer: JSONPointer,
        _ shared: [Parameter]
    ) -> Operation {
        let id = source["operationId"]?.string ?? "\(method.uppercased()) \(path)"
        if !ids.insert(id).inserted {
            compiler.report(pointer.appending("operationId"), "the id \(id) is given twice")
        }
        let own = parameters(source["parameters"], pointer.appending("parameters"))
        let all =
            shared.filter { old in
                !own.contains { $0.name == old.name && $0.location == old.location }
            } + own
        checkTemplate(path, all, pointer)
        return Operation(
            id: id, method: method.uppercased(), path: path, parameters: all,
            requestBody: source["requestBody"].flatMap {
                requestBody($0, pointer.appending("requestBody"))
            },
            responses: responses(source["responses"], pointer.appending("responses")),
            security: security(source["security"] ?? document["security"]), source: source)
    }

    private func checkTemplate(_ path: String, _ parameters: [Parameter], _ pointer: JSONPointer) {
        let names = MixedSegment.parse(Array(path.utf8)).names
        let declared = parameters.filter { $0.location == .path }.map(\.name)
        for name in names where !declared.contains(name) {
            compiler.report(pointer, "the path's parameter \(name) is not declared")
        }
        for name in declared where !names.contains(name) {
            compiler.report(pointer, "the path has no parameter \(name)")
        }
        if Set(names).count != names.count {
            compiler.report(pointer, "the path names a parameter twice")
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
}

// MARK: - Parameters, bodies, answers

extension ContractReader {
    private func parameters(_ value: JSONValue?, _ pointer: JSONPointer) -> [Parameter] {
        (value?.array ?? []).enumerated().compactMap { index, item in
            resolve(item, pointer.appending(index)).flatMap { parameter($0.value, $0.pointer) }
        }
    }

    private func parameter(_ value: JSONValue, _ pointer: JSONPointer) -> Parameter? {
        guard let name = value["name"]?.string,
            let location = value["in"]?.string.flatMap(Parameter.Location.init(rawValue:))
        else {
            compiler.report(
                pointer, "a parameter has a name, and \"in\" is path, query, header or cookie")
            return nil
        }
        let isRequired = value["required"]?.bool ?? false
        if location == .path, !isRequired {
            compiler.report(pointer, "a path parameter says \"required\": true")
        }
        let style =
            value["style"]?.string
            ?? (location == .query || location == .cookie ? "form" : "simple")
        if style != "form", style != "simple" {
            compiler.report(pointer.appending("style"), "the style \(style) is not supported")
        }
        let explodes = value["explode"]?.bool ?? (style == "form")
        return Parameter(
            name: name, location: location, isRequired: isRequired, schema: schema(value, pointer),
            isCommaSeparated: location != .query || !explodes)
    }

    private func requestBody(_ value: JSONValue, _ pointer: JSONPointer) -> RequestBody? {
        resolve(value, pointer).map { body in
            RequestBody(
                isRequired: body.value["required"]?.bool ?? false,
                content: content(body.value, body.pointer))
        }
    }

    private func responses(_ value: JSONValue?, _ pointer: JSONPointer) -> [DeclaredResponse] {
        let found = members(of: value, at: pointer).filter { !$0.name.hasPrefix("x-") }
        if found.isEmpty { compiler.report(pointer, "an operation declares at least one answer") }
        return found.compactMap { member in
            guard let response = resolve(member.value, pointer.appending(member.name)) else {
                return nil
            }
            return DeclaredResponse(
                status: member.name, description: response.value["description"]?.string ?? "",
                content: content(response.value, response.pointer))
        }
    }

    private func content(_ holder: JSONValue, _ pointer: JSONPointer) -> [MediaType] {
        (holder["content"]?.object?.members ?? []).map { member in
            let place = pointer.appending("content").appending(member.name)
            let examples = (member.value["examples"]?.object?.members ?? []).compactMap { example in
                resolve(example.value, place.appending("examples").appending(example.name))?.value[
                    "value"
                ]
                .map { MediaType.NamedExample(name: example.name, value: $0) }
            }
            return MediaType(
                name: member.name, schema: schema(member.value, place),
                example: member.value["example"], examples: examples)
        }
    }

    private func schema(_ holder: JSONValue, _ pointer: JSONPointer) -> CompiledSchema? {
        guard holder["schema"] != nil else { return nil }
        let root = compiler.compile(at: pointer.appending("schema"))
        return CompiledSchema(table: compiler.table, root: root)
    }

    private func members(of value: JSONValue?, at pointer: JSONPointer) -> [JSONObject.Member] {
        guard let value else {
            compiler.report(pointer, "it is missing")
            return []
        }
        guard let object = value.object else {
            compiler.report(pointer, "expected an object, got \(value.shown)")
            return []
        }
        return object.members
    }

    /// What an object with `$ref` stands for, and where that is.
    private func resolve(
        _ value: JSONValue, _ pointer: JSONPointer
    ) -> (value: JSONValue, pointer: JSONPointer)? {
        var (value, pointer) = (value, pointer)
        for _ in 0..<Limits.referenceHopsMax {
            guard let reference = value["$ref"]?.string else { return (value, pointer) }
            guard let target = compiler.target(of: reference, from: pointer),
                let next = document[target]
            else { return nil }
            (value, pointer) = (next, target)
        }
        compiler.report(pointer, "references lead in a circle")
        return nil
    }
}
