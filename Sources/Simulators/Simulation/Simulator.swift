package import Access
package import Contracts
package import Identifiers
package import Tenancy

/// A call that has matched an operation and passed its contract.
package struct SimulatedCall: Sendable {
    package let operation: Operation
    package let pathParameters: [PathParameter]
    package let query: [(name: String, value: String)]
    package let body: JSONValue?
    /// The outcomes that were asked for by name. What counts in the end is their `resolve`.
    package let outcomes: AskedOutcomes
    /// Makes a repeated call answer as the first did; nil without an Idempotency-Key.
    package let idempotency: IdempotencyScope?
    /// Who answers what the call needs from outside.
    package var providers = Providers()
    /// What the answer is to say, where its contract lets it, in place of what it would say by
    /// itself: values of a call that one of our domains makes.
    package var statements: [(place: JSONPointer, value: JSONValue)] = []
    /// Whether one of our domains makes it, of its provider.
    package var isOfDomain = false
    /// What its callbacks are sent by; nil where the operation declares none.
    package var callbacks: CallbackDoor?

    package init(
        operation: Operation, pathParameters: [PathParameter],
        query: [(name: String, value: String)], body: JSONValue?,
        outcomes: AskedOutcomes = AskedOutcomes(), idempotency: IdempotencyScope? = nil
    ) {
        self.operation = operation
        self.pathParameters = pathParameters
        self.query = query
        self.body = body
        self.outcomes = outcomes
        self.idempotency = idempotency
    }

    package func path(_ name: String) -> String? {
        pathParameters.first { $0.name == name }?.value
    }

    package func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}

/// What a simulator answers, in the domain's terms; the gateway knows the statuses.
package struct SimulatedAnswer: Sendable {
    package enum Outcome: Sendable {
        case found, created, changed, deleted
        /// The outside world said no: a card declined.
        case declined
        /// No such object.
        case missing
        /// The object's state does not allow it.
        case conflicting
    }

    package let outcome: Outcome
    /// The status that the contract gives the outcome here; nil where it is the usual one.
    package var status: Int?
    /// Whether the contract does not declare this answer: there is nothing to hold it against.
    package var isUndeclared = false
    private var content: Content
    /// Code of a simulated error; nil when it went well.
    package var code: String?
    /// What was simulated on purpose, e.g. `scenario=insufficient_funds`.
    package var simulated: String?
    /// Who asked for it.
    package var source: OutcomeSource?
    /// Why it failed, for `explain`; nil when it went well.
    package var reason: FailureReason?
    /// The provider that made it fail.
    package var failure: ProviderFailure?
    /// The provider's call whose facts decided it, where it failed by them.
    package var informant: ProviderSource?
    /// What else the call's decision record is to say.
    package var notes: [Note] = []
    /// For a client that is to come back later.
    package var retryAfterSeconds: Int?
    /// Further header fields, which HTTP allows.
    package var headers: [(name: String, value: String)] = []
    /// The rule that gave the answer, for `explain`.
    package var ruleEvidence: JSONValue?
    /// What became of each callback that the operation declares, for `explain`.
    package var callbacks: [JSONValue] = []
    /// Where the world stands after a mutating call.
    package var stamp: WorldStamp?

    /// An entry of the decision record about something on the way, not about the outcome.
    package struct Note: Sendable, Hashable {
        /// A stable snake_case name.
        package let code: String
        package let evidence: JSONValue
    }

    private enum Content: Sendable {
        case value(JSONValue)
        case stored([UInt8])
        case page(String)
        case text(type: String, [UInt8])
    }

    /// What is no JSON, in the media type that the contract names; `type` empty: no content at all.
    package init(_ outcome: Outcome, type: String, _ bytes: [UInt8]) {
        self.outcome = outcome
        content = .text(type: type, bytes)
    }

    package init(_ outcome: Outcome, _ document: JSONValue, code: String? = nil) {
        self.outcome = outcome
        content = .value(document)
        self.code = code
    }

    /// An object as it is stored, which needs no reading to be answered.
    package init(_ outcome: Outcome, stored entity: Entity) {
        self.outcome = outcome
        content = .stored(entity.document)
    }

    /// A page of HTML for a person, in place of a document.
    package init(_ outcome: Outcome, page: String) {
        self.outcome = outcome
        content = .page(page)
    }

    /// The same answer with another document.
    func with(_ document: JSONValue) -> SimulatedAnswer {
        var copy = self
        copy.content = .value(document)
        return copy
    }

    /// The page; nil for everything that programs read.
    package var page: String? {
        if case .page(let html) = content { html } else { nil }
    }

    /// Media type and bytes of what is no JSON; nil for everything else.
    package var text: (type: String, bytes: [UInt8])? {
        if case .text(let type, let bytes) = content { (type, bytes) } else { nil }
    }

    /// The media type of a document where it is not the usual one.
    package var documentType: String?

    /// UTF-8 of the stored document that is the answer; nil when it was made for this call.
    package var storedDocument: [UInt8]? {
        if case .stored(let bytes) = content { bytes } else { nil }
    }

    package var document: JSONValue {
        switch content {
        case .value(let document): return document
        case .page(let html): return .string(html)
        case .text(_, let bytes): return .string(String(decoding: bytes, as: UTF8.self))
        case .stored(let bytes):
            do {
                return try JSONParser.parse(bytes)
            } catch {
                preconditionFailure("the column's type lets only JSON in")
            }
        }
    }
}

/// What a call came to.
package enum Simulated: Sendable {
    case answered(SimulatedAnswer)
    /// An earlier call with the same idempotency key answered; nothing ran.
    case replayed(IdempotencyRecord)
}

/// Looks at an answer before its effects are committed: an answer that breaks the contract throws
/// and leaves nothing behind. Gives the record to keep for an idempotency key.
package typealias AnswerSeal =
    @Sendable (SimulatedAnswer) throws(SimulationError) -> IdempotencyRecord

/// The stateful behaviour behind one contract.
package protocol Simulator: Sendable {
    /// Name under which the contract is mounted.
    var contract: String { get }
    var scenarios: [Scenario] { get }
    /// Every type of event that it emits.
    var eventTypes: [EventType] { get }
    /// The lifecycles of its objects.
    var graphs: [Graph] { get }
    /// Where its objects are: the sandbox's own world, or that of a dry run.
    var world: WorldStore { get }

    /// Answers a call; its effects are committed when this returns and not otherwise.
    func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated

    /// What a request to `operation` that does not fit is told, in the contract's own shape; nil where
    /// the contract has none for that status, and the platform's own problem is the answer.
    func refusal(of operation: Operation, status: Int, _ message: String) -> SimulatedAnswer?

    /// The same behaviour in the world of a dry-run session.
    func inDryRun(_ session: DryRunID) -> Self

    /// A timer of one of its objects, or one of its jobs, has come due: `world.now` is its instant.
    /// The timer is gone already, a job's next one set; an error undoes the instant. A timer that
    /// no longer means anything, because its object has moved on, does nothing.
    func fire(_ timer: WorldTimer, in world: WorldTransaction) async throws
}

extension Simulator {
    package var graphs: [Graph] { [] }

    package func refusal(
        of operation: Operation, status: Int, _ message: String
    ) -> SimulatedAnswer? { nil }

    package func fire(_ timer: WorldTimer, in world: WorldTransaction) async throws {}
}

/// Why a simulator gave no answer.
package enum SimulationError: Error, Sendable {
    /// The request is at odds with the domain where the contract could not tell.
    case invalid(pointer: String, rule: String, expected: String)
    /// The answer would break the contract: our mistake.
    case answerRefused([MessageFault])
    /// A bound provider has to be asked first; nothing was written.
    case needs(ProviderQuestion)
    /// The rule that answers the call cannot.
    case rule(id: String, RuleFailure)
    case tenancy(TenancyError)
}
