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
        case "stand": return try QRStand(command: self).run(rest)
        case "--help", "-h":
            console.write(QRCommand.overview)
            return ExitStatus.done
        case nil: throw UsageError("kizuna qr: say decode, encode or stand; see kizuna qr --help")
        case let name?:
            let nearest = NearestName.of(name, in: ["decode", "encode", "stand"]).map { "did you mean \($0)?" }
            throw UsageError("kizuna qr: there is no command \(name); \(nearest ?? "say decode, encode or stand")")
        }
    }

    private static let overview = """
        Reads, checks, explains and writes payment codes.

          kizuna qr decode   what a code says, field by field, or why it is refused and where
          kizuna qr encode   a KHQR or a JPQR as text, PNG, SVG or in the terminal
          kizuna qr stand    a sheet for the counter with the code, as SVG or PDF

        kizuna qr decode --help, kizuna qr encode --help and kizuna qr stand --help say more.

        """
}

/// A file or a stream that could not be read or written.
struct InputError: Error, CustomStringConvertible {
    let description: String
}
