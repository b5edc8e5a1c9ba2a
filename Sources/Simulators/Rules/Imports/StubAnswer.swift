import Contracts

/// An answer as other tools keep it: status, header fields, and a text or a document.
struct StubAnswer {
    let status: Int64
    private var headers = JSONObject()
    private var type: String?
    var body: Body = .none

    enum Body {
        case none
        case json(JSONValue)
        case text(String)
    }

    init(status: Int64) {
        self.status = status
    }

    /// Fields that the platform writes itself are left out; what carries credentials is noted.
    mutating func add(
        _ name: String, _ value: String, at pointer: JSONPointer, _ stubs: inout StubCollector
    ) {
        let lower = name.lowercased()
        if lower == "content-type" {
            type = value
        } else if CredentialNames.isOne(name) {
            stubs.note(pointer, "credentials are not stored")
        } else if !MadeAnswer.mayWrite(header: name) {
            return
        } else if value.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) {
            headers[name] = .string(value)
        } else {
            stubs.note(pointer, "the value has other than printable ASCII letters")
        }
    }

    /// The answer's document. `template` turns a text into our templates; nil leaves texts as they
    /// stand.
    func document(template: ((String) -> String)? = nil) -> JSONValue {
        var answer: JSONValue = ["status": .int(status)]
        if !headers.isEmpty {
            let members = headers.members.map { member in
                JSONObject.Member(
                    name: member.name,
                    value: .string(written(member.value.string ?? "", template)))
            }
            answer["headers"] = .object(JSONObject(members))
        }
        switch body {
        case .none: break
        case .json(let value):
            answer["body"] = template.map { Self.written(value, $0) } ?? value.untemplated
        case .text(let text):
            if let template {
                answer["text"] = .string(template(text))
                answer["type"] = .string(type ?? "text/plain; charset=utf-8")
            } else if let value = json(text) {
                answer["body"] = value.untemplated
            } else if !text.isEmpty {
                answer["text"] = .string(text.untemplated)
                answer["type"] = .string(textType)
            }
        }
        return answer
    }

    private func written(_ text: String, _ template: ((String) -> String)?) -> String {
        template.map { $0(text) } ?? text.untemplated
    }

    private static func written(_ value: JSONValue, _ template: (String) -> String) -> JSONValue {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(template(text))
        case .array(let items): .array(items.map { written($0, template) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { .init(name: $0.name, value: written($0.value, template)) }))
        }
    }

    /// A text that says it is JSON but is none stays a text.
    private var textType: String {
        guard let type, !MadeAnswer.Body.isJSON(type) else { return "text/plain; charset=utf-8" }
        return type
    }

    private func json(_ text: String) -> JSONValue? {
        guard type.map(MadeAnswer.Body.isJSON) ?? true else { return nil }
        return JSONValue(stub: text)
    }
}

extension JSONValue {
    /// The JSON that a text holds; nil for any other text.
    init?(stub text: String) {
        do throws(JSONError) {
            self = try JSONParser.parse(text)
        } catch {
            return nil
        }
    }
}
