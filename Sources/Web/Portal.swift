package import HTTP
import Identifiers

/// The portal: every page is complete HTML from the server, forms post and redirect, and scripts only
/// improve. It knows the platform through ``PortalVisit`` alone.
package struct Portal: Sendable {
    /// By the first segment of their path.
    private let routes: [String: [Route]]

    package init() {
        routes = Dictionary(grouping: Self.allRoutes) { $0.pattern.first ?? "" }
    }

    static let allRoutes =
        PublicPages.routes + HomePage.routes + OverviewPage.routes + RequestPages.routes + FindPage.routes
        + AssistantPage.routes + RunPages.routes + ReferencePages.routes + ScenarioPages.routes
        + JourneyPages.routes + WebhookPages.routes + ClockPages.routes + ResetPages.routes + KeyPages.routes
        + GuidePages.routes + UsagePages.routes + TracePages.routes + AdminDoor.routes + AdminPages.routes
        + AdminTenantPages.routes + TeamPages.routes + AuditPages.routes + InvitePage.routes
        + ObjectPages.routes

    /// Whether a path is the portal's; all others are the platform API's.
    package func answers(_ path: ArraySlice<UInt8>) -> Bool {
        guard !path.starts(with: "/docs/problems/".utf8), !path.starts(with: "/admin/v1/".utf8) else {
            return false
        }
        let first = path.dropFirst().prefix { $0 != UInt8(ascii: "/") }
        let name = String(decoding: first, as: UTF8.self)
        return name == "assets" || routes[name] != nil
    }

    package func answer(_ request: inout Request, _ visit: any PortalVisit) async -> PortalAnswer {
        if let asset = Assets.answer(to: request.head) { return asset }
        let entrance = await Entrance(request.head, visit)
        var answer: PortalAnswer
        do throws(Fault) {
            answer = try await self.answer(&request, entrance)
        } catch {
            answer = FaultPage.answer(to: error, entrance)
        }
        entrance.keepCookies(in: &answer)
        return Self.validated(answer, request.head)
    }

    private func answer(
        _ request: inout Request, _ entrance: Entrance
    ) async throws(Fault) -> PortalAnswer {
        let (route, path) = try match(request.head)
        switch route.audience {
        case .anybody: break
        case .member: if entrance.member == nil { throw .signedOut }
        case .operator: if entrance.operator == nil { throw .operatorSignedOut }
        }
        var form = Form()
        if route.method == .post {
            form = try await FormReading.form(
                of: &request, for: entrance, carrying: entrance.formToken(for: route.audience))
        }
        return try await route.handler(entrance.turn(route.audience, path: path, form: form))
    }

    private func match(_ head: RequestHead) throws(Fault) -> (Route, [String: String]) {
        var segments: [String]
        do throws(EncodingFault) { segments = try head.pathSegments() } catch { throw .notFound }
        if segments == [""] { segments = [] }
        let method = head.method == .head ? .get : head.method
        for route in routes[segments.first ?? ""] ?? [] where route.method == method {
            if let path = route.match(segments) { return (route, path) }
        }
        throw .notFound
    }

    /// With a mark of what it says, by which a browser that has it already is told so.
    private static func validated(_ answer: PortalAnswer, _ head: RequestHead) -> PortalAnswer {
        guard answer.status == 200, head.method == .get, !answer.fields.contains("Set-Cookie"),
            answer.fields["Cache-Control"] == "private, no-cache"
        else { return answer }
        var answer = answer
        let tag = "W/\"\(String(StableHash.of(answer.body), radix: 36))\""
        answer.fields.append("ETag", tag)
        if head.fields.list("If-None-Match").contains(tag) {
            answer.status = 304
            answer.body = []
        }
        return answer
    }
}
