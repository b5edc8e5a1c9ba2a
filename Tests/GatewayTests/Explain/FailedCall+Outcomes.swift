import Contracts

// Failures that somebody asked for: by the call, by its values, on an object, on the sandbox.
extension FailedCall {
    static let outcomes: [FailedCall] = [
        FailedCall(
            "a scenario by header", "simulate.card_declined", names: "X-Sandbox-Scenario",
            promises: 201
        ) { sandbox in
            (try await sandbox.pay(scenario: "insufficient_funds"), try await sandbox.pay())
        },
        FailedCall(
            "a scenario in the query", "simulate.card_declined", names: "sbx_scenario", promises: 201
        ) { sandbox in
            let body: JSONValue = [
                "amount": 1250, "currency": "eur", "payment_method": "pm_card_visa",
            ]
            return (
                try await sandbox.call("POST", "/v1/payments?sbx_scenario=lost_card", body),
                try await sandbox.call("POST", "/v1/payments", body)
            )
        },
        FailedCall(
            "a scenario that refuses", "simulate.quote_expired", names: "X-Sandbox-Scenario",
            promises: 201
        ) { sandbox in
            (try await sandbox.pay(scenario: "quote_expired"), try await sandbox.pay())
        },
        FailedCall("a test card", "simulate.card_declined", names: "pm_card_visa", promises: 201) { sandbox in
            (
                try await sandbox.pay { $0["payment_method"] = "pm_card_lost" },
                try await sandbox.pay { $0["payment_method"] = "pm_card_visa" }
            )
        },
        FailedCall("an amount with a meaning", "simulate.card_declined", names: "1250", promises: 201) { sandbox in
            (try await sandbox.pay { $0["amount"] = 9_000_051 }, try await sandbox.pay { $0["amount"] = 1250 })
        },
        FailedCall("a flag on an object", "simulate.card_declined", names: "/flags", promises: 201) { sandbox in
            let flags =
                "/v1/sandboxes/\(sandbox.slug)/entities/payment_method/pm_card_visa/flags"
            _ = try await sandbox.tenant.call("PATCH", flags, ["scenario": "expired_card"])
            let failed = try await sandbox.pay()
            _ = try await sandbox.tenant.call("PATCH", flags, ["scenario": .null])
            return (failed, try await sandbox.pay())
        },
        FailedCall(
            "the sandbox's default", "simulate.card_declined", names: "default-scenario",
            promises: 201
        ) { sandbox in
            let path = "/v1/sandboxes/\(sandbox.slug)/default-scenario"
            _ = try await sandbox.tenant.call("PUT", path, ["scenario": "do_not_honor"])
            let failed = try await sandbox.pay()
            _ = try await sandbox.tenant.call("PUT", path, ["scenario": .null])
            return (failed, try await sandbox.pay())
        },
        FailedCall("an example that is asked for", "scenario.prefer", names: "Prefer", promises: 200) { sandbox in
            (
                try await sandbox.call("GET", "/v1/payments/pay_1", fields: [("Prefer", "code=404")]),
                try await sandbox.call("GET", "/v1/payments/\(sandbox.pay().id)")
            )
        },
        FailedCall("a fault by header", "chaos_before.503", names: "X-Chaos", promises: 200) { sandbox in
            (
                try await sandbox.call("GET", "/v1/balance", fields: [("X-Chaos", "503")]),
                try await sandbox.call("GET", "/v1/balance")
            )
        },
        FailedCall("a fault of the sandbox", "chaos_before.503", names: "/chaos", promises: 200) { sandbox in
            let path = "/v1/sandboxes/\(sandbox.slug)/chaos"
            let set = try await sandbox.tenant.call("PUT", path, ["faults": "503"])
            guard set.isSuccess else { throw TestFault("\(set)") }
            let failed = try await sandbox.call("GET", "/v1/balance")
            _ = try await sandbox.tenant.call("PUT", path, [:])
            return (failed, try await sandbox.call("GET", "/v1/balance"))
        },
        FailedCall("a fault after the effect", "chaos_after.502", names: "X-Chaos", promises: 201) { sandbox in
            let body: JSONValue = ["name": "Mara"]
            return (
                try await sandbox.call(
                    "POST", "/v1/customers", body, fields: [("X-Chaos", "502;phase=after")]),
                try await sandbox.call("POST", "/v1/customers", body)
            )
        },
        FailedCall("a fault that cannot be read", "chaos_before.validation_failed", names: "X-Chaos", promises: 200) { sandbox in
            (
                try await sandbox.call("GET", "/v1/balance", fields: [("X-Chaos", "sometimes")]),
                try await sandbox.call("GET", "/v1/balance", fields: [("X-Chaos", "latency=1ms")])
            )
        },
        FailedCall(
            "a scenario misspelt", "scenario.unknown_scenario", names: "insufficient_funds",
            promises: 402
        ) { sandbox in
            (
                try await sandbox.pay(scenario: "insuficient_funds"),
                try await sandbox.pay(scenario: "insufficient_funds")
            )
        },
        FailedCall(
            "another operation's scenario", "scenario.unknown_scenario", names: "no scenario",
            promises: 200
        ) { sandbox in
            (
                try await sandbox.call(
                    "GET", "/v1/balance", fields: [("X-Sandbox-Scenario", "insufficient_funds")]),
                try await sandbox.call("GET", "/v1/balance")
            )
        },
        FailedCall(
            "an example that is not declared", "scenario.validation_failed", names: "Prefer",
            promises: 200
        ) { sandbox in
            (
                try await sandbox.call("GET", "/v1/balance", fields: [("Prefer", "example=nothing")]),
                try await sandbox.call("GET", "/v1/balance", fields: [("Prefer", "code=200")])
            )
        },
        FailedCall(
            "the first answer of an idempotency key", "idempotency.replayed",
            names: "Idempotency-Key", promises: 201
        ) { sandbox in
            _ = try await sandbox.pay(scenario: "lost_card", idempotencyKey: "order-1")
            return (
                try await sandbox.pay(idempotencyKey: "order-1"),
                try await sandbox.pay(idempotencyKey: "order-2")
            )
        },
    ]
}
