import Contracts
import TestSupport
import Testing

/// The JSON Schema Test Suite: 2020-12, and those files of draft 7 whose keywords mean the same.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `JSON Schema conformance` {
    static let draft2020 = files(
        "json-schema/draft2020-12",
        except: ["dynamicRef.json", "unevaluatedItems.json", "optional"])
    static let draft7 = [
        "allOf", "boolean_schema", "contains", "enum", "exclusiveMinimum", "if-then-else", "maxLength",
        "maximum", "minLength", "minimum", "not", "patternProperties", "propertyNames", "type",
        "uniqueItems",
    ].map { "json-schema/draft7/\($0).json" }
    static let formats = files(
        "json-schema/draft2020-12/optional/format",
        except: ["idn-hostname.json", "iri.json", "hostname.json", "ecmascript-regex.json"])
    static let optional = ["bignum", "ecmascript-regex", "non-bmp-regex"].map {
        "json-schema/draft2020-12/optional/\($0).json"
    }
    /// Groups that need what is not supported yet; each is refused when compiling.
    static let unsupported: Set<String> = [
        "remote ref, containing refs itself", "ref creates new scope when adjacent to keywords",
    ]

    @Test(arguments: draft2020 + draft7 + optional) func `groups pass`(_ file: String) throws {
        try run(file, SchemaOptions(assertsFormats: false))
    }

    @Test(arguments: formats) func `formats are asserted`(_ file: String) throws {
        try run(file, SchemaOptions(assertsFormats: true))
    }

    private func run(_ file: String, _ options: SchemaOptions) throws {
        guard let bytes = Corpus.bytesIfPresent(file) else { return }
        var passed = 0
        var skipped = 0
        for group in try JSONParser.parse(bytes).array ?? [] {
            let name = group["description"]?.string ?? ""
            let schema: CompiledSchema
            do {
                schema = try CompiledSchema(try #require(group["schema"]), options: options)
            } catch let error as ContractError {
                #expect(Self.unsupported.contains(name), "\(file): \(name): \(error)")
                skipped += 1
                continue
            }
            var fits = true
            for test in group["tests"]?.array ?? [] {
                let data = try #require(test["data"])
                let faults = schema.validate(data)
                let isExpected = faults.isEmpty == test["valid"]?.bool
                if !isExpected { fits = false }
                #expect(isExpected, "\(file): \(name): \(test["description"]!): \(faults)")
            }
            if fits { passed += 1 }
        }
        print("\(file): \(passed) groups passed, \(skipped) not supported")
    }

    private static func files(_ folder: String, except: Set<String>) -> [String] {
        guard Corpus.isPresent else { return [] }
        return Corpus.names(in: folder).filter { !except.contains($0) && $0.hasSuffix(".json") }
            .map { folder + "/" + $0 }
    }
}
