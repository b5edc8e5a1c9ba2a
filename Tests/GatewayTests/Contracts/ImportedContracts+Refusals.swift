extension ImportedContracts {
    /// The same operation under several paths, each with another way to say what is wrong.
    static let refusals = """
        openapi: 3.0.3
        info: {title: Refusals, version: '1'}
        paths:
        \(path("list", "'422': {$ref: '#/components/responses/List'}"))
        \(path("text", "'400': {description: Wrong., content: {application/json: {schema: {type: string}}}}"))
        \(path("rest", "default: {$ref: '#/components/responses/Rest'}"))
        \(path("class", "4XX: {$ref: '#/components/responses/Rest'}"))
        \(path("problem", "'400': {description: Wrong., content: {application/problem+json: {schema: {type: object}}}}"))
        \(path("none", "'404': {description: Gone.}"))
        \(path("closed", "'400': {$ref: '#/components/responses/Closed'}"))
          /preferred:
            post:
              parameters: [{name: Prefer, in: header, schema: {type: string}}]
              responses:
                '201':
                  description: Made.
                  content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}
        components:
          responses:
            List:
              description: Wrong.
              content:
                application/json:
                  schema:
                    type: object
                    required: [errors]
                    properties:
                      errors:
                        type: array
                        minItems: 1
                        items:
                          type: object
                          required: [kind, detail]
                          properties: {kind: {enum: [input]}, detail: {type: string}}
                  example: {errors: [{kind: input, detail: First.}, {kind: input, detail: Second.}]}
            Rest:
              description: Wrong.
              content:
                application/json:
                  schema:
                    type: object
                    required: [code, message]
                    properties: {code: {type: integer, format: int32}, message: {type: string}}
            Closed:
              description: Wrong.
              content:
                application/json:
                  schema:
                    type: object
                    required: [message, kind]
                    properties: {message: {enum: [bad_request]}, kind: {enum: [input]}}
        """

    private static func path(_ name: String, _ response: String) -> String {
        """
          /\(name):
            post:
              parameters: [{name: limit, in: query, schema: {type: integer, maximum: 9}}]
              requestBody:
                required: true
                content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}
              responses:
                '204': {description: Fine.}
                \(response)
        """
    }
}
