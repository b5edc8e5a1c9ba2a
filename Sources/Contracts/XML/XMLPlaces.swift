// Where a value stands, as whoever sent the document sees it.

extension XMLShapes {
    /// The way to the value at `pointer` as a path of XPath: `/order/item[2]/@sku`.
    func place(of pointer: JSONPointer, _ root: [SchemaIndex]) -> String {
        let form = rootForm(root)
        var path = "/\(form.step)"
        var tokens = pointer.tokens[...]
        var schemas = root
        var list: (shape: XMLShape, item: XMLForm)?
        if shape(root).kind == .array { list = (shape(root), shape(root).freeItemForm(in: form)) }
        while let token = tokens.popFirst() {
            if let (listed, item) = list, let index = Int(token) {
                path += "/\(item.step)[\(index + 1)]"
                schemas = listed.schemas(ofElement: index)
                let inner = shape(schemas)
                list = inner.kind == .array ? (inner, inner.freeItemForm(in: item)) : nil
                continue
            }
            list = nil
            guard let member = member(token, of: schemas) else {
                path += Int(token) == nil ? "/\(token.asXMLName)" : "[\((Int(token) ?? 0) + 1)]"
                schemas = []
                continue
            }
            schemas = member.schemas
            guard let own = member.list else {
                path += "/\(member.form.step)"
                continue
            }
            if own.isWrapped { path += "/\(member.form.step)" }
            if !own.isWrapped, tokens.isEmpty { path += "/\(own.item.step)" }
            list = (own.shape, own.item)
        }
        return path
    }

    private func member(_ name: String, of schemas: [SchemaIndex]) -> XMLMember? {
        (0..<branches(schemas)).lazy.compactMap {
            self.shape(schemas, choice: $0).member(name)
        }.first
    }
}
