package import Contracts
package import HTTP

/// One browser's request, as the gateway hands it to the portal: under which addresses the platform
/// is reached, and the ways in.
package protocol PortalVisit: Sendable {
    var addresses: PortalAddresses { get }

    /// Wall-clock seconds since a time in RFC 3339; nil for what is none.
    func secondsSince(_ time: String) -> Int64?

    /// A random text of 43 characters of base64url.
    func drawToken() -> String

    /// The member whose browser holds the token of a session; nil when the session has ended.
    func member(holding token: String) async -> (any SignedInMember)?

    /// Founds a tenant, as `POST /v1/signup` does and under the same limit.
    func signUp(_ form: SignUpForm) async -> SignInOutcome

    func signIn(email: String, password: String) async -> SignInOutcome

    /// Takes an invitation up, as `POST /v1/invitations/accept` does and under the same limit.
    func accept(invitation token: String, password: String) async -> SignInOutcome

    /// Begins a session of the operator, who shows the admin key.
    func signInOperator(key: String) -> SignInOutcome

    /// The operator whose browser holds the token of a session; nil when it has ended.
    func `operator`(holding token: String) -> (any PortalCaller)?
}

/// Somebody who has signed in, and the way to the platform's API. Pages have no other way to
/// anything: what they show and do is what the documented API shows and does.
package protocol PortalCaller: Sendable {
    /// Proof that a form was made for this session: derived from its token, which it does not tell.
    var formToken: String { get }

    /// A call of the platform's API, or of a sandbox's, in this caller's name. It passes the whole
    /// gateway.
    func send(_ call: APICall) async -> APIAnswer
}

/// A signed-in member of a tenant.
package protocol SignedInMember: PortalCaller {
    var email: String { get }
    var organization: String { get }
    /// The tenant's id.
    var tenant: String { get }

    func signOut() async
}

/// Where the platform is reached, as this browser sees it.
package struct PortalAddresses: Sendable {
    /// Scheme and authority, e.g. `http://localhost:8080`.
    package let portal: String
    package let isTLS: Bool
    private let makeSandboxURL: @Sendable (String) -> String

    package init(
        portal: String, isTLS: Bool, sandboxURL: @escaping @Sendable (_ slug: String) -> String
    ) {
        self.portal = portal
        self.isTLS = isTLS
        makeSandboxURL = sandboxURL
    }

    func sandboxURL(slug: String) -> String { makeSandboxURL(slug) }
}

package struct SignUpForm: Sendable {
    package let email: String
    package let password: String
    package let organization: String
}

package enum SignInOutcome: Sendable {
    /// `token` goes into the browser's cookie. `key` is a new tenant's management key, shown once.
    case signedIn(token: String, key: String?)
    /// A sentence for people, with the status of the page that shows it.
    case refused(status: Int, detail: String)
}

/// A call of the documented API.
package struct APICall: Sendable {
    package let method: Method
    /// Path and query as they go on the wire.
    package let target: String
    package let body: JSONValue?
    /// Slug and contract when the call goes to a sandbox's API instead of the platform's.
    package var sandbox: (slug: String, contract: String)?
    package var fields: [(name: String, value: String)] = []

    package init(_ method: Method, _ target: String, body: JSONValue? = nil) {
        self.method = method
        self.target = target
        self.body = body
    }
}

/// A body that is written as it comes about, until its reader goes away.
package typealias BodyStream = @Sendable (any ResponseWriter) async throws -> Void

/// What the API answered.
package struct APIAnswer: Sendable {
    package let status: Int
    package let requestID: String
    package let contentType: String
    package let body: [UInt8]
    package let fields: HeaderFields
    /// Sent instead of `body`, where the operation answers with a stream.
    package let stream: BodyStream?

    package init(
        status: Int, requestID: String, contentType: String, body: [UInt8], fields: HeaderFields,
        stream: BodyStream? = nil
    ) {
        self.status = status
        self.requestID = requestID
        self.contentType = contentType
        self.body = body
        self.fields = fields
        self.stream = stream
    }

    var isGood: Bool { (200..<300).contains(status) }

    /// The body; null when it is no JSON.
    var document: JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(body)
        } catch {
            return .null
        }
    }
}
