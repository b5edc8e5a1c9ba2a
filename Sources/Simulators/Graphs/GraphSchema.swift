import Contracts

/// The shape of a graph document. What a schema cannot say stands in `GraphChecks`.
enum GraphSchema {
    static let compiled: CompiledSchema = {
        do {
            return try CompiledSchema(JSONParser.parse(text))
        } catch {
            preconditionFailure("the schema of graphs is one: \(error)")
        }
    }()

    private static let text = """
        {
          "type": "object",
          "required": ["name", "summary", "contract", "type", "states", "transitions"],
          "additionalProperties": false,
          "properties": {
            "name": {"$ref": "#/$defs/name"},
            "summary": {"$ref": "#/$defs/text"},
            "contract": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
            "type": {"$ref": "#/$defs/name"},
            "state_member": {"$ref": "#/$defs/name"},
            "states": {
              "type": "array", "minItems": 1, "maxItems": \(Limits.graphStates),
              "items": {"$ref": "#/$defs/state"}
            },
            "transitions": {
              "type": "array", "minItems": 1, "maxItems": \(Limits.graphTransitions),
              "items": {"$ref": "#/$defs/transition"}
            }
          },
          "$defs": {
            "name": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 64},
            "text": {"type": "string", "minLength": 1, "maxLength": 1000},
            "event": {
              "type": "string", "pattern": "^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+$", "maxLength": 100
            },
            "state": {
              "type": "object", "required": ["id", "summary"], "additionalProperties": false,
              "properties": {
                "id": {"$ref": "#/$defs/name"},
                "summary": {"$ref": "#/$defs/text"},
                "final": {"type": "boolean"}
              }
            },
            "transition": {
              "type": "object", "required": ["id", "from", "trigger"], "additionalProperties": false,
              "properties": {
                "id": {"$ref": "#/$defs/name"},
                "summary": {"$ref": "#/$defs/text"},
                "from": {"type": "array", "items": {"$ref": "#/$defs/name"}, "uniqueItems": true},
                "to": {"$ref": "#/$defs/name"},
                "trigger": {
                  "type": "object", "additionalProperties": false,
                  "minProperties": 1, "maxProperties": 1,
                  "properties": {
                    "call": {"$ref": "#/$defs/name"}, "timer": {"$ref": "#/$defs/name"},
                    "scenario": {"$ref": "#/$defs/name"}, "fact": {"$ref": "#/$defs/name"}
                  }
                },
                "guard": {"$ref": "#/$defs/step"},
                "effects": {"type": "array", "items": {"$ref": "#/$defs/step"}, "maxItems": 16},
                "timers": {"type": "array", "items": {"$ref": "#/$defs/timer"}, "maxItems": 16},
                "emits": {
                  "type": "array", "items": {"$ref": "#/$defs/event"}, "uniqueItems": true,
                  "maxItems": 8
                }
              }
            },
            "step": {
              "type": ["string", "object"], "pattern": "^[a-z][a-z0-9_]*$",
              "required": ["name"], "additionalProperties": false,
              "properties": {"name": {"$ref": "#/$defs/name"}, "parameters": {"type": "object"}}
            },
            "timer": {
              "type": "object", "required": ["kind"], "additionalProperties": false,
              "properties": {
                "kind": {"$ref": "#/$defs/name"},
                "after": {"type": "string"},
                "business_days": {
                  "type": "integer", "minimum": 0, "maximum": \(Limits.businessDaysMax)
                },
                "calendar": {"enum": ["fed", "target", "uk"]},
                "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
                "at": {"$ref": "#/$defs/name"},
                "cancel": {"const": true}
              },
              "dependentRequired": {
                "business_days": ["calendar"], "calendar": ["business_days"],
                "time": ["business_days"]
              }
            }
          }
        }
        """
}
