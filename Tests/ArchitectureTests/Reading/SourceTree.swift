import Foundation

/// The package as the rules see it: paths and texts, from the disk or written down in a test.
struct SourceTree: Sendable {
    /// Every file below `Sources` and `Tests` by its path from the root; text only where a rule reads it.
    let paths: [String]
    /// The Swift files, by path.
    let swiftFiles: [SourceFile]
    /// The manifest, when there is one.
    let manifest: SourceFile?

    init(_ texts: [String: String]) {
        paths = texts.keys.filter { $0 != "Package.swift" }.sorted()
        swiftFiles = paths.filter { $0.hasSuffix(".swift") }.map { SourceFile(path: $0, text: texts[$0] ?? "") }
        manifest = texts["Package.swift"].map { SourceFile(path: "Package.swift", text: $0) }
    }

    /// Reads the package whose root this is.
    init(root: URL) throws {
        var texts = ["Package.swift": try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)]
        for top in ["Sources", "Tests"] {
            for inner in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: top).path) {
                let file = root.appending(path: "\(top)/\(inner)")
                guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
                texts["\(top)/\(inner)"] =
                    inner.hasSuffix(".swift") ? try String(contentsOf: file, encoding: .utf8) : ""
            }
        }
        self.init(texts)
    }

    /// The names of the folders right below `Sources`: one for each target.
    var modules: [String] { Set(paths.filter { $0.hasPrefix("Sources/") }.map(SourceTree.module)).sorted() }

    /// The targets that hand a C library to Swift: those with a module map, or with headers and code of their own.
    var foreignModules: [String] {
        modules.filter { name in
            let folder = "Sources/\(name)/"
            return paths.contains { $0 == folder + "module.modulemap" || $0.hasPrefix(folder + "include/") }
        }
    }

    /// The Swift files of the targets, tests left out.
    var sources: [SourceFile] { swiftFiles.filter { $0.path.hasPrefix("Sources/") } }

    /// The second part of a path.
    static func module(of path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : path
    }

    /// The package this test stands in.
    static let package: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
