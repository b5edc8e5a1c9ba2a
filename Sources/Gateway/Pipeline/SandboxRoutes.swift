import Access
import Contracts
import HTTP
import Observability

// What a sandbox's own host serves beside its APIs, under the contract name `sandbox`, which no
// contract may have. Its key is enough, so that a test run needs no other.
extension Pipeline {
    /// `POST /sandbox/reset` is the platform API's reset of this sandbox, and reads the same body.
    func answerOwnRoute(
        _ target: SandboxTarget, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let below = String(decoding: target.path, as: UTF8.self)
        let body = try await readBody(&call)
        guard below == "/reset" else { throw .notFound("/sandbox\(below)") }
        let method = call.head.method.description
        let path = Array("/v1/sandboxes/\(target.slug)/reset".utf8)
        let matched = path.withUnsafeBufferPointer {
            services.platform.match(method: method, path: $0)
        }
        switch matched {
        case .notFound: preconditionFailure("the platform's document has the reset of a sandbox")
        case .methodNotAllowed(let allowed): throw .methodNotAllowed(method, allowed: allowed)
        case .matched(let operation, let pathParameters):
            call.operation = operation.id
            call.decisions.note(.match, .passed, operation.id)
            let value = try services.validate(
                operation, pathParameters: pathParameters, query: services.query(of: call.head),
                body: body, call.head)
            return try await services.reset(to: value?["to"]?.string, access)
        }
    }
}
