import Contracts
import PlatformSupport
import Tenancy
import TestSupport
import Testing

@testable import Gateway

/// A call that fails, what its explanation has to say, and the same intent once more as the
/// explanation advises.
struct FailedCall: Sendable, CustomTestStringConvertible {
    typealias Act =
        @Sendable (TestSandbox) async throws -> (failed: TestAnswer, followed: TestAnswer)

    let name: String
    /// The step and the code of the one cause: `validate.validation_failed`.
    let cause: String
    /// What the advice has to name: the field, the member or the call that is to be changed.
    let names: String
    /// What the advice promises.
    let promised: Int
    /// Limits of the tenant that calls.
    let limits: @Sendable (inout TenantLimits) -> Void
    let act: Act

    init(
        _ name: String, _ cause: String, names: String, promises: Int,
        limits: @escaping @Sendable (inout TenantLimits) -> Void = TestTenant.generous,
        _ act: @escaping Act
    ) {
        self.name = name
        self.cause = cause
        self.names = names
        promised = promises
        self.limits = limits
        self.act = act
    }

    var testDescription: String { name }
}

@Suite struct `Explanations` {
    static let all =
        FailedCall.routing + FailedCall.credentials + FailedCall.content + FailedCall.policies
        + FailedCall.outcomes + FailedCall.issuer + FailedCall.states + FailedCall.platform

    @Test(arguments: all)
    func `name the one cause, and following them leads to what they promise`(call: FailedCall)
        async throws
    {
        let tenant = try await TestTenant.make(TestGateway.shared, limits: call.limits)
        let sandbox = try await tenant.frozenSandbox()
        let (failed, followed) = try await call.act(sandbox)
        #expect(failed.status >= 400, "\(failed)")
        let told = try await explanation(of: failed, sandbox)
        let cause = ["/cause/step", "/cause/code"].map { told.at($0)?.string ?? "-" }
        #expect(cause.joined(separator: ".") == call.cause, "\(told)")
        let advice = told.at("/to_change")?.array?.compactMap(\.string).joined(separator: " ") ?? ""
        #expect(advice.contains(call.names), "advice: \(advice)")
        #expect(followed.status == call.promised, "\(followed)")
    }

    private func explanation(
        of call: TestAnswer, _ sandbox: TestSandbox
    ) async throws -> TestAnswer {
        try await sandbox.gateway.gateway.drain()
        let path = "/v1/requests/\(call["Request-Id"] ?? "")/explain"
        return try await sandbox.untilAllowed { try await sandbox.tenant.call("GET", path) }
    }

    @Test func `cover sixty kinds of failure and more, no two rows alike`() {
        #expect(Self.all.count >= 60)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }
}

extension TestSandbox {
    /// The answer once no limit stands in its way.
    func untilAllowed(_ call: () async throws -> TestAnswer) async throws -> TestAnswer {
        for _ in Tries() {
            let answer = try await call()
            if answer.status != 429 { return answer }
        }
        throw TestFault("the limit never let a call in")
    }
}
