extension Rule {
    /// A C library is imported by the module that keeps it and by nobody else.
    static let cLibrariesHaveOneKeeper = Rule(description: "each C library has one keeper") { tree in
        let foreign = Set(tree.foreignModules)
        return tree.sources.flatMap { file in
            file.imports.compactMap { imported, line -> Finding? in
                let keeper = Layout.kizuna.keeper(of: imported)?.name
                guard foreign.contains(imported), file.module != keeper else { return nil }
                return Finding(
                    path: file.path,
                    line: line,
                    problem: "\(file.module) imports the C module \(imported)",
                    remedy: keeper.map { "Only \($0) may: ask it for what is missing, as a Swift value" }
                        ?? "No module keeps it yet: name one in Tests/ArchitectureTests/Rules/Layout.swift"
                )
            }
        }
    }

    /// C targets with code of their own: C++ needs a little C in front of it, libraries whose errors jump over the
    /// frames of their caller must be caught in C, a file system of SQLite's is a table of C functions, and only C takes
    /// files into the program.
    private static let targetsWithCode: Set<String> = ["CGuides", "CLogBuffer", "CPictures", "CZXing"]

    /// The folder of a C module holds its module map and its shim, nothing else.
    static let cFoldersHoldOnlyTheirFace = Rule(description: "C folders hold only their face") { tree in
        let face = ["module.modulemap", "shim.h"]
        return tree.foreignModules.filter { !targetsWithCode.contains($0) }.flatMap { module -> [Finding] in
            let folder = "Sources/\(module)/"
            let names = tree.paths.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }
            let extra = names.filter { !face.contains($0) }.map { name in
                Finding(
                    path: folder + name,
                    problem: "\(name) is neither the module map nor the shim of \(module)",
                    remedy: "What Swift cannot import goes into shim.h as a static inline function, the rest into Swift"
                )
            }
            guard !names.contains("shim.h") else { return extra }
            let missing = Finding(
                path: folder + "module.modulemap",
                problem: "\(module) has no shim.h",
                remedy: "Put the library's #include lines there and name it in the module map"
            )
            return extra + [missing]
        }
    }
}
