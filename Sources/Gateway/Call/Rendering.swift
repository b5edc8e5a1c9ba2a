import Access
import HTTP
import Identifiers
import Observability
import Runtime

// The last two steps, the same for every destination: render and record.
extension Gateway {
    func render(_ answer: Answer, _ call: Call) -> Response {
        var fields = HeaderFields()
        let isSandboxed = call.sandbox != nil && answer.isSandboxed
        fields.append(contentsOf: isSandboxed ? Self.sandboxedFields : Self.usualFields)
        if !answer.contentType.isEmpty {
            fields.append("Content-Type") { $0.append(contentsOf: answer.contentType.utf8) }
        }
        fields.append("Request-Id") { call.id.append(to: &$0) }
        fields.append("traceparent") { call.trace.appendTraceparent(to: &$0) }
        if let rate = call.rate {
            rate.state.append(to: &fields)
        }
        if let crossOrigin = call.crossOrigin { crossOrigin.append(to: &fields) }
        fields.append(contentsOf: answer.fields)
        let body: Response.Body = answer.stream.map { .stream($0) } ?? .bytes(answer.body)
        var response = Response(Status(answer.status), fields: fields, body: body)
        response.fault = answer.fault
        ResponseCompression.apply(to: &response, for: call.request.head)
        return response
    }

    /// What every answer has.
    private static let usualFields: HeaderFields = [
        "X-Sbx-Test-Only": "true", "X-Content-Type-Options": "nosniff",
    ]

    /// The same for what comes out of a sandbox and must not run in a browser.
    private static let sandboxedFields: HeaderFields = [
        "X-Sbx-Test-Only": "true", "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    ]

    /// Counts the call, and stores its row when it can be laid at a tenant's door.
    func record(_ answer: Answer, _ call: Call, _ loop: LoopState) {
        let microseconds = (MonotonicInstant.now().nanoseconds - call.began.nanoseconds) / 1_000
        loop.metrics.count(status: answer.status, microseconds: microseconds)
        // A sandbox's log shows every call to it, also those of strangers, who stay unnamed.
        guard let tenant = call.sandbox?.tenant ?? call.principal?.tenant else { return }
        var row = RequestRecord(
            tenant: tenant, id: call.id, startedAt: call.startedAt,
            method: call.request.head.method.description, path: call.loggedPath, trace: call.trace)
        row.sandbox = call.sandbox?.sandbox
        row.durationMicroseconds = microseconds
        row.contract = call.contract
        row.operation = call.operation
        row.status = answer.status
        row.code = answer.code
        if let principal = call.principal, principal.tenant == tenant,
            let kind = principal.recordKind
        {
            row.principal = (kind, principal.bits.high, principal.bits.low)
        }
        row.revision = call.stamp?.revision
        row.tick = call.stamp?.tick
        row.requestBytes = call.bodyBytes
        row.responseBytes = answer.body.count
        row.decisions = call.decisions
        loop.usage.count(row)
        loop.log.append(row)
    }
}

extension Principal {
    /// Nil for guests, who have no name.
    fileprivate var recordKind: RequestRecord.PrincipalKind? {
        switch kind {
        case .user: .user
        case .managementKey: .managementKey
        case .sandboxKey: .sandboxKey
        case .client: .client
        case .clockKeeper: preconditionFailure("the platform does not call itself")
        case .guest: nil
        }
    }
}

extension Call {
    /// The path as sent, without what no log may have.
    fileprivate var loggedPath: ArraySlice<UInt8> { SecretMask.masked(path: request.head.pathBytes) }

    fileprivate var bodyBytes: Int {
        switch request.body {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .stream:
            if case .length(let count) = head.framing { count } else { 0 }
        }
    }
}
