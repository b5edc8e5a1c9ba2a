import Contracts
import HTTP

/// One request on its way through the portal, with everything a page is made from.
struct Turn: Sendable {
    let visit: any PortalVisit
    let head: RequestHead
    let language: Language
    /// The values of `{…}` in the route's pattern.
    let path: [String: String]
    let query: Form
    /// Empty for GET.
    let form: Form
    /// Nil on pages that need no sign-in, and where nobody has signed in.
    let member: (any SignedInMember)?
    /// In whose name the page calls the API: the member, or on the operator's pages the operator.
    let caller: (any PortalCaller)?
    /// What this page's forms carry: the session's token for forms, or the visitor's.
    let formToken: String

    /// Path and query of this page with several pairs of the query changed; nil takes one out.
    func here(_ changes: [String: String?]) -> String {
        var pairs = query.pairs.filter { changes[$0.name] == nil && $0.name != "lang" }
        pairs += changes.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { (name: name, value: $0) }
        }
        return head.path + Form(pairs).asQuery
    }

    /// A part of the path that the route has named.
    subscript(_ name: String) -> String { path[name] ?? "" }

    var addresses: PortalAddresses { visit.addresses }

    /// Path and query of this page, with one pair of the query changed; nil takes it out. What
    /// changes the list leads to its first page.
    func here(_ name: String, _ value: String?) -> String {
        let leftOut = name == "lang" ? [name] : [name, "lang", "cursor"]
        var pairs = query.pairs.filter { !leftOut.contains($0.name) }
        if let value { pairs.append((name, value)) }
        return head.path + Form(pairs).asQuery
    }
}

/// Names and values of a query or of a posted form, in order.
struct Form: Sendable {
    let pairs: [(name: String, value: String)]

    init(_ pairs: [(name: String, value: String)] = []) {
        self.pairs = pairs
    }

    /// The first value of that name, without spaces at its ends; nil when it is empty or missing.
    subscript(_ name: String) -> String? {
        guard let value = pairs.first(where: { $0.name == name })?.value.trimmed, !value.isEmpty
        else { return nil }
        return value
    }

    /// As typed: for passwords, in which spaces count.
    func exactly(_ name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// `?a=b&c=d`, or nothing.
    var asQuery: String {
        let text = pairs.map {
            PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value)
        }.joined(separator: "&")
        return text.isEmpty ? "" : "?" + text
    }
}

extension String {
    var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}

/// Why no page could be made; the portal shows a page that says so.
enum Fault: Error, Sendable {
    /// The API has refused.
    case api(APIAnswer)
    /// Nobody has signed in, or the session has ended.
    case signedOut
    /// The page is the operator's, and the operator has not signed in.
    case operatorSignedOut
    case notFound
    /// The form was not made by a page of this browser's session, or came from another site.
    case foreignForm
    case malformedForm
}

extension Turn {
    func requireMember() throws(Fault) -> any SignedInMember {
        guard let member else { throw .signedOut }
        return member
    }

    /// What the API says at `target`; its refusal is the page's.
    func get(_ target: String) async throws(Fault) -> JSONValue {
        let answer = await send(APICall(.get, target))
        guard answer.isGood else { throw .api(answer) }
        return answer.document
    }

    /// Any call; without a caller it is refused as the API would refuse it.
    func send(_ call: APICall) async -> APIAnswer {
        guard let caller else {
            return APIAnswer(
                status: 401, requestID: "", contentType: "text/plain", body: [],
                fields: HeaderFields())
        }
        return await caller.send(call)
    }
}
