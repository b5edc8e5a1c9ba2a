import Access
import Contracts
import HTTP
import Identifiers
import PlatformSupport
import Simulators
import Testing

@testable import Gateway

/// The documents and the code know the same operations.
@Suite struct Operations {
    @Test func `of the platform API have a handler each, and no handler is left over`() async throws {
        let gateway = try await TestGateway.shared
        let declared = Set(gateway.services.platform.operations.map(\.id))
        #expect(Set(PlatformAPI.allHandlers.keys) == declared)
    }

    @Test func `of the platform API are open, a tenant's or the operator's, as the document says`() async throws {
        let gateway = try await TestGateway.shared
        for operation in gateway.services.platform.operations {
            let handler = try #require(PlatformAPI.allHandlers[operation.id])
            let isOpen = if case .open = handler { true } else { false }
            #expect(isOpen == operation.security.isEmpty, "\(operation.id)")
            let target = operation.path.replacing("{", with: "").replacing("}", with: "")
            let answer = try await gateway.send(TestCall(operation.method, target))
            #expect((answer.status == 401) == !isOpen, "\(operation.id): \(answer)")
        }
    }

    @Test func `of the payments API answer their own examples`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let places = try await Places(sandbox)
        try await sandbox.advance(days: 2)
        for operation in try Self.payments().operations {
            let target = try await places.target(of: operation)
            let body = operation.requestExample().map { places.filled($0) }
            let answer = try await sandbox.call(operation.method, target, body)
            #expect((200..<300).contains(answer.status), "\(operation.id): \(answer)")
            guard answer["Content-Type"] == "application/json" else { continue }
            let faults = operation.validateAnswer(status: answer.status, body: answer.json)
            #expect(faults.isEmpty, "\(operation.id): \(faults)")
        }
    }

    @Test func `of the platform API answer as their document says`() async throws {
        let sandbox = try await TestSandbox.make()
        let paid = try await sandbox.pay()
        let checkpoints = "/v1/sandboxes/\(sandbox.slug)/checkpoints"
        #expect(try await sandbox.tenant.call("POST", checkpoints, ["name": "signed_in"]).status == 201)
        try await sandbox.gateway.gateway.drain()
        let request = try #require(paid["Request-Id"])
        let graphs = sandbox.gateway.services.library.contracts.flatMap(\.simulator.graphs)
        let places = [
            "graph": graphs.first?.name ?? "", "pack": "standard",
            "code": "rate_limited", "contract": "payments", "dependency": "fx.quote", "sandbox": sandbox.slug,
            "type": "payment", "entity": paid.id, "request": request, "checkpoint": "signed_in",
            "key": sandbox.keyID.description, "object": sandbox.keyID.description,
            "trace": String(try #require(paid["traceparent"]).split(separator: "-")[1]),
            "tenant": sandbox.access.tenant.description,
        ]
        // Those that end the sandbox come last.
        let ending =
            ["revoke_key", "rotate_key", "delete_sandbox", "delete_sandboxes", "sign_up"]
            + (graphs.isEmpty ? ["get_graph"] : [])
        let operations = sandbox.gateway.services.platform.operations
        for operation in operations where !ending.contains(operation.id) {
            var target = operation.path
            for (name, value) in places { target.replace("{\(name)}", with: value) }
            target = try await Self.madeFresh(target, for: operation, in: sandbox)
            if operation.parameters.contains(where: { $0.name == "wait" }) { target += "?wait=30" }
            let isAdmin = target.hasPrefix("/admin") || target == "/metrics"
            let key = isAdmin ? TestGateway.adminKey : sandbox.tenant.key
            let answer = try await sandbox.gateway.send(
                TestCall(operation.method, target).key(key).from(.drawn)
                    .json(try await Self.body(of: operation, in: sandbox)))
            #expect((200..<300).contains(answer.status), "\(operation.id): \(answer)")
            guard answer["Content-Type"] == "application/json" else { continue }
            let faults = operation.validateAnswer(status: answer.status, body: answer.json)
            #expect(faults.isEmpty, "\(operation.id): \(faults)")
        }
        let labelled: JSONValue = ["labels": ["round": "7"]]
        #expect(try await sandbox.tenant.call("POST", "/v1/sandboxes", labelled).status == 201)
        let deleted = try await sandbox.tenant.call("DELETE", "/v1/sandboxes?label=round%3A7")
        #expect(deleted.at("/sandboxes")?.int == 1, "\(deleted)")
        let key = "/v1/keys/\(sandbox.keyID)"
        #expect(try await sandbox.tenant.call("POST", key + "/rotate", [:]).status == 201)
        for path in [key, "/v1/sandboxes/\(sandbox.slug)"] {
            #expect(try await sandbox.tenant.call("DELETE", path).status == 200, "\(path)")
        }
        try await Self.expectAudit(of: operations, in: sandbox)
    }

    /// Whatever may change something has been called, and has left its entry.
    private static func expectAudit(
        of operations: [Contracts.Operation], in sandbox: TestSandbox
    ) async throws {
        var found: Set<String> = []
        var cursor: String? = ""
        while let last = cursor {
            let page = try await sandbox.tenant.call(
                "GET", "/v1/audit?limit=100" + (last.isEmpty ? "" : "&cursor=\(last)"))
            found.formUnion((page.at("/data")?.array ?? []).compactMap { $0["action"]?.string })
            cursor = page.at("/next")?.string
        }
        let ofPlatform = try await sandbox.gateway.send(
            TestCall("GET", "/admin/v1/audit?action=rotate_signing_keys").key(TestGateway.adminKey))
        found.formUnion((ofPlatform.at("/data")?.array ?? []).compactMap { $0["action"]?.string })
        let changing = operations.map(\.id).filter { id in
            switch PlatformAPI.allHandlers[id] {
            case .tenant(let action, _), .upload(let action, _), .sandbox(let action, _),
                .sandboxUpload(let action, _), .sandboxOfAnyAge(let action, _):
                action != .read
            case .manage: true
            case .open, .admin, nil:
                ["accept_invitation", "set_tenant_limits", "rotate_signing_keys"].contains(id)
            }
        }
        #expect(changing.count > 40)
        #expect(changing.filter { !found.contains($0) } == [])
        let verdict = try await sandbox.tenant.call("GET", "/v1/audit/verify")
        #expect(verdict.at("/valid") == true, "\(verdict)")
    }

    /// The operation's example; a plan is named by the id that it has here.
    private static func body(
        of operation: Contracts.Operation, in sandbox: TestSandbox
    ) async throws -> JSONValue? {
        if operation.id == "accept_invitation" {
            let token = try await sandbox.tenant.invitation(.viewer)
            return ["token": .string(token), "password": "long enough a word"]
        }
        guard operation.id == "run_plan" else { return operation.requestExample() }
        let planned = try await sandbox.assistant(
            "/assistant/plan", ["text": "pay 5 dollars, then refund it"])
        return ["plan_id": planned.at("/plan_id") ?? .null]
    }

    /// The target with objects that other operations of the round would take away: each gets its
    /// own checkpoint, session, endpoint, event and delivery.
    private static func madeFresh(
        _ target: String, for operation: Contracts.Operation, in sandbox: TestSandbox
    ) async throws -> String {
        let base = "/v1/sandboxes/\(sandbox.slug)"
        let call = { (method: String, path: String, body: JSONValue) in
            try await sandbox.tenant.call(method, base + path, body)
        }
        let hook: JSONValue = ["url": "https://example.com/", "events": ["*"]]
        if target.contains("{client}") {
            let made = try await call("POST", "/clients", ["grant_types": ["client_credentials"]])
            return target.replacing("{client}", with: made.at("/client_id")?.string ?? "")
        }
        if target.contains("{certificate}") {
            let request = try SigningRequests.example()
            let made = try await call("POST", "/client-certificates", ["csr": .string(request)])
            return target.replacing("{certificate}", with: made.id)
        }
        if target.contains("{user}") {
            let user = try await sandbox.tenant.member(.viewer).user
            return target.replacing("{user}", with: user.description)
                .replacing("{granted}", with: sandbox.access.sandbox.description)
        }
        if target.contains("{invitation}") {
            let invited = try await sandbox.tenant.call(
                "POST", "/v1/invitations", ["email": "ada@example.com", "role": "viewer"])
            return target.replacing("{invitation}", with: invited.id)
        }
        if target.contains("{checkpoint}") {
            return target.replacing("{checkpoint}", with: try await call("POST", "/checkpoints", [:]).id)
        }
        if target.contains("{dry_run}") {
            let session = "round-\(operation.id)"
            _ = try await sandbox.call(
                "POST", "/v1/customers", [:], fields: [("X-Dry-Run-Session", session)])
            return target.replacing("{dry_run}", with: session)
        }
        if operation.id == "diff_contract" {
            _ = try await sandbox.tenant.importContract("parcels", as: "before")
            return "\(target)?old=before"
        }
        if operation.path.hasSuffix("/overlay") {
            let name = operation.id.replacing("contract_", with: "").replacing("_", with: "-")
            _ = try await sandbox.tenant.importContract("parcels", as: name)
            let target = "/v1/contracts/\(name)/overlay"
            _ = try await sandbox.tenant.overlay(
                name, with: "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions: [{target: $}]")
            return target
        }
        if operation.path.hasSuffix("/contracts/{contract}") {
            let name = operation.id.replacing("_", with: "-")
            let imported = try await sandbox.tenant.importContract("parcels", as: name)
            if operation.path.hasPrefix("/v1/contracts") { return "/v1/contracts/\(imported.id)" }
            _ = try await call("POST", "/contracts", ["contract": .string(name)])
            return "\(base)/contracts/\(name)"
        }
        if target.contains("{rule}") {
            let id = operation.id.replacing("_", with: "-")
            let rule: JSONValue = ["operation": "list_payments", "answer": ["example": ["status": 200]]]
            _ = try await sandbox.tenant.call("PUT", target.replacing("{rule}", with: id), rule)
            return target.replacing("{rule}", with: id)
        }
        if target.contains("{journey}") {
            let journey = try await call(
                "POST", "/journeys", ["text": "pay 5 dollars, then refund it"])
            return target.replacing("{journey}", with: journey.id)
        }
        if target.contains("{run}") {
            let run = try await call("POST", "/journeys/three_ds_failed/runs?wait=30", [:])
            return target.replacing("{run}", with: run.id)
        }
        if target.contains("{endpoint}") {
            let endpoint = try await call("POST", "/webhook-endpoints", hook)
            return target.replacing("{endpoint}", with: endpoint.id)
        }
        if operation.id == "emit_event" {
            return target.replacing("{event}", with: "payment_method.created")
        }
        if target.contains("{event}") {
            let event = try await call("POST", "/events/payment_method.created", [:])
            return target.replacing("{event}", with: event.id)
        }
        guard target.contains("{delivery}") else { return target }
        let endpoint = try await call("POST", "/webhook-endpoints", hook)
        _ = try await call("POST", "/events/payment_method.created", [:])
        let path = "\(base)/deliveries?endpoint=\(endpoint.id)"
        let made = try await sandbox.tenant.call("GET", path)
        return target.replacing("{delivery}", with: made.at("/data/0/id")?.string ?? "")
    }

    static func payments() throws -> Contract { try TestGateway.contract("payments") }
}

/// Objects of a sandbox to put where paths and examples name some.
struct Places: Sendable {
    let sandbox: TestSandbox
    let customer: String
    let method: String
    let payment: String
    let refund: String

    init(_ sandbox: TestSandbox) async throws {
        self.sandbox = sandbox
        customer = try await sandbox.call("POST", "/v1/customers", [:]).id
        method = "pm_card_visa"
        payment = try await sandbox.pay { $0["amount"] = 99_999 }.id
        refund = try await sandbox.call(
            "POST", "/v1/refunds", ["payment": .string(payment), "amount": 1]).id
    }

    /// The operation's path with objects that it works on, in the state that it needs.
    func target(of operation: Contracts.Operation) async throws -> String {
        let payment = try await payment(for: operation.id)
        let customer =
            operation.id == "delete_customer"
            ? try await sandbox.call("POST", "/v1/customers", [:]).id : self.customer
        return operation.path.replacing("{payment}", with: payment)
            .replacing("{customer}", with: customer).replacing("{payment_method}", with: method)
            .replacing("{refund}", with: operation.id == "cancel_refund" ? try await pendingRefund() : refund)
            .replacing("{authentication}", with: try await authentication(in: operation.path))
            .replacing("{dispute}", with: try await dispute(in: operation.path))
            .replacing("{fx_quote}", with: try await made("/v1/fx_quotes", "{fx_quote}", operation.path))
            .replacing("{payout}", with: try await made("/v1/payouts", "{payout}", operation.path))
            .replacing("{clearing_record}", with: try await first("/v1/clearing_records", "{clearing_record}", operation.path))
            .replacing("{settlement}", with: try await first("/v1/settlements", "{settlement}", operation.path))
            + (operation.id == "answer_challenge" ? "?outcome=succeeded" : "")
    }

    private func payment(for operation: String) async throws -> String {
        switch operation {
        case "capture_payment", "cancel_payment", "increment_authorization":
            try await sandbox.pay { $0["capture_method"] = "manual" }.id
        case "confirm_payment": try await sandbox.pay { $0["payment_method"] = nil }.id
        case "review_payment": try await sandbox.pay(scenario: "fraud_review").id
        default: payment
        }
    }

    private func pendingRefund() async throws -> String {
        let paid = try await sandbox.pay()
        return try await sandbox.call(
            "POST", "/v1/refunds", ["payment": .string(paid.id)],
            fields: [("X-Sandbox-Scenario", "refund_pending")]).id
    }

    private func authentication(in path: String) async throws -> String {
        guard path.contains("{authentication}") else { return "" }
        return try await sandbox.pay(scenario: "three_ds_challenge").at("/authentication")?.string ?? ""
    }

    private func dispute(in path: String) async throws -> String {
        guard path.contains("{dispute}") else { return "" }
        let paid = try await sandbox.pay()
        return try await sandbox.call("POST", "/v1/disputes", ["payment": .string(paid.id)]).id
    }

    /// A new object from the operation's own example.
    private func made(_ list: String, _ name: String, _ path: String) async throws -> String {
        guard path.contains(name) else { return "" }
        let create = try Operations.payments().operations.first { $0.path == list && $0.method == "POST" }
        return try await sandbox.call("POST", list, create?.requestExample()).id
    }

    /// The newest object of a list.
    private func first(_ list: String, _ name: String, _ path: String) async throws -> String {
        guard path.contains(name) else { return "" }
        return try await sandbox.call("GET", list).at("/data/0/id")?.string ?? ""
    }

    /// An example with the ids that exist here.
    func filled(_ example: JSONValue) -> JSONValue {
        var body = example
        if body["customer"]?.string != nil { body["customer"] = .string(customer) }
        if body["payment"]?.string != nil { body["payment"] = .string(payment) }
        return body
    }
}
