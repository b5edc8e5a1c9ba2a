import Access
package import Contracts
package import Tenancy

extension WorldTransaction {
    /// Emits an event of `type`, e.g. `payment.captured`, about an object as it is now.
    package func emit(_ type: String, contract: String, object: JSONValue) {
        let id = drawID("evt")
        let event: JSONValue = [
            "id": .string(id), "object": "event", "livemode": false, "type": .string(type),
            "created": .string(now.rfc3339), "data": ["object": object],
        ]
        emit(WorldEvent(id: id, contract: contract, type: type, document: JSONWriter.bytes(event)))
    }
}
