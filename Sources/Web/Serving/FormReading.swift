import HTTP

/// Reading posted forms. A form counts only when it comes from a page of ours: the browser says from
/// where it posts, and the form carries what only our page could know.
enum FormReading {
    static let tokenName = "form_token"

    static func form(
        of request: inout Request, for entrance: Entrance, carrying token: String
    ) async throws(Fault) -> Form {
        guard isFromHere(request.head, isTLS: entrance.visit.addresses.isTLS) else {
            throw .foreignForm
        }
        let type = request.head.fields["content-type"]?.prefix { $0 != ";" && $0 != " " }
        guard type?.lowercased() == "application/x-www-form-urlencoded" else { throw .malformedForm }
        let form = Form(try await pairs(&request))
        guard form.pairs.count <= Limits.formFields else { throw .malformedForm }
        guard isEqual(form.exactly(tokenName), token) else { throw .foreignForm }
        return form
    }

    /// `Origin` is this host. Browsers send it with every form that is posted.
    private static func isFromHere(_ head: RequestHead, isTLS: Bool) -> Bool {
        guard let origin = head.fields["Origin"], let host = head.fields["Host"] else { return false }
        return origin == (isTLS ? "https://" : "http://") + host
    }

    private static func pairs(
        _ request: inout Request
    ) async throws(Fault) -> [(name: String, value: String)] {
        let bytes: [UInt8]
        do throws(BodyError) {
            bytes = try await request.collectBody(upTo: Limits.formBytes)
        } catch {
            throw .malformedForm
        }
        do throws(EncodingFault) {
            return try FormEncoding.pairs(bytes)
        } catch {
            throw .malformedForm
        }
    }

    /// Takes as long wherever the two differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count, !left.isEmpty else { return false }
        return zip(left.utf8, right.utf8).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
