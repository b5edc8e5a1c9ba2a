package import Access
package import Contracts

/// Flags of a simulated object: what it shall provoke, e.g. `{"scenario": "card_declined"}`.
///
/// They are kept as an object of their own beside it, of the contract name `sandbox` that no
/// contract may have, so that they go back, fork and show in a diff as every object does.
package enum EntityFlags {
    /// Where the flags of an object stand: preload or load it to read them without a round trip.
    package static func key(of entity: EntityKey) -> EntityKey {
        EntityKey(
            contract: ContractName.platform, type: "flags",
            id: "\(entity.contract)/\(entity.type)/\(entity.id)")
    }

    static func object(_ entity: Entity?) -> JSONObject {
        guard let entity else { return JSONObject() }
        guard let value = try? JSONParser.parse(entity.document), let object = value.object else {
            preconditionFailure("flags are written as an object")
        }
        return object
    }
}

extension WorldTransaction {
    /// The object's flags; empty when it has none.
    package func flags(of entity: EntityKey) async throws(TenancyError) -> JSONObject {
        EntityFlags.object(try await self.entity(EntityFlags.key(of: entity)))
    }

    /// Sets the members of `patch`, and takes those away whose value is null (RFC 7396, for the
    /// first level). Answers the flags as they are then. Fails with `entityNotFound` without the
    /// object, and with `invalid` beyond ``Limits/flagsBytes``.
    package func setFlags(
        _ patch: JSONObject, of entity: EntityKey
    ) async throws(TenancyError) -> JSONObject {
        let key = EntityFlags.key(of: entity)
        try await load([entity, key])
        guard try await self.entity(entity) != nil else { throw .entityNotFound(entity) }
        let known = try await self.entity(key)
        var flags = EntityFlags.object(known)
        for member in patch.members { flags[member.name] = member.value.isNull ? nil : member.value }
        let document = JSONWriter.bytes(.object(flags))
        guard document.count <= Limits.flagsBytes else {
            throw .invalid(member: "flags", rule: "at most \(Limits.flagsBytes) bytes in all")
        }
        if known == nil {
            try await create(key, document: document)
        } else {
            try await replace(key, document: document)
        }
        return flags
    }
}

extension WorldStore {
    /// The object's flags; empty when it has none. One round trip.
    package func flags(
        of entity: EntityKey, as access: SandboxAccess
    ) async throws(TenancyError) -> JSONObject {
        EntityFlags.object(try await self.entity(EntityFlags.key(of: entity), as: access).entity)
    }

    /// ``WorldTransaction/setFlags(_:of:)`` as a call of its own.
    package func setFlags(
        _ patch: JSONObject, of entity: EntityKey, as access: SandboxAccess
    ) async throws(TenancyError) -> JSONObject {
        try await storing {
            let outcome = try await transaction(as: access) { world in
                try await world.setFlags(patch, of: entity)
            }
            guard case .committed(let flags) = outcome else {
                preconditionFailure("no idempotency key was claimed")
            }
            return flags
        }
    }
}
