import Contracts
import Gateway

/// `sbx contract diff OLD NEW` and `sbx contract lint FILE`, without a platform; each may be a folder
/// or an archive. With `--fail-on` the exit status is 1 when something of that severity, or a worse
/// one, is found.
enum ContractReviewCommand {
    static func diff(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("fail-on")
        guard options.plain.count == 3 else {
            throw UsageError("sbx contract diff OLD NEW [--fail-on breaking|unknown|non_breaking]")
        }
        let comparison = ContractComparison(
            from: try ContractFiles.document(options.plain[1]),
            to: try ContractFiles.document(options.plain[2]))
        let worst = try failing(options, ContractChange.Severity.self)
        show(ContractReview.document(comparison), options)
        return worst.contains { comparison.count($0) > 0 } ? .failure : .success
    }

    static func lint(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("fail-on", "root")
        guard options.plain.count == 2 else {
            throw UsageError("sbx contract lint FILE [--fail-on error|warning|hint] [--root PATH]")
        }
        let document = try ContractFiles.document(options.plain[1], root: options["root"])
        let findings: [LintFinding]
        do throws(ContractError) {
            findings = ContractLint.findings(try Contract(lazily: document))
        } catch {
            throw OperatorError("\(options.plain[1]): \(error.problems.first?.description ?? "")")
        }
        let worst = try failing(options, LintFinding.Severity.self)
        show(ContractReview.document(findings), options)
        return findings.contains { worst.contains($0.severity) } ? .failure : .success
    }

    /// The severities at which the command fails: the named one and those before it.
    private static func failing<Severity: CaseIterable & RawRepresentable & Equatable>(
        _ options: Options, _ type: Severity.Type
    ) throws -> [Severity] where Severity.RawValue == String {
        guard let name = options["fail-on"] else { return [] }
        let all = Array(Severity.allCases)
        guard let named = Severity(rawValue: name), let last = all.firstIndex(of: named) else {
            let known = all.map(\.rawValue).joined(separator: ", ")
            throw UsageError("--fail-on is one of \(known)")
        }
        return Array(all[...last])
    }

    private static func show(_ document: JSONValue, _ options: Options) {
        print(JSONWriter.text(document, options.isSet("json") ? .compact : .pretty))
    }
}
