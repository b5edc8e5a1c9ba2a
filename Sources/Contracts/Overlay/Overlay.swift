/// An OpenAPI Overlay, version 1.0 or 1.1: changes of a document that can be made again when a new
/// version of it comes.
package struct Overlay: Sendable {
    package let title: String
    package let version: String
    /// URI reference of the document that it was written for, as it stands there. Nothing is
    /// fetched by it.
    package let extends: String?
    package let actions: [Action]

    package struct Action: Sendable {
        package let target: JSONPath
        package let change: Change
    }

    package enum Change: Sendable {
        case remove
        case update(JSONValue)
        /// The one value that the query selects.
        case copy(JSONPath)
        /// Neither of them: the action does nothing.
        case none
    }

    /// What problems name as their file: their pointers lead into the overlay.
    package static let file = "overlay"

    /// Reads an overlay document. Fails with every fault found, each with the pointer to its
    /// member.
    package init(_ document: JSONValue) throws(ContractError) {
        let faults = OverlaySchema.compiled.validate(document)
        guard faults.isEmpty else {
            throw ContractError(
                problems: faults.map {
                    ContractProblem(file: Self.file, pointer: $0.pointer, reason: $0.message)
                })
        }
        title = document["info"]?["title"]?.string ?? ""
        version = document["info"]?["version"]?.string ?? ""
        extends = document["extends"]?.string
        // Copying came with 1.1: before, the member means nothing.
        let copies = document["overlay"]?.string?.hasPrefix("1.0") == false
        var problems: [ContractProblem] = []
        var read: [Action] = []
        for (index, item) in (document["actions"]?.array ?? []).enumerated() {
            let place = JSONPointer(["actions", String(index)])
            guard let target = Self.path(item, "target", place, &problems) else { continue }
            let change: Change
            if item["remove"]?.bool == true {
                change = .remove
            } else if let update = item["update"] {
                change = .update(update)
            } else if copies, item["copy"] != nil {
                guard let from = Self.path(item, "copy", place, &problems) else { continue }
                change = .copy(from)
            } else {
                change = .none
            }
            read.append(Action(target: target, change: change))
        }
        guard problems.isEmpty else { throw ContractError(problems: problems) }
        actions = read
    }

    private static func path(
        _ action: JSONValue, _ member: String, _ place: JSONPointer,
        _ problems: inout [ContractProblem]
    ) -> JSONPath? {
        do throws(JSONPathError) {
            return try JSONPath(action[member]?.string ?? "")
        } catch {
            problems.append(
                ContractProblem(
                    file: Self.file, pointer: place.appending(member), reason: error.description))
            return nil
        }
    }
}

/// The shape of an overlay document. What it says beside, in `x-` members, is let stand.
private enum OverlaySchema {
    static let compiled: CompiledSchema = {
        do {
            return try CompiledSchema(JSONParser.parse(text))
        } catch {
            preconditionFailure("the schema of overlays is one: \(error)")
        }
    }()

    private static let text = """
        {
          "type": "object",
          "required": ["overlay", "info", "actions"],
          "properties": {
            "overlay": {"type": "string", "pattern": "^1[.][01]([.][0-9]+)?$"},
            "info": {
              "type": "object", "required": ["title", "version"],
              "properties": {
                "title": {"type": "string"}, "version": {"type": "string"},
                "description": {"type": "string"}
              },
              "patternProperties": {"^x-": true}, "additionalProperties": false
            },
            "extends": {"type": "string", "format": "uri-reference"},
            "actions": {
              "type": "array", "minItems": 1, "maxItems": \(Limits.overlayActionsMax),
              "items": {
                "type": "object", "required": ["target"],
                "properties": {
                  "target": {"type": "string"}, "description": {"type": "string"}, "update": true,
                  "copy": {"type": "string"}, "remove": {"type": "boolean"}
                },
                "not": {"required": ["update", "copy"]},
                "patternProperties": {"^x-": true}, "additionalProperties": false
              }
            }
          },
          "patternProperties": {"^x-": true}, "additionalProperties": false
        }
        """
}
