import Access
import Contracts
import Runtime
import Testing

@testable import Simulators

@Suite struct `Drawing faults` {
    private func plans(
        _ text: String, seed: Int64 = 7, operation: String = "create_payment", calls: Int64 = 1_000
    ) throws -> [ChaosPlan] {
        let faults = try ChaosSpecification(text)
        return (1...calls).map {
            ChaosPlan(faults, seed: seed, operation: operation, count: $0)
        }
    }

    @Test func `gives the same faults for the same seed, operation and number`() throws {
        let text = "5xx=20%,reset=10%,latency=lognormal(90ms,0.4),dup=5%"
        #expect(try plans(text) == plans(text))
        #expect(try plans(text) != plans(text, seed: 8))
        #expect(try plans(text) != plans(text, operation: "get_payment"))
    }

    @Test func `keeps to the rate`() throws {
        let failed = try plans("5xx=20%", calls: 10_000).count { $0.fault != nil }
        #expect((1_850...2_150).contains(failed))
        #expect(try plans("5xx").allSatisfy { $0.fault != nil })
    }

    @Test func `draws each member for itself, and the first that hits ends the answer`() throws {
        let both = try plans("reset=50%,5xx=50%")
        let alone = try plans("5xx=50%")
        #expect(both.contains { $0.fault?.name == "reset" })
        for (both, alone) in zip(both, alone) where both.fault?.name != "reset" {
            #expect(both.fault == alone.fault)
        }
        #expect(try plans("reset,5xx").allSatisfy { $0.fault?.name == "reset" })
    }

    @Test func `draws every status of a class`() throws {
        let kinds = Set(try plans("5xx").compactMap { $0.fault?.kind })
        #expect(kinds == [.status(500), .status(502), .status(503), .status(504)])
    }

    @Test func `spreads latency as it was told`() throws {
        let times = try plans("latency=lognormal(90ms,0.4)", calls: 2_001)
            .map { $0.latency.inMilliseconds }.sorted()
        #expect((85...95).contains(times[1_000]))
        // A tenth lies above the median × e^(1.2816 × 0.4).
        #expect((140...162).contains(times[1_800]))
        let even = try plans("latency=uniform(20ms,40ms)").map { $0.latency.inMilliseconds }
        #expect(even.allSatisfy { (20...40).contains($0) })
        #expect(Set(even).count > 15)
        #expect(try plans("latency=300ms").allSatisfy { $0.latency == .milliseconds(300) })
        #expect(try plans("latency=lognormal(30s,3)").allSatisfy { $0.latency <= .seconds(30) })
    }

    @Test func `gathers faults in bursts without making more of them`() throws {
        let hits = try plans("5xx=20%,burst=10", calls: 20_000).map { $0.fault != nil }
        for start in stride(from: 0, to: hits.count, by: 10) {
            #expect(Set(hits[start..<start + 10]).count == 1)
        }
        #expect((3_400...4_600).contains(hits.count { $0 }))
    }

    @Test func `names each fault for the answer`() throws {
        let text = "latency=20ms,dup,truncate;bytes=3"
        #expect(
            try plans(text, calls: 1)[0].names == [
                "chaos=latency; milliseconds=20", "chaos=dup",
                "chaos=truncate; bytes=3; phase=after",
            ])
        #expect(try plans("503", calls: 1)[0].names == ["chaos=503; status=503; phase=before"])
        #expect(try plans("5xx=0.0001%", calls: 1)[0].isQuiet)
    }
}

@Suite struct `Settings of chaos` {
    @Test func `the narrowest rule that fits counts alone`() throws {
        let settings = try ChaosSettings([
            "faults": "5xx",
            "rules": [
                ["contract": "payments", "faults": "reset"],
                ["contract": "payments", "operation": "get_payment", "faults": "off"],
            ],
        ])
        func faults(_ contract: String, _ operation: String) -> String? {
            settings.faults(contract: contract, operation: operation)?.text
        }
        #expect(faults("payments", "get_payment") == "off")
        #expect(faults("payments", "create_payment") == "reset")
        #expect(faults("messaging", "send") == "5xx")
        #expect(ChaosSettings.none.faults(contract: "payments", operation: "x") == nil)
    }

    @Test func `end on either clock`() throws {
        let until = "2031-03-01T12:00:00Z"
        let wall = try ChaosSettings(["faults": "5xx", "until": .string(until)])
        let virtual = try ChaosSettings([
            "faults": "5xx", "until": .string(until), "clock": "virtual",
        ])
        #expect(wall.end == .wall(.init(microseconds: 1_930_132_800_000_000)))
        #expect(virtual.end == .virtual(.init(microseconds: 1_930_132_800_000_000)))
    }

    @Test func `point to the member that cannot be read`() {
        let fault = #expect(throws: ChaosSettingsFault.self) {
            try ChaosSettings([
                "rules": [
                    ["contract": "payments", "faults": "reset"],
                    ["contract": "payments", "faults": "5xx=2"],
                ]
            ])
        }
        #expect(fault?.pointer == "/rules/1/faults")
        #expect(fault?.expected.hasPrefix("in \"5xx=2\": ") ?? false)
    }
}
