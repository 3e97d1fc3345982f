/// Which module may know which: the drawing of `docs/architecture.md` as a table.
///
/// A new arrow is a decision: it is added here, in the drawing, and, when it shapes the code, as a page in
/// `docs/decisions`.
struct Layout: Sendable {
    /// From the inside out.
    enum Layer: Int, Sendable, Comparable {
        case core, application, adapter, entry

        static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
    }

    struct Module: Sendable {
        var name: String
        var layer: Layer
        /// The modules of the package that it may import.
        var over: Set<String>
        /// The C libraries that it keeps in: one, or a few that make one thing together.
        var keeping: Set<String> = []
    }

    var modules: [Module]

    subscript(name: String) -> Module? { modules.first { $0.name == name } }

    /// Whose C library this is.
    func keeper(of library: String) -> Module? { modules.first { $0.keeping.contains(library) } }
}

extension Layout {
    static let kizuna = Layout(modules: core + application + adapters + entries)

    private static let core: [Module] = [
        Module(name: "KizunaMoney", layer: .core, over: []),
        Module(name: "KizunaQR", layer: .core, over: ["KizunaMoney"]),
        Module(name: "KizunaLedger", layer: .core, over: ["KizunaMoney"]),
        Module(name: "KizunaPayments", layer: .core, over: ["KizunaLedger", "KizunaMoney", "KizunaQR"]),
        Module(name: "KizunaSettlement", layer: .core, over: ["KizunaLedger", "KizunaMoney", "KizunaPayments"]),
        Module(name: "KizunaScreening", layer: .core, over: ["KizunaMoney"]),
        Module(name: "KizunaISO20022", layer: .core, over: ["KizunaMoney"]),
    ]

    private static let coreNames = Set(core.map(\.name))

    private static let application: [Module] = [
        Module(name: "KizunaSwitch", layer: .application, over: coreNames),
        Module(name: "KizunaWeb", layer: .application, over: coreNames.union(["KizunaSwitch"])),
        Module(name: "KizunaPages", layer: .application, over: coreNames.union(["KizunaSwitch", "KizunaWeb"])),
    ]

    private static let adapters: [Module] = [
        adapter("KizunaSQLite", keeping: "CSQLite", "CLogBuffer", over: coreNames.union(["KizunaSwitch"])),
        adapter("KizunaPostgres", keeping: "CPostgres", over: coreNames.union(["KizunaSwitch"])),
        adapter("KizunaMicrohttpd", keeping: "CMicrohttpd", over: ["KizunaWeb"]),
        adapter("KizunaCurl", keeping: "CCurl", over: ["KizunaWeb"]),
        adapter("KizunaCrypto", keeping: "COpenSSL", over: ["KizunaMoney", "KizunaSwitch"]),
        adapter("KizunaXML", keeping: "CLibXML2", over: ["KizunaISO20022"]),
        adapter("KizunaQRImage", keeping: "CQRencode", "CPictures", "CZXing", over: []),
        adapter("KizunaPrint", keeping: "CPango", over: ["KizunaMoney"]),
        adapter("KizunaGuides", keeping: "CMarkdown", "CGuides", over: []),
    ]

    private static let entries: [Module] = [
        Module(name: "KizunaSimulation", layer: .entry, over: coreNames.union(["KizunaSwitch", "KizunaWeb"])),
        Module(name: "KizunaCertification", layer: .entry, over: coreNames.union(["KizunaSwitch", "KizunaWeb"])),
        Module(
            name: "KizunaCommands",
            layer: .entry,
            over: Set((core + application + adapters).map(\.name) + ["KizunaCertification", "KizunaSimulation"])
        ),
        Module(name: "kizuna", layer: .entry, over: ["KizunaCommands"]),
    ]

    private static func adapter(_ name: String, keeping libraries: String..., over: Set<String>) -> Module {
        Module(name: name, layer: .adapter, over: over, keeping: Set(libraries))
    }
}
