/// Where a request is meant to go, by its host, its headers or its path.
enum Destination: Equatable {
    /// Portal and platform API.
    case portal
    /// The sandbox OAuth issuer.
    case issuer
    case sandbox(SandboxTarget)
}

/// A sandbox's API as addressed: which sandbox, which contract, and the path below its root.
struct SandboxTarget: Equatable {
    /// The four ways of DESIGN § 4.
    enum Addressing: String { case host, contractHost = "contract_host", header, path }

    let slug: String
    /// Nil when the request named none, as a call of the sandbox's own root does.
    let contract: String?
    /// Path below the contract's root, as sent; starts with `/`.
    let path: ArraySlice<UInt8>
    let addressing: Addressing

    /// The path from the contract's name on, as rules of a policy write it.
    var fullPath: String { "/\(contract ?? "")" + String(decoding: path, as: UTF8.self) }
}
