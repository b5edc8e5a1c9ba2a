import Contracts
import TestSupport
import Testing

/// The JSON Schema Test Suite, all of what the corpus holds of it. What does not pass is listed by
/// name in docs/decisions/0013-json-schema-in-full.md, and nothing is skipped.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `JSON Schema conformance` {
    @Test(arguments: Draft.allCases) func `required cases pass`(_ draft: Draft) throws {
        try run(draft, "", assertsFormats: false)
    }

    @Test(arguments: Draft.allCases) func `optional cases pass`(_ draft: Draft) throws {
        try run(draft, "optional", assertsFormats: false)
    }

    @Test(arguments: Draft.allCases) func `formats are asserted`(_ draft: Draft) throws {
        try run(draft, "optional/format", assertsFormats: true)
    }

    enum Draft: String, CaseIterable {
        case draft4, draft7
        case draft2020 = "draft2020-12"

        var dialect: SchemaDialect {
            switch self {
            case .draft4: .draft4
            case .draft7: .draft7
            case .draft2020: .draft2020
            }
        }
    }

    /// `draft/folder/file: group: case`, as the decision record lists them.
    static let exceptions: Set<String> = {
        let record = String(decoding: Project.bytes("docs/decisions/0013-json-schema-in-full.md"), as: UTF8.self)
        return Set(record.split(separator: "\n").compactMap { line in
            line.hasPrefix("- `draft") ? String(line.dropFirst(3).dropLast()) : nil
        })
    }()

    private func run(_ draft: Draft, _ folder: String, assertsFormats: Bool) throws {
        let place = "json-schema/" + draft.rawValue + (folder.isEmpty ? "" : "/" + folder)
        var (passed, all) = (0, 0)
        var failed: Set<String> = []
        for file in Corpus.names(in: place) where file.hasSuffix(".json") {
            for group in try JSONParser.parse(Corpus.bytes(place + "/" + file)).array ?? [] {
                let options = SchemaOptions(
                    assertsFormats: assertsFormats && file != "format-assertion.json",
                    dialect: draft.dialect, documents: Self.remotes)
                let schema = try? CompiledSchema(try #require(group["schema"]), options: options)
                for test in group["tests"]?.array ?? [] {
                    all += 1
                    let data = try #require(test["data"])
                    let accepts = schema?.accepts(data)
                    // The run that words the faults must agree with the run that only decides.
                    if let schema { #expect(schema.validate(data).isEmpty == accepts) }
                    if accepts == test["valid"]?.bool {
                        passed += 1
                    } else {
                        let name = [group, test].map { $0["description"]?.string ?? "" }
                        failed.insert("\(place.dropFirst("json-schema/".count))/\(file): \(name.joined(separator: ": "))")
                    }
                }
            }
        }
        print("measured json-schema \(draft.rawValue) \(folder.isEmpty ? "required" : folder): \(passed)/\(all)")
        let listed = Self.exceptions.filter { exception in
            let path = exception.prefix { $0 != ":" }
            return path.split(separator: "/").dropLast().joined(separator: "/")
                == (folder.isEmpty ? draft.rawValue : "\(draft.rawValue)/\(folder)")
        }
        #expect(failed.subtracting(listed).sorted() == [])
        #expect(listed.subtracting(failed).sorted() == [], "passes now; take it off the list")
    }

    /// What the suite's own server would answer under http://localhost:1234/.
    static let remotes: [String: JSONValue] = {
        var found: [String: JSONValue] = [:]
        var folders = [""]
        while let folder = folders.popLast() {
            for name in Corpus.names(in: "json-schema/remotes" + folder) {
                let path = folder + "/" + name
                guard name.hasSuffix(".json") else {
                    folders.append(path)
                    continue
                }
                let bytes = Corpus.bytes("json-schema/remotes" + path)
                found["http://localhost:1234" + path] = try? JSONParser.parse(bytes)
            }
        }
        return found
    }()
}
