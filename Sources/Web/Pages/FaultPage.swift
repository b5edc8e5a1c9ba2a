import Contracts
import HTTP

/// The page for what could not be shown: the reason, the request's id, and a way on.
enum FaultPage {
    static func answer(to fault: Fault, _ entrance: Entrance) -> PortalAnswer {
        let turn = entrance.turn()
        let say = turn.language
        switch fault {
        case .signedOut:
            let next = entrance.head.method == .post ? "/home" : entrance.head.target
            return .redirect(to: "/signin" + Form([("next", next)]).asQuery)
        case .operatorSignedOut:
            let next = entrance.head.method == .post ? "/admin" : entrance.head.target
            return .redirect(to: "/admin/signin" + Form([("next", next)]).asQuery)
        case .notFound:
            return page(
                turn, 404, say("There is no such page", "没有这个页面"),
                say("The address may be mistyped, or what it named is gone.",
                    "地址可能有误，或所指对象已不存在。"))
        case .foreignForm:
            return page(
                turn, 403, say("This form cannot be used any more", "此表单已失效"),
                say(
                    "It was made for another session, or did not come from this site. Nothing was changed. Open the page again and repeat.",
                    "它属于另一会话，或并非来自本站。未作任何更改，请重新打开页面再试。"))
        case .malformedForm:
            return page(
                turn, 400, say("The form could not be read", "无法读取表单"),
                say("Nothing was changed.", "未作任何更改。"))
        case .api(let answer):
            return refused(turn, answer)
        }
    }

    private static func refused(_ turn: Turn, _ answer: APIAnswer) -> PortalAnswer {
        let say = turn.language
        let problem = Problem(answer)
        let title =
            switch answer.status {
            case 404: say("There is no such thing", "没有找到")
            case 429: say("Too many calls", "调用过于频繁")
            case 500...: say("The platform could not answer", "平台暂时无法回应")
            default: say("That was refused", "请求被拒绝")
            }
        return page(turn, answer.status, title, problem.sentence, requestID: answer.requestID)
    }

    private static func page(
        _ turn: Turn, _ status: Int, _ title: String, _ sentence: String, requestID: String? = nil
    ) -> PortalAnswer {
        let say = turn.language
        return Layout(turn: turn, title: title, isNarrow: true).answer(status) {
            notice(.error) { sentence }
            if let requestID, !requestID.isEmpty {
                paragraph {
                    say("Request", "请求") + " "
                    copyableValue(requestID)
                }
            }
            paragraph(.class("actions")) {
                if turn.head.method == .get {
                    link(.class("button"), .href(turn.head.target)) { say("Retry", "重试") }
                }
                link(.class("button"), .href(turn.member == nil ? "/" : "/home")) {
                    turn.member == nil ? say("Start page", "首页") : say("My sandboxes", "我的沙盒")
                }
            }
        }
    }
}

/// What a problem document of the API says (RFC 9457), for people.
struct Problem: Sendable {
    let code: String?
    let detail: String
    let hint: String?
    let requestID: String

    init(_ answer: APIAnswer) {
        let document = answer.document
        code = document["code"]?.string
        detail = document["detail"]?.string ?? document["title"]?.string
            ?? "The platform answered with status \(answer.status)."
        hint = document["hint"]?.string
        requestID = answer.requestID
    }

    var sentence: String { [detail, hint].compactMap(\.self).joined(separator: " ") }

    /// Above a form whose input is kept.
    func html(_ say: Language) -> HTML {
        notice(.error) {
            paragraph { detail }
            if let hint { paragraph { hint } }
            if !requestID.isEmpty {
                paragraph(.class("muted")) {
                    say("Request", "请求") + " "
                    copyableValue(requestID)
                }
            }
        }
    }
}
