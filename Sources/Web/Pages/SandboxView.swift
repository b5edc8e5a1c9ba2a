import Contracts
import HTTP

/// A sandbox as its pages need it, read from the API.
struct SandboxView: Sendable {
    let slug: String
    let id: String
    let name: String?
    let status: String
    let baseURL: String
    let now: String
    let isFrozen: Bool
    let createdAt: String?
    let expiresAt: String?
    let contracts: [Contract]

    struct Contract: Sendable {
        let name: String
        let version: String
        let baseURL: String
    }

    init(_ document: JSONValue) {
        slug = document["slug"]?.string ?? ""
        id = document["id"]?.string ?? ""
        name = document["name"]?.string
        status = document["status"]?.string ?? ""
        baseURL = document["base_url"]?.string ?? ""
        now = document["clock"]?["now"]?.string ?? ""
        isFrozen = document["clock"]?["mode"]?.string == "frozen"
        createdAt = document["created_at"]?.string
        expiresAt = document["expires_at"]?.string
        contracts = (document["apis"]?.array ?? []).map {
            Contract(
                name: $0["contract"]?.string ?? "", version: $0["version"]?.string ?? "",
                baseURL: $0["base_url"]?.string ?? "")
        }
    }

    var frame: SandboxFrame { SandboxFrame(slug: slug, now: now, isFrozen: isFrozen) }
}

extension Turn {
    /// The platform API's address of the sandbox that the path names.
    var sandboxAPI: String { "/v1/sandboxes/" + PercentEncoding.encode(self["sandbox"]) }

    /// The sandbox that the path names, by slug or id.
    func sandbox() async throws(Fault) -> SandboxView {
        SandboxView(try await get(sandboxAPI))
    }
}
