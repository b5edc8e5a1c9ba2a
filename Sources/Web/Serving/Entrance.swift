import HTTP

/// What is known of a browser before its page is looked for: its language, its session, and what its
/// forms have to carry.
struct Entrance: Sendable {
    let visit: any PortalVisit
    let head: RequestHead
    let language: Language
    let query: Form
    let member: (any SignedInMember)?
    let `operator`: (any PortalCaller)?
    private let visitor: String
    private let isNewVisitor: Bool
    private let isLanguageChosen: Bool

    init(_ head: RequestHead, _ visit: any PortalVisit) async {
        self.visit = visit
        self.head = head
        query = Self.query(of: head)
        language = .wanted(
            query: query["lang"], chosen: Cookies.value(Cookies.language, in: head.fields),
            head.fields)
        isLanguageChosen = query["lang"].flatMap(Language.init(rawValue:)) != nil
        if let token = Cookies.value(Cookies.session, in: head.fields) {
            member = await visit.member(holding: token)
        } else {
            member = nil
        }
        if let token = Cookies.value(Cookies.operator, in: head.fields) {
            `operator` = visit.operator(holding: token)
        } else {
            `operator` = nil
        }
        let known = Cookies.value(Cookies.visitor, in: head.fields)
        isNewVisitor = known == nil
        visitor = known ?? visit.drawToken()
    }

    /// What forms carry on pages for these.
    func formToken(for audience: Route.Audience) -> String {
        caller(audience)?.formToken ?? visitor
    }

    func turn(
        _ audience: Route.Audience = .anybody, path: [String: String] = [:], form: Form = Form()
    ) -> Turn {
        Turn(
            visit: visit, head: head, language: language, path: path, query: query, form: form,
            member: member, caller: caller(audience), formToken: formToken(for: audience))
    }

    private func caller(_ audience: Route.Audience) -> (any PortalCaller)? {
        audience == .operator ? `operator` : member
    }

    func keepCookies(in answer: inout PortalAnswer) {
        if isNewVisitor, member == nil {
            Cookies.set(Cookies.visitor, visitor, in: &answer)
        }
        if isLanguageChosen {
            Cookies.set(
                Cookies.language, language.rawValue, seconds: Limits.languageSeconds, in: &answer)
        }
    }

    /// A query that cannot be read filters nothing.
    private static func query(of head: RequestHead) -> Form {
        do throws(EncodingFault) {
            return Form(try head.queryPairs())
        } catch {
            return Form()
        }
    }
}
