package import Contracts

/// How a call ends that a rule answers.
package enum RuleAnswer: Sendable {
    case made(MadeAnswer)
    /// The contract's own example for a status, by name where it is given.
    case example(status: Int, name: String?)
    case scenario(ScenarioRequest)
}

/// An answer that the rule itself writes.
package struct MadeAnswer: Sendable {
    package enum Body: Sendable {
        case none
        case json(JSONTemplate)
        /// A text in a media type, which is JSON again where the type says so.
        case text(Template, type: String)
    }

    package let status: Int
    package let headers: [(name: String, value: Template)]
    package let body: Body
}

/// An answer with everything filled in.
package struct FilledAnswer: Sendable {
    package enum Body: Sendable {
        case none
        /// The type is nil where the contract names it.
        case json(JSONValue, type: String?)
        case text(String, type: String)
    }

    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: Body
}

extension MadeAnswer {
    func filled(_ request: RuleRequest, _ world: RuleWorld) throws(RuleFailure) -> FilledAnswer {
        do throws(TemplateRunFault) {
            var run = TemplateRun(request.root, world)
            var headers: [(name: String, value: String)] = []
            for header in self.headers {
                headers.append((header.name, try Self.field(header, &run)))
            }
            return FilledAnswer(status: status, headers: headers, body: try body.filled(&run))
        } catch {
            throw .unfilled(error)
        }
    }

    /// A header's value: what a caller sends must not end the line.
    private static func field(
        _ header: (name: String, value: Template), _ run: inout TemplateRun<RuleWorld>
    ) throws(TemplateRunFault) -> String {
        let value = try header.value.text(&run)
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw TemplateRunFault("the header \(header.name) would have other than ASCII letters")
        }
        return value
    }
}

extension MadeAnswer.Body {
    fileprivate func filled(
        _ run: inout TemplateRun<RuleWorld>
    ) throws(TemplateRunFault) -> FilledAnswer.Body {
        switch self {
        case .none: return .none
        case .json(let template): return .json(try template.filled(&run), type: nil)
        case .text(let template, let type):
            guard Self.isJSON(type) else { return .text(try template.text(&run), type: type) }
            let text = try template.text(&run, escaping: .json)
            do throws(JSONError) {
                return .json(try JSONParser.parse(text), type: type)
            } catch {
                throw TemplateRunFault("its text is no JSON: \(error)")
            }
        }
    }

    static func isJSON(_ type: String) -> Bool {
        let type = type.prefix { $0 != ";" }.lowercased()
        return type == "application/json" || type.hasSuffix("+json")
    }
}

/// Why a rule that matched gave no answer. The rule's doing, not the platform's.
package enum RuleFailure: Error, Sendable {
    case unfilled(TemplateRunFault)
    /// The contract has no such example any more.
    case exampleMissing(status: Int)
    /// The answer is not what the contract allows.
    case refused([MessageFault])
}
