import KizunaWeb

/// How often the API may be called: `--calls-per-participant N` and the like.
enum CallLimitFlags {
    private static let usual = CallLimits.Rates()
    private static let participant = flag("participant", usual.participant)
    private static let key = flag("key", usual.key)
    private static let address = flag("address", usual.address, " by nobody it knows")

    static let all = [participant, key, address]

    static func rates(_ arguments: Arguments) throws(UsageError) -> CallLimits.Rates {
        CallLimits.Rates(
            participant: try rate(arguments, participant, usual.participant),
            key: try rate(arguments, key, usual.key),
            address: try rate(arguments, address, usual.address)
        )
    }

    private static func flag(_ whose: String, _ usual: Int64?, _ more: String = "") -> Flag {
        let standard = usual.map(String.init) ?? "none"
        return Flag(
            "--calls-per-\(whose)",
            "N",
            help: "calls a second\(more), or none for no limit; standard \(standard)"
        )
    }

    private static func rate(_ arguments: Arguments, _ flag: Flag, _ usual: Int64?) throws(UsageError) -> Int64? {
        guard let text = arguments[flag] else { return usual }
        if text == "none" { return nil }
        guard let rate = Int64(text), 1...1_000_000 ~= rate else {
            throw arguments.error("\(flag.name) takes a whole number from 1 to 1000000, or none")
        }
        return rate
    }
}
