import Access
import Contracts
import Copilot
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

// Journeys: plans that are kept, those that come with the platform, and their export.
extension PlatformAPI {
    static let journeyHandlers: [String: Handler] = [
        "list_predefined_journeys": .tenant(.read) { api, _, _ throws(Refusal) in
            let journeys = api.services.journeys.journeys.map(\.document)
            return Answer(200, ["data": .array(journeys), "next": .null])
        },
        "keep_journey": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.keepJourney(call.body, access)
        },
        "list_journeys": .sandbox(.read) { api, call, access throws(Refusal) in
            let before = try call.query("cursor").map { text throws(Refusal) in
                guard let id = JourneyID(text) else { throw .invalidCursor }
                return id
            }
            return try await api.journeys { () throws(JourneyError) in
                let page = try await api.services.stores.journeys.journeys.journeys(
                    rows: call.rows(), before: before, as: access)
                return Answer(
                    200,
                    [
                        "data": .array(page.journeys.map(\.summary)),
                        "next": .string(orNull: page.next?.description),
                    ])
            }
        },
        "get_journey": .sandbox(.read) { api, call, access throws(Refusal) in
            Answer(200, try await api.journey(named: call.path("journey"), access).document)
        },
        "export_journey": .sandbox(.read) { api, call, access throws(Refusal) in
            let found = try await api.journey(named: call.path("journey"), access)
            return Answer(200, try await api.arazzo(found, access))
        },
        "get_api_document": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.document(ofContract: call.path("contract"), access)
        },
        "delete_journey": .sandbox(.write) { api, call, access throws(Refusal) in
            let found = try await api.journey(named: call.path("journey"), access)
            return try await api.journeys { () throws(JourneyError) in
                guard let id = JourneyID(found.name) else {
                    throw .notFound(kind: "journey of its own", id: found.name)
                }
                try await api.services.stores.journeys.journeys.delete(id, as: access)
                return Answer(200, ["id": .string(found.name), "deleted": true])
            }
        },
    ]

    /// A journey that can be run here, kept or predefined.
    struct NamedJourney: Sendable {
        let name: String
        let plan: JSONValue
        let document: JSONValue
    }

    /// By id, or by the name of one that comes with the platform.
    func journey(
        named name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> NamedJourney {
        if let known = services.journeys[name] {
            return NamedJourney(name: name, plan: known.plan, document: known.document)
        }
        do throws(JourneyError) {
            guard let id = JourneyID(name) else { throw .notFound(kind: "journey", id: name) }
            let found = try await services.stores.journeys.journeys.journey(id, as: access)
            return NamedJourney(name: name, plan: found.plan, document: found.document)
        } catch {
            throw .journeys(error)
        }
    }

    private func arazzo(
        _ found: NamedJourney, _ access: SandboxAccess
    ) async throws(Refusal) -> JSONValue {
        let inbox = configuration.sandboxURL(slug: access.slug) + "/_inbox"
        let journey: Journey
        do throws(JourneyFault) {
            journey = try Journey(plan: found.plan, inbox: inbox)
        } catch {
            throw .journey(error)
        }
        let names = Set(journey.steps.compactMap { StepCall.operation(of: $0.action)?.contract })
        var sources: [Arazzo.Source] = []
        for name in names.sorted() { sources.append(try await source(name, access)) }
        return Arazzo.document(
            journey, id: found.name,
            summary: found.document["title"]?.string ?? found.plan["summary"]?.string ?? found.name,
            sources: sources, sandbox: access.slug)
    }

    private func source(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Arazzo.Source {
        if name == ActionOperation.platform {
            return (name, configuration.portalURL + "/openapi.json", services.platform)
        }
        let url = "\(configuration.portalURL)/v1/sandboxes/\(access.slug)/apis/\(name)"
        return (name, url, try await services.mounted(name, access).contract)
    }

    /// A mounted contract's document, with this sandbox's address as its server and the issuer's
    /// where its schemes name endpoints by paths.
    private func document(
        ofContract name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        var document = try await services.mounted(name, access).contract.document
        document["servers"] = [
            ["url": .string(configuration.contractURL(name, slug: access.slug))]
        ]
        if let schemes = document["components"]?["securitySchemes"] {
            document["components"]?["securitySchemes"] = atIssuer(schemes)
        }
        return Answer(200, document)
    }

    /// Members `tokenUrl` and their like, wherever they are paths, as addresses of the issuer.
    private func atIssuer(_ schemes: JSONValue) -> JSONValue {
        guard let object = schemes.object else { return schemes }
        return .object(
            JSONObject(
                object.members.map { member in
                    guard member.name.hasSuffix("Url"), let path = member.value.string,
                        path.hasPrefix("/")
                    else { return JSONObject.Member(name: member.name, value: atIssuer(member.value)) }
                    let url = JSONValue.string(configuration.issuerURL + path)
                    return JSONObject.Member(name: member.name, value: url)
                }))
    }

    /// Plans a text and keeps the plan; nothing is kept for a question or a refusal.
    private func keepJourney(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let plan = try await self.plan(body, access)
        guard plan.outcome == .plan else { throw .journey(.noPlan) }
        return Answer(201, try await keep(plan, text: body["text"]?.string, access).document)
    }

    func keep(
        _ plan: Plan, text: String?, _ access: SandboxAccess
    ) async throws(Refusal) -> StoredJourney {
        do throws(JourneyError) {
            return try await services.stores.journeys.journeys.keep(
                .object(plan.json), text: text, hash: plan.hash, as: access)
        } catch {
            throw .journeys(error)
        }
    }

    func journeys(
        _ body: () async throws(JourneyError) -> Answer
    ) async throws(Refusal) -> Answer {
        do throws(JourneyError) {
            return try await body()
        } catch {
            throw .journeys(error)
        }
    }
}

extension StoredJourney {
    var summary: JSONValue {
        [
            "id": .string(id.description), "plan_id": .string("pln_" + planHash),
            "text": .string(orNull: text), "summary": plan["summary"] ?? .null,
            "created_at": .string(createdAt.description),
        ]
    }

    var document: JSONValue {
        var document = summary
        document["plan"] = plan
        return document
    }
}
