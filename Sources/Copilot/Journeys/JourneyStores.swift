package import Access
package import Runtime

/// Both stores of journeys, made from one set of parts.
package struct JourneyStores: Sendable {
    package let journeys: JourneyStore
    package let runs: RunStore

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        journeys = JourneyStore(database: database, clock: clock, random: random)
        runs = RunStore(database: database, clock: clock)
    }
}
