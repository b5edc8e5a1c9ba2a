package import Postgres
package import Tenancy

/// What callers of webhooks and events are told.
package enum WebhookError: Error, Sendable {
    /// A member of the request breaks a rule that the contract cannot express.
    case invalid(pointer: String, rule: String, expected: String)
    /// The sandbox has no such endpoint, delivery, event or object.
    case notFound(kind: String, id: String)
    /// The sandbox has as many as it may.
    case tooMany(kind: String, limit: Int)
    /// A redelivery to an endpoint that is disabled would wait for ever.
    case endpointDisabled
    case cursor
    case tenancy(TenancyError)
    case storage(PostgresError)
}

/// Runs `body`, whose failures are ours, the world's or the storage's.
func webhookStoring<Value>(
    _ body: () async throws -> Value
) async throws(WebhookError) -> Value {
    do {
        return try await body()
    } catch let error as WebhookError {
        throw error
    } catch let error as TenancyError {
        throw .tenancy(error)
    } catch let error as PostgresError {
        throw .storage(error)
    } catch {
        preconditionFailure("only webhooks', the world's and the storage's errors are thrown here")
    }
}
