/// A flag of a command: `--at MS`, or `--json` alone.
package struct Flag: Sendable, Hashable {
    /// With both hyphens.
    package let name: String
    /// What stands for the value in help; nil when the flag takes none.
    package let placeholder: String?
    package let help: String

    package init(_ name: String, _ placeholder: String? = nil, help: String) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
    }

    /// The flag as it is typed: `--at MS`.
    var usage: String { placeholder.map { "\(name) \($0)" } ?? name }
}
