extension ImportedContracts {
    /// XML and nothing else, but for one operation.
    static let orders = """
        openapi: 3.0.3
        info: {title: Orders, version: '1'}
        paths:
          /orders:
            get:
              operationId: list_orders
              responses:
                '200': {description: All., content: {application/xml: {schema: {$ref: '#/components/schemas/Orders'}}}}
            post:
              operationId: create_order
              requestBody:
                required: true
                content: {application/xml: {schema: {$ref: '#/components/schemas/NewOrder'}}}
              responses:
                '201': {description: It., content: {application/xml: {schema: {$ref: '#/components/schemas/Order'}}}}
                '400': {description: No., content: {application/xml: {schema: {$ref: '#/components/schemas/Error'}}}}
          /orders/{order}:
            parameters:
              - {name: order, in: path, required: true, schema: {type: string}}
            get:
              operationId: get_order
              responses:
                '200': {description: It., content: {application/xml: {schema: {$ref: '#/components/schemas/Order'}}}}
                '404': {description: None., content: {application/xml: {schema: {$ref: '#/components/schemas/Error'}}}}
            patch:
              operationId: change_order
              requestBody:
                content: {application/xml: {schema: {$ref: '#/components/schemas/NewOrder'}}}
              responses:
                '200': {description: It., content: {text/xml: {schema: {$ref: '#/components/schemas/Order'}}}}
            delete: {operationId: delete_order, responses: {'204': {description: Gone.}}}
          /greeting:
            get:
              operationId: greet
              responses:
                '200':
                  description: As it is written here.
                  content:
                    application/xml:
                      schema: {type: object, xml: {name: hello}, properties: {to: {type: string}}}
                      example: '<?xml version="1.0"?><hello><to>you</to></hello>'
          /choice:
            get:
              operationId: choose
              responses:
                '200':
                  description: Either.
                  content:
                    application/xml:
                      schema: {type: object, xml: {name: choice}, properties: {n: {type: integer, xml: {attribute: true}}}}
                      examples: {written: {value: '<choice n="9"/>'}}
                    application/json:
                      schema: {type: object, properties: {n: {type: integer}}}
                      example: {n: 3}
        components:
          schemas:
            Line:
              type: object
              xml: {name: line}
              required: [sku]
              properties:
                sku: {type: string, xml: {attribute: true}}
                count: {type: integer, minimum: 1}
            NewOrder:
              type: object
              xml: {name: order}
              additionalProperties: false
              required: [total]
              properties:
                total: {type: integer}
                express: {type: boolean}
                lines: {type: array, xml: {wrapped: true}, items: {$ref: '#/components/schemas/Line'}}
            Order:
              type: object
              xml: {name: order}
              required: [id, total]
              properties:
                id: {type: string, xml: {attribute: true}}
                total: {type: integer}
                express: {type: boolean}
                lines: {type: array, xml: {wrapped: true}, items: {$ref: '#/components/schemas/Line'}}
            Orders: {type: array, xml: {name: orders}, items: {$ref: '#/components/schemas/Order'}}
            Error:
              type: object
              xml: {name: error}
              required: [message]
              properties: {message: {type: string}}
        """

    /// OpenAPI 2.0, whose types stand apart from its schemas.
    static let pets = """
        swagger: '2.0'
        info: {title: Pets, version: '1'}
        consumes: [application/xml]
        produces: [application/xml]
        paths:
          /pets:
            post:
              operationId: create_pet
              parameters: [{name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}]
              responses: {'201': {description: It., schema: {$ref: '#/definitions/Pet'}}}
          /pets/{pet}:
            get:
              operationId: get_pet
              produces: [application/json, application/xml]
              parameters: [{name: pet, in: path, required: true, type: integer}]
              responses: {'200': {description: It., schema: {$ref: '#/definitions/Pet'}}}
        definitions:
          Pet:
            type: object
            required: [id]
            properties:
              id: {type: integer}
              tags: {type: array, items: {type: string, xml: {name: tag}}}
        """
}
