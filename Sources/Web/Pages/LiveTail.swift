import HTTP

/// The list of calls, kept up with what arrives. Without scripts it is the list with a link to read
/// it again; the element `live-requests` puts its own bar in that link's place. A list of older
/// calls stands still.
struct LiveTail {
    let turn: Turn
    let slug: String

    func html(@HTMLBuilder list: () -> HTML) -> HTML {
        let list = div(.class("live-list"), .id("calls")) { list() }
        guard turn.query["cursor"] == nil else { return list }
        return Element("live-requests")(
            Attribute("data-list", "calls"), Attribute("data-stream", "/s/\(slug)/stream")
        ) {
            div(.class("live-bar")) {
                link(.class("button"), .href(turn.here("cursor", nil))) { turn.language("Read again", "重新读取") }
            }
            list
        }
    }

    /// The calls of a sandbox as server-sent events: the API's own stream, under the session's cookie.
    static func stream(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let answer = await turn.send(APICall(.get, turn.sandboxAPI + "/stream?kinds=request"))
        guard answer.isGood else { throw .api(answer) }
        return .stream(answer)
    }
}
