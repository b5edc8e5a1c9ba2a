/// What a schema says of the objects and arrays that fit it, for whoever reads meaning into them:
/// one branch of each alternative, references followed.
package struct SchemaShape: Sendable {
    package struct Member: Sendable {
        package let name: String
        package let schema: CompiledSchema
        package let isRequired: Bool
        package let isReadOnly: Bool
    }

    package let isObject: Bool
    package let isArray: Bool
    package let takesStrings: Bool
    package let takesIntegers: Bool
    package let takesBooleans: Bool
    /// In the order of the contract.
    package let members: [Member]
    /// Members beyond the declared ones are refused.
    package let isClosed: Bool
    /// What members beyond the declared ones must be; nil where they may be anything.
    package let other: CompiledSchema?
    /// Of an array's elements; nil where they may be anything.
    package let element: CompiledSchema?
    /// The texts of `enum`, in order.
    package let texts: [String]

    package func member(_ name: String) -> Member? { members.first { $0.name == name } }
}

extension CompiledSchema {
    package func shape(_ direction: MessageDirection = .any) -> SchemaShape {
        shape(SchemaSketch(table, direction, absorbing: root), direction)
    }

    /// Whether null may be answered. `nullable` beside no `type`, or beside an `enum` without null,
    /// counts as not said: OpenAPI 3.0.3 gives it no effect there, and strict readers refuse it.
    package var takesNull: Bool { accepts(.null, as: .answer) && !isVaguelyNullable }

    /// `nullable` where strict readers refuse null all the same: no value, but a member left out.
    package var isVaguelyNullable: Bool {
        let node = table[root]
        guard node.traits.contains(.nullable) else { return false }
        return node.types == .all
            || node.rules.contains { rule in
                if case .enumeration(let values) = rule { !values.contains(where: \.isNull) } else { false }
            }
    }

    /// What the schema says that a member is when nobody sets it.
    package var preset: JSONValue? { SchemaSketch(table, .any, absorbing: root).presets.first }

    /// The shape of the first alternative of that kind; nil if none is.
    func branch(_ kind: TypeSet) -> SchemaShape? {
        for choice in 0..<Limits.madeAttemptsMax {
            let sketch = SchemaSketch(table, .any, choice: choice, absorbing: root)
            if sketch.kind == kind { return shape(sketch, .any) }
            if choice + 1 >= sketch.alternatives { break }
        }
        return nil
    }

    private func shape(_ sketch: SchemaSketch, _ direction: MessageDirection) -> SchemaShape {
        let kind = sketch.kind
        return SchemaShape(
            isObject: kind == .object, isArray: kind == .array,
            takesStrings: sketch.types.contains(.string),
            takesIntegers: sketch.types.contains(.integer) || sketch.types.contains(.number),
            takesBooleans: sketch.types.contains(.boolean),
            members: sketch.members.map { member in
                let part = CompiledSchema(table: table, root: member.schemas[0])
                let own = SchemaSketch(table, direction, absorbing: member.schemas)
                return SchemaShape.Member(
                    name: member.name, schema: part,
                    isRequired: sketch.required.contains(member.name), isReadOnly: own.isReadOnly)
            },
            isClosed: sketch.isClosed,
            other: sketch.additional.first.map { CompiledSchema(table: table, root: $0) },
            element: sketch.items.first.map { CompiledSchema(table: table, root: $0) },
            texts: sketch.values?.compactMap(\.string) ?? [])
    }
}
