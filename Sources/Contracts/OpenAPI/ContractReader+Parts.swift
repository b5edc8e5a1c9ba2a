// Parameters, bodies and answers.

extension ContractReader {
    func parameters(_ value: JSONValue?, _ place: SchemaPlace) -> [Parameter] {
        (value?.array ?? []).enumerated().compactMap { index, item in
            resolve(item, place.appending(index)).flatMap { parameter($0.value, $0.place) }
        }
    }

    func parameter(_ value: JSONValue, _ place: SchemaPlace) -> Parameter? {
        if version == .v2, ["body", "formData"].contains(value["in"]?.string) { return nil }
        guard let name = value["name"]?.string,
            let location = value["in"]?.string.flatMap(Parameter.Location.init(rawValue:))
        else {
            compiler.report(
                place, "a parameter has a name, and \"in\" is path, query, header or cookie")
            return nil
        }
        let isRequired = value["required"]?.bool ?? false
        if location == .path, !isRequired {
            compiler.report(place, "a path parameter says \"required\": true")
        }
        if version != .v2, let content = value["content"]?.object?.members.first {
            let media = place.appending("content").appending(content.name)
            return Parameter(
                name: name, location: location, isRequired: isRequired,
                schema: schema(content.value, media), style: nil, explodes: false,
                isJSON: content.name.contains("json"))
        }
        let style = style(value, location, place)
        let explodes = value["explode"]?.bool ?? (style == .form || style == .deepObject)
        return Parameter(
            name: name, location: location, isRequired: isRequired,
            schema: parameterSchema(value, place), style: style, explodes: explodes)
    }

    /// What the parameter says, else what is usual at its location.
    func style(
        _ value: JSONValue, _ location: Parameter.Location, _ place: SchemaPlace
    ) -> ParameterStyle {
        let usual: ParameterStyle = location == .query || location == .cookie ? .form : .simple
        if version == .v2 {
            return value["collectionFormat"]?.string.flatMap(ParameterStyle.init(collectionFormat:))
                ?? .simple
        }
        guard let named = value["style"]?.string else { return usual }
        if let style = ParameterStyle(rawValue: named), style != .tabDelimited { return style }
        compiler.report(place.appending("style"), "there is no style \(named)")
        return usual
    }

    func parameterSchema(_ value: JSONValue, _ place: SchemaPlace) -> CompiledSchema? {
        // In 2.0 the parameter itself says what it takes.
        guard version == .v2 else { return schema(value, place) }
        return CompiledSchema(table: compiler.table, root: compiler.compile(at: place))
    }

    func requestBody(_ value: JSONValue, _ place: SchemaPlace) -> RequestBody? {
        resolve(value, place).map { body in
            RequestBody(
                isRequired: body.value["required"]?.bool ?? false,
                content: content(body.value, body.place))
        }
    }

    func responses(
        _ value: JSONValue?, _ place: SchemaPlace, of operation: JSONObject?
    ) -> [DeclaredResponse] {
        let found = members(of: value, at: place).filter { !$0.name.hasPrefix("x-") }
        if found.isEmpty { compiler.report(place, "an operation declares at least one answer") }
        return found.compactMap { member in
            guard let response = resolve(member.value, place.appending(member.name)) else {
                return nil
            }
            return DeclaredResponse(
                status: member.name, description: response.value["description"]?.string ?? "",
                content: answerContent(response.value, response.place, of: operation))
        }
    }

    func answerContent(
        _ response: JSONValue, _ place: SchemaPlace, of operation: JSONObject?
    ) -> [MediaType] {
        guard version == .v2 else { return content(response, place) }
        guard let schema = schema(response, place) else { return [] }
        let examples = response["examples"]?.object
        var names = documentTypes("produces", operation)
        // An example tells the type where nothing else does.
        if let named = examples?.names.first, !names.contains(named) { names = [named] }
        return names.map {
            MediaType(name: $0, schema: schema, example: examples?[$0], examples: [])
        }
    }

    func content(_ holder: JSONValue, _ place: SchemaPlace) -> [MediaType] {
        (holder["content"]?.object?.members ?? []).map { member in
            let place = place.appending("content").appending(member.name)
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

    func schema(_ holder: JSONValue, _ place: SchemaPlace) -> CompiledSchema? {
        guard holder["schema"] != nil else { return nil }
        let root = compiler.compile(at: place.appending("schema"))
        return CompiledSchema(table: compiler.table, root: root)
    }
}
