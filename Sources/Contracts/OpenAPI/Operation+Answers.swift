// Answers of servers that are not ours, held against the contract.

extension Operation {
    /// What the contract does not allow in an answer as it came over the wire: its status, its
    /// media type, its body. Media types other than JSON and XML are looked at by their name only.
    /// - Parameters:
    ///   - contentType: the field as it was sent; nil without it.
    ///   - body: without content coding; nil for an answer to HEAD, which has none by its method.
    package func faults(
        ofAnswer status: Int, contentType: String?, body: [UInt8]?
    ) -> [MessageFault] {
        guard let response = response(status: status) else {
            return validateAnswer(status: status, body: nil)
        }
        // RFC 9110 § 6.4.1: these have no body, whatever a contract says.
        guard let body, status != 204, status != 304 else { return [] }
        guard !response.content.isEmpty else {
            return body.isEmpty ? [] : [fault(.body, nil, "content", "no body", "\(body.count) bytes")]
        }
        let taken = response.content.map(\.type).joined(separator: " or ")
        guard !body.isEmpty else {
            return [fault(.body, nil, "content", "a body of \(taken)", "none")]
        }
        guard let contentType, let media = response.content.media(for: contentType) else {
            return [fault(.header, "Content-Type", "content", taken, contentType ?? "none")]
        }
        if MediaType.isXML(contentType) { return faults(ofXML: body, contentType, media) }
        guard MediaType.isJSON(contentType) else { return [] }
        do throws(JSONError) {
            let value = try JSONParser.parse(body)
            return (media.schema?.validate(value, as: .answer) ?? []).map {
                MessageFault(location: .body, name: nil, fault: $0)
            }
        } catch {
            return [fault(.body, nil, "json", "JSON", error.description)]
        }
    }

    private func faults(
        ofXML body: [UInt8], _ contentType: String, _ media: MediaType
    ) -> [MessageFault] {
        guard media.isXMLDocument, let schema = media.schema else { return [] }
        do throws(XMLError) {
            let read = try XMLBody(body, contentType: contentType, schema: schema, as: .answer)
            return read.located(
                schema.validate(read.value, as: .answer).map {
                    MessageFault(location: .body, name: nil, fault: $0)
                })
        } catch {
            return [fault(.body, nil, "xml", "XML", error.description)]
        }
    }

    private func fault(
        _ location: MessageFault.Location, _ name: String?, _ rule: String, _ expected: String,
        _ got: String
    ) -> MessageFault {
        MessageFault(
            location: location, name: name,
            fault: SchemaFault(pointer: .root, rule: rule, expected: expected, got: got))
    }
}

extension [MediaType] {
    /// The form that a Content-Type means: that very type, else a range that holds it
    /// (`text/*`, `*/*`).
    func media(for contentType: String) -> MediaType? {
        let type = MediaType.essence(contentType)
        return first { $0.type == type } ?? first { $0.includes(type) }
    }
}
