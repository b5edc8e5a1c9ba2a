import Testing

@Suite struct `Files carried by the executable` {
    private let list = "Sources/CResources/resources.c"

    @Test func `every migration and contract is carried, and nothing that is gone`() throws {
        let entries = try Set(Repository.text(list).matches(of: /(?:\{|RESOURCE\()"([^"]+)",/).map { String($0.1) })
        let present = Set(Repository.files(below: "migrations") + Repository.files(below: "contracts"))
        let carried = entries.filter { $0.hasPrefix("migrations/") || $0.hasPrefix("contracts/") }
        #expect(present.subtracting(carried).sorted() == [], "add these to \(list)")
        #expect(carried.subtracting(present).sorted() == [], "named in \(list), but not in the folders")
    }

    @Test func `an entry embeds the file it is named after`() throws {
        let text = try Repository.text(list)
        let embedded = Set(text.matches(of: /#embed "\.\.\/\.\.\/([^"]+)"/).map { String($0.1) })
        let entries = Set(text.matches(of: /(?:\{|RESOURCE\()"([^"]+)",/).map { String($0.1) })
        #expect(embedded == entries, "\(list): the embedded files and the entries differ")
    }

    @Test func `migrations are numbered from 0001 without gaps and named by intent`() throws {
        let files = Repository.files(below: "migrations").filter { $0 != "migrations/schema.sql" }
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
