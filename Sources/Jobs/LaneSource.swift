/// Durable work, kept in lanes: all the work for one webhook endpoint, say. Lanes are independent,
/// so one that is slow holds up nothing but itself.
///
/// Items are leased, singly or with their lane: whoever claims one has it for a bounded time, after
/// which it is due again. That is how the work of a worker that died comes back, and why work
/// happens at least once.
package protocol LaneSource: Sendable {
    associatedtype Lane: Hashable & Sendable
    associatedtype Item: Sendable
    associatedtype Outcome: Sendable

    /// Lanes in which something is due, `limit` at most.
    func dueLanes(limit: Int) async throws -> [Lane]

    /// One commit: stores `outcomes`, gives back the leases of `released`, and leases up to `limit`
    /// items that are due, in the order in which they are to be begun. Repeated after an error, so
    /// storing twice must be the same as storing once.
    func exchange(
        _ lane: Lane, recording outcomes: [Outcome], releasing released: [Item], claiming limit: Int
    ) async throws -> Claimed<Item>

    /// Does the work. Its failures are outcomes; it ends by itself before its lease does.
    func run(_ item: Item) async -> Outcome
}

/// What one claim leased.
package struct Claimed<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Items of the lane that may run at once.
    package let atOnce: Int

    package init(_ items: [Item], atOnce: Int) {
        self.items = items
        self.atOnce = atOnce
    }
}
