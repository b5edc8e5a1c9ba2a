package import Access
import Contracts
import Identifiers
package import Jobs
import Postgres
package import Runtime
import Synchronization
import Tenancy

/// The deliveries of all sandboxes as lanes of work, one an endpoint. Found as `sbx_system`, which
/// sees no payload; claimed, read and recorded as `sbx_app` under the tenant.
///
/// A source is one worker to the database: it leases a lane as a whole, so that claiming only reads
/// rows, and leaves it when it holds nothing of it any more. What it holds it keeps in memory.
package struct DeliverySource: LaneSource {
    package typealias Lane = DeliveryLane
    package typealias Item = DeliveryItem
    package typealias Outcome = DeliveryOutcome

    private let system: SystemWork
    private let database: TenantDatabase
    private let control: AccessControl
    private let keys: MasterKeys
    private let sender: DeliverySender
    private let clock: any WallClock
    private let throttled = Throttled()
    private let held = HeldDeliveries()
    private let worker: WorkerID

    package init(
        system: SystemWork, database: TenantDatabase, control: AccessControl, keys: MasterKeys,
        sender: DeliverySender, clock: any WallClock, random: any RandomSource
    ) {
        self.system = system
        self.database = database
        self.control = control
        self.keys = keys
        self.sender = sender
        self.clock = clock
        worker = WorkerID(now: clock.now(), random: random)
    }

    package func dueLanes(limit: Int) async throws -> [DeliveryLane] {
        let now = clock.now()
        return try await system.dueDeliveryLanes(for: worker, now: now, limit: limit)
            .filter { !throttled.contains($0, at: now) }
    }

    package func exchange(
        _ lane: DeliveryLane, recording outcomes: [DeliveryOutcome],
        releasing released: [DeliveryItem],
        claiming limit: Int
    ) async throws -> Claimed<DeliveryItem> {
        let access = control.access(workingFor: lane.tenant)
        let now = clock.now()
        let leaseUntil = now + WebhookLimits.lease
        let returned = outcomes.map(\.item) + released
        let holding = held.ids(in: lane, at: now, except: returned)
        let claim =
            limit > 0 && !throttled.contains(lane, at: now)
            ? claim(lane, at: now, until: leaseUntil, without: holding, limit: limit) : []
        let rows = try await database.transaction(as: access) { transaction in
            transaction.enqueue(DeliveryStatements.plans)
            for call in record(outcomes, lane, at: now) { transaction.enqueue(call) }
            let rows = claim.isEmpty ? [] : try await transaction.run(claim)
            if holding.isEmpty, rows.last?.isEmpty ?? true {
                transaction.enqueue(LaneStatements.leave(lane, by: worker))
            }
            return rows
        }
        held.change(
            lane, at: now, removing: returned, adding: rows.last?.map { $0.id(0) } ?? [],
            until: leaseUntil)
        guard let endpointRow = rows.first?.first, let clockRow = rows[2].first else {
            return Claimed([], atOnce: 1)
        }
        let endpoint = WebhookEndpoint(endpointRow)
        let destination = DeliveryItem.Destination(
            lane: lane, endpoint: endpoint, secrets: try rows[1].map { try secret($0, lane) },
            clock: DeliveryStatements.clock(clockRow),
            denied: DeniedHostStore.hosts(rows[3]), leaseUntil: leaseUntil)
        let items = try rows[6].map { try item($0, destination) }
            .sorted { ($0.revision, $0.id) < ($1.revision, $1.id) }
        return Claimed(
            endpoint.faults.ordered(items),
            // Groups in another order are still an order.
            atOnce: endpoint.faults.reorder > 1 ? 1 : endpoint.inFlightMax)
    }

    /// Six questions, then what is claimed. Taking the lane comes behind all that changes rows:
    /// whoever waits for it holds nothing that its owner may want.
    private func claim(
        _ lane: DeliveryLane, at now: WallInstant, until end: WallInstant,
        without holding: [DeliveryID], limit: Int
    ) -> [Call] {
        [
            DeliveryStatements.endpoint(lane),
            DeliveryStatements.secrets(lane, at: now),
            DeliveryStatements.clock(lane),
            DeniedHostStore.call(lane.tenant),
            DeliveryStatements.settleWithoutEndpoint(lane, at: now),
            LaneStatements.take(lane, by: worker, at: now, until: end),
            LaneStatements.claim(lane, by: worker, at: now, without: holding, limit: limit),
        ]
    }

    package func run(_ item: DeliveryItem) async -> DeliveryOutcome {
        let now = clock.now()
        guard now + WebhookLimits.attemptTimeout < item.destination.leaseUntil,
            !throttled.contains(item.destination.lane, at: now)
        else {
            return DeliveryOutcome(item: item, attempts: [], verdict: .unattempted, endedAt: now)
        }
        let attempts = await sender.deliver(item)
        let ended = clock.now()
        return DeliveryOutcome(
            item: item, attempts: attempts, verdict: verdict(item, attempts[0], at: ended),
            endedAt: ended)
    }

    private func verdict(
        _ item: DeliveryItem, _ attempt: DeliveryAttempt, at now: WallInstant
    ) -> DeliveryOutcome.Verdict {
        if attempt.succeeded { return .delivered }
        var retryAfter: Duration?
        if case .answered(let answer) = attempt.result {
            let lane = item.destination.lane
            // What one receiver of callbacks says is nothing to the others of the lane.
            if answer.status == 410 { return lane.isOfCallbacks ? .dead : .gone }
            retryAfter = RetrySchedule.retryAfter(answer.fields)
            if RetrySchedule.isThrottling(answer.status), !lane.isOfCallbacks {
                throttled.add(
                    item.destination.lane, until: now + (retryAfter ?? .seconds(1)), at: now)
            }
        }
        let number = item.roundAttempts + 1
        let pause = RetrySchedule.pause(after: number, of: item.id, retryAfter: retryAfter)
        return pause.map { .retry(after: $0) } ?? .dead
    }

    private func record(
        _ outcomes: [DeliveryOutcome], _ lane: DeliveryLane, at now: WallInstant
    ) -> [Call] {
        let made = outcomes.filter { !$0.isUnattempted }
        guard !made.isEmpty else { return [] }
        let record = DeliveryRecord(made, keys: keys, at: now)
        var calls = [
            DeliveryStatements.log(record.attempts, lane, at: now),
            DeliveryStatements.settle(record.deliveries, lane, at: now),
        ]
        if let health = EndpointHealth(after: made) {
            calls.append(contentsOf: health.calls(lane, at: now))
        }
        return calls
    }

    private func secret(_ row: Row, _ lane: DeliveryLane) throws -> WebhookSecret {
        let opened = try keys.open(row.bytes(0), for: EndpointStore.purpose(lane.endpoint))
        guard let secret = WebhookSecret(String(decoding: opened, as: UTF8.self)) else {
            throw SealingError.broken
        }
        return secret
    }

    private func item(_ row: Row, _ destination: DeliveryItem.Destination) throws -> DeliveryItem {
        let id: DeliveryID = row.id(0)
        let payload =
            if let payload = row.utf8OrNil(4) {
                payload
            } else {
                try keys.open(row.bytes(5), for: DeliveryRecord.purpose(id))
            }
        return DeliveryItem(
            id: id, branch: row.id(1), revision: row.int(8), event: row.text(2),
            eventType: row.text(3), payload: payload,
            attempts: Int(row.int(6)), roundAttempts: Int(row.int(7)), destination: destination,
            target: row.utf8OrNil(9).flatMap { EventTarget(stored: $0) })
    }
}

extension DeliveryOutcome {
    var isUnattempted: Bool {
        if case .unattempted = verdict { true } else { false }
    }
}

/// Endpoints whose receivers asked for a pause, as this worker has heard.
private final class Throttled: Sendable {
    private let lanes = Mutex<[DeliveryLane: WallInstant]>([:])

    func add(_ lane: DeliveryLane, until end: WallInstant, at now: WallInstant) {
        lanes.withLock { lanes in
            lanes = lanes.filter { $0.value > now }
            lanes[lane] = max(lanes[lane] ?? end, end)
        }
    }

    func contains(_ lane: DeliveryLane, at now: WallInstant) -> Bool {
        lanes.withLock { $0[lane].map { $0 > now } ?? false }
    }
}
