import TestSupport
import Testing

@testable import Contracts

@Suite struct `Uploads of several files` {
    private func bundled(
        _ files: KeyValuePairs<String, String>, root: String? = nil
    ) throws -> BundledContract {
        let files = files.map { UploadedFile(path: $0.key, bytes: Array($0.value.utf8)) }
        guard case .contract(let contract) = try ContractUpload(files).bundled(root: root) else {
            throw ContractError(problems: [])
        }
        return contract
    }

    private func refusal(
        _ files: KeyValuePairs<String, String>, root: String? = nil
    ) -> [String] {
        do {
            _ = try bundled(files, root: root)
            return []
        } catch {
            return (error as? ContractError)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    private func yaml(_ text: String) throws -> JSONValue { try JSONValue(contract: Array(text.utf8)) }

    /// What is wrong with the bundle and, where it is read whole, with what is in it.
    private func told(_ bundle: BundledContract) throws -> [String] {
        let contract = try Contract(lazily: bundle.document)
        let problems = (contract.warnings + contract.problems()).compactMap(bundle.located)
        return (bundle.warnings + problems).map(\.description)
    }

    /// A contract with one operation that answers with `schema`.
    private func contract(_ schema: String, more: String = "") -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        paths:
          /things:
            get:
              responses:
                '200':
                  description: One.
                  content: {application/json: {schema: \(schema)}}
        \(more)
        """
    }

    private let place: JSONPointer = "/paths/~1things/get/responses/200/content/application~1json/schema"

    /// JSON Schema 2020-12 §8.2.3.2's example: a tree, and one that is strict all the way down.
    @Test func `mean by dynamic references what the way that leads there says`() throws {
        let bundle = try bundled([
            "openapi.yaml": """
                openapi: 3.1.0
                info: {title: T, version: '1'}
                paths:
                  /loose:
                    post:
                      requestBody: {content: {application/json: {schema: {$ref: tree.yaml}}}}
                      responses: {'204': {description: Fine.}}
                  /strict:
                    post:
                      requestBody: {content: {application/json: {schema: {$ref: schemas/strict.yaml}}}}
                      responses: {'204': {description: Fine.}}
                  /named:
                    post:
                      requestBody: {content: {application/json: {schema: {$dynamicRef: 'tree.yaml#node'}}}}
                      responses: {'204': {description: Fine.}}
                """,
            "tree.yaml": """
                $dynamicAnchor: node
                type: object
                properties:
                  data: true
                  leaf: {$ref: '#/$defs/leaf'}
                  children: {type: array, items: {$dynamicRef: '#node'}}
                $defs: {leaf: {type: integer}}
                """,
            "schemas/strict.yaml": """
                $dynamicAnchor: node
                $ref: ../tree.yaml
                unevaluatedProperties: false
                """,
        ])
        let written = JSONWriter.text(bundle.document)
        #expect(!written.contains("dynamic"), "\(written)")
        let contract = try Contract(lazily: bundle.document)
        #expect(contract.problems().map(\.description) == [])
        func accepts(_ path: String, _ value: JSONValue) -> Bool {
            contract.operations.first { $0.path == path }?.requestBody?.json?.schema?.accepts(value) ?? false
        }
        let wrong: JSONValue = ["children": [["children": [["daat": 1]]]]]
        #expect(accepts("/loose", wrong) && accepts("/named", wrong))
        #expect(!accepts("/strict", wrong))
        #expect(accepts("/strict", ["children": [["children": [["data": 1, "leaf": 2]]]]]))
        #expect(!accepts("/strict", ["children": [["leaf": "x"]]]))
        #expect(try told(bundle) == [])
    }

    @Test func `mean by dynamic references the contract's own anchors first`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract(
                "{$ref: list.yaml}",
                more: "components: {schemas: {Item: {$dynamicAnchor: item, type: integer}}}"),
            "list.yaml": """
                type: array
                items: {$dynamicRef: '#item', $ref: '#/$defs/small'}
                $defs:
                  any: {$dynamicAnchor: item}
                  small: {maximum: 5}
                """,
        ])
        let schema = try CompiledSchema(
            bundle.document, at: place, options: SchemaOptions(isContract: true))
        #expect(schema.accepts([1, 5]))
        #expect(!schema.accepts(["x"]) && !schema.accepts([6]))
    }

    @Test func `become one document, whose references lead within it`() throws {
        let bundle = try bundled([
            "api/openapi.yaml": contract(
                "{$ref: '../schemas/user.yaml'}",
                more: "components: {schemas: {Money: {type: object, properties: {cents: {type: integer}}}}}"),
            "schemas/user.yaml": """
                type: object
                required: [address]
                properties:
                  address: {$ref: './parts/address%20lines.json#/definitions/Address'}
                  friends: {type: array, items: {$ref: '#'}}
                  balance: {$ref: '../api/openapi.yaml#/components/schemas/Money'}
                """,
            "schemas/parts/address lines.json": #"""
                {"definitions": {"Address": {"type": "object", "properties": {
                  "city": {"$ref": "#/definitions/City"}, "owner": {"$ref": "../user.yaml"}}},
                  "City": {"type": "string", "maxLength": 1.0e2}}}
                """#,
        ])
        #expect(bundle.root == "api/openapi.yaml")
        #expect(bundle.document[place] == ["$ref": "#/components/schemas/user"])
        #expect(bundle.document["components"]?["schemas"]?.object?.names == ["Money", "user", "Address", "City"])
        let schemas = try yaml(
            """
            Money: {type: object, properties: {cents: {type: integer}}}
            user:
              type: object
              required: [address]
              properties:
                address: {$ref: '#/components/schemas/Address'}
                friends: {type: array, items: {$ref: '#/components/schemas/user'}}
                balance: {$ref: '#/components/schemas/Money'}
            Address: {type: object, properties: {city: {$ref: '#/components/schemas/City'},
              owner: {$ref: '#/components/schemas/user'}}}
            City: {type: string, maxLength: 1.0e2}
            """)
        #expect(bundle.document["components"]?["schemas"] == schemas)
        #expect(try told(bundle) == [])
        #expect(try JSONParser.parse(bundle.bytes) == bundle.document)
    }

    @Test func `become the same bytes in whichever order they are sent`() throws {
        let root = contract("{oneOf: [{$ref: b.yaml#/A}, {$ref: c.yaml#/A}, {$ref: c.yaml}]}", more: "components: {schemas: {A: {type: string}}}")
        let (first, second) = ("A: {type: integer}", "A: {type: number}\ntype: object")
        let one = try bundled(["a.yaml": root, "b.yaml": first, "c.yaml": second])
        let other = try bundled(["c.yaml": second, "b.yaml": first, "a.yaml": root])
        #expect(one.bytes == other.bytes)
        // Three parts of one name, and a file's own.
        #expect(one.document["components"]?["schemas"]?.object?.names == ["A", "b_A", "c_A", "c"])
        let again = try bundled([
            "x/i.yaml": contract("{oneOf: [{$ref: ../p/a.yaml#/x/A}, {$ref: ../p/a.yaml#/y/A}, {$ref: '../q/a.yaml#/A'}]}"),
            "p/a.yaml": "x: {A: {type: integer}}\ny: {A: {type: string}}", "q/a.yaml": "A: {type: object}",
        ])
        #expect(again.document["components"]?["schemas"]?.object?.names == ["A", "a_A", "a_A_2"])
    }

    @Test func `a file that refers to nothing else is kept byte by byte`() throws {
        let text = "# A comment.\n" + contract("{$ref: '#/components/schemas/A'}", more: "components: {schemas: {A: {type: string}}}")
        let bundle = try bundled(["readme.md": "# Things", "openapi.yaml": text, "other.yaml": "a: 1"])
        #expect(bundle.bytes == Array(text.utf8))
        #expect(try told(bundle) == [])
    }

    @Test func `what the contract names keeps its name`() throws {
        let bundle = try bundled([
            "openapi.yaml": """
                openapi: 3.0.3
                info: {title: T, version: '1'}
                paths:
                  /users: {$ref: paths/users.yaml}
                  /people: {$ref: paths/users.yaml}
                components:
                  schemas:
                    User: {$ref: schemas/user.yaml}
                    Person: {$ref: 'schemas/user.yaml#'}
                  parameters: {$ref: parameters/index.yaml}
                """,
            "paths/users.yaml": """
                get:
                  parameters: [{$ref: ../openapi.yaml#/components/parameters/page}, {$ref: ../parameters/index.yaml#/size}]
                  responses:
                    '200':
                      description: All.
                      content: {application/json: {schema: {type: array, items: {$ref: ../schemas/user.yaml}}}}
                  callbacks:
                    changed: {'{$request.body#/url}': {$ref: users.yaml}}
                """,
            "parameters/index.yaml": "page: {in: query, name: page, schema: {type: integer}}\nsize: {$ref: size.json}",
            "parameters/size.json": #"{"in": "query", "name": "size", "schema": {"type": "integer"}}"#,
            "schemas/user.yaml": "type: object\nproperties: {id: {type: string}}",
        ])
        let expected = try yaml(
            """
            openapi: 3.0.3
            info: {title: T, version: '1'}
            paths:
              /users:
                get:
                  parameters: [{$ref: '#/components/parameters/page'}, {$ref: '#/components/parameters/size'}]
                  responses:
                    '200':
                      description: All.
                      content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/User'}}}}
                  callbacks:
                    changed: {'{$request.body#/url}': {$ref: '#/paths/~1users'}}
              /people: {$ref: '#/paths/~1users'}
            components:
              schemas:
                User: {type: object, properties: {id: {type: string}}}
                Person: {$ref: '#/components/schemas/User'}
              parameters:
                page: {in: query, name: page, schema: {type: integer}}
                size: {in: query, name: size, schema: {type: integer}}
            """)
        #expect(bundle.document == expected)
        #expect(try told(bundle) == [])
        #expect(try Contract(lazily: bundle.document).operations.map(\.id) == ["GET /users", "GET /people"])
    }

    @Test func `a property or an example that is named $ref is no reference`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract("{$ref: thing.yaml}"),
            "thing.yaml": """
                type: object
                properties:
                  $ref: {type: string, maxLength: 3}
                  $id: {type: string}
                  discriminator: {type: object, properties: {mapping: {$ref: 'text.yaml'}}}
                example: {$ref: 'nowhere.yaml'}
                default: {$ref: 'nowhere.yaml'}
                enum: [{$ref: 'nowhere.yaml'}]
                x-note: {$ref: 'nowhere.yaml'}
                """,
            "text.yaml": "type: string",
        ])
        let thing = try yaml(
            """
            type: object
            properties:
              $ref: {type: string, maxLength: 3}
              $id: {type: string}
              discriminator: {type: object, properties: {mapping: {$ref: '#/components/schemas/text'}}}
            example: {$ref: 'nowhere.yaml'}
            default: {$ref: 'nowhere.yaml'}
            enum: [{$ref: 'nowhere.yaml'}]
            x-note: {$ref: 'nowhere.yaml'}
            """)
        #expect(bundle.document["components"]?["schemas"]?["thing"] == thing)
        #expect(bundle.warnings.isEmpty)
    }

    @Test func `what is missing is a warning with its file and pointer, once`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract("{$ref: schemas/all.yaml}"),
            "schemas/all.yaml": """
                type: object
                properties:
                  a: {$ref: gone.yaml}
                  b: {$ref: '#/nothing'}
                  c: {$ref: 'https://example.com/c.yaml'}
                  d: {$ref: one.yaml}
                  e: {type: text}
                """,
            "schemas/one.yaml": "$ref: two.yaml", "schemas/two.yaml": "$ref: one.yaml",
        ])
        let told = try told(bundle)
        #expect(told.count == 5, "\(told)")
        for (place, reason) in [
            ("schemas/all.yaml#/properties/a/$ref", "gone.yaml is not among the files of the upload"),
            ("schemas/all.yaml#/properties/b/$ref", "#/nothing points at nothing"),
            ("schemas/all.yaml#/properties/c/$ref", "https://example.com/c.yaml is in another document"),
            ("schemas/all.yaml#/properties/d/$ref", "references lead in a circle"),
            ("schemas/all.yaml#/properties/e/type", ""),
        ] { #expect(told.contains { $0.hasPrefix("\(place): \(reason)") }, "\(place) in \(told)") }
    }

    @Test func `circles through the contract end`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract("{$ref: '#/components/schemas/A'}", more: "components: {schemas: {A: {$ref: a.yaml}}}"),
            "a.yaml": "$ref: openapi.yaml#/components/schemas/A",
        ])
        #expect(try told(bundle) == ["openapi.yaml#/components/schemas/A/$ref: references lead in a circle"])
        // A path that goes on behind the reference that it belongs to.
        let paths = try bundled([
            "openapi.yaml": contract("{$ref: 'a.yaml#/x/y/z'}"),
            "a.yaml": "x: {$ref: 'a.yaml#/x/y'}\nw: {$ref: 'b.yaml#/x/y'}", "b.yaml": "x: {$ref: 'a.yaml#/w/y'}",
        ])
        #expect(paths.warnings.map(\.reason) == ["a.yaml#/x/y/z points at nothing"])
        let maps = try bundled([
            "openapi.yaml": contract("{type: object, properties: {$ref: p.yaml}}"),
            "p.yaml": "a: {type: object, properties: {$ref: p.yaml}}",
        ])
        #expect(maps.document[place]?["properties"]?["a"]?["type"] == "object")
        #expect(maps.warnings.map(\.description) == ["p.yaml#/a/properties/$ref: references lead in a circle"])
    }

    @Test func `mappings, links and external examples lead to the right place`() throws {
        let bundle = try bundled([
            "openapi.yaml": """
                openapi: 3.1.0
                info: {title: T, version: '1'}
                paths:
                  /pets: {$ref: paths/pets.yaml}
                components:
                  schemas: {Bird: {type: object}}
                """,
            "paths/pets.yaml": """
                get:
                  responses:
                    '200':
                      description: One.
                      content:
                        application/json:
                          schema: {$ref: ../schemas/pets.yaml#/components/schemas/Pet}
                          examples:
                            tom: {summary: A cat., externalValue: ../examples/tom.json}
                            text: {externalValue: ../examples/note.txt}
                            far: {externalValue: 'https://example.com/a.json'}
                            gone: {externalValue: gone.json}
                      links:
                        self: {operationRef: 'pets.yaml#/get'}
                        lost: {operationRef: '../schemas/pets.yaml#/get'}
                """,
            "schemas/pets.yaml": """
                get: {}
                components:
                  schemas:
                    Pet:
                      type: object
                      discriminator:
                        propertyName: kind
                        mapping: {cat: Cat, dog: '#/components/schemas/Dog', fish: fish.yaml, bird: Bird, cow: cow.yaml#}
                    Cat: {type: object}
                    Dog: {type: object}
                """,
            "schemas/fish.yaml": "type: object",
            "examples/tom.json": #"{"name": "Tom", "weight": 4.20}"#,
            "examples/note.txt": "Tom",
        ])
        let mapping = bundle.document["components"]?["schemas"]?["Pet"]?["discriminator"]?["mapping"]
        #expect(
            mapping == [
                "cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog",
                "fish": "#/components/schemas/fish", "bird": "Bird", "cow": "cow.yaml#",
            ])
        #expect(bundle.document["components"]?["schemas"]?.object?.names == ["Bird", "Pet", "Cat", "Dog", "fish"])
        let answer = bundle.document["/paths/~1pets/get/responses/200" as JSONPointer]
        let examples = answer?["content"]?["application/json"]?["examples"]
        #expect(
            try examples == yaml(
                """
                tom: {summary: A cat., value: {name: Tom, weight: 4.20}}
                text: {value: Tom}
                far: {externalValue: 'https://example.com/a.json'}
                gone: {externalValue: gone.json}
                """))
        #expect(answer?["links"]?["self"] == ["operationRef": "#/paths/~1pets/get"])
        #expect(
            bundle.warnings.map { "\($0.file ?? "")#\($0.pointer)" } == [
                "paths/pets.yaml#/get/responses/200/content/application~1json/examples/gone/externalValue",
                "paths/pets.yaml#/get/responses/200/links/lost/operationRef",
                "schemas/pets.yaml#/components/schemas/Pet/discriminator/mapping/cow",
            ])
    }

    @Test func `identifiers and anchors of schemas are followed, and gone afterwards`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract("{oneOf: [{$ref: 'https://example.com/s/user'}, {$ref: 's/user.json#city'}]}"),
            "s/user.json": #"""
                {"$id": "https://example.com/s/user", "type": "object", "properties": {
                  "home": {"$ref": "address"}, "town": {"$ref": "#city"}, "other": {"$ref": "plain.json"}},
                  "$defs": {"City": {"$anchor": "city", "type": "string"}}}
                """#,
            "s/address.json": #"{"$id": "address", "type": "object"}"#,
            "s/plain.json": #"{"$id": "https://example.com/s/address-2", "$schema": "http://json-schema.org/draft-07/schema#", "type": "null"}"#,
        ], root: "openapi.yaml")
        let schemas = try yaml(
            """
            user:
              type: object
              properties:
                home: {$ref: '#/components/schemas/address'}
                town: {$ref: '#/components/schemas/City'}
                other: {$ref: '#/components/schemas/plain'}
              $defs: {City: {$anchor: city, type: string}}
            City: {$anchor: city, type: string}
            address: {type: object}
            plain: {$schema: 'http://json-schema.org/draft-07/schema#', type: 'null'}
            """)
        // "address" is relative to the user's identifier, and found by its file, as it was meant.
        #expect(bundle.document["components"]?["schemas"] == schemas)
        #expect(
            bundle.warnings.map { "\($0.file ?? "")#\($0.pointer)" } == ["s/plain.json#/$schema"])
    }

    @Test func `of version 2,0 go to its definitions`() throws {
        let bundle = try bundled([
            "swagger.yaml": """
                swagger: '2.0'
                info: {title: T, version: '1'}
                paths:
                  /things:
                    post:
                      parameters: [{$ref: 'p.yaml#/body'}]
                      responses: {'200': {$ref: 'r.yaml'}}
                """,
            "p.yaml": "body: {in: body, name: body, schema: {$ref: 's.yaml'}}",
            "r.yaml": "description: Done.\nschema: {$ref: 's.yaml'}",
            "s.yaml": "type: object",
        ])
        #expect(bundle.document["parameters"] == ["body": ["in": "body", "name": "body", "schema": ["$ref": "#/definitions/s"]]])
        #expect(bundle.document["responses"] == ["r": ["description": "Done.", "schema": ["$ref": "#/definitions/s"]]])
        #expect(bundle.document["definitions"] == ["s": ["type": "object"]])
        #expect(try told(bundle) == [])
    }

    @Test func `need one contract, or the name of one`() throws {
        let root = contract("true")
        #expect(
            refusal(["a.yaml": root, "b.json": "{\"swagger\": \"2.0\"}"]) == [
                "a.yaml#: it is one of 2 contracts in the upload; name the one that is meant with root, for instance root=a.yaml",
                "b.json#: it is one of 2 contracts in the upload; name the one that is meant with root, for instance root=b.json",
            ])
        #expect(try bundled(["a.yaml": root, "b.yaml": root], root: "b.yaml").root == "b.yaml")
        #expect(refusal(["a.yaml": root], root: "c.yaml") == ["#/root: the upload has no file c.yaml; root is one of: a.yaml"])
        #expect(refusal(["a.yaml": "a: 1"]).first?.contains("no file of the upload has") == true)
        #expect(refusal([:]).count == 1)
        #expect(refusal(["a.yaml": "a: [1"]).last?.hasPrefix("a.yaml#: ") == true)
        #expect(refusal(["a.yaml": root, "b.yaml": "a: [1"]) == [])
        #expect(refusal(["a.yaml": contract("{$ref: b.yaml}"), "b.yaml": "a: [1"]).first?.hasPrefix("b.yaml#: ") == true)
        #expect(refusal(["a.yaml": "openapi: 9.0.0"]).first?.hasPrefix("a.yaml#/openapi: ") == true)
    }

    @Test func `of other kinds are told, and left out beside a contract`() throws {
        for (path, text, kind) in [
            ("a.yaml", "asyncapi: 3.0.0", "AsyncAPI"), ("b.proto", "", "Protocol Buffers"),
            ("c.wsdl", "", "WSDL"), ("c.xsd", "", "XML Schema"),
            ("d.xml", "<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\"/>", "WSDL"),
        ] {
            let upload = try ContractUpload([UploadedFile(path: path, bytes: Array(text.utf8))])
            guard case .otherKind(kind) = try upload.bundled() else {
                Issue.record("\(path) is taken")
                continue
            }
        }
        let bundle = try bundled(["a.yaml": contract("true"), "events.yaml": "asyncapi: 3.0.0"])
        #expect(bundle.warnings.map(\.description) == ["events.yaml#: it is AsyncAPI, which is not available yet; it was left out"])
    }

    @Test func `with names that lead elsewhere, or twice, are refused`() {
        for path in ["", "/a.yaml", "../a.yaml", "a/../b.yaml", "a\\b.yaml", "a//b", "./a", "a\u{0}"] {
            #expect(throws: ContractError.self) { try ContractUpload([UploadedFile(path: path, bytes: [])]) }
        }
        let file = UploadedFile(path: "a.yaml", bytes: [])
        #expect(throws: ContractError.self) { try ContractUpload([file, file]) }
        let many = (0...Limits.uploadFilesMax).map { UploadedFile(path: "\($0)", bytes: []) }
        #expect(throws: ContractError.self) { try ContractUpload(many) }
        #expect(throws: Never.self) { try ContractUpload(many.dropLast()) }
    }

    @Test func `that grow without bound are refused`() throws {
        // Each map is put in place ten times in the one before: 10^7 of the last.
        var files = [UploadedFile(path: "openapi.yaml", bytes: Array(contract("{properties: {$ref: m0.yaml}}").utf8))]
        for number in 0..<8 {
            let text = (0..<10).map { "p\($0): {properties: {$ref: m\(number + 1).yaml}}" }.joined(separator: "\n")
            files.append(UploadedFile(path: "m\(number).yaml", bytes: Array(text.utf8)))
        }
        files.append(UploadedFile(path: "m8.yaml", bytes: Array("a: {type: string}".utf8)))
        let upload = try ContractUpload(files)
        #expect(throws: ContractError.self) { try upload.bundled() }
        // References into each other's insides: each level is a part of its own.
        let deep = String(repeating: "{\"not\": ", count: 300) + "{\"type\": \"string\"}" + String(repeating: "}", count: 300)
        let all = (0..<300).map { "{$ref: 'deep.json#\(String(repeating: "/not", count: $0))'}" }.joined(separator: ", ")
        let bundle = try bundled(["openapi.yaml": contract("{anyOf: [\(all)]}"), "deep.json": deep])
        #expect(bundle.bytes.count < 1 << 20)
        // Lines of aliases.
        let lines = (1..<9).map { "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]" }
        let bomb = (["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + lines).joined(separator: "\n")
        #expect(refusal(["openapi.yaml": contract("{$ref: bomb.yaml}"), "bomb.yaml": bomb]).count == 1)
    }

    @Test func `keep what stands beside a reference`() throws {
        let bundle = try bundled([
            "openapi.yaml": contract("{$ref: s.yaml, description: Mine., properties: {a: {$ref: a.yaml}}}"),
            "s.yaml": "type: object", "a.yaml": "type: string",
        ])
        #expect(
            try bundle.document[place]
                == yaml("$ref: '#/components/schemas/s'\ndescription: Mine.\nproperties: {a: {$ref: '#/components/schemas/a'}}"))
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus absent"))
    func `a published contract of three files is read without a warning`() throws {
        let files = [
            "API_definitions/one-time-password-sms.yaml", "common/CAMARA_common.yaml",
            "common/CAMARA_event_common.yaml",
        ].map { UploadedFile(path: $0, bytes: Corpus.bytes("openapi/camara-otp/" + $0)) }
        guard case .contract(let bundle) = try ContractUpload(files).bundled() else {
            Issue.record("it is no contract")
            return
        }
        #expect(try told(bundle) == [])
        let contract = try Contract(lazily: bundle.document)
        #expect(contract.operations.count == 2)
        #expect(contract.securitySchemes["openId"]?["type"] == "openIdConnect")
        #expect(!String(decoding: bundle.bytes, as: UTF8.self).contains("CAMARA_common.yaml#/components/schemas/PhoneNumber\""))
    }
}

@Suite struct `Files of a form` {
    private func files(_ body: String) -> [String]? {
        ContractUpload.files(ofForm: Array(body.utf8), contentType: "multipart/form-data; boundary=b")?
            .map { "\($0.path)=\(String(decoding: $0.bytes, as: UTF8.self))" }
    }

    @Test func `have the paths that their parts are named by`() {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"schemas/a.yaml\"; filename=\"a.yaml\"\r\nContent-Type: text/yaml\r\n\r\na: 1\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"./x/b.yaml\"\r\n\r\n\r\n--b--\r\n"
        #expect(files(body) == ["schemas/a.yaml=a: 1\n", "x/b.yaml="])
        #expect(files("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1") == nil)
        #expect(files("--b\r\n\r\n1\r\n--b--") == nil)
        #expect(files("no form") == nil)
    }
}
