import Contracts

// Resources and roles as a contract's notes give them.
extension ResourceMap {
    func notedRole(
        _ note: ResourceNote, _ operation: Operation, inferred: OperationRole
    ) -> OperationRole {
        let resource = resource(of: operation, note, inferred)
        switch note.role {
        case .create: return .create(resource)
        case .list: return .list(resource)
        case .read: return .read(resource)
        case .update: return .update(resource, isWhole: false)
        case .replace: return .update(resource, isWhole: true)
        case .delete: return .delete(resource)
        case .action:
            return .action(resource, verb: PathTemplate(operation.path).lastLiteral ?? "")
        case .some(.none): return .plain(owner: nil)
        case nil: return inferred.done(to: resource)
        }
    }

    /// The object that a noted resource belongs to.
    func parent(of resource: Resource) -> Resource? {
        resource.kept?.parent.map { named($0.name, parent: nil, by: $0.by) }
    }

    private func resource(
        of operation: Operation, _ note: ResourceNote, _ inferred: OperationRole
    ) -> Resource {
        if let name = note.name { return named(name, parent: note.parent, by: note.by) }
        var resource = inferred.resource ?? resource(of: collection(operation, note))
        resource.by = note.by
        return resource
    }

    private func named(
        _ name: String, parent: ResourceNote.Parent?, by: ResourceNote.NamePlace?
    ) -> Resource {
        let type = parent.map { "\($0.name)/{}/\(name)" } ?? name
        // What paths show of it holds, too.
        let collection = PathTemplate(form: commonForm + type)
        var resource = resource(of: collection)
        resource.name = name
        resource.kept = Resource.Keeping(name: name, parent: parent)
        resource.by = by
        return resource
    }

    private func collection(_ operation: Operation, _ note: ResourceNote) -> PathTemplate {
        let template = PathTemplate(operation.path)
        if template.endsWithParameter { return template.parent }
        let item = template.parent
        if note.role?.needsName == true, item.endsWithParameter { return item.parent }
        return template
    }
}

extension OperationRole {
    /// Nil for what is answered from the contract alone.
    var resource: Resource? {
        switch self {
        case .create(let resource), .list(let resource), .read(let resource),
            .update(let resource, _), .delete(let resource), .action(let resource, _):
            resource
        case .plain: nil
        }
    }

    /// The same, done to another resource.
    fileprivate func done(to resource: Resource) -> OperationRole {
        switch self {
        case .create: .create(resource)
        case .list: .list(resource)
        case .read: .read(resource)
        case .update(_, let isWhole): .update(resource, isWhole: isWhole)
        case .delete: .delete(resource)
        case .action(_, let verb): .action(resource, verb: verb)
        case .plain: self
        }
    }
}
