import Contracts
import PlatformSupport
import Testing

@testable import Simulators

@Suite struct Packs {
    private static let base: JSONValue = [
        "name": "base", "version": "1.0.0", "summary": "The base.", "graphs": ["card"],
        "jobs": [
            ["contract": "payments", "kind": "settlement", "calendar": "fed", "time": "08:30"],
            ["contract": "payments", "kind": "end_of_day", "calendar": "fed", "time": "20:00"],
        ],
        "rules": [["id": "r1", "then": "decline"], ["id": "r2", "then": "review"]],
    ]

    @Test func `one that stands on others takes over what it does not say anew`() throws {
        let library = try PackLibrary([
            [
                "name": "top", "version": "0.1.0", "summary": "The top.", "extends": "middle",
                "rules": [["id": "r2", "then": "decline"]],
            ],
            [
                "name": "middle", "version": "2.0.0", "summary": "The middle.", "extends": "base",
                "graphs": ["dispute"],
                "jobs": [
                    ["contract": "payments", "kind": "settlement", "calendar": "uk", "time": "09:00"]
                ],
            ],
            Self.base,
        ])
        let top = try #require(library["top"])
        #expect(top.lineage == ["middle", "base"])
        #expect(top.graphs == ["card", "dispute"])
        #expect(top.jobs.map { "\($0.kind) \($0.calendar)" } == ["end_of_day fed", "settlement uk"])
        #expect(top.rules == [["id": "r1", "then": "decline"], ["id": "r2", "then": "decline"]])
        #expect(library["base"]?.jobs.count == 2)
    }

    @Test(arguments: [
        [["name": "a", "version": "1.0.0", "summary": "A.", "extends": "b"]],
        [["name": "a", "version": "1.0.0", "summary": "A.", "extends": "a"]],
        [
            ["name": "a", "version": "1.0.0", "summary": "A.", "extends": "b"],
            ["name": "b", "version": "1.0.0", "summary": "B.", "extends": "a"],
        ],
        [
            ["name": "a", "version": "1.0.0", "summary": "A."],
            ["name": "a", "version": "1.0.1", "summary": "A again."],
        ],
        [["name": "a", "version": "1.0", "summary": "A."]],
        [["name": "a", "version": "1.0.0", "summary": "A.", "job": []]],
    ] as [[JSONValue]])
    func `that cannot be put together are refused`(documents: [JSONValue]) {
        #expect(throws: PackFaults.self) { try PackLibrary(documents) }
    }

    @Test func `of this build can be read, and the standard one has the bank's days`() throws {
        let library = try PackLibrary(
            ["standard", "europe"].map {
                try JSONParser.parse(EmbeddedFile.bytes("packs/\($0).json"))
            })
        #expect(library[PackLibrary.standard]?.jobs.map(\.kind) == ["settlement", "end_of_day"])
        #expect(library["europe"]?.jobs.map(\.calendar) == [.target, .target])
    }
}
