import KizunaCertification
import KizunaWeb

/// What `kizuna certify` can be told.
enum CertifyFlags {
    static let participant = Flag("--participant", "ID", help: "who is tried")
    static let endpoint = Flag("--endpoint", "URL", help: "where; standard what the participant has registered")
    static let webhook = Flag("--webhook", "ID", help: "try this webhook of the participant's in place of its endpoint")
    static let checks = Flag(
        "--checks",
        "LIST",
        help: "only these checks or groups: reach,signature.old; standard all"
    )
    static let config = Flag("--config", "F", help: "the configuration that kizuna serve runs with: its signingSecret")
    static let secret = Flag(
        "--secret-file",
        "F",
        help: "without the switch's database and configuration: a file with the participant's own whsec_…"
    )
    static let shop = Flag("--shop", "ID", help: "with --secret-file, for an acquirer: a shop that may be paid")
    static let shopCode = Flag("--shop-code", "TEXT", help: "what that shop's code says: jpqr:0000000000001.0001.…")
    static let answers = Flag(
        "--answers-listen",
        "HOST:PORT",
        help: "where a bank that answers PENDING calls: in the place of POST /v1/payments/{id}/answer, plain HTTP"
    )
    static let report = Flag("--report", "FILE", help: "write a page of HTML with every message")
    static let json = Flag("--json", help: "answer with one JSON object")

    static let all =
        [
            participant, endpoint, webhook, checks, answers, config, report, json, DatabaseFlag.flag, secret,
            ParticipantFlags.roles, ParticipantFlags.country, ParticipantFlags.link, shop, shopCode,
            ReachFlags.addresses, ReachFlags.plainHTTP,
        ] + LinkTLSFlags.all

    /// The checks that are asked for.
    static func checks(_ arguments: Arguments) throws(UsageError) -> [Check] {
        guard let text = arguments[checks] else { return Check.all }
        let names = text.split(separator: ",").map(String.init)
        let known = Check.all.map(\.id) + Check.Group.allCases.map(\.rawValue)
        for name in names where !known.contains(name) {
            let nearest = NearestName.of(name, in: known).map { "; did you mean \($0)?" } ?? ""
            throw arguments.error("there is no check or group \(name)\(nearest)")
        }
        guard !names.isEmpty else { throw arguments.error("--checks takes checks or groups: reach,signature.old") }
        return Check.all.filter { names.contains($0.id) || names.contains($0.group.rawValue) }
    }

    /// Where the participant is to be called; `nil` for where it has registered.
    static func endpoint(_ arguments: Arguments, within reach: Reach) throws(UsageError) -> String? {
        guard let text = arguments[endpoint] else { return nil }
        do throws(DestinationFault) { return try DestinationURL(text, within: reach).description } catch {
            throw arguments.error("--endpoint \(error.sentence)")
        }
    }
}
