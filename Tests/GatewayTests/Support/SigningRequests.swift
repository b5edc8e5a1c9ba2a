import Contracts

@testable import Gateway

/// A certificate signing request as the platform's own document shows it.
enum SigningRequests {
    static func example() throws -> String {
        let document = try TestGateway.contract("platform")
        let operation = document.operations.first { $0.id == "create_client_certificate" }
        guard let text = operation?.requestExample()?["csr"]?.string else {
            throw TestFault("the document has an example of a request")
        }
        return text
    }
}
