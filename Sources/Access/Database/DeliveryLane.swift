package import Identifiers

/// The deliveries of one webhook endpoint, as workers find them.
package struct DeliveryLane: Hashable, Sendable {
    package let tenant: TenantID
    package let sandbox: SandboxID
    package let endpoint: EndpointID

    package init(tenant: TenantID, sandbox: SandboxID, endpoint: EndpointID) {
        self.tenant = tenant
        self.sandbox = sandbox
        self.endpoint = endpoint
    }

    /// Whether it is the lane of the sandbox's callbacks, whose endpoint has the sandbox's id.
    package var isOfCallbacks: Bool {
        (endpoint.high, endpoint.low) == (sandbox.high, sandbox.low)
    }
}
