extension Rule {
    /// A module imports what the table lets it; the core, nothing from outside but the standard library itself.
    static let arrowsPointInward = Rule(description: "arrows point inward") { tree in
        tree.sources.flatMap { file -> [Finding] in
            guard let module = Layout.kizuna[file.module] else { return [] }
            return file.imports.compactMap { imported, line in
                let isOurs = imported.lowercased().hasPrefix("kizuna")
                // Outside the core the system is free, and the C libraries have a rule of their own.
                guard isOurs ? !module.over.contains(imported) : module.layer == .core && imported != "Swift"
                else { return nil }
                return Finding(
                    path: file.path,
                    line: line,
                    problem: "\(module.name) imports \(imported)",
                    remedy: isOurs ? arrows(of: module) : purity
                )
            }
        }
    }

    private static func arrows(of module: Layout.Module) -> String {
        let allowed = module.over.isEmpty ? "no other module" : "only " + module.over.sorted().joined(separator: ", ")
        return "It may know \(allowed): move the code to a module that may know both, or let it come in as a value"
    }

    private static let purity =
        "The core knows neither Foundation, Dispatch, the system nor C: take what is needed as a value, "
        + "and let an adapter or KizunaSwitch get it"

    /// A folder below `Sources` is a module of the table, or a C library that one of the table keeps.
    static let everyModuleIsInTheTable = Rule(description: "every module is in the table") { tree in
        tree.modules.compactMap { name in
            let isKnown = Layout.kizuna[name] != nil || Layout.kizuna.keeper(of: name) != nil
            guard !isKnown, let path = tree.paths.first(where: { $0.hasPrefix("Sources/\(name)/") }) else { return nil }
            return Finding(
                path: path,
                problem: "no arrow is known for the module \(name)",
                remedy:
                    "Add it to Tests/ArchitectureTests/Rules/Layout.swift and to the drawing in docs/architecture.md"
            )
        }
    }

    /// What `Package.swift` declares as a dependency is an arrow too, imported or not.
    static let manifestKeepsToTheTable = Rule(description: "the manifest keeps to the table") { tree in
        guard let manifest = tree.manifest else { return [] }
        return declaredDependencies(in: manifest).flatMap { name, dependencies -> [Finding] in
            guard let module = Layout.kizuna[name] else { return [] }
            let allowed = module.over.union(module.keeping)
            return dependencies.filter { !allowed.contains($0.text) }.map { dependency in
                Finding(
                    path: manifest.path,
                    line: dependency.line,
                    problem: "\(name) is declared to depend on \(dependency.text)",
                    remedy: arrows(of: module)
                )
            }
        }
    }

    /// The literals of each `module("Name", ["…", …])` and `.executableTarget(name: "…", dependencies: ["…"])`.
    private static func declaredDependencies(in manifest: SourceFile) -> [(name: String, dependencies: [Token])] {
        let tokens = manifest.tokens
        return tokens.indices.compactMap { index in
            let opens = ["module", "executableTarget"].contains { tokens[index].isIdentifier($0) }
            guard opens, index + 1 < tokens.count, tokens[index + 1].isPunctuation("(") else { return nil }
            var depth = 0
            let call = tokens[(index + 1)...].prefix { token in
                if token.isPunctuation("(") { depth += 1 }
                if token.isPunctuation(")") { depth -= 1 }
                return depth > 0
            }
            let literals = call.filter { $0.kind == .literal }
            return literals.first.map { ($0.text, Array(literals.dropFirst())) }
        }
    }
}
