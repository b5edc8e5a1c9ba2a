import Access
package import Contracts
import HTTP
import Observability
import Tenancy

// Contracts looked over and compared, without being imported.
extension PlatformAPI {
    static let contractReviewHandlers: [String: Handler] = [
        "lint_contract": .upload(.read) { api, call, bytes, _ throws(Refusal) in
            let sent = try await api.sentContract(call, bytes)
            let findings = try await api.services.contractCache.reading {
                ContractLint.findings(try Contract(lazily: sent.document))
            }
            return Answer(200, ContractReview.document(findings))
        },
        "diff_contract": .upload(.read) { api, call, bytes, access throws(Refusal) in
            let old: [UInt8]
            do throws(TenancyError) {
                let stores = api.services.stores
                let found = try await stores.contracts.contract(
                    call.query("old") ?? "", as: access)
                old = try await stores.contracts.source(found.id, as: access).document
            } catch {
                throw .tenancy(error, during: .validate)
            }
            let sent = try await api.sentContract(call, bytes)
            let comparison = try await api.services.contractCache.reading {
                ContractComparison(from: try JSONValue(contract: old), to: sent.document)
            }
            return Answer(200, ContractReview.document(comparison))
        },
    ]
}

/// How findings and changes are told, by the API and by the command.
package enum ContractReview {
    package static func document(_ findings: [LintFinding]) -> JSONValue {
        var document: JSONValue = [:]
        for severity in LintFinding.Severity.allCases {
            document["\(severity.rawValue)s"] = .int(findings.count { $0.severity == severity })
        }
        document["findings"] = .array(
            findings.map {
                [
                    "rule": .string($0.rule), "severity": .string($0.severity.rawValue),
                    "pointer": .string($0.pointer.description), "message": .string($0.message),
                ]
            })
        return document
    }

    package static func document(_ comparison: ContractComparison) -> JSONValue {
        var document: JSONValue = [:]
        for severity in ContractChange.Severity.allCases {
            document[severity.rawValue] = .int(comparison.count(severity))
        }
        document["changes"] = .array(
            comparison.changes.map {
                [
                    "rule": .string($0.rule), "severity": .string($0.severity.rawValue),
                    "operation": .string($0.operation),
                    "pointer": .string($0.pointer.description), "message": .string($0.message),
                ]
            })
        return document
    }
}
