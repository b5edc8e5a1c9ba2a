package import Contracts
import Synchronization

/// A contract with the behaviour behind it, ready to be mounted on sandboxes.
package final class MountableContract: Sendable {
    /// Name in host names and paths.
    package let name: String
    package let contract: Contract
    package let simulator: any Simulator
    /// Answers of operations that are answered from the contract's examples, encoded once.
    private let staticAnswers: [String: [UInt8]]
    private let index = AtomicLazyReference<OperationIndex>()

    package init(name: String, _ contract: Contract, _ simulator: any Simulator) {
        self.name = name
        self.contract = contract
        self.simulator = simulator
        var answers: [String: [UInt8]] = [:]
        for operation in contract.operations where Self.isStatic(operation) {
            answers[operation.id] = operation.example(status: 200).map { JSONWriter.bytes($0) }
        }
        staticAnswers = answers
    }

    /// The body for an operation whose fidelity is `static`; nil for the others.
    package func staticAnswer(_ operation: Operation) -> [UInt8]? {
        staticAnswers[operation.id]
    }

    /// What its operations are looked for by; made when somebody looks for the first time.
    package var operationIndex: OperationIndex {
        index.load() ?? index.storeIfNil(OperationIndex(contract.operations))
    }

    private static func isStatic(_ operation: Operation) -> Bool {
        operation.extension("x-sbx-fidelity")?.string == "static"
    }
}

/// The contracts that this build can mount.
package struct ContractLibrary: Sendable {
    package let contracts: [MountableContract]
    private let byName: [String: MountableContract]

    package init(_ contracts: [MountableContract]) {
        self.contracts = contracts
        byName = Dictionary(uniqueKeysWithValues: contracts.map { ($0.name, $0) })
    }

    package subscript(name: String) -> MountableContract? { byName[name] }
}
