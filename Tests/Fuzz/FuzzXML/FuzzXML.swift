/// A body of XML, read by a schema that has something of everything: it is refused, or read into a
/// value that is written and read as the same once more; depth and document types stay out.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let schema = media.schema,
        let body = try? XMLBody(
            bytes, contentType: "application/xml", schema: schema, as: .request)
    else { return 0 }
    precondition(body.value.depth(isAtMost: Limits.xmlDepthMax))
    let faults = schema.validate(body.value, as: .request).map {
        MessageFault(location: .body, name: nil, fault: $0)
    }
    let located = body.located(faults)
    precondition(located.allSatisfy { $0.xpath?.hasPrefix("/") ?? false })
    // What fits is written and read as it was, but for lists that nothing stands for.
    guard located.isEmpty else { return 0 }
    guard let written = media.xml(body.value, as: .request) else { return 0 }
    guard
        let again = try? XMLBody(
            written, contentType: "application/xml", schema: schema, as: .request)
    else { preconditionFailure("not read: \(String(decoding: written, as: UTF8.self))") }
    precondition(again.located([]).isEmpty)
    precondition(schema.accepts(again.value, as: .request))
    guard let twice = media.xml(again.value, as: .request) else { preconditionFailure("not written") }
    precondition(twice == written)
    return 0
}

private let media: MediaType = {
    let text = """
        openapi: 3.1.0
        info: {title: '', version: ''}
        paths:
          /x:
            post:
              requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}}}
              responses: {'200': {description: ''}}
        components:
          schemas:
            A:
              type: object
              additionalProperties: false
              xml: {name: a}
              properties:
                id: {type: integer, xml: {attribute: true}}
                n: {type: number, xml: {namespace: 'urn:n', prefix: n}}
                flag: {type: boolean}
                text: {type: string}
                list: {type: array, items: {type: string, xml: {name: item}}}
                wrapped: {type: array, xml: {wrapped: true}, items: {$ref: '#/components/schemas/A'}}
                inner: {$ref: '#/components/schemas/A'}
                said: {type: object, additionalProperties: false, properties: {t: {type: string, xml: {nodeType: text}}}}
        """
    guard let document = try? JSONValue(contract: Array(text.utf8)),
        let contract = try? Contract(lazily: document),
        let media = contract.operations.first?.requestBody?.content.first
    else { preconditionFailure("a contract") }
    return media
}()
