import Testing

@testable import Contracts

/// Two revisions of a contract: what a client that knew the old one has to fear.
@Suite struct `A comparison of contracts` {
    /// A contract with one operation, of which a case replaces what it is about.
    private static let base = #"""
        {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/things/{id}": {
          "post": {"operationId": "act", "parameters": [
             {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
             {"name": "q", "in": "query", "schema": {"type": "integer"}}],
           "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}},
           "responses": {"200": {"description": "", "content": {"application/json": {"schema":
             {"$ref": "#/components/schemas/Out"}}}}, "404": {"description": ""}}}}},
         "components": {"schemas": {
           "In": {"type": "object", "properties": {"size": {"type": "integer", "maximum": 9},
             "next": {"$ref": "#/components/schemas/In"}}},
           "Out": {"type": "object", "required": ["state"], "properties": {
             "state": {"type": "string", "enum": ["on", "off"]}, "note": {"type": "string"}}}}}}
        """#

    private func rules(_ old: String, _ new: String) throws -> [String] {
        #expect(Self.base.contains(old), "\(old)")
        let changed = Self.base.replacing(old, with: new)
        let comparison = ContractComparison(
            from: try JSONParser.parse(Self.base), to: try JSONParser.parse(changed))
        return comparison.changes.map { "\($0.severity.rawValue) \($0.rule)" }
    }

    @Test func `of the same document finds nothing, however its schemas refer to themselves`() throws {
        #expect(try rules("act", "act") == [])
        #expect(try rules("/things/{id}", "/things/{other}") == [])
    }

    @Test(arguments: [
        (#""name": "q", "in": "query","#, #""name": "q", "in": "query", "required": true,"#,
         "breaking request-parameter-became-required"),
        (#""maximum": 9"#, #""maximum": 5"#, "breaking request-maximum-tightened"),
        (#""maximum": 9"#, #""maximum": 20"#, "non_breaking request-maximum-loosened"),
        (#", "maximum": 9"#, "", "non_breaking request-maximum-removed"),
        (#""requestBody": {"#, #""requestBody": {"required": true, "#,
         "breaking request-body-became-required"),
        (#""on", "off""#, #""on", "off", "lost""#, "breaking response-enum-value-added"),
        (#""on", "off""#, #""on""#, "non_breaking response-enum-value-removed"),
        (#""required": ["state"], "#, "", "breaking response-property-became-optional"),
        (#", "note": {"type": "string"}"#, "", "breaking response-property-removed"),
        (#""note": {"type": "string"}"#, #""note": {"type": ["string", "null"]}"#,
         "breaking response-type-widened"),
        (#""note": {"type": "string"}"#, #""note": {"type": "string", "contentEncoding": "base64"}"#,
         "unknown response-contentEncoding-changed"),
        (#", "404": {"description": ""}"#, "", "unknown response-status-removed"),
        (#""404": {"#, #""409": {"description": ""}, "404": {"#,
         "non_breaking response-status-added"),
        (#""operationId": "act","#, #""operationId": "act", "security": [{"k": []}],"#,
         "breaking security-changed"),
        (#""operationId": "act","#, #""operationId": "act", "deprecated": true,"#,
         "non_breaking operation-deprecated"),
    ])
    func `judges from the client's side`(old: String, new: String, change: String) throws {
        #expect(try rules(old, new) == [change])
    }

    @Test func `finds operations that came and went`() throws {
        #expect(
            try rules("\"post\"", "\"put\"")
                == ["breaking operation-removed", "non_breaking operation-added"])
    }
}

/// What a contract lacks.
@Suite struct `A lint of a contract` {
    @Test func `names rule and place`() throws {
        let contract = try Contract(
            lazily: JSONParser.parse(
                #"""
                {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "/"}],
                 "paths": {"/a": {"get": {"operationId": "x", "summary": "A.", "responses": {
                     "200": {"description": "", "content": {"application/json": {
                        "schema": {"type": "integer"}, "example": "no"}}}}},
                   "put": {"summary": "B.", "security": [{"none": []}],
                     "responses": {"400": {"description": ""}}},
                   "post": {"operationId": "x", "responses": {"200": {"description": "",
                     "content": {"application/json": {}}}, "default": {"description": ""}}}}}}
                """#))
        let found = ContractLint.findings(contract).map {
            "\($0.severity.rawValue) \($0.rule) \($0.pointer)"
        }
        #expect(
            found.sorted() == [
                "error security-scheme-unknown /paths/~1a/put/security",
                "error success-missing /paths/~1a/put/responses",
                "error unusable /paths/~1a/post/operationId",
                "hint summary-missing /paths/~1a/post",
                "warning answer-untyped /paths/~1a/post/responses/200",
                "warning errors-missing /paths/~1a/get/responses",
                "warning example-invalid /paths/~1a/get/responses/200/content/application~1json",
                "warning operation-id-missing /paths/~1a/put",
            ])
    }
}
