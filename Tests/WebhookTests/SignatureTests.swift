import Contracts
import HTTP
import Identifiers
import Runtime
import TestSupport
import Testing

@testable import Simulators

@Suite struct `Webhook signatures` {
    private let secret = WebhookSecret(random: SeededRandom(seed: 1))
    private let body = Array(#"{"id":"evt_1"}"#.utf8)
    private let now: Int64 = 1_767_225_600

    private func fields(
        _ scheme: SignatureScheme, _ secrets: [WebhookSecret], at seconds: Int64
    ) -> HeaderFields {
        WebhookSignature.fields(scheme, id: "msg_1", seconds: seconds, body: body, secrets: secrets)
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus absent"))
    func `agree with the vectors of Standard Webhooks`() throws {
        let document = try JSONParser.parse(Corpus.bytes("webhooks/standard-webhooks.json"))
        let sign = try #require(document["sign"])
        let secret = try #require(WebhookSecret(sign["secret"]?.string ?? ""))
        let made = WebhookSignature.fields(
            .standard, id: sign["id"]?.string ?? "", seconds: sign["timestamp"]?.int ?? 0,
            body: Array((sign["payload"]?.string ?? "").utf8), secrets: [secret])
        #expect(made["webhook-signature"] == sign["signature"]?.string)
        let cases = try #require(document["verify"]?.array)
        #expect(cases.count >= 10)
        for vector in cases {
            let name = vector["name"]?.string ?? ""
            guard let secret = WebhookSecret(vector["secret"]?.string ?? "") else {
                #expect(vector["valid"]?.bool == false, "\(name)")
                continue
            }
            var fields = HeaderFields()
            for member in vector["headers"]?.object?.members ?? [] {
                fields.append(member.name, member.value.string ?? "")
            }
            let verdict = WebhookSignature.verify(
                fields, body: try #require(Base64.bytes(vector["payload_base64"]?.string ?? "")),
                secret: secret, now: vector["now"]?.int ?? 0)
            #expect((verdict == .valid) == vector["valid"]?.bool, "\(name): \(verdict)")
        }
    }

    @Test(arguments: SignatureScheme.allCases)
    func `are good for their secret and body alone`(_ scheme: SignatureScheme) {
        let fields = fields(scheme, [secret], at: now)
        let other = WebhookSecret(random: SeededRandom(seed: 2))
        #expect(WebhookSignature.verify(fields, body: body, secret: secret, now: now) == .valid)
        #expect(WebhookSignature.verify(fields, body: body, secret: other, now: now) == .invalid)
        #expect(
            WebhookSignature.verify(fields, body: body + [0], secret: secret, now: now) == .invalid)
        #expect(
            WebhookSignature.verify(HeaderFields(), body: body, secret: secret, now: now)
                == .unsigned)
    }

    @Test(arguments: SignatureScheme.allCases)
    func `count for five minutes either way`(_ scheme: SignatureScheme) {
        let fields = fields(scheme, [secret], at: now)
        for (later, verdict) in [
            (-301, WebhookSignature.Verdict.stale), (-300, .valid), (300, .valid), (301, .stale),
        ] {
            #expect(
                WebhookSignature.verify(fields, body: body, secret: secret, now: now + Int64(later))
                    == verdict, "\(later)")
        }
    }

    @Test(arguments: SignatureScheme.allCases)
    func `satisfy old and new receivers during a rotation`(_ scheme: SignatureScheme) {
        let new = WebhookSecret(random: SeededRandom(seed: 2))
        let fields = fields(scheme, [new, secret], at: now)
        for secret in [new, secret] {
            #expect(WebhookSignature.verify(fields, body: body, secret: secret, now: now) == .valid)
        }
    }

    @Test func `have secrets of whsec_ and 32 bytes in base64, which print as nothing`() throws {
        #expect(secret.revealed.hasPrefix("whsec_"))
        #expect(Base64.bytes(secret.revealed.dropFirst(6))?.count == 32)
        #expect("\(secret)" == "")
        #expect(WebhookSecret("whsec_not base64") == nil)
    }

    @Test func `have ids without a dot, one for each event of a branch`() throws {
        let sandbox = SandboxID(high: 1, low: 2)
        let id = MessageID.text(sandbox: sandbox, branch: LayerID(high: 3, low: 4), event: "evt_1")
        #expect(id.hasPrefix("msg_") && id.utf8.count == 30 && !id.contains("."))
        #expect(
            id == MessageID.text(sandbox: sandbox, branch: LayerID(high: 3, low: 4), event: "evt_1")
        )
        for (branch, event) in [
            (LayerID(high: 3, low: 5), "evt_1"), (LayerID(high: 3, low: 4), "evt_2"),
        ] {
            #expect(id != MessageID.text(sandbox: sandbox, branch: branch, event: event))
        }
    }
}

@Suite struct `Base 64` {
    @Test func `reads back what it wrote`() {
        let random = SeededRandom(seed: 3)
        for count in 0..<100 {
            let bytes = random.bytes(count)
            #expect(Base64.bytes(Base64.text(bytes)) == bytes)
        }
    }

    @Test(arguments: ["A", "AA", "AAA", "AA==A", "A===", "AB==", "AAB=", "A A=", "AA-_", "===="])
    func `refuses`(_ text: String) {
        #expect(Base64.bytes(text) == nil)
    }
}
