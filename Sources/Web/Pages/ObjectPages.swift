import Contracts
import HTTP

/// From an id alone to the page that shows its object: `/o/{id}` for the platform's own, below a
/// sandbox also for what it simulates.
enum ObjectPages {
    static let routes: [Route] = [
        Route(.get, "/o/{object}") { turn throws(Fault) in try await page(turn) },
        Route(.get, "/s/{sandbox}/o/{object}") { turn throws(Fault) in try await inSandbox(turn) },
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let found = try await turn.get(target(turn))
        let (id, kind) = (turn["object"], found["kind"]?.string ?? "")
        let sandbox = found["sandbox"]?.string
        let tenant = try turn.requireMember().tenant
        guard let address = address(of: id, kind, sandbox: sandbox, tenant: tenant) else {
            return withoutPage(turn, kind: kind, sandbox: sandbox)
        }
        return .redirect(to: address)
    }

    /// What the platform does not know is the world's: the calls about it tell what became of it.
    private static func inSandbox(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let answer = await turn.send(APICall(.get, target(turn)))
        if answer.isGood { return .redirect(to: "/o/" + PercentEncoding.encode(turn["object"])) }
        guard answer.status == 404 else { throw .api(answer) }
        let query = Form([("entity", turn["object"])]).asQuery
        return .redirect(to: "/s/\(PercentEncoding.encode(turn["sandbox"]))/requests\(query)")
    }

    private static func target(_ turn: Turn) -> String {
        "/v1/objects/" + PercentEncoding.encode(turn["object"])
    }

    /// Nil for what no page shows.
    static func address(of id: String, _ kind: String, sandbox: String?, tenant: String) -> String? {
        let team = "/t/\(tenant)"
        let base = sandbox.map { "/s/\($0)" }
        return switch kind {
        case "tenant", "user": team
        case "invitation": team + "#invitations"
        case "audit_entry": team + "/audit"
        case "sandbox": base
        case "key": base.map { $0 + "/keys" } ?? team
        case "checkpoint": base.map { $0 + "/clock#checkpoints" }
        case "request": base.map { "\($0)/requests/\(id)" }
        case "delivery": base.map { "\($0)/deliveries/\(id)" }
        case "journey": base.map { $0 + "/journeys#kept" }
        case "run": base.map { "\($0)/runs/\(id)" }
        case "webhook_endpoint": base.map { $0 + "/webhooks#endpoints" }
        default: nil
        }
    }

    private static func withoutPage(_ turn: Turn, kind: String, sandbox: String?) -> PortalAnswer {
        let say = turn.language
        return Layout(turn: turn, title: kind.replacing("_", with: " "), isNarrow: true).answer {
            facts(
                [(say("Id", "标识"), copyableValue(turn["object"]))]
                    + (sandbox.map { slug in
                        [(say("Sandbox", "沙盒"), link(.href("/s/\(slug)")) { slug })]
                    } ?? []))
            paragraph {
                say("No page shows it alone. The API tells more.", "没有单独显示它的页面，可通过 API 查看。")
            }
            FromCI.get(turn, target(turn))
        }
    }
}
