import Postgres
import Runtime
import Tenancy

extension ClockEngine {
    /// Tries again while another move is under way, within the bound for all calls.
    func waitingForOthers<Value>(_ body: () async throws -> Value) async throws -> Value {
        let deadline = MonotonicInstant.now() + Tenancy.Limits.clockWait
        while true {
            do {
                return try await body()
            } catch TenancyError.clockAdvancing {
                guard MonotonicInstant.now() < deadline else { throw TenancyError.clockAdvancing }
                await EventLoop.current?.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Gives errors the module's type.
    func moving<Value>(_ body: () async throws -> Value) async throws(ClockError) -> Value {
        do {
            return try await body()
        } catch let error as ClockError {
            throw error
        } catch let error as TenancyError {
            throw .tenancy(error)
        } catch let error as SimulationError {
            throw .simulation(error)
        } catch let error as PostgresError {
            throw .tenancy(.storage(error))
        } catch {
            preconditionFailure("simulators throw their own errors and the store's: \(error)")
        }
    }
}
