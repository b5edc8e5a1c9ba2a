// Bodies of OpenAPI 2.0, which are parameters there.

extension ContractReader {
    /// The parameter in `body`, or all in `formData` as members of one object.
    func bodyOfParameters(_ outline: OperationOutline) -> RequestBody? {
        let found =
            listed(outline.shared, outline.sharedPlace)
            + listed(outline.source["parameters"], outline.place.appending("parameters"))
        if let body = found.last(where: { $0.value["in"]?.string == "body" }) {
            let own = schema(body.value, body.place)
            return RequestBody(
                isRequired: body.value["required"]?.bool ?? false,
                content: documentTypes("consumes", outline.source).map {
                    MediaType(name: $0, schema: own, example: nil, examples: [])
                })
        }
        let fields = found.filter { $0.value["in"]?.string == "formData" }
        guard !fields.isEmpty else { return nil }
        let required = fields.filter { $0.value["required"]?.bool == true }
        let root = compiler.compile(
            members: fields.compactMap { field in
                field.value["name"]?.string.map { ($0, field.place) }
            }, required: required.compactMap { $0.value["name"]?.string })
        let isFile = fields.contains { $0.value["type"]?.string == "file" }
        let media = MediaType(
            name: isFile ? "multipart/form-data" : "application/x-www-form-urlencoded",
            schema: CompiledSchema(table: compiler.table, root: root), example: nil, examples: [])
        return RequestBody(isRequired: !required.isEmpty, content: [media])
    }

    /// The types of `consumes` or `produces` in which values come: JSON first, since that is what
    /// many contracts mean that name no type at all.
    func documentTypes(_ member: String, _ operation: JSONObject?) -> [String] {
        let named = (operation?[member] ?? document[member])?.array?.compactMap(\.string) ?? []
        let json = named.filter(MediaType.isJSON)
        let xml = named.filter(MediaType.isXML)
        return json.isEmpty && xml.isEmpty ? ["application/json"] : json + xml
    }

    private func listed(
        _ value: JSONValue?, _ place: SchemaPlace
    ) -> [(value: JSONValue, place: SchemaPlace)] {
        (value?.array ?? []).enumerated().compactMap { resolve($1, place.appending($0)) }
    }
}
