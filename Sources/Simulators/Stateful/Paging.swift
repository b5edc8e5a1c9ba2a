import Access
import Contracts
import Tenancy

/// Which page of a list a call asks for, by the names that APIs have for that.
struct Paging {
    let rows: Int
    /// Objects before the page, for `offset` and `page`.
    private(set) var offset = 0
    /// The number of the page as the call counts, from 0 or 1; nil where it names none.
    private(set) var number: Int?
    private var cursor: String?
    /// Those that the contract's notes give.
    let names: PagingNames

    init(_ call: SimulatedCall, _ names: PagingNames) {
        self.names = names
        let value = { (own: String?, usual: Set<String>) in
            call.query.first { Self.means($0.name, own, usual) && !$0.value.isEmpty }
        }
        rows = Self.rows(
            call, names, given: value(names.limit, Self.sizes).flatMap { Int($0.value) })
        cursor = value(names.cursor, Self.cursors)?.value
        if let given = value(names.offset, Self.offsets).flatMap({ Int($0.value) }) {
            offset = max(0, given)
        }
        if let page = value(names.page, Self.pages), let given = Int(page.value) {
            number = given
            let first = Self.preset(page.name, call) == 0 ? 0 : 1
            offset = max(0, given - first) * rows
        }
    }

    /// Whether a query parameter is about pages and no filter.
    func reads(_ name: String) -> Bool {
        Self.means(name, names.limit, Self.sizes) || Self.means(name, names.cursor, Self.cursors)
            || Self.means(name, names.offset, Self.offsets)
            || Self.means(name, names.page, Self.pages)
    }

    /// A name that is given stands in the place of the usual ones.
    private static func means(_ name: String, _ own: String?, _ usual: Set<String>) -> Bool {
        own.map { $0 == name } ?? usual.contains(Naming.plain(name))
    }

    /// Reads the page. A cursor is a `next` of ours or the id of the last object of the page before.
    mutating func page(
        contract: String, type: String, filters: [EntityQuery.Filter], _ world: WorldStore,
        _ access: SandboxAccess
    ) async throws -> EntityPage {
        var query = try EntityQuery(contract: contract, type: type, filters: filters, rows: rows)
        if let cursor {
            let key = EntityKey(contract: contract, type: type, id: cursor)
            if let last = try await world.entity(key, as: access).entity {
                query = try EntityQuery(
                    contract: contract, type: type, filters: filters, rows: rows, behind: last)
            } else {
                query = try EntityQuery(
                    contract: contract, type: type, filters: filters, rows: rows, cursor: cursor)
            }
        }
        var left = min(offset, Limits.listOffsetMax)
        while left > 0 {
            let skipped = try await world.list(
                try EntityQuery(
                    contract: contract, type: type, filters: filters, rows: min(left, 100),
                    cursor: cursor), as: access)
            left -= skipped.entities.count
            guard let next = skipped.next else {
                return EntityPage(entities: [], next: nil, head: skipped.head)
            }
            cursor = next
            query = try EntityQuery(
                contract: contract, type: type, filters: filters, rows: rows, cursor: next)
        }
        return try await world.list(query, as: access)
    }

    private static func rows(_ call: SimulatedCall, _ names: PagingNames, given: Int?) -> Int {
        let preset = call.operation.parameters.first { means($0.name, names.limit, sizes) }?
            .schema?.preset?.int
        return min(max(given ?? preset.map { Int($0) } ?? 20, 1), Tenancy.Limits.pageRowsMax)
    }

    private static func preset(_ name: String, _ call: SimulatedCall) -> Int64? {
        call.operation.parameters.first { $0.name == name }?.schema?.preset?.int
    }

    private static let sizes: Set<String> = [
        "limit", "perpage", "pagesize", "size", "maxresults", "first", "top", "take", "maxitems",
        "itemsperpage", "pagelimit",
    ]
    private static let cursors: Set<String> = [
        "cursor", "after", "startingafter", "pagetoken", "nexttoken", "nextpagetoken", "startafter",
        "continuationtoken", "marker", "afterid", "next", "iterator", "pagecursor",
    ]
    private static let offsets: Set<String> = ["offset", "skip", "start", "startindex"]
    private static let pages: Set<String> = ["page", "pagenumber", "pageindex"]
}

/// What stands around the objects of a list.
struct ListEnvelope {
    let paging: Paging
    let page: EntityPage
    let count: Int
    let path: String
    let context: MakingContext

    /// The list's body with `items` where the contract has them.
    func document(
        _ schema: CompiledSchema?, holding items: [JSONValue], at way: [AnswerPlan.Step]
    ) -> JSONValue {
        guard let schema, let step = way.first, case .member(let name) = step else {
            return .array(items)
        }
        var object = JSONObject()
        for member in schema.shape(.answer).members {
            if member.name == name {
                let inner = Array(way.dropFirst())
                object[name] =
                    inner.isEmpty
                    ? .array(items) : document(member.schema, holding: items, at: inner)
            } else if let value = value(of: member) {
                object[member.name] = value
            } else if member.isRequired {
                object[member.name] = member.schema.make(context, name: member.name)
            }
        }
        let body = JSONValue.object(object)
        if schema.accepts(body, as: .answer) { return body }
        return ObjectForm(schema, context).fitted(object)
    }

    private func value(of member: SchemaShape.Member) -> JSONValue? {
        let schema = member.schema
        return readings(of: usualName(of: member.name), schema).first {
            schema.accepts($0, as: .answer)
        }
    }

    private func usualName(of member: String) -> String {
        switch member {
        case paging.names.next: "next"
        case paging.names.more: "hasmore"
        case paging.names.total: "total"
        default: Naming.plain(member)
        }
    }

    /// What a member of that name may say, the best first.
    private func readings(of name: String, _ schema: CompiledSchema) -> [JSONValue] {
        switch name {
        case "hasmore", "hasnext", "hasnextpage", "more": [.bool(page.next != nil)]
        case "isdone", "done", "last", "islast": [.bool(page.next == nil)]
        case "hasprevious", "hasprev", "haspreviouspage": [.bool(paging.offset > 0)]
        case "nextcursor", "next", "nextpagetoken", "nexttoken", "cursor", "continuationtoken",
            "iterator", "nextpage", "nextpageuri", "nextpageurl":
            page.next.map { [.string($0), .string("\(path)?cursor=\($0)")] } ?? [.null]
        case "previous", "prev", "previouspageuri", "previouspage", "prevcursor", "previouspageurl":
            [.null]
        case "total", "totalcount", "totalitems", "totalresults", "totalelements", "count":
            [.int(paging.offset + count + (page.next == nil ? 0 : 1))]
        case "limit", "pagesize", "perpage", "size": [.int(paging.rows)]
        case "offset", "start", "skip": [.int(paging.offset)]
        case "end": [.int(paging.offset + count)]
        case "page", "pagenumber", "number", "currentpage": [.int(paging.number ?? 1), .int(0)]
        case "url", "uri", "path", "self", "href", "firstpageuri": [.string(path)]
        default: []
        }
    }
}
