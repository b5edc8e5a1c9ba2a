import Contracts
import TestSupport
import Testing

@testable import Gateway

/// A contract in several files: what a request makes and an answer holds is described in others,
/// objects within objects too.
private let shop: KeyValuePairs<String, String> = [
    "shop/openapi.yaml": """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        paths:
          /orders: {$ref: paths/orders.yaml}
          /orders/{order}: {$ref: 'paths/orders.yaml#/one'}
        components:
          schemas:
            Order: {$ref: schemas/order.json}
        """,
    "shop/paths/orders.yaml": """
        post:
          operationId: create_order
          requestBody:
            required: true
            content: {application/json: {schema: {$ref: ../schemas/order.json#/definitions/NewOrder}}}
          responses:
            '201':
              description: Made.
              content: {application/json: {schema: {$ref: '../openapi.yaml#/components/schemas/Order'}}}
        get:
          operationId: list_orders
          responses:
            '200':
              description: All.
              content: {application/json: {schema: {type: array, items: {$ref: ../schemas/order.json}}}}
        one:
          parameters: [{name: order, in: path, required: true, schema: {type: string}}]
          get:
            operationId: get_order
            responses:
              '200':
                description: One.
                content: {application/json: {schema: {$ref: ../schemas/order.json}}}
              '404': {$ref: ../common.yaml#/NotFound}
        """,
    "shop/schemas/order.json": """
        {"type": "object", "required": ["id", "address", "lines"], "properties": {
          "id": {"type": "string", "readOnly": true}, "address": {"$ref": "./address.yaml"},
          "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}},
          "billing": {"nullable": true, "allOf": [{"$ref": "./address.yaml"}]}},
         "definitions": {
          "Line": {"type": "object", "required": ["sku"], "properties": {
            "sku": {"type": "string"}, "price": {"$ref": "../money%20types.yaml#/Money"}}},
          "NewOrder": {"type": "object", "required": ["address"], "additionalProperties": false,
            "properties": {"address": {"$ref": "address.yaml"}, "billing": {"$ref": "address.yaml"},
              "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}}}}}}
        """,
    "shop/schemas/address.yaml": """
        type: object
        required: [city]
        properties:
          city: {type: string, minLength: 2}
          geo: {$ref: ./geo.yaml}
        """,
    "shop/schemas/geo.yaml": "type: object\nrequired: [lat]\nproperties: {lat: {type: number}, near: {$ref: address.yaml}}",
    "shop/money types.yaml": "Money: {type: object, properties: {cents: {type: integer}, currency: {type: string}}}",
    "shop/common.yaml": """
        NotFound:
          description: None.
          content: {application/json: {schema: {$ref: '#/Error'}}}
        Error: {type: object, required: [message], properties: {message: {type: string}}}
        """,
    "shop/README.md": "# How the shop works",
]

private let order: JSONValue = [
    "address": ["city": "Graz", "geo": ["lat": 47, "near": ["city": "Wien"]]],
    "lines": [["sku": "tea", "price": ["cents": 350, "currency": "EUR"]]],
    "billing": ["city": "Linz"],
]

@Suite struct `Importing a contract of several files` {
    @Test(arguments: ["zip", "form"])
    func `keeps what others describe, however deep`(_ way: String) async throws {
        let sandbox = try await TestSandbox.make()
        let imported = try await way == "zip"
            ? sandbox.tenant.importing(zip: shop, "?name=shop")
            : sandbox.tenant.importing(form: shop, "?name=shop")
        #expect(imported.status == 201, "\(imported)")
        #expect(imported.at("/operations") == 3)
        #expect(imported.at("/warnings") == [])
        #expect(try await sandbox.mount("shop").status == 201)
        let made = try await sandbox.call("shop", "POST", "/orders", order)
        #expect(made.status == 201, "\(made)")
        for member in ["address", "lines", "billing"] {
            #expect(made.json[member] == order[member], "\(made)")
        }
        let read = try await sandbox.call("shop", "GET", "/orders/\(made.id)")
        #expect(read.body == made.body)
        #expect(try await sandbox.call("shop", "GET", "/orders").at("/0/address/geo/near/city") == "Wien")
        let gone = try await sandbox.call("shop", "GET", "/orders/none")
        #expect(gone.status == 404)
        #expect(gone.at("/message")?.string != nil, "\(gone)")
        let faulty = try await sandbox.call(
            "shop", "POST", "/orders", ["address": ["city": "Graz", "geo": ["lat": "north"]]])
        #expect(faulty.status == 422 || faulty.status == 400, "\(faulty)")
        #expect(faulty.at("/errors/0/pointer") == "/address/geo/lat", "\(faulty)")
    }

    @Test func `makes one document of it, the same whichever way it came`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let first = try await tenant.importing(zip: shop, "?name=shop")
        #expect(try await tenant.importing(form: shop, "?name=shop").id == first.id)
        let same = try await tenant.sending(zip: shop, to: "diff?old=shop")
        #expect(same.at("/changes") == [], "\(same)")
        let found = try await tenant.sending(zip: shop, to: "lint")
        #expect(found.at("/errors") == 0, "\(found)")
        // An overlay sees the one document.
        let overlaid = try await tenant.overlay(
            "shop", with: """
                overlay: 1.1.0
                info: {title: T, version: '1'}
                actions: [{target: $.components.schemas.Order.properties, update: {note: {type: string}}}]
                """)
        #expect(overlaid.at("/warnings") == [], "\(overlaid)")
        #expect(try await tenant.importing(zip: shop, "?name=shop").at("/overlaid") == true)
    }

    @Test func `tells file and pointer of what is wrong`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let files: KeyValuePairs = [
            "openapi.yaml": """
                openapi: 3.0.3
                info: {title: T, version: '1'}
                paths: {/a: {get: {responses: {'200': {description: A., content: {application/json: {schema: {$ref: s/a.yaml}}}}}}}}
                """,
            "s/a.yaml": "properties: {b: {$ref: b.yaml}, c: {type: text}}",
        ]
        let imported = try await tenant.importing(zip: files, "?name=flawed")
        #expect(imported.status == 201)
        #expect(imported.at("/warnings")?.array?.count == 2, "\(imported)")
        #expect(imported.at("/warnings/0/location") == "s/a.yaml")
        #expect(imported.at("/warnings/0/pointer") == "/properties/b/$ref")
        #expect(imported.at("/warnings/1/location") == "s/a.yaml")
        #expect(imported.at("/warnings/1/pointer") == "/properties/c/type")

        let unread = try await tenant.importing(form: ["openapi.yaml": "openapi: 3.0.3\npaths: {/a: {$ref: a.json}}", "a.json": "{\"get\": }"])
        #expect(unread.status == 422)
        #expect(unread.at("/code") == "contract_invalid")
        #expect(unread.at("/errors/0/location") == "a.json")
        let two: KeyValuePairs = ["a.yaml": ImportedContracts.parcels, "b.yaml": ImportedContracts.labels]
        let several = try await tenant.importing(zip: two)
        #expect(several.at("/code") == "contract_invalid")
        #expect(several.at("/errors/1/location") == "b.yaml")
        #expect(try await tenant.importing(zip: two, "?root=b.yaml").at("/title") == "Labels")
        #expect(try await tenant.importing(zip: two, "?root=c.yaml").at("/errors/0/pointer") == "/root")
        let other = try await tenant.importing(zip: ["x.proto": "syntax = \"proto3\";"])
        #expect(other.at("/code") == "not_available")
        #expect(other.status == 422)
    }

    @Test func `refuses archives and forms that are none`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        var link = ZipMaker.Entry("openapi.yaml", "/etc/passwd")
        link.mode = 0o120777
        let linked = try await tenant.importing(bytes: ZipMaker([link]).bytes, type: "application/zip")
        #expect(linked.status == 422)
        #expect(linked.at("/code") == "contract_invalid")
        #expect(linked.at("/errors/0/location") == "openapi.yaml")
        #expect(linked.at("/errors/0/message") == "a symbolic link is not read")
        let cut = try await tenant.importing(
            bytes: ZipMaker.stored(shop).dropLast(9), type: "application/zip")
        #expect(cut.at("/errors/0/location") == "body")
        // Told by its first bytes, whatever its type says.
        let untyped = try await tenant.importing(
            bytes: ZipMaker.stored(shop), type: "application/x-www-form-urlencoded")
        #expect(untyped.status == 201, "\(untyped)")
        let form = try await tenant.importing(
            bytes: Array("nothing".utf8), type: "multipart/form-data; boundary=b")
        #expect(form.status == 400)
        #expect(form.at("/code") == "malformed_body")
        for (text, kind) in [
            ("syntax = \"proto3\";\nmessage A {}\n", "Protocol Buffers"),
            ("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>", "XML Schema"),
        ] {
            let other = try await tenant.importing(text)
            #expect(other.at("/code") == "not_available", "\(kind): \(other)")
        }
    }
}

extension TestTenant {
    fileprivate func importing(
        zip files: KeyValuePairs<String, String>, _ query: String = ""
    ) async throws -> TestAnswer {
        try await importing(bytes: ZipMaker.stored(files), type: "application/zip", query)
    }

    fileprivate func importing(
        form files: KeyValuePairs<String, String>, _ query: String = ""
    ) async throws -> TestAnswer {
        let parts = files.map { file in
            "--b\r\nContent-Disposition: form-data; name=\"\(file.key)\"; filename=\"x\"\r\n\r\n\(file.value)\r\n"
        }
        return try await importing(
            bytes: Array((parts.joined() + "--b--\r\n").utf8),
            type: "multipart/form-data; boundary=b", query)
    }

    fileprivate func importing(
        bytes: [UInt8], type: String, _ query: String = ""
    ) async throws -> TestAnswer {
        try await gateway.send(
            TestCall("POST", "/v1/contracts\(query)").key(key).type(type).body(bytes))
    }

    fileprivate func sending(
        zip files: KeyValuePairs<String, String>, to path: String
    ) async throws -> TestAnswer {
        try await gateway.send(
            TestCall("POST", "/v1/contracts/\(path)").key(key).type("application/zip")
                .body(ZipMaker.stored(files)))
    }
}
