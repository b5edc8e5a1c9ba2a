/// A header field or a query parameter of a request that the API sends, as its contract declares it.
package final class DeclaredParameter: Sendable {
    /// In the query or in a header.
    package let parameter: Parameter
    /// `example`, or the first of `examples`, where it fits; for a callback it may be a text with
    /// expressions.
    package let example: JSONValue?
    /// The example as a text with expressions, if it has any.
    package let expression: RuntimeTemplate?

    init(_ parameter: Parameter, example: JSONValue?) {
        self.parameter = parameter
        let template = example?.string.flatMap { RuntimeTemplate($0) }
        let hasExpression = template?.parts.contains {
            if case .expression = $0 { true } else { false }
        }
        expression = hasExpression == true ? template : nil
        self.example = example.flatMap { value in
            parameter.schema?.accepts(value) ?? true ? value : nil
        }
    }

    /// The value that is sent: the example, the schema's own, and where it has to be sent one that is
    /// made. Nil where nothing says what it would be and nobody needs it.
    package func value(_ context: MakingContext) -> JSONValue? {
        if expression == nil, let example { return example }
        if let sample = parameter.schema?.sample, parameter.schema?.accepts(sample) == true {
            return sample
        }
        guard parameter.isRequired else { return nil }
        return parameter.schema?.make(context, name: parameter.name) ?? "text"
    }

    /// The names and texts that a value is written as, by `style` and `explode`.
    package func written(_ value: JSONValue) -> [(name: String, value: String)] {
        parameter.location == .query
            ? parameter.pairs(value) : [(parameter.name, value.parameterText)]
    }
}

extension ContractReader {
    /// Those of the path item and of the operation; path and cookie have no meaning for what is sent
    /// to an address.
    func declaredParameters(
        _ item: (value: JSONValue, place: SchemaPlace), _ source: JSONValue, _ place: SchemaPlace
    ) -> [DeclaredParameter] {
        let shared = declared(item.value["parameters"], item.place.appending("parameters"))
        let own = declared(source["parameters"], place.appending("parameters"))
        let all =
            shared.filter { old in
                !own.contains {
                    $0.parameter.name == old.parameter.name
                        && $0.parameter.location == old.parameter.location
                }
            } + own
        return Array(all.prefix(Limits.messageParametersMax))
    }

    private func declared(_ value: JSONValue?, _ place: SchemaPlace) -> [DeclaredParameter] {
        (value?.array ?? []).prefix(Limits.messageParametersMax).enumerated().compactMap {
            index, item in
            guard let found = resolve(item, place.appending(index)),
                let parameter = parameter(found.value, found.place),
                parameter.location == .query || parameter.location == .header
            else { return nil }
            let named = found.value["examples"]?.object?.members.first
            let example = named.flatMap {
                resolve($0.value, found.place.appending("examples").appending($0.name))?
                    .value["value"]
            }
            return DeclaredParameter(parameter, example: found.value["example"] ?? example)
        }
    }
}
