/// A fault of a request or an answer, with the part of the message that it concerns.
package struct MessageFault: Hashable, Sendable, CustomStringConvertible {
    package enum Location: String, Sendable { case path, query, header, cookie, body, status }

    package let location: Location
    /// The parameter's name; nil for body and status.
    package let name: String?
    /// Its pointer leads into the body or into the parameter's value.
    package let fault: SchemaFault
    /// Where that is in a body of XML: `/order/item[2]/@sku`; nil elsewhere.
    package private(set) var xpath: String?

    package init(location: Location, name: String?, fault: SchemaFault) {
        self.location = location
        self.name = name
        self.fault = fault
    }

    func at(xpath: String) -> MessageFault {
        var copy = self
        copy.xpath = xpath
        return copy
    }

    package var description: String {
        let place = name.map { "\(location.rawValue) parameter \"\($0)\"" } ?? location.rawValue
        return "\(place)\(xpath ?? fault.pointer.description): \(fault.message)"
    }
}

extension Operation {
    /// Everything in a request that the contract does not allow; empty if it is fine.
    ///
    /// Query parameters that are not declared are refused. Members of the body are refused where
    /// the schema says so (`additionalProperties`). Headers that are not declared are free.
    /// - Parameters:
    ///   - query: decoded pairs in order.
    ///   - headers: the value of a header by its name in any case; repeated ones joined by commas.
    ///   - body: nil if the request has none.
    ///   - media: the form that the body came in; nil for JSON.
    package func validateRequest(
        pathParameters: [PathParameter], query: [(name: String, value: String)],
        headers: (String) -> String?, body: JSONValue?, media: MediaType? = nil
    ) -> [MessageFault] {
        let parts = parts
        let faults = validate(
            parts.parameters, pathParameters: pathParameters, query: query, headers: headers)
        let requestBody = parts.requestBody
        guard requestBody != nil || body != nil else { return faults }
        return faults + validate(body: body, as: media ?? requestBody?.json, for: requestBody)
    }

    /// The same for everything but the body.
    package func validateParameters(
        pathParameters: [PathParameter], query: [(name: String, value: String)],
        headers: (String) -> String?
    ) -> [MessageFault] {
        validate(parameters, pathParameters: pathParameters, query: query, headers: headers)
    }

    private func validate(
        _ parameters: [Parameter], pathParameters: [PathParameter],
        query: [(name: String, value: String)], headers: (String) -> String?
    ) -> [MessageFault] {
        var faults: [MessageFault] = []
        for parameter in parameters {
            switch parameter.location {
            case .path:
                let found = pathParameters.first { $0.name == parameter.name }
                faults += parameter.validate(found?.value)
            case .query: faults += parameter.validate(query)
            case .header: faults += parameter.validate(headers(parameter.name))
            case .cookie: faults += parameter.validate(cookie(parameter.name, headers("cookie")))
            }
        }
        if !query.isEmpty { faults += unknownParameters(query) }
        return faults
    }

    /// What the contract does not allow in an answer with that status.
    package func validateAnswer(status: Int, body: JSONValue?) -> [MessageFault] {
        guard let response = response(status: status) else {
            let declared = responses.map(\.status).joined(separator: ", ")
            return [fault(.status, "responses", "a declared status (\(declared))", "\(status)")]
        }
        guard let media = response.document else {
            return body == nil ? [] : [fault(.body, "content", "no JSON body", "one")]
        }
        guard let body else {
            // XML may come as the contract's own text.
            return media.isJSON ? [fault(.body, "content", "a JSON body", "none")] : []
        }
        if media.isXMLDocument { return media.faults(of: body, as: .answer) }
        return bodyFaults(media.schema?.validate(body, as: .answer) ?? [])
    }

    private func validate(
        body: JSONValue?, as media: MediaType?, for requestBody: RequestBody?
    ) -> [MessageFault] {
        guard let requestBody else {
            return body == nil ? [] : [fault(.body, "requestBody", "no body", "one")]
        }
        guard let body else {
            return requestBody.isRequired
                ? [fault(.body, "requestBody", requestBody.wanted, "none")] : []
        }
        return bodyFaults(media?.schema?.validate(body, as: .request) ?? [])
    }

    /// Whether the contract declares a query parameter of that name, or one that is spelled so.
    package func declares(query name: String) -> Bool {
        parameters.contains { $0.location == .query && ($0.name == name || $0.spreads(to: name)) }
    }

    /// Whether the contract declares a header field of that name, which is given in lower case.
    package func declares(header name: String) -> Bool {
        parameters.contains { $0.location == .header && $0.name.lowercased() == name }
    }

    private func unknownParameters(_ query: [(name: String, value: String)]) -> [MessageFault] {
        let known = parameters.lazy.filter { $0.location == .query }.map(\.name)
        return query.filter { !declares(query: $0.name) }.map { pair in
            let fault = SchemaFault(
                pointer: .root, rule: "parameters",
                expected: known.isEmpty
                    ? "no query parameters" : "one of \(known.joined(separator: ", "))",
                got: JSONValue.string(pair.name).shown,
                nearest: nearestName(to: pair.name, among: known))
            return MessageFault(location: .query, name: pair.name, fault: fault)
        }
    }

    private func bodyFaults(_ faults: [SchemaFault]) -> [MessageFault] {
        faults.isEmpty ? [] : faults.map { MessageFault(location: .body, name: nil, fault: $0) }
    }

    private func fault(
        _ location: MessageFault.Location, _ rule: String, _ expected: String, _ got: String
    ) -> MessageFault {
        MessageFault(
            location: location, name: nil,
            fault: SchemaFault(pointer: .root, rule: rule, expected: expected, got: got))
    }
}

extension Parameter {
    /// What came under its name in a query, where names may be repeated.
    fileprivate func validate(_ query: [(name: String, value: String)]) -> [MessageFault] {
        if isSpelled { return validate(value: spelled(query)) }
        guard let first = query.first(where: { $0.name == name || $0.name == name + "[]" }) else {
            return validate(nil)
        }
        guard query.count > 1 else { return validate(first.value) }
        let texts = query.filter { $0.name == name || $0.name == name + "[]" }.map(\.value)
        if schema != nil, takesList {
            return faults(list: isInOneText ? texts.flatMap(separated) : texts)
        }
        guard texts.count == 1 || schema == nil else {
            return [fault("parameters", "the parameter once", "\(texts.count) of it")]
        }
        return validate(first.value)
    }

    /// The text that came under its name, as a value of the type that the schema wants.
    fileprivate func validate(_ text: String?) -> [MessageFault] {
        guard let text else { return validate(value: nil) }
        guard schema != nil else { return [] }
        if isSpelled { return faults(spelled(text)) }
        if takesList { return faults(list: isInOneText ? separated(text) : [text]) }
        return faults(JSONValue(parameter: text, types: types))
    }

    private func validate(value: JSONValue?) -> [MessageFault] {
        guard let value else {
            return isRequired ? [fault("required", "the parameter", "nothing")] : []
        }
        return faults(value)
    }

    /// Whether the query may have that name for a part of it.
    fileprivate func spreads(to name: String) -> Bool {
        if style == .deepObject { return name.hasPrefix(self.name + "[") }
        if takesList, name == self.name + "[]" { return true }
        return isObject && explodes && memberNames.contains(name)
    }

    private func separated(_ text: String) -> [String] {
        text.split(separator: style?.separator ?? ",").map(String.init)
    }

    private func faults(list texts: [String]) -> [MessageFault] {
        faults(.array(texts.map { JSONValue(parameter: $0, types: itemTypes) }))
    }

    private func faults(_ value: JSONValue) -> [MessageFault] {
        guard let schema, !schema.accepts(value) else { return [] }
        return schema.validate(value).map {
            MessageFault(location: place, name: name, fault: $0)
        }
    }

    private func fault(_ rule: String, _ expected: String, _ got: String) -> MessageFault {
        MessageFault(
            location: place, name: name,
            fault: SchemaFault(pointer: .root, rule: rule, expected: expected, got: got))
    }

    private var place: MessageFault.Location {
        switch location {
        case .path: .path
        case .query: .query
        case .header: .header
        case .cookie: .cookie
        }
    }
}

extension Parameter {
    var takesList: Bool { types != .all && types.contains(.array) }
}

/// A cookie's value (RFC 6265 §4.2.1).
private func cookie(_ name: String, _ field: String?) -> String? {
    for pair in (field ?? "").split(separator: ";") {
        let sides = pair.drop { $0 == " " }.split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if sides.count == 2, sides[0] == name { return String(sides[1]) }
    }
    return nil
}

/// In JSON `1e1` and `10.0` are integers. In a parameter they are refused: whoever reads it next
/// takes digits, and would fall back on a default without a word.
private func isPlainInteger(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
}

extension JSONValue {
    /// The text of a parameter as the value it stands for; a string if no other type fits.
    package init(parameter text: String, accepting schema: CompiledSchema) {
        self.init(parameter: text, types: schema.types)
    }

    init(parameter text: String, types: TypeSet) {
        guard types != .all else {
            self = .string(text)
            return
        }
        if types.contains(.number), let number = JSONNumber(text) {
            self = .number(number)
        } else if types.contains(.integer), isPlainInteger(text), let number = JSONNumber(text) {
            self = .number(number)
        } else if types.contains(.boolean), text == "true" || text == "false" {
            self = .bool(text == "true")
        } else {
            self = .string(text)
        }
    }
}

extension RequestBody {
    /// For faults: what is expected.
    fileprivate var wanted: String {
        json != nil ? "a JSON body" : "a body of \(content.map(\.type).joined(separator: " or "))"
    }
}
