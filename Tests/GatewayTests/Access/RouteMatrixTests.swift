import Access
import Contracts
import HTTP
import Identifiers
import Identity
import PlatformSupport
import Runtime
import Testing

@testable import Gateway

/// Every route × every kind of caller → what it gets. Each call carries a parameter that no operation
/// has: who may pass is told `validation_failed`, after all checks of who it is and before any effect.
@Suite struct `Every route` {
    @Test func `of the platform API lets pass who the table says`() async throws {
        let callers = try await Callers.make()
        let doors = try Self.byOperation(RouteDoors.platform)
        let operations = callers.sandbox.gateway.services.platform.operations
        #expect(Set(doors.keys) == Set(operations.map(\.id)))
        for operation in operations {
            let door = try #require(doors[operation.id], "\(operation.id) is not in the table")
            let target = Self.filled(operation.path, callers.sandbox) + "?no_such_parameter=1"
            for caller in Caller.allCases {
                let answer = try await callers.sandbox.gateway.send(
                    TestCall(operation.method, target).key(callers.keys[caller]))
                Self.expect(answer, door.outcome(of: caller), "\(operation.id) × \(caller)")
            }
        }
    }

    @Test func `of a sandbox's API lets pass who the table says`() async throws {
        let callers = try await Callers.make()
        let doors = try Self.byOperation(RouteDoors.payments)
        let operations = try TestGateway.contract("payments").operations
        #expect(Set(doors.keys) == Set(operations.map(\.id)))
        for operation in operations {
            let door = try #require(doors[operation.id], "\(operation.id) is not in the table")
            let target = Self.filled(operation.path, callers.sandbox) + "?no_such_parameter=1"
            for caller in Caller.allCases {
                let answer = try await callers.sandbox.gateway.send(
                    TestCall(operation.method, target).host(callers.sandbox.contractHost)
                        .key(callers.keysOfSandboxes[caller]))
                Self.expect(answer, door.outcome(of: caller), "\(operation.id) × \(caller)")
            }
        }
    }

    /// The reset that a sandbox's own key may do is the one route of its host beside its APIs.
    @Test func `of a sandbox's own host opens to its key alone`() async throws {
        let callers = try await Callers.make()
        for caller in Caller.allCases {
            let answer = try await callers.sandbox.gateway.send(
                TestCall("POST", "/sandbox/reset?no_such_parameter=1").host(callers.sandbox.host)
                    .key(callers.keysOfSandboxes[caller]))
            let door = RouteDoors.Door.toChangePayments
            Self.expect(answer, door.outcome(of: caller), "reset × \(caller)")
        }
        let own = try await callers.sandbox.gateway.send(
            TestCall("POST", "/sandbox/reset?no_such_parameter=1").host(callers.sandbox.host)
                .key(callers.sandbox.key))
        Self.expect(own, .admitted, "reset × its own key")
    }

    /// What stands on a sandbox's host beside its APIs, with no operation of any document.
    @Test func `of a sandbox's own host that belongs to no API lets pass who the table says`() async throws {
        let callers = try await Callers.make()
        for (route, door) in RouteDoors.ownRoutes {
            let parts = route.split(separator: " ").map(String.init)
            for caller in Caller.allCases {
                var call = TestCall(parts[0], parts[1]).host(callers.sandbox.host)
                    .key(callers.keysOfSandboxes[caller])
                if parts[0] == "POST" { call = call.json([:]) }
                let answer = try await callers.sandbox.gateway.send(call)
                switch door {
                case .admits(let status): #expect(answer.status == status, "\(route) × \(caller): \(answer)")
                case .nothingThere:
                    guard case .refused(let status, let code) = RouteDoors.Door.toChangePayments
                        .outcome(of: caller)
                    else { continue }
                    Self.expect(answer, .refused(status, code), "\(route) × \(caller)")
                }
            }
        }
    }

    @Test func `of the issuer opens to no key of ours`() async throws {
        let callers = try await Callers.make()
        let routes = (IssuerHost.metadataRoutes + IssuerHost.tokenRoutes
            + IssuerHost.registrationRoutes + IssuerHost.pageRoutes).map { "\($0.method) \($0.path)" }
        #expect(Set(routes) == Set(RouteDoors.issuer.keys))
        for (route, status) in RouteDoors.issuer {
            let parts = route.split(separator: " ").map(String.init)
            let target = parts[1].replacing("{client}", with: "cli_00000000000000000000000000")
            for caller in Caller.allCases where !caller.isSandboxKey {
                var call = TestCall(parts[0], target).host("auth.\(TestGateway.domain)")
                    .key(callers.keys[caller]).from(.drawn)
                if parts[0] != "GET" { call = call.type("application/x-www-form-urlencoded").body([]) }
                if target.hasPrefix("/register"), call.body != nil {
                    call = call.type("application/json").json([:])
                }
                let answer = try await callers.sandbox.gateway.send(call)
                #expect(answer.status == status, "\(route) × \(caller): \(answer)")
            }
        }
    }

    private static func byOperation(
        _ table: [RouteDoors.Door: [String]]
    ) throws -> [String: RouteDoors.Door] {
        var doors: [String: RouteDoors.Door] = [:]
        for (door, operations) in table {
            for operation in operations {
                guard doors.updateValue(door, forKey: operation) == nil else {
                    throw TestFault("\(operation) stands in the table twice")
                }
            }
        }
        return doors
    }

    private static func filled(_ path: String, _ sandbox: TestSandbox) -> String {
        path.replacing("{sandbox}", with: sandbox.slug)
            .replacing("{tenant}", with: sandbox.access.tenant.description)
            .replacing("{", with: "").replacing("}", with: "")
    }

    private static func expect(
        _ answer: TestAnswer, _ outcome: Outcome, _ what: String,
        _ place: SourceLocation = #_sourceLocation
    ) {
        switch outcome {
        case .admitted:
            #expect(answer.status == 400, "\(what): \(answer)", sourceLocation: place)
            #expect(answer.code == "validation_failed", "\(what): \(answer)", sourceLocation: place)
        case .refused(let status, let code):
            #expect(answer.status == status, "\(what): \(answer)", sourceLocation: place)
            #expect(answer.code == code, "\(what): \(answer)", sourceLocation: place)
        }
    }
}

enum Outcome {
    case admitted
    case refused(Int, String)
}

/// The columns of the matrix.
enum Caller: CaseIterable {
    case nobody, wrongEnvironment
    /// An owner of another tenant on the platform API; another tenant's sandbox key on a sandbox.
    case wrongTenant
    /// The key of another sandbox of the tenant.
    case wrongSandbox
    /// A token of the sandbox that may read payments.
    case wrongScope
    case viewer, support, developer, owner, `operator`

    var isSandboxKey: Bool { self == .wrongSandbox }

    fileprivate var role: Role? {
        switch self {
        case .viewer: .viewer
        case .support: .support
        case .developer: .developer
        case .owner: .owner
        default: nil
        }
    }
}

extension RouteDoors.Door {
    /// What a caller gets here.
    func outcome(of caller: Caller) -> Outcome {
        switch self {
        case .open: .admitted
        case .ofOperator:
            caller == .operator ? .admitted : .refused(401, "authentication_required")
        case .toReadTenant: onPlatform(caller, .read, foreign: .admitted)
        case .toChangeTenant: onPlatform(caller, .write, foreign: .admitted)
        case .toManageTenant: onPlatform(caller, .manage, foreign: .admitted)
        case .toReadSandbox: onPlatform(caller, .read, foreign: .refused(404, "sandbox_not_found"))
        case .toRepairSandbox:
            onPlatform(caller, .repair, foreign: .refused(404, "sandbox_not_found"))
        case .toChangeSandbox:
            onPlatform(caller, .write, foreign: .refused(404, "sandbox_not_found"))
        case .toReadPayments: caller == .wrongScope ? .admitted : onSandbox(caller)
        case .toChangePayments: onSandbox(caller)
        case .toGuests: caller == .nobody ? .admitted : onSandbox(caller)
        }
    }

    private func onPlatform(
        _ caller: Caller, _ action: AccessControl.Action, foreign: Outcome
    ) -> Outcome {
        switch caller {
        case .nobody: .refused(401, "authentication_required")
        case .wrongEnvironment: .refused(401, "wrong_environment")
        case .wrongTenant: foreign
        case .wrongSandbox: .refused(403, "wrong_credential_kind")
        case .wrongScope: .refused(401, "foreign_issuer")
        case .viewer: action == .read ? .admitted : .refused(403, "role_forbids")
        case .support:
            action == .read || action == .repair ? .admitted : .refused(403, "role_forbids")
        case .developer: action == .manage ? .refused(403, "role_forbids") : .admitted
        case .owner: .admitted
        case .operator: .refused(401, "credential_malformed")
        }
    }

    private func onSandbox(_ caller: Caller) -> Outcome {
        switch caller {
        case .nobody: .refused(401, "authentication_required")
        case .wrongEnvironment: .refused(401, "wrong_environment")
        case .wrongTenant, .wrongSandbox: .refused(403, "wrong_sandbox")
        case .wrongScope: .refused(403, "insufficient_scope")
        case .viewer, .support, .developer, .owner: .refused(403, "wrong_credential_kind")
        case .operator: .refused(401, "credential_malformed")
        }
    }
}

/// One tenant with everybody who might call.
private struct Callers {
    let sandbox: TestSandbox
    let keys: [Caller: String]
    /// At the sandbox's own host somebody else of another tenant stands.
    var keysOfSandboxes: [Caller: String] {
        keys.merging([.wrongTenant: foreignKey]) { $1 }
    }
    let foreignKey: String

    static func make() async throws -> Callers {
        let sandbox = try await TestSandbox.make()
        let sibling = try await sandbox.tenant.sandbox()
        let foreign = try await TestSandbox.make()
        var keys: [Caller: String] = [
            .wrongEnvironment: "sk_live_51HabcdefghijkL", .wrongTenant: foreign.tenant.key,
            .wrongSandbox: sibling.key, .operator: TestGateway.adminKey,
        ]
        for caller in Caller.allCases {
            if let role = caller.role { keys[caller] = try await sandbox.tenant.key(role) }
        }
        keys[.wrongScope] = try await sandbox.token("payments:read")
        return Callers(sandbox: sandbox, keys: keys, foreignKey: foreign.key)
    }
}

extension TestSandbox {
    /// An access token with this scope and no other.
    func token(_ scope: String) async throws -> String {
        let issuer = TestCall("POST", "/register").host("auth.\(TestGateway.domain)")
        let client = try await gateway.send(
            issuer.key(key).json([
                "grant_types": ["client_credentials"], "scope": .string(scope),
                "token_endpoint_auth_method": "client_secret_post",
            ]))
        let (id, secret) = (client.at("/client_id")?.string, client.at("/client_secret")?.string)
        let form =
            "grant_type=client_credentials&client_id=\(id ?? "")&client_secret=\(secret ?? "")"
            + "&scope=\(scope.replacing(":", with: "%3A"))"
        let answer = try await gateway.send(
            TestCall("POST", "/token").host("auth.\(TestGateway.domain)")
                .type("application/x-www-form-urlencoded").body(Array(form.utf8)))
        guard let token = answer.at("/access_token")?.string else {
            throw TestFault("no token: \(client) \(answer)")
        }
        return token
    }
}
