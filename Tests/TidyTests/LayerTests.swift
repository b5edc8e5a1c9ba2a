import Testing

/// The one list of layers, bottom first. A module imports only from layers before its own; modules
/// of the same layer do not see each other. `ARCHITECTURE.md` says why each exists.
private let layers: [Set<String>] = [
    [
        "CIDN2", "CLinux", "COpenSSL", "CPQ", "CXML", "CYAML", "CZlib", "CResources", "CWebAssets",
    ],
    ["Identifiers"],
    ["Contracts"],
    ["Runtime"],
    ["HTTP", "Postgres"],
    ["Access"],
    ["Observability"],
    ["Jobs"],
    ["Tenancy"],
    ["Identity", "Simulators"],
    ["Copilot"],
    ["Gateway"],
    ["sbx"],
]

/// `Web` stands beside the stack: views over these, used by Gateway alone.
private let importsOfWeb: Set<String> = ["CWebAssets", "Identifiers", "Contracts", "HTTP"]

/// Modules that come with the toolchain and are small enough for any path.
private let standardModules: Set<String> = ["Swift", "Glibc", "Synchronization", "_Concurrency"]

/// Foundation starts slowly and is slow per byte; each file here says why it needs it.
private let filesThatMayImportFoundation: Set<String> = []

@Suite struct `Layers` {
    @Test func `a module imports only what stands before it`() throws {
        for (line, imported) in try importLines() {
            let module = moduleName(of: line)
            guard !standardModules.contains(imported), !isFoundation(imported) else { continue }
            if module == "Web" {
                #expect(
                    importsOfWeb.contains(imported),
                    "\(line.place): Web may import \(importsOfWeb.sorted()), not \(imported)")
            } else if imported == "Web" {
                #expect(module == "Gateway", "\(line.place): only Gateway uses Web")
            } else {
                let own = try #require(
                    layer(of: module), "\(line.place): \(module) is in no layer; add it to the list")
                let other = try #require(
                    layer(of: imported), "\(line.place): \(imported) is in no layer; add it to the list")
                #expect(
                    other < own,
                    "\(line.place): \(module) (layer \(own)) must not import \(imported) (layer \(other))")
            }
        }
    }

    @Test func `Foundation stays in the files that are named`() throws {
        for (line, imported) in try importLines() where isFoundation(imported) {
            #expect(
                filesThatMayImportFoundation.contains(line.path),
                "\(line.place): imports \(imported); use Glibc, or name the file in this test and say why")
        }
    }

    @Test func `every folder of Sources is in the list`() throws {
        for path in Repository.files(below: "Sources") {
            let module = String(path.split(separator: "/")[1])
            #expect(
                module == "Web" || layer(of: module) != nil,
                "Sources/\(module) is in no layer; add it to the list")
        }
    }

    @Test func `the package depends on no other package`() throws {
        let manifest = try Repository.text("Package.swift")
        #expect(!manifest.contains(".package("), "Package.swift names a package dependency")
    }
}

private func layer(of module: String) -> Int? {
    layers.firstIndex { $0.contains(module) }
}

private func moduleName(of line: SourceLine) -> String {
    String(line.path.split(separator: "/")[1])
}

private func isFoundation(_ module: String) -> Bool {
    module.hasPrefix("Foundation") || module == "Dispatch"
}

/// Each import line with the top-level module it names.
private func importLines() throws -> [(SourceLine, String)] {
    let form = /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    return try Repository.sourceLines().compactMap { line in
        line.code.firstMatch(of: form).map { (line, String($0.1)) }
    }
}
