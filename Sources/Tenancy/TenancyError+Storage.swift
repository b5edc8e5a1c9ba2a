import Postgres

/// Runs `body`, whose failures are ours or the storage's.
func storing<Value>(_ body: () async throws -> Value) async throws(TenancyError) -> Value {
    do {
        return try await body()
    } catch let error as TenancyError {
        throw error
    } catch let error as PostgresError {
        throw .storage(error)
    } catch {
        preconditionFailure("only our own and the storage's errors are thrown here")
    }
}
