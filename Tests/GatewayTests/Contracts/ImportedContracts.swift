import Contracts
import HTTP
import Tenancy

/// Contracts that tests bring in.
enum ImportedContracts {
    /// Small contracts of our own, by name.
    static let documents: [String: String] = [
        "parcels": parcels, "rates": rates, "labels": labels, "fraud": fraud, "texts": texts,
        "identities": identities, "city-museum": museum, "streams": streams, "refusals": refusals,
        "orders": orders, "pets": pets,
    ]

    /// Operations that call back: one that keeps what it is given, one that keeps nothing.
    static let streams = """
        openapi: 3.0.3
        info: {title: Streams, version: '1'}
        paths:
          /streams/{stream}/watches:
            post:
              operationId: watch
              parameters:
                - {name: stream, in: path, required: true, schema: {type: string}}
                - {name: level, in: query, schema: {type: string}}
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        notify: {type: string}
                        tags: {type: object, additionalProperties: {type: array, items: {type: string}}}
              responses:
                '201':
                  description: Watching.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [id]
                        properties: {id: {type: string}, notify: {type: string}}
                '503': {description: Not now.}
              callbacks:
                onData:
                  '{$request.body#/notify}/data/{$request.path.stream}/{$request.body#/tags/x~1y/1}?level={$request.query.level}&method={$method}':
                    put:
                      parameters:
                        - {name: X-Run, in: header, schema: {type: string}, example: 'run {$request.query.level}'}
                        - {name: X-None, in: header, schema: {type: string}, example: '$request.header.x-none'}
                        - {name: seq, in: query, required: true, schema: {type: integer, minimum: 3, maximum: 3}}
                      requestBody:
                        content:
                          application/json:
                            schema:
                              type: object
                              required: [user, at]
                              properties:
                                user: {type: string, example: somebody}
                                at: {type: string, format: date-time}
                      responses: {'204': {description: Fine.}}
          /check:
            post:
              operationId: check
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {type: object, properties: {notify: {type: string}}}
              responses:
                '200':
                  description: Whether it is fine.
                  content:
                    application/json:
                      example: {ok: true}
                      schema: {type: object, required: [ok], properties: {ok: {type: boolean}}}
              callbacks:
                done: {$ref: '#/components/callbacks/Done'}
        components:
          callbacks:
            Done:
              '$request.body#/notify':
                post: {responses: {'200': {description: Fine.}}}
        """

    /// Webhooks alone, of every kind.
    static let museum = """
        openapi: 3.1.0
        info: {title: Museum, version: '1'}
        webhooks:
          publishNewEvent:
            post:
              summary: A special event was added.
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Event'}
          ticket.sold:
            $ref: '#/components/pathItems/Sold'
          Closed: {post: {responses: {'200': {description: Fine.}}}}
          replaced:
            parameters:
              - {name: X-Kind, in: header, required: true, schema: {type: string}, example: whole}
              - {name: Authorization, in: header, required: true, schema: {type: string}}
            put:
              parameters:
                - {name: lamps, in: query, schema: {type: array, items: {type: string}}, example: [red, green&blue]}
                - {name: mode, in: query, schema: {type: string, default: night}}
                - {name: free, in: query, schema: {type: string}}
              responses: {'200': {description: Fine.}}
          looked: {options: {responses: {'200': {description: Fine.}}}}
          printed:
            post: {requestBody: {content: {application/xml: {schema: {type: string}}}}}
        components:
          pathItems:
            Sold:
              post:
                requestBody:
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Ticket'}
                      example: {ticket: t_1, cents: 500}
          schemas:
            Ticket:
              type: object
              required: [ticket, cents]
              additionalProperties: false
              properties: {ticket: {type: string}, cents: {type: integer, minimum: 0}}
            Event:
              type: object
              required: [id, name, at]
              properties:
                id: {type: string, format: uuid, readOnly: true}
                name: {type: string, minLength: 3}
                at: {type: string, format: date-time}
                secret: {type: string, writeOnly: true}
        """

    /// Operations without objects: one answered by an example, one by what is made.
    static let labels = """
        openapi: 3.1.0
        info: {title: Labels, version: '1'}
        paths:
          /labels:
            post:
              operationId: check_label
              requestBody: {$ref: '#/components/requestBodies/Label'}
              responses:
                '200':
                  description: Whether it is fine.
                  content:
                    application/json:
                      schema: {type: object, required: [ok], properties: {ok: {type: boolean}}}
                      example: {ok: true}
          /estimates:
            post:
              operationId: estimate
              requestBody: {$ref: '#/components/requestBodies/Label'}
              responses:
                '200':
                  description: What it will cost.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [cents]
                        properties: {cents: {type: integer, minimum: 1, maximum: 1000000}}
        components:
          requestBodies:
            Label:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [grams]
                    properties: {grams: {type: integer, minimum: 1}}
        """

    /// A provider of exchange rates, whose quotes are objects; rates are texts there.
    static let rates = """
        openapi: 3.1.0
        info: {title: Rates, version: '1'}
        paths:
          /quotes:
            get:
              operationId: list_quotes
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Quote'}}
            post:
              operationId: create_quote
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [pair, amount]
                      properties:
                        pair: {type: string, pattern: '^[A-Z]{3}/[A-Z]{3}$'}
                        amount: {type: number}
              responses:
                '201':
                  description: The quote.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Quote'}
                '429': {$ref: '#/components/responses/Error'}
                '503': {$ref: '#/components/responses/Error'}
          /spot:
            get:
              operationId: get_spot
              parameters:
                - {name: pair, in: query, required: true, schema: {type: string}}
              responses:
                '200':
                  description: The rate.
                  content:
                    application/json:
                      example: {pair: EUR/USD, mid: '2.5'}
                      schema:
                        type: object
                        required: [pair, mid]
                        properties: {pair: {type: string}, mid: {type: string}}
        components:
          responses:
            Error:
              description: No quote.
              content:
                application/json:
                  example: {error: no_liquidity}
                  schema:
                    type: object
                    required: [error]
                    properties: {error: {type: string}}
          schemas:
            Quote:
              type: object
              required: [id, pair, amount, rate]
              properties:
                id: {type: string}
                pair: {type: string}
                amount: {type: number}
                rate: {type: string, pattern: '^[0-9.]+$'}
        """

    /// A small shop of parcels: each kind of operation once, in YAML.
    static let parcels = """
        openapi: 3.1.0
        info: {title: Parcels, version: 1.2.0}
        servers: [{url: https://api.example.com/v1}]
        paths:
          /parcels:
            get:
              operationId: list_parcels
              parameters:
                - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 2}}
                - {name: cursor, in: query, schema: {type: string}}
                - {name: status, in: query, schema: {$ref: '#/components/schemas/Status'}}
              responses:
                '200':
                  description: A page.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [data, has_more]
                        properties:
                          data: {type: array, items: {$ref: '#/components/schemas/Parcel'}}
                          has_more: {type: boolean}
                          next: {type: [string, 'null']}
            post:
              operationId: create_parcel
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/NewParcel'}
                  application/x-www-form-urlencoded:
                    schema: {$ref: '#/components/schemas/NewParcel'}
              responses:
                '201': {$ref: '#/components/responses/Parcel'}
                '409': {$ref: '#/components/responses/Error'}
          /parcels/{parcel}:
            parameters:
              - {name: parcel, in: path, required: true, schema: {type: string}}
            get:
              operationId: get_parcel
              responses:
                '200': {$ref: '#/components/responses/Parcel'}
                '404': {$ref: '#/components/responses/Error'}
            patch:
              operationId: update_parcel
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/NewParcel'}
              responses:
                '200': {$ref: '#/components/responses/Parcel'}
                '404': {$ref: '#/components/responses/Error'}
            delete:
              operationId: delete_parcel
              responses:
                '204': {description: Gone.}
                '404': {$ref: '#/components/responses/Error'}
          /parcels/{parcel}/cancel:
            parameters:
              - {name: parcel, in: path, required: true, schema: {type: string}}
            post:
              operationId: cancel_parcel
              responses:
                '200': {$ref: '#/components/responses/Parcel'}
          /parcels/{parcel}/scans:
            parameters:
              - {name: parcel, in: path, required: true, schema: {type: string}}
            get:
              operationId: list_scans
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Scan'}}
            post:
              operationId: create_scan
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      properties: {place: {type: string}}
              responses:
                '201':
                  description: It.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Scan'}
          /depots/{depot}:
            parameters:
              - {name: depot, in: path, required: true, schema: {type: string, pattern: '^dep_[a-z]+$'}}
            get:
              operationId: get_depot
              responses:
                '200':
                  description: A depot.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [id, city, opened]
                        properties:
                          id: {type: string}
                          city: {type: string}
                          opened: {type: string, format: date}
                          places: {type: integer, minimum: 3, maximum: 9}
        components:
          responses:
            Parcel:
              description: The parcel.
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Parcel'}
            Error:
              description: A refusal.
              content:
                application/json:
                  schema:
                    type: object
                    required: [error]
                    properties:
                      error:
                        type: object
                        required: [code, message]
                        properties: {code: {type: string}, message: {type: string}}
          schemas:
            Status: {type: string, enum: [created, in_transit, delivered, cancelled]}
            NewParcel:
              type: object
              additionalProperties: false
              properties:
                reference: {type: string, maxLength: 20}
                weight_grams: {type: integer, minimum: 1}
                insured: {type: boolean, default: false}
                labels: {type: object, additionalProperties: {type: string}}
                stops:
                  type: array
                  items: {type: object, properties: {city: {type: string}, days: {type: integer}}}
            Parcel:
              type: object
              required: [id, status, created_at]
              properties:
                id: {type: string}
                status: {$ref: '#/components/schemas/Status'}
                reference: {type: [string, 'null']}
                weight_grams: {type: [integer, 'null']}
                insured: {type: boolean}
                labels: {type: object, additionalProperties: {type: string}}
                stops:
                  type: array
                  items: {type: object, properties: {city: {type: string}, days: {type: integer}}}
                created_at: {type: string, format: date-time}
            Scan:
              type: object
              required: [id]
              properties:
                id: {type: integer, format: int64}
                parcel: {type: string}
                place: {type: [string, 'null']}
        """
}

extension TestTenant {
    /// Imports one of ``ImportedContracts``.
    func importContract(_ document: String, as name: String) async throws -> TestAnswer {
        let text = ImportedContracts.documents[document] ?? ""
        return try await gateway.send(
            TestCall("POST", "/v1/contracts?name=\(name)").key(key).type("application/yaml")
                .body(Array(text.utf8)))
    }
}

extension TestSandbox {
    /// Imports one of ``ImportedContracts`` and mounts it.
    static func make(serving document: String, seed: Int64? = nil) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make { draft in
            draft.seed = seed
            if seed != nil { draft.clock = .init(mode: .frozen, now: nil) }
        }
        try await sandbox.serve(document)
        return sandbox
    }

    /// Imports one of ``ImportedContracts`` and mounts it beside the others.
    func serve(_ document: String) async throws {
        _ = try await tenant.importContract(document, as: document)
        _ = try await tenant.call(
            "POST", "/v1/sandboxes/\(slug)/contracts", ["contract": .string(document)])
    }

    func call(
        _ contract: String, _ method: String, _ target: String, _ body: JSONValue? = nil,
        fields: [(name: String, value: String)] = []
    ) async throws -> TestAnswer {
        var call = TestCall(method, target).host("\(contract)--\(host)").key(key).json(body)
        call.fields = fields
        return try await gateway.send(call)
    }

    func parcels(
        _ method: String, _ target: String, _ body: JSONValue? = nil,
        fields: [(name: String, value: String)] = []
    ) async throws -> TestAnswer {
        try await call("parcels", method, target, body, fields: fields)
    }
}
