import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Simulators
import Tenancy

/// A call that is run for real on a layer of its own and changes nothing in the sandbox.
struct Rehearsal: Sendable {
    /// The session that later calls may go on in; nil for a session of this call alone.
    let session: String?

    /// What the request asks for: `X-Dry-Run: true`, `Prefer: dry-run`, or the name of a session.
    static func asked(by head: RequestHead) throws(Refusal) -> Rehearsal? {
        if let session = head.fields["x-dry-run-session"] {
            guard isName(session) else {
                throw .malformedDryRun(
                    "X-Dry-Run-Session",
                    expected: "1 to 64 letters, digits, dots, hyphens or underscores")
            }
            return Rehearsal(session: session)
        }
        if let field = head.fields["x-dry-run"] {
            switch field.lowercased() {
            case "true": return Rehearsal(session: nil)
            case "false": return nil
            default: throw .malformedDryRun("X-Dry-Run", expected: "true or false")
            }
        }
        return head.preferences["dry-run"] == nil ? nil : Rehearsal(session: nil)
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                    || "._-".utf8.contains(byte)
            }
    }
}

extension Pipeline {
    /// Runs the rest of the call in its session. One of this call alone is gone afterwards,
    /// whatever came of it.
    func rehearse(
        _ rehearsal: Rehearsal, _ target: SandboxTarget, _ matched: MatchedCall, _ body: [UInt8],
        _ settings: SandboxSettings, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let world = services.stores.world
        let name = rehearsal.session ?? call.id.description
        let session: DryRunID
        do throws(TenancyError) {
            session = try await world.openDryRun(name, as: access)
        } catch {
            throw .tenancy(error, during: .policy)
        }
        call.decisions.note(
            .policy, .decided, "dry_run", evidence: ["session": .string(orNull: rehearsal.session)])
        var rehearsed = matched
        rehearsed.simulator = matched.simulator.inDryRun(session)
        rehearsed.session = name
        let answer: Answer
        do throws(Refusal) {
            answer = try await perform(target, rehearsed, body, settings, access, &call)
        } catch {
            if rehearsal.session == nil { await discard(session, access) }
            throw error
        }
        let told = try await tell(answer, of: session, rehearsal, access, call)
        if rehearsal.session == nil { await discard(session, access) }
        return told
    }

    /// A session that cannot be discarded now goes with its sandbox or by hand: no reason to fail
    /// a call that has been answered.
    private func discard(_ session: DryRunID, _ access: SandboxAccess) async {
        do throws(TenancyError) {
            try await services.stores.world.discard(session, as: access)
        } catch {
            return
        }
    }

    /// The answer with what it would have led to. A read's answer stays as it is.
    private func tell(
        _ answer: Answer, of session: DryRunID, _ rehearsal: Rehearsal, _ access: SandboxAccess,
        _ call: Call
    ) async throws(Refusal) -> Answer {
        var told = answer
        told.fields.append("X-Sbx-Dry-Run", rehearsal.session ?? "once")
        guard !call.head.method.isSafe, answer.stream == nil, answer.fault == nil,
            let document = OutcomeDocument(answer.body)
        else { return told }
        var effects = DryRunEffects.none
        if let revision = call.stamp?.revision {
            do throws(TenancyError) {
                effects = try await services.stores.world.effects(
                    of: session, at: revision, as: access)
            } catch {
                throw .tenancy(error, during: .render)
            }
        }
        told.body = document.with([
            ("_dryRun", true),
            ("_dryRunSession", .string(orNull: rehearsal.session)),
            ("_blockedMethod", .string(call.head.method.description)),
            ("_blockedUrl", .string(services.configuration.url(of: call.head))),
            ("_events", .array(effects.events.map { ["id": .string($0.id), "type": .string($0.type)] })),
            ("_timers", .array(effects.timers.map(\.document))),
        ])
        return told
    }
}

/// An answer's JSON object, to which members can be added.
private struct OutcomeDocument {
    private let document: JSONValue

    init?(_ body: [UInt8]) {
        do {
            document = try JSONParser.parse(body)
        } catch {
            return nil
        }
        guard document.object != nil else { return nil }
    }

    func with(_ members: [(name: String, value: JSONValue)]) -> [UInt8] {
        var document = document
        for member in members { document[member.name] = member.value }
        return JSONWriter.bytes(document)
    }
}

extension DryRunEffects.Timer {
    fileprivate var document: JSONValue {
        [
            "id": .string(id), "kind": .string(orNull: kind),
            "due_at": .string(orNull: dueAt?.rfc3339),
        ]
    }
}
