import Access
import Contracts
import Tenancy

/// The form of every event, the same on the events API and in a delivery's body.
///
/// `api_version` names the form of `data.object`; it moves when a member changes its meaning or
/// goes away, and golden files in the tests hold each type to it.
enum EventEnvelope {
    static let version = "2026-01-01"

    /// An event of something that has just happened to `object`, written by `world`'s commit; with
    /// a `target` it goes there alone.
    static func event(
        _ type: String, contract: String, object: JSONValue, in world: WorldTransaction,
        to target: EventTarget? = nil
    ) -> WorldEvent {
        let id = world.drawID("evt")
        let document: JSONValue = [
            "id": .string(id), "object": "event", "api_version": .string(version),
            "livemode": false, "type": .string(type), "created": .string(world.now.rfc3339),
            "data": ["object": object],
        ]
        return WorldEvent(
            id: id, contract: contract, type: type, document: JSONWriter.bytes(document),
            target: target)
    }
}
