// Small contracts of our own that our domains can ask.
extension ImportedContracts {
    /// Scores payments, and keeps what it has scored; `rate_country` knows its example alone.
    static let fraud = """
        openapi: 3.1.0
        info: {title: Fraud, version: '1'}
        paths:
          /assessments:
            get:
              operationId: list_assessments
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Assessment'}}
            post:
              operationId: assess
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [cents, currency, brand, standing]
                      properties:
                        cents: {type: integer}
                        currency: {type: string, pattern: '^[A-Z]{3}$'}
                        brand: {type: string}
                        funding: {type: string}
                        country: {type: string}
                        payer: {type: string}
                        category: {type: string}
                        standing: {type: string, enum: [normal, elevated, highest]}
              responses:
                '201':
                  description: The assessment.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Assessment'}
                '503': {$ref: '#/components/responses/Error'}
          /countries/{country}/rating:
            parameters:
              - {name: country, in: path, required: true, schema: {type: string, pattern: '^[A-Z]{2}$'}}
            get:
              operationId: rate_country
              responses:
                '200':
                  description: The rating.
                  content:
                    application/json:
                      example: {rating: '90.6'}
                      schema:
                        type: object
                        required: [rating]
                        properties: {rating: {type: string}}
          /payers/{payer}/rating:
            parameters:
              - {name: payer, in: path, required: true, schema: {type: string}}
            get:
              operationId: rate_payer
              responses:
                '200':
                  description: The rating.
                  content:
                    application/json:
                      example: {rating: 101}
                      schema:
                        type: object
                        required: [rating]
                        properties: {rating: {type: integer}}
        components:
          responses:
            Error:
              description: No score.
              content:
                application/json:
                  example: {error: overloaded}
                  schema:
                    type: object
                    required: [error]
                    properties: {error: {type: string}}
          schemas:
            Assessment:
              type: object
              required: [id, cents, currency, brand, standing, score]
              properties:
                id: {type: string}
                cents: {type: integer}
                currency: {type: string}
                brand: {type: string}
                funding: {type: string}
                country: {type: string}
                payer: {type: string}
                category: {type: string}
                standing: {type: string}
                score: {type: integer, minimum: 0, maximum: 100}
        """

    /// Sends text messages, which it takes as a form and keeps.
    static let texts = """
        openapi: 3.1.0
        info: {title: Texts, version: '1'}
        paths:
          /messages:
            get:
              operationId: list_messages
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Message'}}
            post:
              operationId: send_message
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [to, words]
                      properties:
                        to: {type: string, pattern: '^\\+[0-9]{5,15}$'}
                        words: {type: string, maxLength: 160}
              responses:
                '201':
                  description: The message.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Message'}
                '503': {$ref: '#/components/responses/Error'}
        components:
          responses:
            Error:
              description: Not sent.
              content:
                application/json:
                  example: {error: carrier_down}
                  schema:
                    type: object
                    required: [error]
                    properties: {error: {type: string}}
          schemas:
            Message:
              type: object
              required: [id, to, words, state]
              properties:
                id: {type: string}
                to: {type: string}
                words: {type: string}
                state: {type: string, enum: [accepted, delivered]}
        """

    /// Checks identities and keeps what it has checked.
    static let identities = """
        openapi: 3.1.0
        info: {title: Identities, version: '1'}
        paths:
          /checks:
            get:
              operationId: list_checks
              responses:
                '200':
                  description: All.
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Check'}}
            post:
              operationId: create_check
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      properties:
                        name: {type: string}
                        mail: {type: string}
                        phone: {type: string}
              responses:
                '201':
                  description: The check.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Check'}
                '503': {$ref: '#/components/responses/Error'}
          /registers/{register}:
            parameters:
              - {name: register, in: path, required: true, schema: {type: string}}
            get:
              operationId: search_register
              responses:
                '200':
                  description: What was found.
                  content:
                    application/json:
                      example: {found: false, likeness: 40.5}
                      schema:
                        type: object
                        required: [found]
                        properties: {found: {type: boolean}, likeness: {type: number}}
        components:
          responses:
            Error:
              description: Not checked.
              content:
                application/json:
                  example: {error: register_closed}
                  schema:
                    type: object
                    required: [error]
                    properties: {error: {type: string}}
          schemas:
            Check:
              type: object
              required: [id, result]
              properties:
                id: {type: string}
                name: {type: string}
                mail: {type: string}
                phone: {type: string}
                result: {type: string, enum: ['true', 'false', not_available]}
        """
}
