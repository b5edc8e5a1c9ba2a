import Testing

@testable import Contracts

@Suite struct `Faults of XML bodies` {
    private func contract() throws -> XMLContract {
        try XMLContract(
            """
            {type: object, xml: {name: order, namespace: 'urn:o', prefix: o}, additionalProperties: false, required: [id, total],
             properties: {id: {type: string, maxLength: 3, xml: {attribute: true}},
              total: {type: integer, xml: {name: Total}},
              items: {type: array, xml: {wrapped: true}, items: {type: object, xml: {name: item},
               properties: {sku: {type: string, maxLength: 2, xml: {attribute: true}}, count: {type: integer}}}},
              notes: {type: array, items: {type: string, maxLength: 4, xml: {name: note}}}}}
            """)
    }

    private func faults(_ inner: String, attributes: String = " id=\"o1\"") throws -> [String] {
        try contract().faults("<o:order xmlns:o=\"urn:o\"\(attributes)>\(inner)</o:order>")
    }

    @Test func `say where in the document and what is expected`() throws {
        #expect(try faults("<Total>x</Total>") == [
            "/o:order/Total /total: expected integer, got \"x\""
        ])
        #expect(try faults("<Total>1</Total>", attributes: " id=\"long\"") == [
            "/o:order/@id /id: expected at most 3 characters, got 4: \"long\""
        ])
        #expect(try faults("", attributes: "") == [
            "/o:order/@id /id: expected the member \"id\", got nothing",
            "/o:order/Total /total: expected the member \"total\", got nothing",
        ])
        #expect(try faults("<Total>1</Total><note>a</note><note>longer</note>").first?
            .hasPrefix("/o:order/note[2] /notes/1: expected at most 4") == true)
        #expect(try faults("<Total>1</Total><items><item/><item sku=\"abc\"/></items>").first?
            .hasPrefix("/o:order/items/item[2]/@sku /items/1/sku: expected at most 2") == true)
    }

    @Test(arguments: [
        ("<total>1</total>", "/o:order/Total /total: expected an element <Total>, got <total>"),
        ("<Total>1</Total><id>7</id>", "/o:order/@id /id: expected an attribute id, got <id>"),
        ("<Total>1</Total><Total>2</Total>", "/o:order/Total /total: expected an element <Total> once, got another"),
        ("<Total>1</Total>stray", "/o:order : expected elements and no text of its own, got \"stray\""),
        ("<Total>1</Total><items><thing/></items>", "/o:order/items/item[1] /items/0: expected <item>, got <thing>"),
        ("<Total>1</Total><items a=\"1\"/>", "/o:order/items /items: expected no attributes, got an attribute a"),
        ("<Total>1</Total><notes>a</notes>", "/o:order/note /notes: expected an element <note>, got <notes>"),
    ]) func `name what stands wrongly`(_ inner: String, _ fault: String) throws {
        let found = try faults(inner)
        #expect(found.contains(fault), "\(found)")
    }

    @Test func `name attributes that should be elements, and members that are not declared`() throws {
        let found = try faults("<Total>1</Total>", attributes: " id=\"o1\" total=\"1\" colour=\"red\"")
        #expect(found.contains("/o:order/Total /total: expected an element <Total>, got an attribute total"))
        #expect(found.contains { $0.hasPrefix("/o:order/colour /colour:") }, "\(found)")
        #expect(try faults("<Total>1</Total><Totl>2</Totl>").contains { $0.hasPrefix("/o:order/Totl /Totl:") })
    }

    @Test func `name roots and namespaces`() throws {
        #expect(try contract().faults("<Order id=\"1\"><Total>1</Total></Order>") == [
            "/o:order : expected the element <o:order>, got <Order>"
        ])
        #expect(try contract().faults("<order id=\"1\"><Total>1</Total></order>") == [
            "/o:order : expected <o:order> of the namespace urn:o, got no namespace"
        ])
        #expect(
            try contract().faults("<order xmlns=\"urn:o\" id=\"1\"><Total>1</Total></order>") == [],
            "prefixes are the sender's own")
    }

    @Test func `are bounded in number`() throws {
        let many = (0..<500).map { "<total>\($0)</total>" }.joined()
        #expect(try faults(many).count <= 2 * Limits.faultsMax)
    }
}
