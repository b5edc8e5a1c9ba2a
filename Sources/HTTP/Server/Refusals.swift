// Answers that the server gives itself, before any handler has seen a request. There is no request
// id, trace or page yet, so the document is smaller than the gateway's problems and written here.

extension HTTPParseError {
    /// A problem document (RFC 9457); the connection ends with it.
    var response: Response { .refusal(status, code: code, detail: sentence) }
}

extension Response {
    /// `code` and `detail` are our own words and need no escaping.
    static func refusal(_ status: Status, code: String, detail: String) -> Response {
        let body = """
            {"type":"about:blank","title":"\(status.reason)","status":\(status.code),\
            "code":"\(code)","detail":"\(detail)"}
            """
        return Response(status, contentType: "application/problem+json", Array(body.utf8))
    }

    static let headTimedOut = refusal(
        .requestTimeout, code: "head_timed_out", detail: "The request head came too slowly.")
}
