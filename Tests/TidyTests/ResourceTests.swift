import Testing

@Suite struct `Files carried for browsers` {
    @Test func `every asset is carried, and nothing that is gone`() throws {
        let folder = "Sources/Web/assets/"
        let present = Set(
            Repository.files(below: "Sources/Web/assets").map { String($0.dropFirst(folder.count)) })
        let list = try Repository.text("Sources/CWebAssets/assets.c")
        let embedded = Set(list.matches(of: /#embed "\.\.\/Web\/assets\/([^"]+)"/).map { String($0.1) })
        let guides = Set(
            list.matches(of: /#embed "\.\.\/\.\.\/docs\/(guides\/[^"]+)"/).map { String($0.1) })
        let entries = Set(list.matches(of: /ASSET\("([^"]+)",/).map { String($0.1) })
        #expect(present.subtracting(embedded).sorted() == [], "add these to Sources/CWebAssets")
        #expect(embedded.union(guides) == entries, "the embedded files and the entries differ")
    }
}

@Suite struct `Files carried by the executable` {
    private let list = "Sources/CResources"

    @Test func `every migration, contract, graph, pack, journey and problem page is carried, and nothing that is gone`() throws {
        let folders = ["migrations", "contracts", "graphs", "packs", "journeys", "docs/problems"]
        let present = Set(folders.flatMap { Repository.files(below: $0) })
        let carried = try entries().filter { entry in folders.contains { entry.hasPrefix($0 + "/") } }
        #expect(present.subtracting(carried).sorted() == [], "add these to \(list)")
        #expect(carried.subtracting(present).sorted() == [], "named in \(list), but not in the folders")
    }

    @Test func `an entry embeds the file it is named after`() throws {
        let embedded = try found(/#embed "\.\.\/\.\.\/([^"]+)"/)
        #expect(try embedded == entries(), "\(list): the embedded files and the entries differ")
    }

    private func entries() throws -> Set<String> {
        try found(/RESOURCE\("([^"]+)",/)
    }

    private func found(_ form: Regex<(Substring, Substring)>) throws -> Set<String> {
        let text = try Repository.files(below: list).map(Repository.text).joined(separator: "\n")
        return Set(text.matches(of: form).map { String($0.1) })
    }

    @Test func `migrations are numbered from 0001 without gaps and named by intent`() throws {
        let files = Repository.files(below: "migrations")
        for (index, path) in files.enumerated() {
            let match = try #require(
                path.wholeMatch(of: /migrations\/(\d{4})_[a-z0-9]+(_[a-z0-9]+)*\.sql/),
                "\(path): a migration is named NNNN_intent.sql")
            #expect(Int(match.1) == index + 1, "\(path): expected number \(index + 1)")
            let first = try Repository.lines(path).first ?? ""
            #expect(first.hasPrefix("-- "), "\(path): its first lines say why it exists")
        }
    }
}
