import Access
import Contracts
import HTTP
import Identity

// The endpoints that clients call themselves.
extension IssuerHost {
    static let tokenRoutes: [IssuerRoute] = [
        IssuerRoute(.post, "/token") { host, _, call throws(OAuthError) in
            let answer = try await host.issuer.token(try await host.request(&call))
            // The sandbox's log shows who got tokens, too.
            call.sandbox = answer.client.sandbox
            call.principal = answer.client.principal
            var reply = host.answer(200, answer.document)
            if call.head.fields.contains("DPoP") {
                reply.fields.append("DPoP-Nonce", host.issuer.nonces.current)
            }
            return reply
        },
        IssuerRoute(.post, "/introspect") { host, _, call throws(OAuthError) in
            host.answer(200, try await host.issuer.introspect(try await host.request(&call)))
        },
        IssuerRoute(.post, "/revoke") { host, _, call throws(OAuthError) in
            try await host.issuer.revoke(try await host.request(&call))
            return host.answer(200, [:])
        },
        IssuerRoute(.post, "/par") { host, _, call throws(OAuthError) in
            host.answer(201, try await host.issuer.push(try await host.request(&call)))
        },
        IssuerRoute(.post, "/device_authorization") { host, _, call throws(OAuthError) in
            let request = try await host.request(&call)
            return host.answer(
                200,
                try await host.issuer.beginDevice(
                    request, verificationURL: host.issuer.settings.issuer + "/device"))
        },
    ]
}
