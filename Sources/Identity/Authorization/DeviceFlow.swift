package import Access
import Contracts
package import Identifiers
import Runtime

/// The browser's side of the device grant: type the code, sign in, decide.
package struct DeviceFlow: Sendable {
    let clients: ClientStore
    let directory: EdgeDirectory
    let control: AccessControl
    let devices: DeviceStore
    let interactions: InteractionStore
    let random: any RandomSource

    package enum Step: Sendable {
        /// Code, name and password are asked for; `code` is what is known already.
        case signIn(code: String, fault: String?)
        case consent(Page)
        case done(isAllowed: Bool)
    }

    package struct Page: Sendable {
        package let client: ClientID
        package let clientName: String
        package let slug: String
        package let scopes: Scopes
        package let code: UserCode
        package let subject: String
        package let handle: String
        package let browser: String
    }

    private static let unknown =
        "This code is not waiting for anybody: it is mistyped, old, or was used."

    /// Code, name and password out of the first page.
    package func signIn(_ form: OAuthParameters) async throws(OAuthError) -> Step {
        let typed = form["user_code"] ?? ""
        guard let code = UserCode(typed: typed), let found = try await find(code) else {
            return .signIn(code: typed, fault: Self.unknown)
        }
        switch TestUser.signIn(name: form["username"] ?? "", password: form["password"] ?? "") {
        case .wrong:
            return .signIn(
                code: typed, fault: "There is no such test user, or the password is wrong.")
        case .locked:
            return .signIn(code: typed, fault: "This account is locked.")
        case .welcome(let subject):
            let browser = OpaqueToken(random: random)
            let handle = try await interactions.begin(
                ["user_code": .string(code.stored), "subject": .string(subject)], browser: browser,
                seconds: Limits.authorizationRequestSeconds, for: found.client)
            return .consent(
                Page(
                    client: found.client.id,
                    clientName: found.client.metadata.name ?? found.client.id.description,
                    slug: found.client.sandbox.slug, scopes: found.scopes, code: code,
                    subject: subject, handle: handle, browser: browser.text))
        }
    }

    /// The decision out of the second page.
    package func decide(
        _ form: OAuthParameters, browser: String?
    ) async throws(OAuthError) -> Step {
        guard let name = form["client_id"], let id = ClientID(name), let handle = form["request"],
            let browser, let client = try await clients.client(id),
            let interaction = try await interactions.consume(
                handle, browser: OpaqueToken(shown: browser), for: client),
            let code = interaction.parameters["user_code"]?.string.flatMap(UserCode.init(typed:)),
            let subject = interaction.parameters["subject"]?.string
        else { return .signIn(code: "", fault: "This sign-in has ended. Start again.") }
        let isAllowed = form["decision"] == "allow"
        let isDecided = try await devices.decide(
            code, isAllowed: isAllowed, by: subject, as: client.access)
        return isDecided ? .done(isAllowed: isAllowed) : .signIn(code: "", fault: Self.unknown)
    }

    private func find(
        _ code: UserCode
    ) async throws(OAuthError) -> (client: OAuthClient, scopes: Scopes)? {
        let entry: UserCodeEntry?
        do throws(AccessError) {
            entry = try await directory.userCode(code.stored)
        } catch {
            throw .identity(.access(error))
        }
        guard let entry,
            let pending = try await devices.pending(code, as: control.access(confirming: entry)),
            let client = try await clients.client(pending.client)
        else { return nil }
        return (client, pending.scopes)
    }
}
