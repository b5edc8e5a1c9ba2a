import Contracts
import HTTP

// The form in which an answer's values are sent: JSON, or XML where the contract says so. They are
// JSON until here, so that rules, records and dry runs need to know one form only.
extension Answer {
    /// As XML where the contract declares nothing else for the status, or where the client would
    /// rather have it. Problems of the platform stay what they are, and so do an upstream's answers.
    /// Our own calls inside read JSON unless they ask for something else.
    func written(for call: Call, by operation: Contracts.Operation) -> Answer {
        guard operation.answersXML, stream == nil, !body.isEmpty,
            call.insideCaller == nil || call.head.fields.contains("accept"),
            let response = operation.response(status: status),
            let media = response.form(for: call.head), media.isXMLDocument, holdsValues(response),
            let value = value, let document = media.xml(value, as: .answer)
        else { return self }
        var written = self
        written.contentType = media.name.contains("*") ? "application/xml" : media.name
        written.body = document
        if response.json != nil { written.fields.append("Vary", "Accept") }
        return written
    }

    /// Whether it is JSON that the contract declares.
    private func holdsValues(_ response: DeclaredResponse) -> Bool {
        guard Contracts.MediaType.isJSON(contentType), !fields.contains("X-Sbx-Mode") else {
            return false
        }
        return !contentType.hasPrefix("application/problem+json")
            || response.json?.type == "application/problem+json"
    }

    private var value: JSONValue? {
        do {
            return try JSONParser.parse(body)
        } catch {
            return nil
        }
    }
}

extension DeclaredResponse {
    /// The form that the client wants most, JSON where it does not care; nil for an answer without
    /// values. A client that takes neither gets what there is.
    func form(for head: RequestHead) -> Contracts.MediaType? {
        guard let xml, let json else { return document }
        let wanted = Accept(head.fields).best(of: [json.type, xml.type])
        return wanted == xml.type ? xml : json
    }
}
