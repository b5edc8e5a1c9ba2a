import Testing

@Suite struct `Documents` {
    @Test func `every make target in use has a help line`() throws {
        let makefile = try Repository.text("Makefile")
        for target in ["setup", "build", "run", "test", "schema", "fuzz", "soak", "bench", "clean"] {
            #expect(
                makefile.firstMatch(of: try Regex("(?m)^\(target):.*## \\S")) != nil,
                "Makefile: target \(target) is missing or has no help line")
        }
    }

    @Test func `relative links lead to files`() throws {
        let pages =
            ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "ops/README.md"]
            + Repository.files(below: "docs", withSuffix: ".md")
        for page in pages {
            let folder = page.split(separator: "/").dropLast().joined(separator: "/")
            for match in try Repository.text(page).matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let target = folder.isEmpty ? String(match.1) : "\(folder)/\(match.1)"
                #expect(Repository.exists(target), "\(page): links to \(match.1), which is not there")
            }
        }
    }

    @Test func `decisions are numbered without gaps and say the four things`() throws {
        let files = Repository.files(below: "docs/decisions", withSuffix: ".md")
        for (index, path) in files.enumerated() {
            let match = try #require(
                path.wholeMatch(of: /docs\/decisions\/(\d{4})-[a-z0-9-]+\.md/),
                "\(path): a decision is named NNNN-intent.md")
            #expect(Int(match.1) == index + 1, "\(path): expected number \(index + 1)")
            let text = try Repository.text(path)
            for part in ["## Context", "## Decision", "## Consequences", "## Alternatives"] {
                #expect(text.contains(part), "\(path): the part “\(part)” is missing")
            }
        }
    }
}

@Suite struct `Problem pages` {
    private let list = "Sources/Gateway/Problems/ProblemCode.swift"

    @Test func `every problem has a page, and every page a problem`() throws {
        let codes = try Set(Repository.text(list).matches(of: /case \w+ = "(\w+)"/).map { String($0.1) })
        #expect(!codes.isEmpty, "no codes found in \(list)")
        let pages = Set(
            Repository.files(below: "docs/problems", withSuffix: ".md")
                .map { String($0.dropFirst("docs/problems/".count).dropLast(".md".count)) })
        #expect(codes.subtracting(pages).sorted() == [], "write docs/problems/<code>.md for these")
        #expect(pages.subtracting(codes).sorted() == [], "pages of problems that are not in \(list)")
    }

    @Test func `a page names its code and says what to do`() throws {
        for path in Repository.files(below: "docs/problems", withSuffix: ".md") {
            let code = path.dropFirst("docs/problems/".count).dropLast(".md".count)
            let text = try Repository.text(path)
            #expect(text.contains("`\(code)`"), "\(path): does not name its code")
            #expect(text.contains("## What to do"), "\(path): does not say what to do")
        }
    }
}
