import Contracts
import Simulators
import Tenancy

/// What is read from a contract's document before it is stored.
struct ContractReading: Sendable {
    let title: String
    let version: String
    let operations: Int
    private(set) var warnings: [ContractProblem]

    /// Refuses what no operation could be served from, and an overlay that cannot be applied.
    init(_ document: JSONValue, _ overlay: Overlay?) throws(ContractError) {
        let (overlaid, unmatched) = try overlay?.applied(to: document) ?? (document, [])
        let contract = try Contract(lazily: overlaid)
        let problems =
            unmatched + contract.warnings + contract.problems()
            + ContractNotes.problems(in: contract)
        guard !contract.operations.isEmpty || overlaid["webhooks"] != nil else {
            throw ContractError(
                problems: problems.isEmpty
                    ? [ContractProblem(pointer: JSONPointer(["paths"]), reason: "there is no operation")]
                    : problems)
        }
        title = contract.title
        version = contract.version
        operations = contract.operations.count
        warnings = problems
    }

    /// The same with other warnings.
    func warning(of problems: [ContractProblem]) -> ContractReading {
        var copy = self
        copy.warnings = problems
        return copy
    }

    /// `Open Payments 1.0` → `open-payments-1-0`, cut to what a host's label takes.
    static func name(from title: String) -> String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var name = ""
        for word in words {
            let longer = name.isEmpty ? String(word) : "\(name)-\(word)"
            guard longer.utf8.count <= Limits.contractNameBytes else { break }
            name = longer
        }
        return name.isEmpty ? "api" : name
    }
}

extension ContractSource {
    /// The document as it is served.
    func overlaid() throws(ContractError) -> JSONValue {
        let document = try JSONValue(contract: self.document)
        guard let overlay else { return document }
        return try Overlay(reading: overlay).applied(to: document).document
    }
}

extension Overlay {
    /// Reads JSON or YAML.
    init(reading bytes: [UInt8]) throws(ContractError) {
        let document: JSONValue
        do throws(ContractError) {
            document = try JSONValue(contract: bytes)
        } catch {
            throw ContractError(
                problems: error.problems.map {
                    ContractProblem(
                        file: Overlay.file, pointer: $0.pointer, reason: $0.reason, fix: $0.fix)
                })
        }
        try self.init(document)
    }
}
