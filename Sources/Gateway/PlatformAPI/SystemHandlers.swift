import Access
import Contracts
import HTTP
import Observability
import Runtime

extension PlatformAPI {
    static let systemHandlers: [String: Handler] = [
        "get_health": .open { _, _, _ throws(Refusal) in Answer(200, json: healthy) },
        "get_readiness": .open { api, _, _ throws(Refusal) in try await api.readiness() },
        "get_openapi": .open { api, _, _ throws(Refusal) in
            Answer(200, json: api.services.platformDocument)
        },
        "get_problem_page": .open { _, call, _ throws(Refusal) in
            guard let page = ProblemPages.page(call.path("code")) else {
                throw .notFound("/docs/problems/\(call.path("code"))")
            }
            return Answer(200, contentType: "text/markdown; charset=utf-8", page)
        },
        "get_metrics": .admin { api, _, _ throws(Refusal) in
            Answer(
                200, contentType: "text/plain; version=0.0.4; charset=utf-8",
                Array(api.metrics.exposition().utf8))
        },
    ]

    private static let healthy = Array("{\"status\":\"ok\"}".utf8)

    /// Ready when the directory answers: any look-up will do.
    private func readiness() async throws(Refusal) -> Answer {
        do throws(AccessError) {
            _ = try await services.stores.directory.sandbox(slug: "readiness")
        } catch {
            throw .access(error)
        }
        return Answer(200, ["status": "ready"])
    }
}
