import HTTP

/// What the audit log is searched by.
struct AuditFilter {
    private let turn: Turn
    private let people: AuditPeople
    let search: LogSearch

    init(_ turn: Turn, _ people: AuditPeople) {
        self.turn = turn
        self.people = people
        search = LogSearch(turn, by: ["actor", "action", "subject"])
    }

    var html: HTML {
        let say = turn.language
        return search.html(all: say("All entries", "全部记录")) {
            actorPicker
            search.field("action", say("Action", "操作"), maxLength: 64)
            search.field("subject", say("Subject", "对象"), maxLength: 64)
        }
    }

    /// Members by name; a key or client that was chosen from the list by its id.
    private var actorPicker: HTML {
        let say = turn.language
        let chosen = turn.query["actor"]
        let isOther = chosen.map { id in !people.members.contains { $0.id == id } } ?? false
        return div(.class("field")) {
            label(Attribute("for", "actor")) { say("Who", "操作者") }
            select(.id("actor"), .name("actor")) {
                option(.value("")) { say("everybody", "所有人") }
                people.members.map { id, email in
                    option(.value(id), .flag("selected", if: id == chosen)) { email }
                }
                if isOther, let chosen { option(.value(chosen), .flag("selected")) { chosen } }
            }
        }
    }
}
