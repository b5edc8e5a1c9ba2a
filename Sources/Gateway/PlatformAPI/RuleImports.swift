import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

// Stubs of other tools brought in as rules.
extension PlatformAPI {
    /// Writes every rule that could be made, in one step; those of the same id are replaced. The
    /// answer tells what was not carried over.
    func importRules(
        _ bytes: [UInt8], _ mounted: MountableContract, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let carried = try await services.contractCache.reading {
            Result { () throws(RuleFault) in try CarriedRules(bytes, for: mounted) }
        }
        var carriedOver: CarriedRules
        switch carried {
        case .success(let read): carriedOver = read
        case .failure(let fault): throw .invalidRule(fault)
        }
        if !carriedOver.rules.isEmpty {
            try await services.change(rulesOf: mounted.name, access) { rules throws(Refusal) in
                for (index, rule) in carriedOver.rules.enumerated() {
                    var written = rule.document
                    let version = rules.rule(rule.id)?["version"]?.int ?? 0
                    written["version"] = .int(version + 1)
                    rules.put(written, as: rule.id)
                    carriedOver.rules[index].document = written
                }
                return (.null, ["rules": .array(carriedOver.rules.map { .string($0.id) })])
            }
        }
        return Answer(200, carriedOver.told)
    }
}

/// What has become of an imported document.
struct CarriedRules: Sendable {
    struct Carried: Sendable {
        let id: String
        var document: JSONValue
        let pointer: JSONPointer
    }

    let format: RuleImport.Format
    var rules: [Carried] = []
    private var notes: [RuleImport.Note]

    init(_ bytes: [UInt8], for mounted: MountableContract) throws(RuleFault) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(bytes)
        } catch {
            throw RuleFault(error.pointer, "JSON: \(error)")
        }
        let read = try RuleImport(document, for: mounted.contract)
        format = read.format
        notes = read.notes
        let checks = RuleChecks(mounted)
        for draft in read.drafts { carry(draft, checks) }
    }

    /// An answer that the contract does not allow is carried over all the same, as it is what the
    /// other tool answers; the rule and the report say so.
    private mutating func carry(_ draft: RuleImport.Draft, _ checks: RuleChecks) {
        let masked = SecretMask.masked(draft.document["answer"] ?? .null)
        var document = draft.document
        if masked != document["answer"] {
            document["answer"] = masked
            notes.append(.init(draft.pointer, "what looks like a secret or a card number is masked"))
        }
        if let conditions = document["when"], SecretMask.masked(conditions) != conditions {
            notes.append(
                .init(draft.pointer, "left out: a condition holds what looks like a secret or a card number"))
            return
        }
        do throws(RuleFault) {
            add(try checks.rule(document, id: draft.id), draft)
        } catch {
            document["unchecked"] = true
            do throws(RuleFault) {
                let rule = try checks.rule(document, id: draft.id)
                notes.append(
                    .init(
                        draft.pointer,
                        "the answer is not what the contract allows at \(error.pointer): expected \(error.expected); the rule is unchecked"))
                add(rule, draft)
            } catch {
                notes.append(
                    .init(draft.pointer, "left out: at \(error.pointer) expected \(error.expected)"))
            }
        }
    }

    private mutating func add(_ rule: Rule, _ draft: RuleImport.Draft) {
        rules.append(Carried(id: rule.id, document: rule.document, pointer: draft.pointer))
    }

    /// Why something was not carried over, or not whole.
    var reasons: [String] { notes.map(\.reason) }

    var told: JSONValue {
        [
            "format": .string(format.rawValue),
            "rules": .array(
                rules.map {
                    [
                        "id": .string($0.id), "operation": $0.document["operation"] ?? .null,
                        "version": $0.document["version"] ?? .null,
                        "pointer": .string($0.pointer.description),
                    ]
                }),
            "not_carried": .array(
                notes.map {
                    ["pointer": .string($0.pointer.description), "reason": .string($0.reason)]
                }),
        ]
    }
}
