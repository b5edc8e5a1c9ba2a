import Contracts
import HTTP

/// Whether the chain of the audit log is whole. It is recomputed from its first entry, so only who
/// asks for it gets it; an earlier verification, kept elsewhere, can be held against it.
struct AuditVerification {
    private let turn: Turn
    private let verdict: APIAnswer?
    private let target: String

    init(_ turn: Turn) async {
        self.turn = turn
        let kept = ["sequence", "sha256"].compactMap { name in
            turn.query[name].map { (name: name, value: $0) }
        }
        target = "/v1/audit/verify" + Form(kept).asQuery
        verdict = turn.query["verify"] == nil ? nil : await turn.send(APICall(.get, target))
    }

    var html: HTML {
        let say = turn.language
        return panel(say("Is the log whole?", "日志是否完整？"), id: "verification") {
            paragraph {
                say(
                    "Each entry carries a hash over the one before: what was changed, taken away or put in later shows.",
                    "每条记录都包含对上一条的哈希，事后的修改、删除或插入都会显现。")
            }
            if let verdict { result(verdict) }
            verifyForm
        }
    }

    @HTMLBuilder private func result(_ answer: APIAnswer) -> HTML {
        let say = turn.language
        if !answer.isGood {
            Problem(answer).html(say)
        } else if answer.document["valid"] == true {
            let entries = answer.document["entries"]?.int ?? 0
            notice(.ok) {
                paragraph {
                    say("The chain is whole: \(entries) entries.", "链完整：共 \(entries) 条记录。")
                }
                if let hash = answer.document["sha256"]?.string {
                    paragraph {
                        say("Its last hash, to be kept elsewhere: ", "末尾哈希，请另行保存：")
                        copyableValue(hash)
                    }
                }
            }
        } else {
            let place = answer.document["first_broken"]?.int ?? 0
            notice(.error) {
                say(
                    "The chain is broken at entry \(place): it was changed, taken away or put in.",
                    "链在第 \(place) 条处断裂：该记录被修改、删除或插入。")
            }
        }
    }

    private var verifyForm: HTML {
        let say = turn.language
        return form(
            .class("row-form"), Attribute("method", "get"),
            Attribute("action", turn.head.path + "#verification")
        ) {
            // The list above stays as it is.
            turn.query.pairs.filter { !Self.own.contains($0.name) }.map { name, value in
                input(.type("hidden"), .name(name), .value(value))
            }
            input(.type("hidden"), .name("verify"), .value("yes"))
            field("sequence", say("Entries, of an earlier one", "之前校验的记录数"), maxLength: 18)
            field("sha256", say("Its hash", "之前校验的哈希"), maxLength: 64)
            button(.type("submit")) { say("Verify", "校验") }
        }
    }

    private static let own = ["verify", "sequence", "sha256", "lang"]

    private func field(_ name: String, _ label: String, maxLength: Int) -> HTML {
        Field(
            name: name, label: label, value: turn.query[name] ?? "", isRequired: false,
            maxLength: maxLength
        ).html
    }
}
