import KizunaQR

/// A command that makes a code of one of the two kinds from flags: `khqr` or `jpqr`, and what the code is to say.
struct DraftCommand {
    let command: QRCommand
    /// What stands before the kind, such as `qr encode`.
    let name: String
    let khqr: Verb
    let jpqr: Verb

    /// Makes a code; throws ``QRFault`` for what the kind does not allow.
    typealias Writer = () throws -> MerchantPayload

    /// - Parameter work: does what the command is for. A ``QRFault`` that it throws is told, finding by finding.
    /// - Returns: the exit status.
    func run(_ arguments: [String], _ work: (Arguments, Writer) throws -> Void) throws -> Int32 {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "khqr":
            return try run(rest, khqr, work) { try KHQRFlags.draft($0, now: command.clock()).written().payload }
        case "jpqr": return try run(rest, jpqr, work) { try JPQRFlags.draft($0).written().payload }
        case "--help", "-h":
            command.console.write(khqr.helpText + "\n" + jpqr.helpText)
            return ExitStatus.done
        case nil: throw UsageError("kizuna \(name): say khqr or jpqr; see kizuna \(name) --help")
        case let other?:
            throw UsageError("kizuna \(name): say khqr or jpqr in place of \(other); see kizuna \(name) --help")
        }
    }

    private func run(
        _ arguments: [String],
        _ verb: Verb,
        _ work: (Arguments, Writer) throws -> Void,
        _ write: @escaping (Arguments) throws -> MerchantPayload
    ) throws -> Int32 {
        let arguments = try Arguments(arguments, for: verb)
        if arguments.has(Verb.help) {
            command.console.write(verb.helpText)
            return ExitStatus.done
        }
        do {
            try work(arguments) { try write(arguments) }
            return ExitStatus.done
        } catch let fault as QRFault {
            for finding in [fault.main] + fault.also {
                command.console.complain("kizuna \(verb.name): \(finding.message) (\(finding.name))")
            }
            return ExitStatus.no
        }
    }
}
