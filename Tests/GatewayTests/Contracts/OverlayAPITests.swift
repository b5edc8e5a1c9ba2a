import Contracts
import Testing

@testable import Gateway

/// Corrections of a contract: what its paths do not tell is said in an overlay, which stays when
/// the contract is imported again.
@Suite struct `An overlay of a contract` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make()
        _ = try await sandbox.tenant.importing(Desk.contract, "?name=desk")
        _ = try await sandbox.mount("desk")
    }

    /// Mounts the newest revision.
    private func corrected(_ overlay: String = Desk.overlay) async throws {
        let put = try await sandbox.tenant.overlay("desk", with: overlay)
        #expect(put.status == 200, "\(put)")
        #expect(put.at("/overlaid") == true)
        #expect(put.at("/warnings") == [])
        #expect(try await sandbox.mount("desk").status == 201)
    }

    private func desk(
        _ method: String, _ target: String, _ body: JSONValue? = nil
    ) async throws -> TestAnswer {
        try await sandbox.call("desk", method, target, body)
    }

    @Test func `corrects what inference got wrong, once it is mounted`() async throws {
        let guessed = try await desk("POST", "/createTicket", ["subject": "Lamp"])
        let number = guessed.at("/result/ticket/number")?.string ?? "-"
        let unkept = try await desk("GET", "/getTicket?number=\(number)")
        #expect(unkept.at("/result/ticket/subject") != "Lamp")

        try await corrected()
        let made = try await desk("POST", "/createTicket", ["subject": "Lamp"])
        let own = try #require(made.at("/result/ticket/number")?.string, "\(made)")
        let read = try await desk("GET", "/getTicket?number=\(own)")
        #expect(read.at("/result/ticket") == made.at("/result/ticket"), "\(read)")
        #expect(read.at("/result/ticket/subject") == "Lamp")
        #expect(read.at("/result/ticket/state") == "open")

        #expect(try await desk("POST", "/closeTicket", ["number": .string(own)]).at("/ok") != nil)
        #expect(try await desk("GET", "/getTicket?number=\(own)").at("/result/ticket/state") == "done")
        #expect(try await desk("POST", "/removeTicket", ["number": .string(own)]).status == 200)
        #expect(try await desk("GET", "/getTicket?number=\(own)").status == 404)
        #expect(try await desk("POST", "/removeTicket", ["number": .string(own)]).status == 404)
    }

    @Test func `names the list, its pages and whose objects they are`() async throws {
        try await corrected()
        var numbers: [String] = []
        for subject in ["A", "B", "C"] {
            let made = try await desk("POST", "/createTicket", ["subject": .string(subject)])
            numbers.append(made.at("/result/ticket/number")?.string ?? "-")
        }
        let first = try await desk("GET", "/findTickets?n=2")
        #expect(first.at("/result/rows")?.array?.map { $0["subject"] } == ["C", "B"], "\(first)")
        let following = try #require(first.at("/result/following")?.string, "\(first)")
        let second = try await desk("GET", "/findTickets?n=2&from=\(following)")
        #expect(second.at("/result/rows")?.array?.map { $0["subject"] } == ["A"])
        let filtered = try await desk("GET", "/findTickets?subject=B")
        #expect(filtered.at("/result/rows/0/number")?.string == numbers[1])

        let note: JSONValue = ["ticket": .string(numbers[0]), "text": "First"]
        #expect(try await desk("POST", "/addNote", note).at("/text") == "First")
        #expect(try await desk("GET", "/notes?ticket=\(numbers[0])").at("/0/text") == "First")
        #expect(try await desk("GET", "/notes?ticket=\(numbers[1])").json == [])
        #expect(try await desk("POST", "/addNote", ["ticket": "none", "text": "x"]).status == 404)
    }

    @Test func `stays when the contract is imported again`() async throws {
        try await corrected()
        let next = Desk.contract.replacing("version: '1'", with: "version: '2'")
            .replacing("Ticket.", with: "A ticket.")
        let again = try await sandbox.tenant.importing(next, "?name=desk")
        #expect(again.at("/revision") == 3, "\(again)")
        #expect(again.at("/overlaid") == true)
        #expect(try await sandbox.mount("desk").status == 201)
        let made = try await desk("POST", "/createTicket", ["subject": "Chair"])
        #expect(made.status == 200, "\(made)")
        let number = made.at("/result/ticket/number")?.string ?? "-"
        let read = try await desk("GET", "/getTicket?number=\(number)")
        #expect(read.at("/result/ticket/subject") == "Chair", "\(read)")

        let gone = try await sandbox.tenant.call("DELETE", "/v1/contracts/desk/overlay")
        #expect(gone.at("/overlaid") == false)
        #expect(gone.at("/revision") == 4)
        #expect(try await desk("GET", "/getTicket?number=\(number)").status == 200, "mounted as it was")
    }

    @Test func `warns on import of actions that select nothing any more`() async throws {
        try await corrected()
        let renamed = Desk.contract.replacing("/closeTicket:", with: "/shutTicket:")
        let again = try await sandbox.tenant.importing(renamed, "?name=desk")
        #expect(again.status == 201)
        #expect(again.at("/warnings")?.array?.count == 1, "\(again)")
        #expect(again.at("/warnings/0/location") == "overlay")
        #expect(again.at("/warnings/0/pointer") == "/actions/2/target")
        #expect(again.at("/warnings/0/message")?.string?.contains("/closeTicket") == true)
    }

    @Test func `is told, and makes a revision only where it differs`() async throws {
        let tenant = sandbox.tenant
        #expect(try await tenant.call("GET", "/v1/contracts/desk/overlay").status == 404)
        let first = try await tenant.overlay("desk", with: Desk.overlay)
        #expect(try await tenant.overlay(first.id, with: Desk.overlay).id == first.id)
        let told = try await tenant.call("GET", "/v1/contracts/desk/overlay")
        #expect(told.at("/info/title") == "What Desk does", "\(told)")
        #expect(told.at("/actions")?.array?.count == 7)
        #expect(try await tenant.call("DELETE", "/v1/contracts/desk/overlay").at("/revision") == 3)
        #expect(try await tenant.call("DELETE", "/v1/contracts/desk/overlay").status == 404)
        #expect(try await tenant.overlay("none", with: Desk.overlay).status == 404)
        let other = try await TestTenant.make(TestGateway.shared)
        #expect(try await other.overlay(first.id, with: Desk.overlay).status == 404)
        #expect(try await other.call("GET", "/v1/contracts/\(first.id)/overlay").status == 404)
    }

    private static func head(_ version: String = "1.1.0") -> String {
        "overlay: \(version)\ninfo: {title: T, version: '1'}\nactions: "
    }

    @Test(arguments: [
        ("a: [1", ""),
        (head("3.0.0") + "[{target: $}]", "/overlay"), (head() + "[{target: paths}]", "/actions/0/target"),
        (head() + "[{target: $.info, update: [1]}]", "/actions/0/update"),
    ])
    func `is refused with a pointer to its member`(text: String, pointer: String) async throws {
        let refused = try await sandbox.tenant.overlay("desk", with: text)
        #expect(refused.status == 422)
        #expect(refused.code == "contract_invalid")
        #expect(refused.at("/errors/0/location") == "overlay", "\(refused)")
        #expect(refused.at("/errors/0/pointer")?.string == pointer)
        #expect(try await sandbox.tenant.call("GET", "/v1/contracts/desk").at("/revision") == 1)
    }

    @Test func `warns of notes that say nothing usable, and leaves those operations as they were`() async throws {
        let notes = """
            overlay: 1.1.0
            info: {title: Notes, version: '1'}
            actions:
              - target: $.paths['/createTicket'].post
                update: {x-sbx-resource: {role: crate}}
              - target: $.paths['/getTicket'].get
                update: {x-sbx-resource: {role: read, name: tickets}}
              - target: $.paths['/findTickets'].get
                update: {x-sbx-resource: {role: list, name: tickets, by: where}}
            """
        let put = try await sandbox.tenant.overlay("desk", with: notes)
        let base = { (path: String, method: String) in "/paths/~1\(path)/\(method)/x-sbx-resource" }
        #expect(
            put.at("/warnings")?.array?.map { $0["pointer"]?.string ?? "" } == [
                base("createTicket", "post") + "/role", base("getTicket", "get"),
                base("findTickets", "get") + "/by",
            ], "\(put)")
    }

    @Test func `changes single facts of what inference got right`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let overlay = """
            overlay: 1.0.0
            info: {title: Cancelled parcels travel back, version: '1'}
            actions:
              - target: $.paths['/parcels/{parcel}/cancel'].post
                update: {x-sbx-resource: {sets: {status: in_transit}}}
            """
        #expect(try await sandbox.tenant.overlay("parcels", with: overlay).status == 200)
        #expect(try await sandbox.mount("parcels").status == 201)
        let made = try await sandbox.parcels("POST", "/parcels", ["reference": "A"])
        let cancelled = try await sandbox.parcels("POST", "/parcels/\(made.id)/cancel")
        #expect(cancelled.at("/status") == "in_transit", "\(cancelled)")
        #expect(cancelled.at("/reference") == "A")
    }
}

extension TestTenant {
    func overlay(_ contract: String, with text: String) async throws -> TestAnswer {
        try await gateway.send(
            TestCall("PUT", "/v1/contracts/\(contract)/overlay").key(key).type("application/yaml")
                .body(Array(text.utf8)))
    }
}

/// A contract whose paths are verbs, from which nothing can be inferred.
private enum Desk {
    static let contract = """
        openapi: 3.0.3
        info: {title: Desk, version: '1'}
        paths:
          /createTicket:
            post:
              requestBody:
                content: {application/json: {schema: {$ref: '#/components/schemas/NewTicket'}}}
              responses: {'200': {$ref: '#/components/responses/Ticket'}}
          /getTicket:
            get:
              parameters: [{name: number, in: query, required: true, schema: {type: string}}]
              responses: {'200': {$ref: '#/components/responses/Ticket'}}
          /closeTicket:
            post: &named
              requestBody:
                content:
                  application/json:
                    schema: {type: object, required: [number], properties: {number: {type: string}}}
              responses: {'200': {$ref: '#/components/responses/Done'}}
          /removeTicket:
            post: *named
          /findTickets:
            get:
              parameters:
                - {name: n, in: query, schema: {type: integer}}
                - {name: from, in: query, schema: {type: string}}
                - {name: subject, in: query, schema: {type: string}}
              responses:
                '200':
                  description: Some.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [result]
                        properties:
                          result:
                            type: object
                            required: [rows, colours]
                            properties:
                              colours: {type: array, items: {type: string}}
                              following: {type: string, nullable: true}
                              rows: {type: array, items: {$ref: '#/components/schemas/Ticket'}}
          /addNote:
            post:
              requestBody:
                content: {application/json: {schema: {$ref: '#/components/schemas/NewNote'}}}
              responses:
                '200':
                  description: It.
                  content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
          /notes:
            get:
              parameters: [{name: ticket, in: query, required: true, schema: {type: string}}]
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Note'}}
        components:
          responses:
            Done:
              description: Done.
              content:
                application/json:
                  schema: {type: object, required: [ok], properties: {ok: {type: boolean}}}
            Ticket:
              description: Ticket.
              content:
                application/json:
                  schema:
                    type: object
                    required: [ok, result]
                    properties:
                      ok: {type: boolean}
                      result:
                        type: object
                        required: [ticket]
                        properties: {ticket: {$ref: '#/components/schemas/Ticket'}}
          schemas:
            NewTicket: {type: object, properties: {subject: {type: string}}}
            Ticket:
              type: object
              required: [number, subject, state]
              properties:
                number: {type: string}
                subject: {type: string}
                state: {type: string, enum: [open, done]}
            NewNote:
              type: object
              properties: {ticket: {type: string}, text: {type: string}}
            Note:
              type: object
              required: [id, text]
              properties: {id: {type: string}, ticket: {type: string}, text: {type: string}}
        """

    static let overlay = """
        overlay: 1.1.0
        info: {title: What Desk does, version: '1'}
        actions:
          - target: $.paths['/createTicket'].post
            update: {x-sbx-resource: {role: create, name: tickets, id: number, object: /result/ticket}}
          - target: $.paths['/getTicket'].get
            update: {x-sbx-resource: {role: read, name: tickets, by: number, object: /result/ticket}}
          - target: $.paths['/closeTicket'].post
            update: {x-sbx-resource: {role: action, name: tickets, by: /number, sets: {state: done}}}
          - target: $.paths['/removeTicket'].post
            update: {x-sbx-resource: {role: delete, name: tickets, by: /number}}
          - target: $.paths['/findTickets'].get
            update:
              x-sbx-resource:
                role: list
                name: tickets
                object: /result/rows
                paging: {limit: n, cursor: from, next: following}
          - target: $.paths['/addNote'].post
            update:
              x-sbx-resource: {role: create, name: notes, parent: {name: tickets, by: /ticket}}
          - target: $.paths['/notes'].get
            update: {x-sbx-resource: {role: list, name: notes, parent: {name: tickets, by: ticket}}}
        """
}
