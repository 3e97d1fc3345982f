package import KizunaMoney

/// `kizuna qr`: reads, checks, explains and writes payment codes.
package struct QRCommand {
    let console: Console
    /// The machine's clock, for codes that expire.
    let clock: () -> Timestamp
    /// MD5 in lower-case hexadecimal: Bakong names a code by the MD5 of its text.
    let md5: ([UInt8]) -> String

    package init(console: Console, clock: @escaping () -> Timestamp, md5: @escaping ([UInt8]) -> String) {
        self.console = console
        self.clock = clock
        self.md5 = md5
    }

    /// Runs the arguments behind `kizuna qr` and returns the exit status.
    package func run(_ arguments: [String]) -> Int32 {
        do {
            return try dispatch(arguments)
        } catch let error as UsageError {
            console.complain(error.description)
            return ExitStatus.usage
        } catch {
            console.complain("kizuna qr: \(error)")
            return ExitStatus.environment
        }
    }

    private func dispatch(_ arguments: [String]) throws -> Int32 {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "decode": return try QRDecode(command: self).run(rest)
        case "encode": return try QREncode(command: self).run(rest)
        case "--help", "-h":
            console.write(QRCommand.overview)
            return ExitStatus.done
        case nil: throw UsageError("kizuna qr: say decode or encode; see kizuna qr --help")
        case let name?:
            let nearest = NearestName.of(name, in: ["decode", "encode"]).map { "did you mean \($0)?" }
            throw UsageError("kizuna qr: there is no command \(name); \(nearest ?? "say decode or encode")")
        }
    }

    private static let overview = """
        Reads, checks, explains and writes payment codes.

          kizuna qr decode   what a code says, field by field, or why it is refused and where
          kizuna qr encode   the text of a KHQR or a JPQR

        kizuna qr decode --help and kizuna qr encode --help say more.

        """
}

/// A file or a stream that could not be read.
struct InputError: Error, CustomStringConvertible {
    let description: String
}
