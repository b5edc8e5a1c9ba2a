import Access
import Identifiers
import Identity

/// The issuer's pages as HTML. Every text from outside passes through ``escaped(_:)``.
enum IssuerPages {
    static func signIn(_ page: AuthorizationFlow.Page, fault: String?) -> String {
        document(
            "Sign in",
            """
            <h1>Sign in</h1>
            <p><strong>\(escaped(page.clientName))</strong> asks for access to the sandbox
            <code>\(escaped(page.slug))</code>.</p>
            \(alert(fault))
            <form method="post" action="/authorize/sign-in">
            \(hidden(client: page.client.description, handle: page.handle))
            \(credentials)
            <button type="submit">Sign in</button>
            </form>
            \(testUsers)
            """)
    }

    static func consent(_ page: AuthorizationFlow.Page, subject: String) -> String {
        document(
            "Allow access",
            """
            <h1>Allow access?</h1>
            <p>You are signed in as <strong>\(escaped(subject))</strong>.
            <strong>\(escaped(page.clientName))</strong> asks for access to the sandbox
            <code>\(escaped(page.slug))</code> with these scopes:</p>
            \(list(page.scopes))
            \(decision(action: "/authorize/decision", page.client.description, page.handle))
            """)
    }

    static func refusal(_ error: OAuthError) -> String {
        document(
            "Not possible",
            """
            <h1>This request cannot go on</h1>
            <p role="alert">\(escaped(error.description))</p>
            <p>Nobody was sent back to the application, because it is not certain which one asked.
            Error code: <code>\(escaped(error.code.rawValue))</code>.</p>
            """)
    }

    // MARK: Devices

    static func device(code: String, fault: String?) -> String {
        document(
            "Connect a device",
            """
            <h1>Connect a device</h1>
            <p>Type the code that your device shows, and sign in.</p>
            \(alert(fault))
            <form method="post" action="/device/sign-in">
            <label for="user_code">Code</label>
            <input id="user_code" name="user_code" value="\(escaped(code))" autocomplete="off"
            autocapitalize="characters" spellcheck="false" required>
            \(credentials)
            <button type="submit">Continue</button>
            </form>
            \(testUsers)
            """)
    }

    static func deviceConsent(_ page: DeviceFlow.Page) -> String {
        document(
            "Allow access",
            """
            <h1>Allow this device?</h1>
            <p>You are signed in as <strong>\(escaped(page.subject))</strong>. A device that shows
            <code>\(page.code.shown)</code> and runs <strong>\(escaped(page.clientName))</strong> asks for
            access to the sandbox <code>\(escaped(page.slug))</code> with these scopes:</p>
            \(list(page.scopes))
            \(decision(action: "/device/decision", page.client.description, page.handle))
            """)
    }

    static func deviceDone(isAllowed: Bool) -> String {
        document(
            "Done",
            isAllowed
                ? "<h1>The device is connected</h1><p>You can close this page.</p>"
                : "<h1>The device was refused</h1><p>It gets no access. You can close this page.</p>"
        )
    }

    // MARK: Parts

    private static func document(_ title: String, _ body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – SmartSandbox</title>
        <link rel="stylesheet" href="/pages.css">
        </head>
        <body>
        <main>
        \(body)
        </main>
        <footer>A sandbox: people, money and data here are made up.</footer>
        </body>
        </html>

        """
    }

    private static func alert(_ fault: String?) -> String {
        fault.map { "<p role=\"alert\">\(escaped($0))</p>" } ?? ""
    }

    private static func hidden(client: String, handle: String) -> String {
        """
        <input type="hidden" name="client_id" value="\(escaped(client))">
        <input type="hidden" name="request" value="\(escaped(handle))">
        """
    }

    private static func decision(action: String, _ client: String, _ handle: String) -> String {
        """
        <form method="post" action="\(action)">
        \(hidden(client: client, handle: handle))
        <button type="submit" name="decision" value="allow">Allow</button>
        <button type="submit" name="decision" value="deny" class="quiet">Refuse</button>
        </form>
        """
    }

    private static func list(_ scopes: Scopes) -> String {
        let items = scopes.text.split(separator: " ").map {
            "<li><code>\(escaped(String($0)))</code></li>"
        }
        return "<ul>\(items.joined())</ul>"
    }

    private static let credentials = """
        <label for="username">Test user</label>
        <input id="username" name="username" autocomplete="username" required>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        """

    private static let testUsers: String = {
        let items = TestUser.allCases.map { user in
            let note = user == .locked ? " is locked and cannot sign in" : ""
            return "<li><code>\(user.rawValue)</code>\(note)</li>"
        }
        return """
            <section aria-labelledby="people">
            <h2 id="people">Test users</h2>
            <ul>\(items.joined())</ul>
            <p>Their password is <code>\(TestUser.password)</code>.</p>
            </section>
            """
    }()

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// Contrast of text and buttons is 7:1 and more in both schemes.
    static let style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0 auto; max-width: 30rem; padding: 2rem 1rem; }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1rem; }
        label { display: block; margin-top: 1rem; }
        input { box-sizing: border-box; font: inherit; padding: .5rem; width: 100%; }
        button { background: #14427d; border: 2px solid #14427d; border-radius: .25rem; color: #fff;
            cursor: pointer; font: inherit; margin: 1.5rem .5rem 0 0; padding: .5rem 1.5rem; }
        button.quiet { background: transparent; color: inherit; }
        :focus-visible { outline: 3px solid #b86e00; outline-offset: 2px; }
        [role=alert] { border-left: .25rem solid #b3261e; padding-left: .75rem; }
        section, footer { border-top: 1px solid #8886; margin-top: 2rem; }
        footer { font-size: .875rem; padding-top: 1rem; }

        """
}
