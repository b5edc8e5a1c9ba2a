import Access
import Contracts
import HTTP
import Observability
import Simulators

// The built-in webhook receiver at `{slug}.D/_inbox`. Like any receiver it asks for no credential;
// a signature is checked against the secret that it was told.
extension Pipeline {
    static let inboxName = "_inbox"

    func receive(
        _ target: SandboxTarget, _ location: SandboxLocation, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let access: TenantAccess
        do throws(AccessError) {
            access = try services.accessControl.access(receivingAt: location)
        } catch {
            throw .access(error)
        }
        let flight = try await limit(access, &call)
        defer { flight.end() }
        guard call.head.method == .post || call.head.method == .put else {
            throw .methodNotAllowed(call.head.method.description, allowed: ["POST", "PUT"])
        }
        let body: [UInt8]
        do throws(BodyError) {
            body = try await call.request.collectBody(upTo: WebhookLimits.inboxBodyBytes)
        } catch {
            throw .bodyError(error, bytesMax: WebhookLimits.inboxBodyBytes)
        }
        let path = "/\(Self.inboxName)" + String(decoding: target.path, as: UTF8.self)
        guard StorableText.isStorable(path) else { throw .notFound(path) }
        call.operation = "receive_webhook"
        let screen = ContentScreen(services: services)
        try screen.check(call.head)
        _ = try screen.check(body)
        let message = InboxStore.Incoming(
            method: call.head.method.description, path: path,
            fields: SecretMask.masked(call.head.fields), body: body)
        do throws(WebhookError) {
            let status = try await services.stores.webhooks.inbox.receive(
                message, sandbox: location.sandbox, as: access)
            return Answer(status, ["received": true])
        } catch {
            throw .webhooks(error)
        }
    }
}
