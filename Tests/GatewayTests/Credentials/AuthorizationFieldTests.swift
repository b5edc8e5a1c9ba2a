import HTTP
import Testing

@testable import Gateway

@Suite struct `The Authorization field` {
    @Test(arguments: [
        ("Bearer abc", .bearer, "abc"), ("bEaReR   abc def", .bearer, "abc def"),
        ("Basic QTpC", .basic, "QTpC"), ("DPOP ey.x", .dpop, "ey.x"), ("Bearer", .bearer, nil),
        ("Bearer ", .bearer, ""), ("Digest a=b", .other, "a=b"), ("Bearers abc", .other, "abc"),
        ("xBearer abc", .other, "abc"), ("B%61sic QTpC", .other, "QTpC"), ("", .other, nil),
        // With more letters than a number holds, and the right ones at its end.
        ("xxxxbearer abc", .other, "abc"),
    ] as [(String, AuthorizationField.Scheme, String?)])
    func `is a scheme in any case, and what stands behind a space`(
        field: String, scheme: AuthorizationField.Scheme, credential: String?
    ) throws {
        let read = try #require(AuthorizationField(["Authorization": field]))
        #expect(read.scheme == scheme)
        #expect(read.credential.map { String(decoding: $0, as: UTF8.self) } == credential)
    }

    @Test func `may be missing`() {
        #expect(AuthorizationField(["Authorisation": "Bearer abc"]) == nil)
    }
}
