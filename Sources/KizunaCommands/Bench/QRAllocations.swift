import Foundation

/// Counts calls of `malloc`, whoever makes them, under glibc's own tracer (`mtrace`).
///
/// The tracer works only in a process that starts with glibc's debugging allocator in front, which is slow. So the
/// benchmark starts itself once more for the counts alone: the copy runs each piece of work between two blocks of sizes
/// that nothing else asks for, and the counts are the lines between those two in the tracer's file.
enum QRAllocations {
    private static let tracer = "libc_malloc_debug.so.0"
    /// The version under which glibc has had `mtrace` from its beginnings on the machine.
    #if arch(arm64)
    private static let tracerVersion = "GLIBC_2.17"
    #else
    private static let tracerVersion = "GLIBC_2.2.5"
    #endif
    /// The block before the first piece of work; each further mark is a byte larger.
    private static let firstMark = 1_000_003

    /// How often each piece of work allocates that a copy of this program, run with the arguments, traces; nil where
    /// there is no tracer.
    static func traced(pieces: Int, running arguments: [String]) -> [Int]? {
        let trace = FileManager.default.temporaryDirectory.appending(path: "kizuna-malloc-\(getpid())")
        defer { try? FileManager.default.removeItem(at: trace) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["LD_PRELOAD": tracer, "MALLOC_TRACE": trace.path]) { _, new in new }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        guard process.terminationStatus == 0, let text = try? String(contentsOf: trace, encoding: .utf8) else {
            return nil
        }
        let lines = text.split(separator: "\n")
        let counts = (0..<pieces).compactMap { count(of: $0, in: lines) }
        return counts.count == pieces ? counts : nil
    }

    /// In the copy: starts the tracer, and runs each piece of work between its marks.
    static func trace(_ pieces: [() -> Void]) {
        typealias Lookup =
            @convention(c) (UnsafeRawPointer?, UnsafePointer<CChar>, UnsafePointer<CChar>)
            -> UnsafeRawPointer?
        // The plain name finds the C library's own, which does nothing.
        guard let lookup = dlsym(nil, "dlvsym").map({ unsafeBitCast($0, to: Lookup.self) }),
            let start = lookup(nil, "mtrace", tracerVersion)
        else { return }
        unsafeBitCast(start, to: (@convention(c) () -> Void).self)()
        // The first mark of all makes the runtime set something up, which is no part of any work.
        mark(-1)
        for (number, work) in pieces.enumerated() {
            mark(2 * number)
            work()
            mark(2 * number + 1)
        }
    }

    private static func mark(_ number: Int) {
        let block = malloc(firstMark + number)
        keep(block)
        free(block)
    }

    private static func count(of piece: Int, in lines: [Substring]) -> Int? {
        func place(_ number: Int) -> Int? {
            let size = " 0x" + String(firstMark + number, radix: 16)
            return lines.firstIndex { $0.contains(" + ") && $0.hasSuffix(size) }
        }
        guard let from = place(2 * piece), let to = place(2 * piece + 1), from < to else { return nil }
        return lines[(from + 1)..<to].count { $0.contains(" + ") || $0.contains(" > ") }
    }
}

/// Takes a value where the optimiser cannot see that nobody wants it.
@inline(never) @_optimize(none)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }
