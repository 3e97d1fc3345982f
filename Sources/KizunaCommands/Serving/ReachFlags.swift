import KizunaWeb

/// `--allow-addresses LIST` and `--allow-http`: where participants may be called besides the open Internet.
enum ReachFlags {
    static let addresses = Flag(
        "--allow-addresses",
        "LIST",
        help: "blocks besides public ones where participants may be called: 10.20.0.0/16,127.0.0.0/8"
    )
    static let plainHTTP = Flag("--allow-http", help: "call participants over plain HTTP as well; for trials")

    /// What the configuration allows, and the flags besides.
    static func reach(_ arguments: Arguments, _ configured: Reach) throws(UsageError) -> Reach {
        var reach = configured
        if arguments.has(plainHTTP) { reach.allowsPlainHTTP = true }
        for text in arguments[addresses]?.split(separator: ",") ?? [] {
            guard let block = AddressBlock(String(text)) else {
                throw arguments.error("--allow-addresses takes blocks such as 10.20.0.0/16 and fd00::/8, not \(text)")
            }
            reach.allowed.append(block)
        }
        return reach
    }
}

extension Reach {
    /// Whoever reaches a sandbox on this machine alone is on this machine, and so may be called there.
    func ofSandbox(listeningAt listen: ListenAddress) -> Reach {
        guard listen.isLoopback else { return self }
        return Reach(allowing: allowed + Reach.loopback.allowed, plainHTTP: true)
    }
}
