import Contracts

/// What an entry of the audit log says was changed: member by member, with what was there before.
struct AuditChanges: Sendable {
    struct Change: Sendable, Equatable {
        /// Names on the way to the member, with dots between them.
        let name: String
        /// As text; nil where there was none.
        let before: String?
        let after: String?
    }

    let changes: [Change]
    private let asked: JSONValue?
    private let request: String?

    init(_ entry: JSONValue) {
        let details = entry["details"] ?? .null
        changes = Self.changes(from: details["before"], to: details["after"])
        asked = details["request"]
        request = entry["request"]?.string
    }

    /// Members that differ, in the order in which they stand, those that are new behind.
    static func changes(from before: JSONValue?, to after: JSONValue?) -> [Change] {
        let (old, new) = (leaves(before), leaves(after))
        let oldNames = Set(old.map(\.name))
        let (oldTexts, newTexts) = (Dictionary(old) { $1 }, Dictionary(new) { $1 })
        let names = old.map(\.name) + new.map(\.name).filter { !oldNames.contains($0) }
        return names.compactMap { name in
            let change = Change(name: name, before: oldTexts[name], after: newTexts[name])
            return change.before == change.after ? nil : change
        }
    }

    /// Objects are gone into, lists are shown whole. What is no object at all has an empty name.
    private static func leaves(
        _ value: JSONValue?, below name: String = ""
    ) -> [(name: String, text: String)] {
        guard let value, value != .null else { return [] }
        guard let members = value.object?.members, !members.isEmpty else {
            return [(name, value.string ?? String(decoding: JSONWriter.bytes(value), as: UTF8.self))]
        }
        return members.flatMap { member in
            leaves(member.value, below: name.isEmpty ? member.name : "\(name).\(member.name)")
        }
    }

    func html(_ say: Language) -> HTML {
        let hasMore = asked != nil || request != nil
        guard !changes.isEmpty || hasMore else { return HTML("–") }
        return details {
            summary { title(say) }
            if !changes.isEmpty {
                ul(.class("changes")) { changes.map { line($0, say) } }
            }
            if let asked {
                paragraph(.class("muted")) { say("What was asked", "请求内容") }
                jsonText(asked, label: say("What was asked", "请求内容"))
            }
            if let request {
                paragraph {
                    say("Call", "调用") + " "
                    copyableValue(request)
                }
            }
        }
    }

    private func title(_ say: Language) -> String {
        switch changes.count {
        case 0: say("Details", "详情")
        case 1: changes[0].name.isEmpty ? say("1 change", "1 处变更") : changes[0].name
        default: say("\(changes.count) changes", "\(changes.count) 处变更")
        }
    }

    private func line(_ change: Change, _ say: Language) -> HTML {
        li {
            code { change.name }
            ": "
            if let before = change.before {
                span(.class("visually-hidden")) { say("before", "之前") + " " }
                del { before }
            }
            if change.before != nil, change.after != nil { span(.hidden) { " → " } }
            if let after = change.after {
                span(.class("visually-hidden")) { " " + say("after", "之后") + " " }
                ins { after }
            }
        }
    }
}
