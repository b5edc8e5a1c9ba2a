/// Looks a contract over: what its reader could not use, then what each operation lacks.
package enum ContractLint {
    /// In the order of the document within each rule, at most `Limits.findingsMax`. Compiles every
    /// operation.
    package static func findings(_ contract: Contract) -> [LintFinding] {
        var findings = (contract.warnings + contract.problems()).map { problem in
            LintFinding(
                "unusable", .error, problem.pointer,
                problem.reason + (problem.fix.map { "; \($0)" } ?? ""))
        }
        findings += missingServer(contract)
        for operation in contract.operations {
            guard findings.count < Limits.findingsMax else { break }
            let place = JSONPointer(["paths", operation.path, operation.method.lowercased()])
            findings += operationRules.flatMap { $0(operation, place, contract) }
        }
        return Array(findings.prefix(Limits.findingsMax))
    }

    private static let operationRules: [@Sendable (Operation, JSONPointer, Contract) -> [LintFinding]] =
        [
            missingID, missingSummary, missingSuccess, missingErrors, untypedAnswers, unknownSchemes,
            wrongExamples, undeclaredPathParameters,
        ]

    // MARK: The document

    private static func missingServer(_ contract: Contract) -> [LintFinding] {
        guard contract.document["servers"] == nil, contract.document["host"] == nil else { return [] }
        return [
            LintFinding(
                "server-missing", .hint, .root, "no server says where the real API stands")
        ]
    }

    // MARK: Operations

    @Sendable private static func missingID(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        operation.source["operationId"] != nil
            ? []
            : [
                LintFinding(
                    "operation-id-missing", .warning, place,
                    "without an operationId, rules and scenarios name it by method and path")
            ]
    }

    @Sendable private static func missingSummary(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        operation.summary != nil || operation.source["description"] != nil
            ? []
            : [LintFinding("summary-missing", .hint, place, "nothing says what the operation does")]
    }

    @Sendable private static func missingSuccess(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        operation.declares(answersBeginningWith: ["2", "3"])
            ? []
            : [
                LintFinding(
                    "success-missing", .error, place.appending("responses"),
                    "no answer is declared for when it goes well")
            ]
    }

    @Sendable private static func missingErrors(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        operation.declares(answersBeginningWith: ["4", "5"])
            ? []
            : [
                LintFinding(
                    "errors-missing", .warning, place.appending("responses"),
                    "no error is declared, so that none can be had by scenario")
            ]
    }

    @Sendable private static func untypedAnswers(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        operation.responses.filter { $0.json != nil && $0.json?.schema == nil }.map {
            LintFinding(
                "answer-untyped", .warning, place.appending("responses").appending($0.status),
                "the JSON answer has no schema")
        }
    }

    @Sendable private static func unknownSchemes(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        let named = Set(operation.security.flatMap(\.schemes.keys))
        return named.filter { contract.securitySchemes[$0] == nil }.sorted().map {
            LintFinding(
                "security-scheme-unknown", .error, place.appending("security"),
                "there is no security scheme \($0)")
        }
    }

    @Sendable private static func wrongExamples(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        let answers = operation.responses.flatMap { response in
            response.content.map {
                ($0, MessageDirection.answer, place.appending("responses").appending(response.status))
            }
        }
        let bodies = (operation.requestBody?.content ?? []).map {
            ($0, MessageDirection.request, place.appending("requestBody"))
        }
        return (bodies + answers).flatMap { media, direction, place in
            media.wrongExamples(as: direction).map {
                LintFinding(
                    "example-invalid", .warning, place.appending("content").appending(media.name),
                    "an example does not fit its schema: \($0)")
            }
        }
    }

    @Sendable private static func undeclaredPathParameters(
        _ operation: Operation, _ place: JSONPointer, _ contract: Contract
    ) -> [LintFinding] {
        let declared = operation.parameters.filter { $0.location == .path }.map(\.name)
        return operation.path.split(separator: "{").dropFirst().compactMap { piece in
            let name = String(piece.prefix { $0 != "}" })
            guard !declared.contains(name) else { return nil }
            return LintFinding(
                "path-parameter-undeclared", .error, place.appending("parameters"),
                "the path's {\(name)} is not among the parameters")
        }
    }
}

extension MediaType {
    /// The first fault of each example that does not fit.
    fileprivate func wrongExamples(as direction: MessageDirection) -> [String] {
        guard schema != nil else { return [] }
        let all = examples.map(\.value) + [example].compactMap(\.self)
        return all.compactMap { value in
            guard !accepts(value, as: direction) else { return nil }
            let fault = faults(of: value, as: direction).first
            let place = fault?.xpath ?? fault?.fault.pointer.description ?? ""
            return "\(place) \(fault?.fault.message ?? "it is refused")"
        }
    }
}

extension Operation {
    /// Whether an answer of such a class of statuses is declared, or one for all others.
    fileprivate func declares(answersBeginningWith digits: [String]) -> Bool {
        responses.contains { answer in
            answer.status == "default" || digits.contains { answer.status.hasPrefix($0) }
        }
    }
}
