import Contracts
import Observability

// Refusals of the step that finds out where a request is meant to go.
extension Refusal {
    static let unknownHost = Refusal(
        .identifySandbox, .unknownHost, "The Host of this request belongs to no sandbox or portal.",
        hint: "Use the sandbox's base_url, or send X-Sbx-Sandbox to the portal's host.")

    static func hostMismatch(host: String, header: String, field: String) -> Refusal {
        Refusal(
            .identifySandbox, .hostMismatch,
            "The address names \"\(host)\" and \(field) names \"\(header)\".",
            hint: "Send one of them, or the same name in both.")
    }

    static func repeatedField(_ name: String) -> Refusal {
        Refusal(
            .accept, .repeatedField, "The request has the field \(name) more than once.",
            hint: "Send \(name) once."
        ).listing([
            [
                "location": "header", "pointer": "", "name": .string(name), "rule": "single",
                "expected": "the field once",
            ]
        ])
    }

    static func otherEnvironment(_ name: String) -> Refusal {
        Refusal(
            .identifySandbox, .otherEnvironment,
            "X-Env asks for \"\(name)\"; only \"sandbox\" exists here, and there is no way to production.",
            hint: "Remove X-Env or send X-Env: sandbox.")
    }

    static func sandboxNotFound(_ slug: String) -> Refusal {
        Refusal(
            .identifySandbox, .sandboxNotFound, "No sandbox has the slug \"\(slug)\".",
            hint: "Check the host name against the sandbox's base_url; a deleted sandbox is gone.")
    }

    static let issuerHasNothing = Refusal(
        .match, .notFound, "The issuer has nothing at this address.",
        hint: "Its addresses stand in /.well-known/oauth-authorization-server.")

    static func contractNotMounted(_ name: String?, mounted: [String]) -> Refusal {
        Refusal(
            .match, .contractNotMounted,
            name.map { "The sandbox has no API \"\($0)\"." } ?? "The path names no API.",
            hint: "Its APIs are: \(mounted.joined(separator: ", ")).")
    }

    static func notFound(_ path: String) -> Refusal {
        Refusal(
            .match, .notFound, "No operation has the path \(path).",
            hint:
                "The contract lists its paths: GET /openapi.json of the platform, GET /v1/sandboxes/{sandbox}/apis/{contract} of an API.")
    }

    static func methodNotAllowed(_ method: String, allowed: [String]) -> Refusal {
        Refusal(
            .match, .methodNotAllowed, "\(method) is not one of this path's methods.",
            hint: "It takes \(allowed.joined(separator: ", "))."
        ).with("Allow", allowed.joined(separator: ", "))
    }
}
