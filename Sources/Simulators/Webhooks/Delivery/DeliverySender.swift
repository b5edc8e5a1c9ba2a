import Access
import Contracts
package import HTTP
import Identifiers
import Tenancy
package import Runtime

/// A request as it went out, for the log. The body is the delivery's payload.
struct SentRequest: Sendable {
    let method: String
    let url: String
    let fields: HeaderFields
    /// What was simulated on purpose.
    var fault: String?

    var document: JSONValue {
        var document: JSONValue = [
            "method": .string(method), "url": .string(url), "headers": fields.document,
        ]
        if let fault { document["fault"] = .string(fault) }
        return document
    }
}

/// A receiver's answer, as much of it as is kept.
struct ReceivedAnswer: Sendable {
    let status: Int
    let fields: HeaderFields
    let body: [UInt8]

    var document: JSONValue {
        let start = body.prefix(WebhookLimits.loggedAnswerBytes)
        return [
            "status": .int(status), "headers": fields.document,
            // No NUL: the database's text has none.
            "body": .string(
                String(decoding: start, as: UTF8.self).replacing("\0", with: "\u{FFFD}")),
        ]
    }
}

extension HeaderFields {
    /// A member a field, in the order in which they stood.
    var document: JSONValue {
        .object(JSONObject(map { JSONObject.Member(name: $0.name, value: .string($0.value)) }))
    }
}

/// Signs a delivery and brings it to its receiver: over the network, or straight into the sandbox's
/// own inbox. Deals out the faults that the endpoint asked for.
package struct DeliverySender: Sendable {
    private let client: HTTPClient
    private let inbox: InboxStore
    private let clock: any WallClock

    /// `client` should have ``WebhookLimits/attemptTimeout`` as its total timeout.
    package init(client: HTTPClient, inbox: InboxStore, clock: any WallClock) {
        self.client = client
        self.inbox = inbox
        self.clock = clock
    }

    /// One attempt, and the copies that a fault plan adds to one that succeeded.
    func deliver(_ item: DeliveryItem) async -> [DeliveryAttempt] {
        var attempts = [await attempt(item)]
        guard attempts[0].succeeded else { return attempts }
        for copy in 0..<item.destination.endpoint.faults.duplicate {
            attempts.append(await attempt(item, fault: "duplicate=\(copy + 1)"))
        }
        return attempts
    }

    private func attempt(_ item: DeliveryItem, fault: String? = nil) async -> DeliveryAttempt {
        let faults = item.destination.endpoint.faults
        let started = clock.now()
        let began = MonotonicInstant.now()
        var request = SentRequest(
            method: item.method, url: item.url, fields: fields(item, at: started), fault: fault)
        if item.roundAttempts < faults.dropFirst {
            request.fault = "drop_first=\(faults.dropFirst)"
            return DeliveryAttempt(
                startedAt: started, duration: .zero, request: request,
                result: .failed("not sent: the endpoint's fault plan drops this attempt"))
        }
        if item.roundAttempts < faults.badSignature {
            request.fault = "bad_signature=\(faults.badSignature)"
        } else if faults.staleTimestampSeconds > 0 {
            request.fault = "stale_timestamp=PT\(faults.staleTimestampSeconds)S"
        }
        let (result, connect) = await send(item, request)
        return DeliveryAttempt(
            startedAt: started, duration: MonotonicInstant.now() - began, connectDuration: connect,
            request: request, result: result)
    }

    private func fields(_ item: DeliveryItem, at now: WallInstant) -> HeaderFields {
        let endpoint = item.destination.endpoint
        var seconds =
            switch endpoint.signatureClock {
            case .wall: now.seconds
            case .virtual:
                WallInstant(microseconds: item.destination.clock.now(at: now).microseconds).seconds
            }
        seconds -= endpoint.faults.staleTimestampSeconds
        var fields: HeaderFields = ["User-Agent": "SmartSandbox-Webhooks/1"]
        // A webhook that a contract declares may have no body.
        if !item.payload.isEmpty { fields.append("Content-Type", "application/json") }
        for field in item.target?.fields ?? [] {
            // What cannot be written was left out when the event was made.
            _ = fields.appendIfValid(field.name, field.value)
        }
        let isBad = item.roundAttempts < endpoint.faults.badSignature
        // Signed over a byte more than is sent.
        let signed = WebhookSignature.fields(
            endpoint.scheme, id: item.messageID, seconds: seconds,
            body: isBad ? item.payload + [0] : item.payload, secrets: item.destination.secrets)
        for (name, value) in signed { fields.append(name, value) }
        return fields
    }

    private func send(
        _ item: DeliveryItem, _ request: SentRequest
    ) async -> (DeliveryAttempt.Result, connect: Duration?) {
        let url: ClientURL
        do throws(ClientURL.Fault) {
            url = try ClientURL(request.url)
        } catch {
            return (.failed("the URL cannot be called"), nil)
        }
        if item.isForInbox {
            return (await putIntoInbox(item, request, path: url.target), nil)
        }
        do throws(ClientError) {
            let response = try await client.send(
                ClientRequest(
                    Method(request.method) ?? .post, url, fields: request.fields, body: item.payload),
                denying: item.destination.denied)
            let answer = ReceivedAnswer(
                status: response.status.code, fields: response.fields, body: response.body)
            return (.answered(answer), response.connectDuration)
        } catch {
            return (.failed(error.sentence), nil)
        }
    }

    private func putIntoInbox(
        _ item: DeliveryItem, _ request: SentRequest, path: String
    ) async -> DeliveryAttempt.Result {
        let lane = item.destination.lane
        let message = InboxStore.Incoming(
            method: request.method, path: path, fields: request.fields, body: item.payload)
        do throws(WebhookError) {
            let status = try await inbox.receive(
                message, sandbox: lane.sandbox, tenant: lane.tenant)
            return .answered(ReceivedAnswer(status: status, fields: HeaderFields(), body: []))
        } catch {
            return .failed("the inbox could not store the message")
        }
    }
}

extension ClientError {
    /// What the endpoint's owner is told. Names no address but the one that was refused.
    fileprivate var sentence: String {
        switch self {
        case .badURL: "the URL cannot be called"
        case .egressRefused(let refusal):
            "not sent: \(refusal.address) is \(refusal.kind), which the operator has not allowed"
        case .denied(let refusal): "not sent: the tenant's deny list has \(refusal.entry)"
        case .unresolvable: "the host's name has no address"
        case .connectFailed: "no connection could be made"
        case .tlsFailed(.wrongName): "the certificate is for another name"
        case .tlsFailed(.untrusted): "no authority that is trusted here has signed the certificate"
        case .tlsFailed(.expired): "the certificate has expired"
        case .tlsFailed(.notYetValid): "the certificate is not valid yet"
        case .tlsFailed(.handshake): "the TLS handshake failed"
        case .tlsNotAvailable: "not sent: https cannot be used by this server"
        case .timedOut(let phase): "no whole answer in time (\(phase))"
        case .connectionLost: "the connection was closed before an answer came"
        case .malformed: "the answer was not HTTP/1.1"
        case .bodyTooLarge(let bytesMax): "the answer's body was larger than \(bytesMax) bytes"
        case .cancelled: "the attempt was called off"
        }
    }
}
