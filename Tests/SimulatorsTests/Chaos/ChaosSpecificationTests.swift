import Testing

@testable import Simulators

@Suite struct `The grammar of X-Chaos` {
    @Test func `reads every fault with its defaults`() throws {
        let text = "latency=300ms, 5xx=2%, reset, timeout, truncate, slow_body, dup, burst"
        let members = try ChaosSpecification(text).members
        #expect(
            members.map(\.kind) == [
                .latency(.fixed(.milliseconds(300))), .status([500, 502, 503, 504]), .reset,
                .timeout(hold: .seconds(30)), .truncate(bytes: nil),
                .slowBody(bytesPerSecond: 100), .duplicate, .burst(calls: 10),
            ])
        #expect(members.map(\.rate.millionths) == [1_000_000, 20_000] + Array(repeating: 1_000_000, count: 6))
        #expect(members[1].phase == .before)
        #expect(members[2...5].allSatisfy { $0.phase == .after })
    }

    @Test(arguments: [
        ("latency=1.5s", .latency(.fixed(.milliseconds(1_500)))),
        ("latency=lognormal(90ms,0.4)", .latency(.lognormal(median: .milliseconds(90), sigma: 0.4))),
        ("latency = uniform( 20ms , 90ms )", .latency(.uniform(.milliseconds(20), .milliseconds(90)))),
        ("4xx=1%", .status([408, 409, 429])), ("503", .status([503])), ("429=10%", .status([429])),
        ("timeout;hold=250ms", .timeout(hold: .milliseconds(250))),
        ("truncate=5%;bytes=0", .truncate(bytes: 0)),
        ("slow_body;bytes_per_second=10", .slowBody(bytesPerSecond: 10)),
    ] as [(String, ChaosMember.Kind)])
    func `reads values and parameters`(text: String, kind: ChaosMember.Kind) throws {
        #expect(try ChaosSpecification(text).members.map(\.kind) == [kind])
    }

    @Test(arguments: [
        ("100%", 1_000_000), ("2%", 20_000), ("0.25%", 2_500), ("0.0001%", 1),
    ] as [(String, UInt64)])
    func `reads rates to a millionth`(rate: String, millionths: UInt64) throws {
        #expect(try ChaosSpecification("5xx=\(rate)").members[0].rate.millionths == millionths)
    }

    @Test(arguments: [("before", .before), ("after", .after)] as [(String, ChaosMember.Phase)])
    func `lets the phase of an answer's fault be chosen`(
        text: String, phase: ChaosMember.Phase
    ) throws {
        for name in ["5xx", "418", "reset", "timeout"] {
            #expect(try ChaosSpecification("\(name);phase=\(text)").members[0].phase == phase)
        }
    }

    @Test func `off alone asks for none`() throws {
        #expect(try ChaosSpecification(" off ").members.isEmpty)
    }

    @Test(arguments: [
        ("", "", "one of"), ("latency", "latency", "300ms"), ("latency=300", "latency=300", "300ms"),
        ("latency=31s", "latency=31s", "at most 30s"), ("latency=-1s", "latency=-1s", "300ms"),
        ("latency=lognormal(90ms)", "latency=lognormal(90ms)", "lognormal(90ms,0.4)"),
        ("latency=lognormal(90ms,4)", "latency=lognormal(90ms,4)", "sigma"),
        ("latency=uniform(2s,1s)", "latency=uniform(2s,1s)", "shorter"),
        ("5xx=2", "5xx=2", "2%"), ("5xx=0%", "5xx=0%", "above 0%"), ("5xx=101%", "5xx=101%", "100%"),
        ("5xx=0.00001%", "5xx=0.00001%", "0.25%"), ("5xx=2%,5xx=3%", "5xx", "once only"),
        ("lateny=1s", "lateny", "latency?"), ("399", "399", "400 to 599"), ("600", "600", "400 to 599"),
        ("reset,", "", "one of"), ("reset,off", "off", "off alone"), ("burst=1", "burst=1", "2 to 1000"),
        ("burst", "burst", "beside it"), ("reset;phase=later", "reset;phase=later", "phase=after"),
        ("truncate;phase=before", "truncate;phase=before", "phase=after"),
        ("dup;phase=after", "dup;phase=after", "no such parameter"),
        ("reset;hold=1s", "reset;hold=1s", "no such parameter"),
        ("timeout;hold=61s", "timeout;hold=61s", "at most 60s"),
        ("slow_body;bytes_per_second=0", "slow_body;bytes_per_second=0", "1 to"),
        ("reset;phase", "reset;phase", "name=value"),
    ])
    func `names the member that is wrong and what it should be`(
        text: String, member: String, expected: String
    ) {
        let fault = #expect(throws: ChaosFault.self) { try ChaosSpecification(text) }
        #expect(fault?.member == member)
        #expect(fault?.expected.contains(expected) ?? false, "\(fault?.expected ?? "")")
    }

    @Test func `refuses more than it keeps`() {
        let text = (500...516).map(String.init).joined(separator: ",")
        #expect(throws: ChaosFault.self) { try ChaosSpecification(text) }
    }
}
