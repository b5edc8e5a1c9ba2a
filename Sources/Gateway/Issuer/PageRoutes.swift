import HTTP
import Identity
import Observability

// The pages that people see: sign-in and consent, for the code flow and for devices. They work
// without scripts.
extension IssuerHost {
    private static let cookieName = "sbx_sign_in"

    static let pageRoutes: [IssuerRoute] = [
        IssuerRoute(.get, "/authorize") { host, _, call throws(OAuthError) in
            host.page(await host.issuer.authorization.begin(try host.query(call)))
        },
        // Some clients post the first request (RFC 6749 § 3.1).
        IssuerRoute(.post, "/authorize") { host, _, call throws(OAuthError) in
            host.page(await host.issuer.authorization.begin(try await host.form(&call)))
        },
        IssuerRoute(.post, "/authorize/sign-in") { host, _, call throws(OAuthError) in
            let form = try await host.form(&call)
            return host.page(
                await host.issuer.authorization.signIn(form, browser: host.cookie(cookieName, call))
            )
        },
        IssuerRoute(.post, "/authorize/decision") { host, _, call throws(OAuthError) in
            let form = try await host.form(&call)
            return host.page(
                await host.issuer.authorization.decide(form, browser: host.cookie(cookieName, call))
            )
        },
        IssuerRoute(.get, "/device") { host, _, call throws(OAuthError) in
            let code = try host.query(call)["user_code"] ?? ""
            return host.page(DeviceFlow.Step.signIn(code: code, fault: nil))
        },
        IssuerRoute(.post, "/device/sign-in") { host, _, call throws(OAuthError) in
            if let refused = host.tooManyUserCodes(call) { return refused }
            return host.page(try await host.issuer.deviceFlow.signIn(try await host.form(&call)))
        },
        IssuerRoute(.post, "/device/decision") { host, _, call throws(OAuthError) in
            let form = try await host.form(&call)
            return host.page(
                try await host.issuer.deviceFlow.decide(
                    form, browser: host.cookie(cookieName, call)))
        },
        IssuerRoute(.get, "/pages.css") { _, _, _ throws(OAuthError) in
            var answer = Answer(
                200, contentType: "text/css; charset=utf-8", Array(IssuerPages.style.utf8))
            answer.fields.append("Cache-Control", "public, max-age=3600")
            return answer
        },
    ]

    /// A code that people can type is short enough to be guessed, if one may guess often
    /// (RFC 8628 § 5.1).
    private func tooManyUserCodes(_ call: Call) -> Answer? {
        let address = call.request.connection.remoteAddress
        let verdict = services.userCodeLimiter.admit(address, at: call.began)
        guard case .refused(let retryAfter) = verdict else { return nil }
        let fault = "Too many codes came from this address. Wait a minute."
        var answer = html(429, IssuerPages.device(code: "", fault: fault))
        answer.fields.append("Retry-After", "\(retryAfter.components.seconds + 1)")
        return answer
    }

    private func page(_ step: AuthorizationFlow.Step) -> Answer {
        switch step {
        case .signIn(let page, let fault):
            html(
                fault == nil ? 200 : 403, IssuerPages.signIn(page, fault: fault),
                browser: page.browser)
        case .consent(let page, let subject):
            html(
                200, IssuerPages.consent(page, subject: subject), browser: page.browser,
                leadsTo: page.redirectURI)
        case .redirect(let url): redirect(url)
        case .refused(let error): html(400, IssuerPages.refusal(error))
        }
    }

    private func page(_ step: DeviceFlow.Step) -> Answer {
        switch step {
        case .signIn(let code, let fault):
            html(fault == nil ? 200 : 403, IssuerPages.device(code: code, fault: fault))
        case .consent(let page): html(200, IssuerPages.deviceConsent(page), browser: page.browser)
        case .done(let isAllowed): html(200, IssuerPages.deviceDone(isAllowed: isAllowed))
        }
    }

    private func redirect(_ url: String) -> Answer {
        var answer = Answer(303, contentType: "text/plain", [])
        guard answer.fields.appendIfValid("Location", url) else {
            return html(
                400,
                IssuerPages.refusal(
                    OAuthError(.invalidRequest, "The redirect URI is no field value.")))
        }
        answer.fields.append("Cache-Control", "no-store")
        answer.fields.append("Referrer-Policy", "no-referrer")
        return answer
    }

    /// A page. Its forms go to this host, and through it to `leadsTo`.
    private func html(
        _ status: Int, _ text: String, browser: String? = nil, leadsTo uri: String? = nil
    ) -> Answer {
        var answer = Answer(status, contentType: "text/html; charset=utf-8", Array(text.utf8))
        let target = uri.map { " " + Self.source(of: $0) } ?? ""
        answer.fields.append(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'\(target); "
                + "frame-ancestors 'none'; base-uri 'none'")
        answer.fields.append("Cache-Control", "no-store")
        answer.fields.append("Referrer-Policy", "no-referrer")
        if let browser {
            let secure = issuer.settings.isTLS ? "; Secure" : ""
            answer.fields.append(
                "Set-Cookie",
                "\(Self.cookieName)=\(browser); Path=/; HttpOnly; SameSite=Lax\(secure)")
        }
        return answer
    }

    /// Scheme and authority of a registered redirect URI, as a source expression; the scheme alone
    /// when it is a private one.
    private static func source(of uri: String) -> String {
        let scheme = uri.prefix { $0 != ":" }
        guard scheme == "http" || scheme == "https" else { return "\(scheme):" }
        let authority = uri.dropFirst(scheme.count + 3).prefix {
            $0 != "/" && $0 != "?" && $0 != ";"
        }
        return "\(scheme)://\(authority)"
    }
}
