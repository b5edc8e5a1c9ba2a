import Contracts

/// A part of a binding: a JSON value whose texts are templates over a dependency's words. Beside
/// the standard helpers there is `major`: minor units of a currency as a decimal number,
/// `{{major amount sell_currency}}`.
struct BindingTemplate: Sendable {
    private let template: JSONTemplate

    /// - Throws: a fault for what is no template or names nothing in `names`, with the pointer
    ///   below `pointer`.
    init(
        _ source: JSONValue, names: Set<String>, at pointer: JSONPointer
    ) throws(DependencyFault) {
        let vocabulary = TemplateVocabulary(roots: names, helpers: ["major": .init(2...2)])
        do throws(TemplateFault) {
            template = try JSONTemplate(source, vocabulary, at: pointer)
        } catch {
            throw DependencyFault(pointer: error.pointer, expected: error.description)
        }
    }

    /// Nil where the bounds of templates do not let it be filled.
    func filled(_ values: JSONObject) -> JSONValue? {
        var run = TemplateRun(.object(values), World())
        do throws(TemplateRunFault) {
            return try template.filled(&run)
        } catch {
            return nil
        }
    }

    private struct World: TemplateWorld {
        func call(
            _ helper: String, _ arguments: [JSONValue], _ options: [String: JSONValue]
        ) throws(TemplateRunFault) -> JSONValue {
            Currencies.major(arguments[0].int ?? 0, arguments[1].scalarText)
        }
    }
}

extension JSONValue {
    /// A text or a number as it is written; empty for anything else.
    var scalarText: String { string ?? number?.text ?? "" }
}
