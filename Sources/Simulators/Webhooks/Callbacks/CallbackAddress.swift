import Contracts
import HTTP

/// The address of a callback, filled with values of the call and its answer.
struct CallbackAddress {
    let call: SimulatedCall
    let answer: SimulatedAnswer
    let door: CallbackDoor

    /// Values stand as they are, so that an expression can be a whole URL or its beginning; in a
    /// query they are escaped, or they would end it.
    func url(of callback: DeclaredCallback) throws(CallbackFault) -> String {
        guard let template = callback.address else { throw .unresolved(callback.expression) }
        var url = ""
        for part in template.parts {
            switch part {
            case .text(let text): url += text
            case .expression(let expression):
                guard let value = value(expression) else { throw .unresolved(callback.expression) }
                let isInQuery = url.utf8.contains(UInt8(ascii: "?"))
                url += isInQuery ? PercentEncoding.encode(value) : value
            }
            guard url.utf8.count <= WebhookLimits.urlBytes else {
                throw .refused(url: url, rule: "url", expected: "at most \(WebhookLimits.urlBytes) bytes")
            }
        }
        return url
    }

    /// Nil where the call has no such value.
    func value(_ expression: RuntimeExpression) -> String? {
        switch expression {
        case .url: door.url
        case .method: call.operation.method
        case .statusCode: answer.status.map(String.init)
        case .request(.header(let name)): door.fields[name]
        case .request(.query(let name)): call.query(name)
        case .request(.path(let name)): call.path(name)
        case .request(.body(let pointer)): call.body?[pointer].flatMap(Self.text)
        case .response(.header(let name)):
            answer.headers.first { $0.name.lowercased() == name.lowercased() }?.value
        case .response(.body(let pointer)): answer.document[pointer].flatMap(Self.text)
        case .response(.query), .response(.path): nil
        }
    }

    /// Nil for what has no plain text: an address holds no documents.
    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }
}
