package import HTTP

/// What the portal answers a browser with.
package struct PortalAnswer: Sendable {
    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    package var fields = HeaderFields()
    /// Sent instead of `body`.
    package var stream: BodyStream?

    init(_ status: Int, contentType: String, _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// After an action: the browser goes on with GET.
    static func redirect(to path: String) -> PortalAnswer {
        var answer = PortalAnswer(303, contentType: "text/plain; charset=utf-8", [])
        // Our own paths are field values; what came from outside may not be one.
        if !answer.fields.appendIfValid("Location", path) { answer.fields.append("Location", "/home") }
        answer.fields.append("Cache-Control", "no-store")
        return answer
    }

    /// What the API streams, as it comes.
    static func stream(_ answer: APIAnswer) -> PortalAnswer {
        var passed = PortalAnswer(answer.status, contentType: answer.contentType, answer.body)
        passed.fields = answer.fields
        passed.stream = answer.stream
        return passed
    }

    /// A file for the browser to keep, of the media type of what the API answered.
    static func download(
        _ answer: APIAnswer, as name: StaticString, _ write: @escaping BodyStream
    ) -> PortalAnswer {
        var file = PortalAnswer(200, contentType: answer.contentType, [])
        file.fields.append("Content-Disposition", "attachment; filename=\"\(name)\"")
        file.fields.append("Cache-Control", "no-store")
        file.stream = write
        return file
    }

    /// A page. It is this browser's alone, and never framed, sniffed or extended by others.
    static func page(_ status: Int, _ html: HTML) -> PortalAnswer {
        var answer = PortalAnswer(status, contentType: "text/html; charset=utf-8", html.bytes)
        answer.fields.append("Content-Security-Policy", contentSecurityPolicy)
        answer.fields.append("Referrer-Policy", "same-origin")
        answer.fields.append("Cross-Origin-Opener-Policy", "same-origin")
        answer.fields.append("Cross-Origin-Resource-Policy", "same-origin")
        answer.fields.append("X-Frame-Options", "DENY")
        answer.fields.append("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        answer.fields.append("Cache-Control", "private, no-cache")
        answer.fields.append("Vary", "Cookie, Accept-Language")
        return answer
    }

    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types portal",
    ].joined(separator: "; ")
}
