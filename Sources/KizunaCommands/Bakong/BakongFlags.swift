import KizunaQR
import KizunaWeb

/// The flags of `kizuna serve` that turn the Bakong facade on.
enum BakongFlags {
    private static let listen = Flag(
        "--bakong-listen",
        "HOST:PORT",
        help: "serve the Bakong Open API there, at the root of a host of its own"
    )
    private static let url = Flag(
        "--bakong-url",
        "URL",
        help: "where that is reached from outside; short links begin with it"
    )
    private static let account = Flag(
        "--bakong-account",
        "NAME@BANK",
        help: "whom payers from abroad appear as; standard kizuna@ and the shop's bank"
    )
    private static let sendmail = Flag(
        "--bakong-sendmail",
        "PROGRAM",
        help: "mails codes by 'PROGRAM -i -t', such as /usr/sbin/sendmail; without it nobody signs up alone"
    )
    private static let mailFrom = Flag("--bakong-mail-from", "ADDRESS", help: "the sender of those mails")
    private static let wallet = Flag(
        "--bakong-wallet",
        "PREFIX",
        help: "what opens a wallet, the code behind it; standard \(BakongSettings.usualWalletPrefix)"
    )
    private static let tls = TLSFlags(prefix: "bakong-", listener: "the Bakong Open API")

    static let all = [listen] + tls.all + [url, account, sendmail, mailFrom, wallet]

    /// What the flags ask for; `nil` without `--bakong-listen`.
    static func listener(_ arguments: Arguments) throws -> BakongListener? {
        guard let address = try arguments.address(listen) else {
            if let flag = all.first(where: { arguments.has($0) }) {
                throw arguments.error("\(flag.name) needs --bakong-listen HOST:PORT")
            }
            return nil
        }
        let tls = try tls.material(arguments)
        var settings = BakongSettings(publicURL: try publicURL(arguments, address, isOverTLS: tls != nil))
        settings.settlementAccount = try arguments[account].map { text throws(UsageError) in
            guard let account = BakongAccount(text) else {
                throw arguments.error("--bakong-account takes NAME@BANK, at most 32 characters")
            }
            return account.description
        }
        if let sender = arguments[mailFrom] {
            guard let email = BakongEmail(sender, longest: 254) else {
                throw arguments.error("--bakong-mail-from takes an e-mail address")
            }
            settings.mailSender = email.text
        }
        if let prefix = arguments[wallet] { settings.walletPrefix = prefix }
        return BakongListener(
            listen: address,
            tls: tls,
            settings: settings,
            mailer: try arguments[sendmail].map { try Sendmail(program: $0) }
        )
    }

    private static func publicURL(
        _ arguments: Arguments,
        _ address: ListenAddress,
        isOverTLS: Bool
    ) throws(UsageError) -> String {
        guard let text = arguments[url] else {
            guard address.port > 0 else { throw arguments.error("--bakong-listen with port 0 needs --bakong-url") }
            return "\(isOverTLS ? "https" : "http")://\(address)"
        }
        guard ["https://", "http://"].contains(where: { text.hasPrefix($0) }), !text.hasSuffix("/"),
            text.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw arguments.error("--bakong-url takes https://HOST without a slash at its end") }
        return text
    }
}
