import Contracts
import HTTP
import Identifiers
import Runtime

/// Who answers an operation of a mounted contract.
enum CallMode: String, Sendable {
    /// The sandbox itself.
    case simulate
    /// The upstream.
    case passthrough
    /// The upstream, and its answer becomes a rule of the sandbox.
    case record
}

/// The server behind a mounted contract for the operations that are not simulated.
struct Upstream: Sendable, Equatable {
    /// A credential of the upstream's own, sent with each call.
    struct Credential: Sendable, Equatable {
        let header: String
        /// Under the platform's master key, for the tenant and the contract.
        let sealed: [UInt8]
    }

    /// Where the contract's paths begin, without a slash at the end.
    let baseURL: String
    var credential: Credential?

    init(baseURL: String, credential: Credential? = nil) {
        self.baseURL = baseURL
        self.credential = credential
    }

    init?(stored document: JSONValue?) {
        guard let baseURL = document?["base_url"]?.string else { return nil }
        self.baseURL = baseURL
        if let header = document?["credential"]?["header"]?.string,
            let sealed = Base64.bytes(document?["credential"]?["sealed"]?.string ?? "")
        {
            credential = Credential(header: header, sealed: sealed)
        }
    }

    var stored: JSONValue {
        var document = published
        if let credential {
            document["credential"]?["sealed"] = .string(Base64.text(credential.sealed))
        }
        return document
    }

    /// What anybody may see: that there is a credential, and not which.
    var published: JSONValue {
        [
            "base_url": .string(baseURL),
            "credential": credential.map { ["header": .string($0.header)] } ?? .null,
        ]
    }

    /// What a credential is sealed for. Not the sandbox: a fork gets its own copy of the settings.
    static func purpose(_ tenant: TenantID, _ contract: String) -> String {
        "upstream_credential:\(tenant):\(contract)"
    }
}

/// How one operation reaches its upstream.
struct UpstreamRoute: Sendable {
    let upstream: Upstream
    let isRecorded: Bool

    var mode: CallMode { isRecorded ? .record : .passthrough }
}
