// Dynamic references. In one document they would find other schemas than in several, so each becomes
// a plain one to what it means there: a part that is reached by ways on which it means different
// things gets a home for each.

/// The schemas that dynamic anchors mean on the way to a place, the outermost resource's first (core
/// §7.1).
typealias DynamicScope = [String: UploadPlace]

extension ContractBundler {
    /// The scope inside the resource of a place, behind a reference that leads there. Schemas are
    /// applied from where their holder stands; another part's schemas begin anew.
    func scope(entering place: UploadPlace, as part: ContractPart) -> DynamicScope {
        let own = documents.dynamicAnchors(at: place)
        return part == .schema ? scope.merging(own) { outer, _ in outer } : own
    }

    /// A plain reference that means what a dynamic one means here; nil where it stays as it is:
    /// inside the contract itself, whose anchors are the outermost, and where it leads nowhere.
    func settled(dynamic reference: String) throws(ContractError) -> String? {
        guard version.namesSchemas, file != root || !reference.hasPrefix("#"),
            var meant = try target(of: reference, from: here, keyword: "$dynamicRef")
        else { return nil }
        let name = reference.split(separator: "#", omittingEmptySubsequences: false).last
            .map(String.init) ?? ""
        // Only a reference to a dynamic anchor is dynamic (core §8.2.3.2).
        if documents.dynamicAnchors(at: meant.place)[name] == meant.place,
            let outer = scope[name], let document = try documents.document(outer.file)
        {
            meant = UploadTarget(place: outer, value: document[outer.pointer])
        }
        guard let end = try end(of: meant), let home = home(of: end, as: .schema) else { return nil }
        return written(reference, to: home)
    }

    /// A dynamic reference beside a plain one: both hold.
    func addDynamic(
        of object: JSONObject, to made: inout JSONObject
    ) throws(ContractError) {
        guard let reference = object["$dynamicRef"]?.string,
            let settled = try settled(dynamic: reference)
        else { return }
        made["$dynamicRef"] = nil
        let further: JSONValue = ["$ref": .string(settled)]
        made["allOf"] = .array((made["allOf"]?.array ?? []) + [further])
    }
}
