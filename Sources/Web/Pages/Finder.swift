import HTTP
import Identifiers

/// What can be gone to within a sandbox: its pages, what can be done, operations, scenarios, and
/// whatever an id that somebody has pasted names.
struct Finder: Sendable {
    struct Place: Sendable, Equatable {
        let title: String
        /// What it is or does; also searched.
        let detail: String
        let address: String
    }

    struct Group: Sendable, Equatable {
        let name: String
        let places: [Place]
    }

    /// Shown of a group; who has more to choose from types another letter.
    static let placesMax = 8

    let slug: String
    let groups: [Group]
    private let say: Language

    /// `operations` and `scenarios` as the sandbox serves them: an operation's id, method, path and
    /// summary; a scenario's name and description.
    init(slug: String, operations: [Place], scenarios: [Place], _ say: Language) {
        self.slug = slug
        self.say = say
        let base = "/s/\(slug)"
        groups = [
            Group(
                name: say("Pages", "页面"),
                places: Section.allCases.map { section in
                    Place(
                        title: section.name(say), detail: section.rawValue,
                        address: base + section.path)
                }),
            Group(name: say("Actions", "操作"), places: Self.actions(base, say)),
            Group(name: say("Operations", "接口操作"), places: operations),
            Group(name: say("Scenarios", "场景"), places: scenarios),
        ]
    }

    private static func actions(_ base: String, _ say: Language) -> [Place] {
        [
            (say("Advance the clock", "推进时钟"), "time advance freeze checkpoint restore", "/clock"),
            (say("Reset the sandbox", "重置沙盒"), "reset empty golden undo", "/reset"),
            (say("Create a key", "创建密钥"), "key credential rotate revoke", "/keys"),
            (say("Add a webhook endpoint", "添加 Webhook 端点"), "webhook endpoint receive", "/webhooks"),
            (say("Plan a journey from text", "用文字规划旅程"), "assistant plan journey", "/assistant"),
        ].map { Place(title: $0.0, detail: $0.1, address: base + $0.2) }
    }

    /// Groups with what fits: every word stands in title or detail, and places whose title begins
    /// with the first word come first. Without a word, pages and actions.
    func found(_ text: String) -> [Group] {
        let words = text.lowercased().split(whereSeparator: { " _-".contains($0) }).map(String.init)
        guard let first = words.first else { return Array(groups.prefix(2)) }
        let named = ids(text.trimmed)
        let matching = groups.map { group in
            let fitting = group.places.filter { $0.holds(words) }
            let ahead = fitting.filter { $0.title.lowercased().hasPrefix(first) }
            let behind = fitting.filter { !$0.title.lowercased().hasPrefix(first) }
            return Group(name: group.name, places: Array((ahead + behind).prefix(Self.placesMax)))
        }
        return (named + matching).filter { !$0.places.isEmpty }
    }

    /// Where a pasted id leads: to its own page, and to the calls about it.
    private func ids(_ text: String) -> [Group] {
        let base = "/s/\(slug)"
        let id = PercentEncoding.encode(text)
        let isTrace = text.utf8.count == 32 && text.utf8.allSatisfy(Self.isHexadecimal)
        if isTrace {
            return [
                Group(
                    name: say("Id", "标识"),
                    places: [
                        Place(title: say("Trace", "追踪"), detail: text, address: "\(base)/traces/\(id)")
                    ])
            ]
        }
        guard let end = text.firstIndex(of: "_"), Self.isID(text) else { return [] }
        var places: [Place] = []
        switch text[..<end] {
        case "req":
            places.append(
                Place(title: say("Call", "调用"), detail: text, address: "\(base)/requests/\(id)"))
        case "run":
            places.append(Place(title: say("Run", "运行"), detail: text, address: "\(base)/runs/\(id)"))
        case "dlv":
            places.append(
                Place(title: say("Delivery", "投递"), detail: text, address: "\(base)/deliveries/\(id)"))
        case let kind where Self.platformKinds.contains(String(kind)):
            places.append(
                Place(title: say("Object of the platform", "平台对象"), detail: text, address: "/o/\(id)"))
        default:
            places.append(
                Place(
                    title: say("Calls about this object", "与该对象相关的调用"), detail: text,
                    address: "\(base)/requests?entity=\(id)"))
        }
        return [Group(name: say("Id", "标识"), places: places)]
    }

    /// Prefixes that are no contract's.
    private static let platformKinds: Set<String> = [
        TenantKind.prefix, UserKind.prefix, InvitationKind.prefix, KeyKind.prefix, ClientKind.prefix,
        SandboxKind.prefix, ContractKind.prefix, CheckpointKind.prefix, JourneyKind.prefix,
        EndpointKind.prefix, InboxMessageKind.prefix, AuditKind.prefix,
    ]

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// A short kind and a long name of letters and digits, with a digit among them: no word.
    private static func isID(_ text: String) -> Bool {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(\.utf8)
        guard parts.count == 2, (2...5).contains(parts[0].count) else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return (10...64).contains(parts[1].count) && parts[1].contains(where: isDigit)
            && parts[1].allSatisfy { isDigit($0) || letters.contains($0 | 0x20) }
    }
}

extension Finder.Place {
    fileprivate func holds(_ words: [String]) -> Bool {
        let text = "\(title) \(detail)".lowercased()
        return words.allSatisfy(text.contains)
    }
}
