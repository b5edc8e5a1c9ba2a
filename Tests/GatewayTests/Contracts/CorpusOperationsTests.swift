import Contracts
import Foundation
import TestSupport
import Testing

/// Every operation of every valid published contract is called once with a request that fits, and
/// has to answer with what fits.
@Suite struct `Published contracts behind a gateway` {
    @Test(.enabled(if: PublishedContracts.arePresent, "corpus absent"), arguments: PublishedContracts.valid)
    func `answer each of their operations as they say`(_ file: PublishedContract) async throws {
        let sandbox = try await TestSandbox.make()
        let bytes = try file.bytes()
        let imported = try await sandbox.gateway.send(
            TestCall("POST", "/v1/contracts?name=published").key(sandbox.tenant.key)
                .type("application/octet-stream").body(bytes))
        try #require(imported.status == 201, "\(file.name): \(imported)")
        #expect(try await sandbox.mount("published").status == 201)
        let contract = try Contract(lazily: JSONValue(contract: bytes))
        var round = CorpusRound(sandbox, "published", contract)
        let outcome = try await round.run()
        print("operations right of \(file.name): \(outcome.right) of \(outcome.all)")
        for line in outcome.wrong.prefix(6) { print("  \(line)") }
        try file.keep(outcome.exchanges)
        #expect(outcome.wrong.count <= file.wrongMax, "\(file.name)")
    }
}

/// A contract of the corpus.
struct PublishedContract: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    /// Operations known not to be answered rightly; may only shrink.
    var wrongMax: Int { PublishedContracts.exceptions[name] ?? 0 }

    var testDescription: String { name }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// With SBX_EXCHANGES naming a folder: what was sent and answered, for another validator.
    func keep(_ exchanges: [JSONValue]) throws {
        guard let folder = ProcessInfo.processInfo.environment["SBX_EXCHANGES"] else { return }
        let lines = exchanges.map { JSONWriter.text($0) }.joined(separator: "\n") + "\n"
        try lines.write(toFile: "\(folder)/\(name.replacing("/", with: "_")).jsonl", atomically: true, encoding: .utf8)
    }
}

enum PublishedContracts {
    static var arePresent: Bool { folder != nil }

    static let exceptions = [
        // No answer can fit: a schema with required members beside additionalProperties: false.
        "open-payments-resource-server.yaml": 1,
        // Two requests need empty lists, which a form cannot spell; what they would make is missing.
        // A refund stands in a collection whose POST answers the fee.
        "stripe-2022-04-12.json": 6,
        // Participants are made with a name that another member has.
        "twilio-api-v2010.json": 3,
        // An enumeration inside alternatives, of which the maker takes the wrong one.
        "discord-3.1.json": 1,
    ]

    /// Those that the corpus's own list calls valid.
    static var valid: [PublishedContract] {
        guard let folder, let index = try? String(contentsOfFile: "\(folder)/INDEX.tsv", encoding: .utf8)
        else { return [] }
        return index.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count > 7, columns[7] == "valid", columns[4] != "0" else { return nil }
            return PublishedContract(name: String(columns[0]), path: "\(folder)/\(columns[0])")
        }
    }

    private static let folder: String? = {
        let named = ProcessInfo.processInfo.environment["SBX_CORPUS"].map { "\($0)/openapi" }
        var place = URL(fileURLWithPath: #filePath)
        while !FileManager.default.fileExists(atPath: place.appending(path: "Package.swift").path) {
            guard place.path != "/" else { return nil }
            place.deleteLastPathComponent()
        }
        let beside = place.appending(path: "../shared/corpus/openapi").path
        return [named, beside].compactMap(\.self).first {
            FileManager.default.fileExists(atPath: "\($0)/INDEX.tsv")
        }
    }()
}
