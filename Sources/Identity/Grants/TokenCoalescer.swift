import Access
import Identifiers
import Runtime
import Synchronization

/// Access tokens that clients have asked to be given again (`sbx_coalesce=true`): a hundred jobs of
/// one CI run then hold one token, as many clients of production do that cache theirs. Of this
/// gateway only; another one gives another token, which is as good.
final class TokenCoalescer: Sendable {
    /// What must be the same: client, scope, and the key that the token is bound to. After the
    /// sandbox's clock was moved a token ends at another time, so the clock's epoch counts too.
    struct Wish: Hashable {
        private let client: ClientID
        private let scope: String
        private let binding: TokenBinding?
        private let epoch: Int64

        init(_ subject: AccessTokenIssuer.Subject, _ client: OAuthClient) {
            self.client = client.id
            scope = subject.scopes.text
            binding = subject.binding
            epoch = client.clock.epoch
        }
    }

    struct Token {
        let text: String
        /// Wall time.
        let endsAt: WallInstant
    }

    private let tokens = Mutex<[Wish: Token]>([:])

    /// One that is good for ``Limits/coalescedSecondsLeft`` at least.
    func token(for wish: Wish, at now: WallInstant) -> Token? {
        tokens.withLock { tokens in
            guard let token = tokens[wish] else { return nil }
            guard token.endsAt - now >= .seconds(Limits.coalescedSecondsLeft) else {
                tokens[wish] = nil
                return nil
            }
            return token
        }
    }

    func keep(_ text: String, until end: WallInstant, for wish: Wish) {
        tokens.withLock { tokens in
            if tokens.count >= Limits.coalescedTokens { tokens = [:] }
            tokens[wish] = Token(text: text, endsAt: end)
        }
    }
}
