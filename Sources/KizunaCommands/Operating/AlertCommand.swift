import KizunaMoney
import KizunaSQLite
import KizunaSwitch
import KizunaWeb

/// `kizuna alert list`: what an operator should look at.
struct AlertCommand {
    let console: Console

    /// More than a person reads; the earliest ended ones are left out.
    private static let most = 1_000
    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let list = Verb(
        "alert list",
        summary: "Lists accounts near their caps and shops that are paid unusually often: those that last first.",
        flags: [DatabaseFlag.flag, json],
        examples: ["kizuna alert list --database sqlite:kizuna.db", "kizuna alert list --json"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: [AlertCommand.list], of: "alert", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                let store = try DatabaseFlag.openForReading(arguments)
                let alerts = try store.read { reader throws(StoreError) in
                    try reader.alerts(limit: AlertCommand.most)
                }
                if arguments.has(AlertCommand.json) {
                    console.writeLine(["alerts": .array(alerts.map(\.json))])
                } else {
                    print(alerts)
                }
                return ExitStatus.done
            }
        }
    }

    private func print(_ alerts: [Alert]) {
        let page = TerminalPage(console)
        page.heading(alerts.contains(where: \.isOpen) ? "Alerts" : "Alerts: none lasts")
        for alert in alerts {
            let end = alert.clearedAt.map { "ended \($0.rfc3339)" } ?? "lasts"
            page.fact(
                alert.key.subject,
                "\(alert.key.kind.name), raised \(alert.raisedAt.rfc3339) (\(alert.timesRaised)×), \(end)"
            )
        }
    }
}

extension Alert {
    fileprivate var json: JSON {
        [
            "kind": .string(key.kind.name),
            "subject": .string(key.subject),
            "raisedAt": JSON(raisedAt),
            "clearedAt": clearedAt.map { JSON($0) } ?? .null,
            "timesRaised": JSON(timesRaised),
        ]
    }
}
