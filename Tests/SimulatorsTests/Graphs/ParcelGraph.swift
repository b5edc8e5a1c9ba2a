import Contracts
import Tenancy

@testable import Simulators

/// A small lifecycle that has a bit of everything, for the tests of the engine.
enum ParcelGraph {
    static let document: JSONValue = [
        "name": "parcel", "summary": "A parcel on its way.", "contract": "payments",
        "type": "parcel",
        "states": [
            ["id": "packed", "summary": "Waits for the carrier."],
            ["id": "sent", "summary": "With the carrier."],
            ["id": "delivered", "summary": "There.", "final": true],
            ["id": "lost", "summary": "Gone.", "final": true],
        ],
        "transitions": [
            [
                "id": "pack", "from": [], "to": "packed", "trigger": ["call": "create_parcel"],
                "effects": [["name": "note", "parameters": ["text": "packed"]]],
                "timers": [["kind": "pickup", "business_days": 2, "calendar": "fed", "time": "17:00"]],
                "emits": ["parcel.packed"],
            ],
            [
                "id": "repack", "from": ["packed"], "trigger": ["call": "repack_parcel"],
                "effects": [["name": "note", "parameters": ["text": "repacked"]]],
            ],
            [
                "id": "send_express", "from": ["packed"], "to": "sent",
                "trigger": ["call": "send_parcel"],
                "guard": ["name": "weighs_at_most", "parameters": ["grams": 1_000]],
                "timers": [["kind": "pickup", "cancel": true], ["kind": "loss", "after": "P1D"]],
                "emits": ["parcel.sent"],
            ],
            [
                "id": "send", "from": ["packed"], "to": "sent", "trigger": ["call": "send_parcel"],
                "guard": ["name": "weighs_at_most", "parameters": ["grams": 30_000]],
                "timers": [["kind": "pickup", "cancel": true], ["kind": "loss", "at": "loss_at"]],
                "emits": ["parcel.sent"],
            ],
            [
                "id": "pick_up", "from": ["packed"], "to": "sent", "trigger": ["timer": "pickup"],
                "timers": [["kind": "loss", "after": "P30D"]], "emits": ["parcel.sent"],
            ],
            [
                "id": "deliver", "from": ["sent"], "to": "delivered",
                "trigger": ["fact": "handed_over"],
                "effects": ["sign", ["name": "note", "parameters": ["text": "delivered"]]],
                "timers": [["kind": "loss", "cancel": true]],
                "emits": ["parcel.delivered", "parcel.signed"],
            ],
            [
                "id": "lose", "from": ["sent"], "to": "lost", "trigger": ["timer": "loss"],
                "emits": ["parcel.lost"],
            ],
        ],
    ]

    static let calls: Set<String> = ["create_parcel", "repack_parcel", "send_parcel"]

    /// What guards and effects are given beside the world.
    struct Domain: Sendable {
        var signature = "A. Receiver"
    }

    static let vocabulary = GraphVocabulary<Domain>(
        guards: [
            "weighs_at_most": { parcel, context in
                (parcel.document["grams"]?.int ?? 0) <= (context.parameters["grams"]?.int ?? 0)
            }
        ],
        effects: [
            "note": { parcel, context in
                let notes = parcel.document["notes"]?.array ?? []
                parcel.document["notes"] = .array(notes + [context.parameters["text"] ?? .null])
            },
            "sign": { parcel, context in
                parcel.document["signed_by"] = .string(context.domain.signature)
                parcel.document["at_door"] = context.input["door"] ?? .null
            },
        ])

    static func engine() throws(GraphFaults) -> GraphEngine<Domain> {
        try GraphEngine(document, vocabulary: vocabulary, calls: calls)
    }
}
