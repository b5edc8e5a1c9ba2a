import Access
import Contracts
import PlatformSupport
import Testing

@testable import Tenancy

@Suite struct `Settings of a sandbox` {
    @Test func `are read back byte for byte, replaced and taken away`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let other = try await platform.makeSandbox()
            #expect(try await platform.settings.read("chaos", as: access) == nil)
            for text in [#"{"b":1.0,"a":[]}"#, "[]"] {
                try await platform.settings.write("chaos", Array(text.utf8), as: access)
                #expect(try await platform.settings.read("chaos", as: access) == Array(text.utf8))
            }
            #expect(try await platform.settings.read("policy", as: access) == nil)
            #expect(try await platform.settings.read("chaos", as: other) == nil)
            try await platform.settings.write("chaos", nil, as: access)
            #expect(try await platform.settings.read("chaos", as: access) == nil)
        }
    }

    @Test func `are bounded, and need their sandbox`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let long = [UInt8](repeating: UInt8(ascii: " "), count: Limits.settingBytes - 1)
            try await platform.settings.write("chaos", long + Array("1".utf8), as: access)
            await #expect(throws: TenancyError.self) {
                try await platform.settings.write("chaos", long + Array("12".utf8), as: access)
            }
            _ = try await platform.sandboxes.delete(as: access)
            let error = await #expect(throws: TenancyError.self) {
                try await platform.settings.write("chaos", Array("{}".utf8), as: access)
            }
            guard case .sandboxNotFound = error else {
                Issue.record("refused for another reason")
                return
            }
        }
    }
}

@Suite struct `Flags of an object` {
    private static let card = EntityKey(
        contract: "payments", type: "payment_method", id: "pm_card_visa")

    @Test func `are patched member by member, and null takes one away`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let other = try await platform.makeSandbox()
            #expect(try await platform.worlds.flags(of: Self.card, as: access).isEmpty)
            for (patch, expected) in [
                (#"{"scenario":"a","n":1.0}"#, #"{"scenario":"a","n":1.0}"#),
                (#"{"scenario":"b"}"#, #"{"scenario":"b","n":1.0}"#),
                (#"{"n":null,"x":[1]}"#, #"{"scenario":"b","x":[1]}"#),
            ] {
                let patch = try #require(try JSONParser.parse(Array(patch.utf8)).object)
                _ = try await platform.worlds.transaction(as: access) { world in
                    _ = try await world.setFlags(patch, of: Self.card)
                }
                let flags = try await platform.worlds.flags(of: Self.card, as: access)
                #expect(JSONWriter.bytes(.object(flags)) == Array(expected.utf8))
            }
            #expect(try await platform.worlds.entity(Self.card, as: access).entity?.version == 1)
            #expect(try await platform.worlds.flags(of: Self.card, as: other).isEmpty)
        }
    }

    @Test func `need their object and a bounded size`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            func set(_ id: String, _ value: String) async throws -> TenancyError? {
                await #expect(throws: TenancyError.self) {
                    _ = try await platform.worlds.transaction(as: access) { world in
                        var patch = JSONObject()
                        patch["a"] = .string(value)
                        let key = EntityKey(contract: "payments", type: "payment_method", id: id)
                        _ = try await world.setFlags(patch, of: key)
                    }
                }
            }
            guard case .entityNotFound = try await set("pm_none", "x"),
                case .invalid = try await set(
                    "pm_card_visa", String(repeating: "x", count: Limits.flagsBytes))
            else {
                Issue.record("refused for another reason")
                return
            }
        }
    }
}
