import Contracts
import Tenancy

// Callbacks that an operation declares, sent because of a call that went well.
extension ContractSimulator {
    /// The answer, with what became of the operation's callbacks. They are events of the commit that
    /// the call is: they go with its effects or not at all.
    func callingBack(
        _ call: SimulatedCall, _ answer: SimulatedAnswer, _ world: WorldTransaction
    ) -> SimulatedAnswer {
        guard let door = call.callbacks, answer.code == nil, (answer.status ?? 200) < 400 else {
            return answer
        }
        var answer = answer
        let address = CallbackAddress(call: call, answer: answer, door: door)
        answer.callbacks = call.operation.callbacks.map { callback in
            var note: JSONValue = ["callback": .string(callback.message.name)]
            do throws(CallbackFault) {
                let target = try door.target(callback.message.method, address.url(of: callback))
                let event = try event(callback, call.operation, target, address, world)
                world.emit(event)
                note["event"] = .string(event.id)
            } catch {
                note["not_sent"] = error.document
            }
            return note
        }
        return answer
    }

    private func event(
        _ callback: DeclaredCallback, _ operation: Operation,
        _ target: (url: String, isInbox: Bool), _ address: CallbackAddress,
        _ world: WorldTransaction
    ) throws(CallbackFault) -> WorldEvent {
        let message = callback.message
        guard message.isMade else { throw .body("a JSON form of the callback's body") }
        let body: JSONValue?
        do throws(WebhookError) {
            body = try message.made(nil, "callback:\(operation.id)/\(message.name)", in: world)
        } catch {
            guard case .invalid(_, _, let expected) = error else {
                preconditionFailure("a body is refused for what it is")
            }
            throw .body(expected)
        }
        return EventEnvelope.event(
            DeclaredEventType.name(ofCallback: message.name, of: contract), contract: contract,
            object: body ?? .null, in: world,
            to: message.target(
                "callback:\(operation.id)/\(message.name)", at: target, in: world, address.value))
    }
}
