import Access
import Contracts
import Observability
import Simulators

extension PlatformAPI {
    static let packHandlers: [String: Handler] = [
        "list_packs": .tenant(.read) { api, _, _ throws(Refusal) in
            let packs = api.services.packs.packs.map(\.summaryDocument)
            return Answer(200, ["data": .array(packs), "next": .null])
        },
        "get_pack": .tenant(.read) { api, call, _ throws(Refusal) in
            guard let pack = api.services.packs[call.path("pack")] else {
                let names = api.services.packs.packs.map(\.name).joined(separator: ", ")
                throw Refusal(
                    .match, .notFound, "There is no pack \"\(call.path("pack"))\".",
                    hint: "There are \(names).")
            }
            return Answer(200, pack.document)
        },
    ]
}

extension Pack {
    fileprivate var summaryDocument: JSONValue {
        [
            "name": .string(name), "version": .string(version), "summary": .string(summary),
            "owner": .string(owner), "extends": .string(orNull: extends),
        ]
    }

    fileprivate var document: JSONValue {
        var document = summaryDocument
        document["lineage"] = .array(lineage.map { .string($0) })
        document["graphs"] = .array(graphs.map { .string($0) })
        document["jobs"] = .array(
            jobs.map { job in
                var line = job.document
                line["contract"] = .string(job.contract)
                return line
            })
        document["rules"] = .array(rules)
        document["fixtures"] = .array(fixtures)
        return document
    }
}
