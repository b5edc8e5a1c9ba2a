import Access
package import Contracts
package import Tenancy

extension WorldTransaction {
    /// Emits an event of `type`, e.g. `payment.captured`, about an object as it is now.
    package func emit(_ type: String, contract: String, object: JSONValue) {
        emit(EventEnvelope.event(type, contract: contract, object: object, in: self))
    }
}
