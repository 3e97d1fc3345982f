import Testing

/// The table of arrows keeps its own promises.
@Suite struct LayoutTests {
    private let layout = Layout.kizuna

    @Test func everyNameIsThereOnce() {
        let names = layout.modules.map(\.name)
        #expect(Set(names).count == names.count)
        let libraries = layout.modules.flatMap(\.keeping)
        #expect(Set(libraries).count == libraries.count)
    }

    @Test func everyArrowLeadsToAModuleAndNoneBackOut() throws {
        for module in layout.modules {
            for name in module.over {
                let inner = try #require(layout[name], "\(module.name) points at \(name), which is not in the table")
                #expect(inner.layer <= module.layer, "\(module.name) points outward at \(name)")
            }
        }
    }

    @Test func noArrowsGoRound() {
        for module in layout.modules { #expect(!reach(from: module).contains(module.name)) }
    }

    @Test func onlyTheCommandsKnowTheAdapters() {
        let adapters = Set(layout.modules.filter { $0.layer == .adapter }.map(\.name))
        for module in layout.modules where module.name != "KizunaCommands" {
            #expect(module.over.isDisjoint(with: adapters), "\(module.name) knows an adapter")
        }
    }

    @Test func onlyAdaptersKeepLibraries() {
        for module in layout.modules { #expect(!module.keeping.isEmpty == (module.layer == .adapter)) }
    }

    private func reach(from module: Layout.Module) -> Set<String> {
        var seen: Set<String> = []
        var waiting = Array(module.over)
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted, let next = layout[name] else { continue }
            waiting += next.over
        }
        return seen
    }
}
