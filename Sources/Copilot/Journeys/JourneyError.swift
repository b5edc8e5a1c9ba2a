package import Identifiers
package import Postgres
package import Tenancy

/// What the stores of journeys and runs fail with.
package enum JourneyError: Error, Sendable {
    /// `kind` is `journey` or `run`.
    case notFound(kind: String, id: String)
    /// Another run is under way in the sandbox.
    case running
    /// The run is under way and cannot be run again.
    case notFinished(JourneyRunID)
    /// The step's checkpoint is gone: newer runs have made room.
    case noCheckpoint(step: Int)
    case fault(JourneyFault)
    case cursor
    case tenancy(TenancyError)
    case storage(PostgresError)
}

/// Runs `body`, whose failures are ours or the storage's.
func journeyStoring<Value>(_ body: () async throws -> Value) async throws(JourneyError) -> Value {
    do {
        return try await body()
    } catch let error as JourneyError {
        throw error
    } catch let error as TenancyError {
        throw .tenancy(error)
    } catch let error as JourneyFault {
        throw .fault(error)
    } catch let error as PostgresError {
        throw .storage(error)
    } catch {
        preconditionFailure("only our own and the storage's errors are thrown here")
    }
}
