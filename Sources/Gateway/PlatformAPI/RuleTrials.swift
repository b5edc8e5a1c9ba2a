import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// What rules would make of a call that is not made.
extension PlatformAPI {
    func tryRules(
        _ body: JSONValue, _ mounted: MountableContract, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let settings = try await services.sandboxCache.settings(of: access)
        let head: WorldHead
        do throws(TenancyError) {
            head = try await services.stores.world.head(as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        let (request, faults) = try trial(body, mounted)
        let set =
            if let stored = settings.rules[mounted.name] { try await services.compiled(stored) } else {
                RuleSet([])
            }
        let verdicts = set.trial(request)
        let match = set.match(request.operation) { request }
        var document: JSONValue = [
            "operation": .string(request.operation.id),
            "answered_by": .string(orNull: match?.rule.id),
            "rules": .array(verdicts.map(\.told)),
            "request_faults": .array(faults.map(\.published)),
            "answer": .null,
        ]
        if let match {
            document["answer"] = match.told(
                now: head.now(at: services.clock.now()), match.draws(head))
        }
        return Answer(200, document)
    }

    /// The call as its contract reads it, and what the contract would have against it.
    private func trial(
        _ body: JSONValue, _ mounted: MountableContract
    ) throws(Refusal) -> (RuleRequest, [MessageFault]) {
        let method = body["method"]?.string?.uppercased() ?? "GET"
        let target = body["path"]?.string ?? ""
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(halves[0])
        let operation: Contracts.Operation
        let parameters: [PathParameter]
        switch mounted.contract.match(method: method, path: path) {
        case .matched(let found, let named): (operation, parameters) = (found, named)
        case .methodNotAllowed(let allowed):
            throw .invalid(
                pointer: "/method", rule: "method",
                expected: "one of \(allowed.joined(separator: ", "))")
        case .notFound:
            throw .invalid(
                pointer: "/path", rule: "path",
                expected: "a path of the contract, without the host, such as \(operationsPath(mounted))")
        }
        let query: [(name: String, value: String)]
        do throws(EncodingFault) {
            query = halves.count > 1 ? try FormEncoding.pairs(Array(halves[1].utf8)[...]) : []
        } catch {
            throw .invalid(pointer: "/path", rule: "percent_encoding", expected: "%25 for a percent sign")
        }
        let headers = (body["headers"]?.object?.members ?? []).map {
            (name: $0.name, value: $0.value.string ?? "")
        }
        let sent = body["body"]
        let faults = operation.validateRequest(
            pathParameters: parameters, query: query,
            headers: { name in
                headers.first { $0.name.lowercased() == name.lowercased() }?.value
            }, body: sent)
        let request = RuleRequest(
            operation: operation, path: parameters, query: query, headers: headers, body: sent)
        return (request, faults)
    }

    private func operationsPath(_ mounted: MountableContract) -> String {
        mounted.contract.operations.first?.path ?? "/"
    }
}

extension RuleVerdict {
    fileprivate var told: JSONValue {
        [
            "id": .string(rule.id), "operation": .string(rule.operation),
            "verdict": .string(outcome.rawValue),
            "conditions": .array(
                findings.map {
                    [
                        "condition": .string($0.sentence), "holds": .bool($0.holds),
                        "observed": .string(orNull: $0.observed),
                    ]
                }),
        ]
    }
}

extension RuleMatch {
    /// The answer, or why there is none.
    fileprivate func told(now: SandboxInstant, _ draws: Draws) -> JSONValue {
        if case .scenario(let scenario) = rule.answer {
            return ["scenario": .string(scenario.name)]
        }
        do throws(RuleFailure) {
            guard let filled = try filled(now: now, draws) else { return .null }
            let headers = filled.headers.map {
                JSONObject.Member(name: $0.name, value: .string($0.value))
            }
            var document: JSONValue = [
                "status": .int(filled.status), "headers": .object(JSONObject(headers)),
            ]
            switch filled.body {
            case .none: break
            case .json(let body, _): document["body"] = body
            case .text(let text, let type):
                document["text"] = .string(text)
                document["type"] = .string(type)
            }
            document["faults"] = .array(faults(of: filled).map(\.published))
            return document
        } catch {
            return ["failure": .string(Refusal.rule(rule.id, error).detail)]
        }
    }
}
