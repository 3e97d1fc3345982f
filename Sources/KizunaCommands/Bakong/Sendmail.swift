import Dispatch
import Foundation
import KizunaWeb
import Synchronization

/// Hands mail to a program that takes it as `sendmail` does: the message on standard input, its receivers in it.
final class Sendmail: Mailer {
    /// Mails on their way at one time; one more is refused.
    private static let most = 4
    /// How long the program may take.
    private static let patience = DispatchTimeInterval.seconds(20)

    private let program: URL
    private let queue = DispatchQueue(label: "kizuna.sendmail", attributes: .concurrent)
    private let underWay = Mutex(0)

    /// - Throws: ``InputError`` for what cannot be run.
    init(program path: String) throws(InputError) {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw InputError(description: "\(path) is no program that can be run")
        }
        program = URL(filePath: path)
    }

    func send(_ mail: Mail) async -> Bool {
        let mayGo = underWay.withLock { count in
            guard count < Sendmail.most else { return false }
            count += 1
            return true
        }
        guard mayGo else { return false }
        defer { underWay.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.run(mail.message)) }
        }
    }

    private func run(_ message: String) -> Bool {
        guard let input = unnamedFile(holding: Array(message.utf8)) else { return false }
        let process = Process()
        process.executableURL = program
        process.arguments = ["-i", "-t"]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let end = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in end.signal() }
        guard (try? process.run()) != nil else { return false }
        guard end.wait(timeout: .now() + Sendmail.patience) == .success else {
            process.terminate()
            return false
        }
        return process.terminationReason == .exit && process.terminationStatus == 0
    }

    /// A file to read from its start that nobody else can find. A pipe would do as well, but a program that ends without
    /// reading would end this process too, by a signal.
    private func unnamedFile(holding bytes: [UInt8]) -> FileHandle? {
        var path = Array(FileManager.default.temporaryDirectory.appending(path: "kizuna-mail-XXXXXX").path.utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { return nil }
        unlink(path)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(bytes))
            try file.seek(toOffset: 0)
        } catch {
            return nil
        }
        return file
    }
}
