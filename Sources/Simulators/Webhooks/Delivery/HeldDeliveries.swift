import Access
import Identifiers
import Runtime
import Synchronization

/// What one worker has claimed and not recorded yet. The database knows only whose the lane is; so
/// this is what keeps its worker from claiming the same delivery twice. From any thread.
///
/// Each is held for as long as an attempt may begin and end: what is not recorded by then, because
/// the store was away for long, is due again.
final class HeldDeliveries: Sendable {
    private let lanes = Mutex<[DeliveryLane: [DeliveryID: WallInstant]]>([:])

    /// What is held of the lane at `now` but for what this exchange brings back.
    func ids(
        in lane: DeliveryLane, at now: WallInstant, except returned: [DeliveryItem]
    ) -> [DeliveryID] {
        lanes.withLock { lanes in
            var held = lanes[lane] ?? [:]
            for item in returned where held[item.id] == item.destination.leaseUntil {
                held[item.id] = nil
            }
            return held.filter { $0.value > now }.map(\.key)
        }
    }

    /// After the commit: brought back and taken.
    func change(
        _ lane: DeliveryLane, at now: WallInstant, removing returned: [DeliveryItem],
        adding claimed: [DeliveryID], until end: WallInstant
    ) {
        lanes.withLock { lanes in
            var held = (lanes[lane] ?? [:]).filter { $0.value > now }
            // One that was claimed again after its time stays held for its second claim.
            for item in returned where held[item.id] == item.destination.leaseUntil {
                held[item.id] = nil
            }
            for id in claimed { held[id] = end }
            lanes[lane] = held.isEmpty ? nil : held
        }
    }
}
