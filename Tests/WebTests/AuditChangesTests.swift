import Contracts
import Testing

@testable import Web

@Suite struct `Changes of an audit entry` {
    private typealias Change = AuditChanges.Change

    @Test func `are the members that differ, in their order, new ones behind`() {
        let changes = AuditChanges.changes(
            from: ["name": "old", "same": 1, "gone": true], to: ["more": [1, 2], "same": 1, "name": "new"])
        #expect(
            changes == [
                Change(name: "name", before: "old", after: "new"),
                Change(name: "gone", before: "true", after: nil),
                Change(name: "more", before: nil, after: "[1,2]"),
            ])
    }

    @Test func `go into objects by dotted names`() {
        let changes = AuditChanges.changes(
            from: ["limits": ["burst": 5, "rate": 1]], to: ["limits": ["burst": 6, "rate": 1]])
        #expect(changes == [Change(name: "limits.burst", before: "5", after: "6")])
    }

    @Test func `of what was made or taken away have one side`() {
        #expect(
            AuditChanges.changes(from: nil, to: ["role": "viewer", "note": .null])
                == [Change(name: "role", before: nil, after: "viewer")])
        #expect(
            AuditChanges.changes(from: ["role": "viewer"], to: nil)
                == [Change(name: "role", before: "viewer", after: nil)])
        #expect(AuditChanges.changes(from: nil, to: nil) == [])
    }

    @Test func `are shown as text, whatever they hold`() {
        let entry: JSONValue = [
            "details": ["before": ["name": "<b>"], "after": ["name": "&"]], "request": "req_1",
        ]
        let html = AuditChanges(entry).html(.english).text
        #expect(html.contains("<del>&lt;b&gt;</del>") && html.contains("<ins>&amp;</ins>"))
    }
}

@Suite struct `An export of the audit log` {
    @Test(arguments: [
        ("", nil), ("{\"sequence\":1}\n{\"sequence\":7}\n", 7), ("no JSON\n", nil),
        ("{\"sequence\":null}\n", nil),
    ])
    func `goes on behind the last entry's place`(lines: String, place: Int64?) {
        #expect(AuditExport.lastSequence(Array(lines.utf8)) == place)
    }
}
