import Contracts
import Testing

@testable import HTTP

@Suite struct `Problem documents` {
    @Test func `have the members of RFC 9457 and ours, in order`() throws {
        var problem = Problem(
            .unprocessableContent, code: "invalid_body", title: "Invalid body",
            detail: "One member is \"wrong\".", hint: "Send an amount.")
        problem.typeBase = "https://docs.test/problems/"
        problem.requestID = "req_1"
        problem.explainURL = "/v1/x"
        problem.faults = [
            .init(pointer: "/amount", code: "type", detail: "An integer is needed."),
            .init(parameter: "limit", code: "maximum", detail: "At most 100."),
        ]
        problem.extensions = [.init(name: "slug", value: "acme")]
        problem.fields.append("Retry-After", 3)
        let response = problem.response
        #expect(response.status == .unprocessableContent)
        #expect(response.fields["content-type"] == "application/problem+json")
        #expect(response.fields["retry-after"] == "3")
        guard case .bytes(let bytes) = response.body else {
            Issue.record("no body")
            return
        }
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"type":"https://docs.test/problems/invalid_body","title":"Invalid body",\
                "status":422,"detail":"One member is \\"wrong\\".","code":"invalid_body",\
                "hint":"Send an amount.","request_id":"req_1","explain_url":"/v1/x",\
                "errors":[{"pointer":"/amount","code":"type","detail":"An integer is needed."},\
                {"parameter":"limit","code":"maximum","detail":"At most 100."}],"slug":"acme"}
                """)
    }

    @Test func `say what a refusal was decided on`() {
        var problem = Problem(.tooManyRequests, code: "rate_limited", detail: "Too fast.")
        problem.refusal = .init(policy: "key", rule: "rate", observed: "101/s", limit: "100/s")
        #expect(problem.document["type"]?.string == "about:blank")
        #expect(problem.document["title"]?.string == "Too Many Requests")
        #expect(problem.document["observed"]?.string == "101/s")
        #expect(problem.document["limit"]?.string == "100/s")
    }

    @Test func `exist for everything that the parser refuses`() {
        for error in HTTPParseError.allCases {
            let problem = Problem(error)
            #expect((400...505).contains(problem.status.code))
            #expect(problem.code.utf8.allSatisfy { $0 == 0x5F || ByteClass.isToken($0) })
            #expect(problem.detail.hasSuffix("."))
        }
        #expect(HTTPParseError.hostMissing.code == "host_missing")
        #expect(HTTPParseError.transferEncodingInVersion10.code == "transfer_encoding_in_version10")
    }
}

@Suite struct `Server-sent events` {
    @Test func `are written line by line`() {
        let event = ServerSentEvents.event(id: "7", name: "request", data: "a\nb\r\nc\rd\n")
        #expect(
            String(decoding: event, as: UTF8.self)
                == "id: 7\nevent: request\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n")
    }

    @Test func `keep a quiet stream open`() {
        #expect(ServerSentEvents.comment() == Array(": \n\n".utf8))
        #expect(ServerSentEvents.retry(milliseconds: 500) == Array("retry: 500\n\n".utf8))
    }
}
