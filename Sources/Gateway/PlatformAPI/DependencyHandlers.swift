import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

// Who answers what our domains need from outside.
extension PlatformAPI {
    static let dependencyHandlers: [String: Handler] = [
        "list_dependencies": .sandbox(.read) { api, _, access throws(Refusal) in
            let bound = try await api.bindings(access)
            return Answer(
                200,
                [
                    "data": .array(Dependency.allCases.map { $0.document(bound[$0.rawValue]) }),
                    "next": .null,
                ])
        },
        "bind_dependency": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.bind(try dependency(call), call.body, access)
        },
        "unbind_dependency": .sandbox(.write) { api, call, access throws(Refusal) in
            let dependency = try dependency(call)
            try await api.store(nil, of: dependency, access)
            return Answer(200, dependency.document(nil))
        },
    ]

    private static func dependency(_ call: PlatformCall) throws(Refusal) -> Dependency {
        let name = call.path("dependency")
        guard let dependency = Dependency(rawValue: name) else {
            throw .dependencyNotFound(name)
        }
        return dependency
    }

    private func bindings(_ access: SandboxAccess) async throws(Refusal) -> JSONValue {
        SandboxSettings.json(try await setting(SandboxSettings.dependenciesName, access)) ?? [:]
    }

    private func bind(
        _ dependency: Dependency, _ asked: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let mounted = try await mounted(asked["contract"]?.string ?? "", access)
        let document = try completed(asked, dependency, mounted)
        let binding: DependencyBinding
        do throws(DependencyFault) {
            binding = try DependencyBinding(document, of: dependency)
        } catch {
            throw .invalid(
                pointer: error.pointer.description, rule: "binding", expected: error.expected)
        }
        let operations = mounted.contract.operations
        guard let operation = operations.first(where: { $0.id == binding.operation }) else {
            throw .invalid(
                pointer: "/operation", rule: "operation",
                expected: nearestName(to: binding.operation, among: operations.map(\.id))
                    ?? "the id of one of the contract's operations")
        }
        try checkPlaces(of: binding, in: operation)
        try await store(document, of: dependency, access)
        return Answer(200, dependency.document(document))
    }

    private func mounted(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> MountableContract {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == name }),
            let mounted = try await services.mountable(mount, access)
        else {
            throw .invalid(
                pointer: "/contract", rule: "contract",
                expected: "one of \(mounts.map(\.contract).joined(separator: ", "))")
        }
        return mounted
    }

    /// With the mapping that is known for the contract, where none is given.
    private func completed(
        _ asked: JSONValue, _ dependency: Dependency, _ mounted: MountableContract
    ) throws(Refusal) -> JSONValue {
        if asked["operation"] != nil, asked["answer"] != nil { return asked }
        guard let ready = ReadyBinding.find(for: dependency, in: mounted.contract) else {
            throw .invalid(
                pointer: "/operation", rule: "required",
                expected:
                    "operation and answer: no mapping of \(dependency.rawValue) is known for this contract"
            )
        }
        var document = ready
        for member in asked.object?.members ?? [] { document[member.name] = member.value }
        return document
    }

    /// Facts are read where the contract's good answer can have them.
    private func checkPlaces(
        of binding: DependencyBinding, in operation: Contracts.Operation
    ) throws(Refusal) {
        guard let schema = operation.goodAnswer?.schema else { return }
        for (fact, place) in binding.answer where !schema.canHold(place) {
            throw .invalid(
                pointer: JSONPointer(["answer", fact]).description, rule: "binding",
                expected: "a place that the answer of \(operation.id) has; it has no \(place)")
        }
    }

    private func store(
        _ binding: JSONValue?, of dependency: Dependency, _ access: SandboxAccess
    ) async throws(Refusal) {
        var document = try await bindings(access)
        document[dependency.rawValue] = binding
        let isEmpty = document.object?.isEmpty ?? true
        try await write(
            SandboxSettings.dependenciesName, isEmpty ? nil : JSONWriter.bytes(document), access)
    }
}

extension Dependency {
    fileprivate func document(_ binding: JSONValue?) -> JSONValue {
        [
            "name": .string(rawValue), "summary": .string(summary),
            "inputs": .array(
                inputs.map { ["name": .string($0.name), "summary": .string($0.summary)] }),
            "facts": .array(
                facts.map {
                    [
                        "name": .string($0.name), "summary": .string($0.summary),
                        "required": .bool($0.isRequired),
                    ]
                }),
            "binding": binding ?? .null,
        ]
    }
}

extension Contracts.Operation {
    /// The JSON form of the first declared success.
    fileprivate var goodAnswer: Contracts.MediaType? {
        responses.first { $0.status.hasPrefix("2") }?.json
    }
}

extension CompiledSchema {
    /// Whether a value that fits may have something at the place. What the schema leaves open may.
    fileprivate func canHold(_ place: JSONPointer) -> Bool {
        var schema = self
        for token in place.tokens {
            let shape = schema.shape(.answer)
            if shape.isArray {
                guard let element = shape.element else { return true }
                schema = element
            } else if let member = shape.member(token) {
                schema = member.schema
            } else {
                return shape.members.isEmpty
            }
        }
        return true
    }
}
