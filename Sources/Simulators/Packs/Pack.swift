package import Contracts

/// A variation of the simulated world as data: a manifest with graphs, daily jobs, rules and
/// fixtures. It may stand on another pack, of which it keeps what it does not say anew.
package struct Pack: Sendable {
    package let name: String
    /// Semantic version, `major.minor.patch`.
    package let version: String
    package let summary: String
    package let owner: String
    /// Name of the pack that it stands on.
    package let extends: String?
    /// Names of graphs.
    package private(set) var graphs: [String]
    package private(set) var jobs: [VirtualJob]
    /// Objects with an `id` each.
    package private(set) var rules: [JSONValue]
    package private(set) var fixtures: [JSONValue]
    /// Names of the packs that it stands on, nearest first.
    package private(set) var lineage: [String] = []

    /// Reads a document. Fails with every fault.
    package init(_ document: JSONValue) throws(PackFaults) {
        let name = document["name"]?.string ?? ""
        let faults = PackSchema.compiled.validate(document)
        guard faults.isEmpty else { throw PackFaults(name: name, faults: faults) }
        self.name = name
        version = document["version"]?.string ?? ""
        summary = document["summary"]?.string ?? ""
        owner = document["owner"]?.string ?? "smartsandbox"
        extends = document["extends"]?.string
        graphs = (document["graphs"]?.array ?? []).compactMap(\.string)
        jobs = (document["jobs"]?.array ?? []).compactMap { job in
            job["contract"]?.string.flatMap { VirtualJob(job, contract: $0) }
        }
        rules = document["rules"]?.array ?? []
        fixtures = document["fixtures"]?.array ?? []
    }

    /// The pack with what it takes over from `base`, which has its own base in it already. What
    /// both name is this one's.
    func standing(on base: Pack) -> Pack {
        var pack = self
        pack.graphs = base.graphs.filter { !graphs.contains($0) } + graphs
        pack.jobs = Self.merged(base.jobs, jobs) { "\($0.contract) \($0.kind)" }
        pack.rules = Self.merged(base.rules, rules) { $0["id"]?.string ?? "" }
        pack.fixtures = Self.merged(base.fixtures, fixtures) { fixture in
            ["contract", "type", "id"].map { fixture[$0]?.string ?? "" }.joined(separator: " ")
        }
        pack.lineage = [base.name] + base.lineage
        return pack
    }

    private static func merged<Item>(
        _ base: [Item], _ own: [Item], by name: (Item) -> String
    ) -> [Item] {
        let names = Set(own.map(name))
        return base.filter { !names.contains(name($0)) } + own
    }
}

/// What is wrong with a pack; never empty.
package struct PackFaults: Error, Sendable, CustomStringConvertible {
    package let name: String
    package let faults: [SchemaFault]

    package var description: String {
        faults.map { "\(name)\($0.pointer): \($0.rule): \($0.message)" }.joined(separator: "\n")
    }
}

private enum PackSchema {
    static let compiled: CompiledSchema = {
        do {
            return try CompiledSchema(JSONParser.parse(text))
        } catch {
            preconditionFailure("the schema of packs is one: \(error)")
        }
    }()

    private static let text = """
        {
          "type": "object", "required": ["name", "version", "summary"],
          "additionalProperties": false,
          "properties": {
            "name": {"$ref": "#/$defs/name"},
            "version": {"type": "string", "pattern": "^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)$"},
            "summary": {"type": "string", "minLength": 1, "maxLength": 1000},
            "owner": {"type": "string", "minLength": 1, "maxLength": 200},
            "extends": {"$ref": "#/$defs/name"},
            "graphs": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
            "jobs": {"type": "array", "items": {
              "type": "object", "required": ["contract", "kind", "calendar", "time"],
              "additionalProperties": false,
              "properties": {
                "contract": {"type": "string"}, "kind": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                "calendar": {"enum": ["fed", "target", "uk"]},
                "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
              }
            }},
            "rules": {"type": "array", "items": {"type": "object", "required": ["id"]}},
            "fixtures": {"type": "array", "items": {
              "type": "object", "required": ["contract", "type", "id", "document"],
              "additionalProperties": false,
              "properties": {
                "contract": {"type": "string"}, "type": {"type": "string"},
                "id": {"type": "string"}, "document": {"type": "object"}
              }
            }}
          },
          "$defs": {"name": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 64}}
        }
        """
}
