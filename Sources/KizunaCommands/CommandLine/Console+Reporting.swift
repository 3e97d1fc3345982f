import KizunaCurl
import KizunaMicrohttpd
import KizunaPayments
import KizunaSwitch

extension Console {
    /// Reads the arguments, answers `--help`, runs the command, and turns what it throws into a line and a status.
    func reporting(
        _ verb: Verb,
        _ arguments: [String],
        _ run: (Arguments) async throws -> Int32
    ) async -> Int32 {
        do {
            let arguments = try Arguments(arguments, for: verb)
            guard !arguments.has(Verb.help) else {
                write(verb.helpText)
                return ExitStatus.done
            }
            return try await run(arguments)
        } catch let error as UsageError {
            complain(error.description)
            return ExitStatus.usage
        } catch let refusal as Refusal {
            complain("kizuna \(verb.name): \(refusal.detail)")
            return ExitStatus.no
        } catch {
            complain("kizuna \(verb.name): \(error)")
            return ExitStatus.environment
        }
    }

    /// A command of commands, such as `books verify`: picks the one that is named.
    func choosing(
        among verbs: [Verb],
        of group: String,
        _ arguments: [String],
        _ run: (Verb, [String]) async -> Int32
    ) async -> Int32 {
        let names = verbs.map { String($0.name.dropFirst(group.count + 1)) }
        guard let name = arguments.first, !["--help", "-h"].contains(name) else {
            let lines = verbs.map { "  kizuna " + $0.name.padded(to: 24) + $0.summary }
            let text = lines.joined(separator: "\n") + "\n"
            if arguments.isEmpty { complain("kizuna \(group): say which:\n\(text)") } else { write(text) }
            return arguments.isEmpty ? ExitStatus.usage : ExitStatus.done
        }
        guard let index = names.firstIndex(of: name) else {
            let nearest = NearestName.of(name, in: names).map { "did you mean \($0)?" }
            complain("kizuna \(group): there is no \(name); \(nearest ?? "see kizuna \(group) --help")")
            return ExitStatus.usage
        }
        return await run(verbs[index], Array(arguments.dropFirst()))
    }
}
