/// The executable's commands. Each gives a stable exit status.
enum CommandLineTool {
    enum ExitStatus: Int32 {
        case success = 0
        /// What was asked for did not work, or something was found wanting.
        case failure = 1
        /// The arguments make no sense.
        case usage = 2
    }

    static func run(_ arguments: [String]) async -> ExitStatus {
        guard let name = arguments.first else {
            printError(help)
            return .usage
        }
        do {
            let options = Options(Array(arguments.dropFirst()))
            switch name {
            case "serve": return try await ServeCommand.run(options)
            case "migrate": return try MigrateCommand.run(options)
            case "demo": return try await DemoCommand.run(options)
            case "keys": return try await KeysCommand.run(options)
            case "db": return try DatabaseCommand.run(options)
            case "contract": return try ContractCommand.run(options)
            case "validate": return try ValidateCommand.run(options)
            case "help", "--help", "-h":
                print(help)
                return .success
            default: throw UsageError("there is no command \"\(name)\"")
            }
        } catch let error as UsageError {
            printError("sbx: \(error.message)\n\n\(help)")
            return .usage
        } catch {
            printError("sbx: \(told(error))")
            return .failure
        }
    }

    /// Errors that may carry data say nothing of themselves (those of the database); the operator is
    /// told all the same.
    static func told(_ error: any Error) -> String {
        let text = "\(error)"
        return text.isEmpty ? String(reflecting: error) : text
    }

    static let help = """
        sbx serve     Run the platform: --listen HOST:PORT --domain D --data DIR
                      [--database-url URL] [--postgres-user NAME] [--admin-key KEY]
                      [--role all|gateway|worker] [--portal-host H] [--auth-host H]
                      [--egress-allow CIDR,…] [--trusted-proxy CIDR,…]
                      [--tls-cert F,… --tls-key F,… | --tls-dev]
                      [--client-ca F]
        sbx migrate   Bring the database's schema up to date: --data DIR | --database-url URL
        sbx demo      Play a partner's first journey against a running platform: --url URL
        sbx keys      list | rotate KEY | revoke KEY of a tenant: --url URL --key test_mk_…
                      rotate of the issuer's signing keys: --admin-key KEY [--immediately]
        sbx db url    Print the address of the private database: --data DIR [--role owner]
        sbx contract  import FILE…|FOLDER|ZIP: give a tenant a contract, and mount it on a
                      sandbox: --url URL --key test_mk_… [--name N] [--version V]
                      [--sandbox SLUG] [--root PATH, which of several files is the contract]
                      rules FILE: make rules of WireMock, Postman, HAR or Pact stubs:
                      --url URL --key test_mk_… --sandbox SLUG --name CONTRACT
                      diff OLD NEW: what has changed for clients: [--fail-on breaking|unknown]
                      lint FILE: what it lacks: [--fail-on error|warning]
                      conformance NAME --base-url URL: how a server keeps to it:
                      --url URL --key test_mk_… [--methods all] [--operations ID,…]
                      [--parameters NAME=VALUE,…] [--header NAME, SBX_SECRET its value]
        sbx validate  json|yaml|contract FILE…: one JSON line each; 0 all valid, 1 some not

        Each option can stand in the environment instead: --admin-key as SBX_ADMIN_KEY.
        Commands that print results take --json.
        """
}
