import Contracts
import HTTP
import Simulators

/// An upstream's answer, read, and as it is passed on.
struct UpstreamAnswer {
    let status: Int
    let contentType: String?
    /// Without content coding.
    let body: [UInt8]
    let fields: HeaderFields
    /// Values of Set-Cookie, which are passed on in another form and recorded in none.
    let cookies: [String]

    /// Fails for a content coding that cannot be undone within `bytesMax`.
    init(_ response: ClientResponse, bytesMax: Int) throws(UpstreamFault) {
        status = response.status.code
        contentType = response.fields["content-type"]
        switch response.fields["content-encoding"]?.lowercased() {
        case nil, "identity": body = response.body
        case "gzip" where response.body.isEmpty: body = []
        case "gzip":
            do throws(GzipError) {
                body = try Gzip.decompress(response.body, upTo: bytesMax)
            } catch .tooLarge {
                throw .tooLarge(bytesMax: bytesMax)
            } catch {
                throw .unreadable("its gzip is broken")
            }
        case let coding?: throw .unreadable("it has the content coding \(coding.prefix(40))")
        }
        let named = Set(response.fields.list("connection").map { $0.lowercased() })
        var fields = HeaderFields()
        for field in response.fields {
            let name = field.name.lowercased()
            guard MadeAnswer.mayWrite(header: name), !name.hasPrefix("access-control-"),
                !named.contains(name), !Self.ofTheUpstreamAlone.contains(name)
            else { continue }
            fields.append(field.name, field.value)
        }
        self.fields = fields
        cookies = response.fields.values(of: "set-cookie")
    }

    /// Of one connection, or about the upstream's own host, beside what the platform writes itself.
    private static let ofTheUpstreamAlone: Set<String> = [
        "proxy-connection", "proxy-authenticate", "alt-svc", "set-cookie",
    ]

    /// For the caller; `mode` tells a reader who has answered.
    func answer(_ mode: CallMode, drift: Int, setting cookies: UpstreamCookies) -> Answer {
        var answer = Answer(status, contentType: contentType ?? "", body)
        answer.fields = fields
        for cookie in cookies.fields { answer.fields.append("Set-Cookie", cookie) }
        answer.fields.append("X-Sbx-Mode", mode.rawValue)
        if drift > 0 { answer.fields.append("X-Sbx-Drift", drift) }
        if status >= 400 { answer.code = "upstream_\(status)" }
        return answer
    }
}

/// Why an upstream's answer cannot be passed on.
enum UpstreamFault: Error {
    case tooLarge(bytesMax: Int)
    case unreadable(String)
}
