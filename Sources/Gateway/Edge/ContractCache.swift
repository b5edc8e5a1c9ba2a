import Access
import Contracts
import Identifiers
import Observability
import Runtime
import Simulators
import Synchronization
import Tenancy

/// Imported contracts that this gateway has read. An import never changes, so nothing has to be
/// dropped but for room: what was used longest ago goes first.
final class ContractCache: Sendable {
    private struct Entry: Sendable {
        let mounted: MountableContract
        let bytes: Int
        var usedAt: Int
    }

    private struct State: Sendable {
        var entries: [ContractID: Entry] = [:]
        var bytes = 0
        var uses = 0
    }

    private let state = Mutex(State())
    private let contracts: ContractStore
    private let world: WorldStore
    /// Reading megabytes takes tens of milliseconds, which no event loop has. One at a time, so
    /// that many first calls at once read a contract once.
    private let pool = BlockingPool(threads: 1)

    init(contracts: ContractStore, world: WorldStore) {
        self.contracts = contracts
        self.world = world
    }

    /// The contract that a mount serves, read on its first use.
    func mountable(
        _ id: ContractID, named name: String, as access: SandboxAccess
    ) async throws(Refusal) -> MountableContract {
        if let known = known(id) { return known }
        let source: ContractSource
        do throws(TenancyError) {
            source = try await contracts.source(id, as: access)
        } catch {
            throw .tenancy(error, during: .match)
        }
        return try await reading { [self] in
            if let known = known(id) { return known }
            let contract = try Contract(lazily: source.overlaid())
            let simulator = ContractSimulator(world: world, contract: name, document: contract)
            let mounted = MountableContract(name: name, contract, simulator)
            keep(mounted, id, bytes: source.document.count)
            return mounted
        }
    }

    /// Runs what reads a contract off the loops.
    func reading<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(Refusal) -> Value {
        do {
            return try await pool.run(body)
        } catch let error as ContractError {
            throw .contractRefused(error.problems)
        } catch {
            throw .contractReaderBusy
        }
    }

    private func known(_ id: ContractID) -> MountableContract? {
        state.withLock { state in
            state.uses += 1
            state.entries[id]?.usedAt = state.uses
            return state.entries[id]?.mounted
        }
    }

    private func keep(_ mounted: MountableContract, _ id: ContractID, bytes: Int) {
        state.withLock { state in
            state.entries[id] = Entry(mounted: mounted, bytes: bytes, usedAt: state.uses)
            state.bytes += bytes
            while state.bytes > GatewayLimits.cachedContractBytes, state.entries.count > 1,
                let oldest = state.entries.filter({ $0.key != id })
                    .min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.entries[oldest.key] = nil
                state.bytes -= oldest.value.bytes
            }
        }
    }
}
