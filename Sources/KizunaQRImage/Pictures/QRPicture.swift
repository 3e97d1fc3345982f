/// A symbol with its quiet zone, to be written as a file or shown in a terminal.
package struct QRPicture: Sendable, Hashable {
    package let symbol: QRSymbol
    /// How many light modules stand around the symbol.
    package let quietModules: Int
    /// How many pixels a module's side takes in a PNG, and how many user units in an SVG.
    package let modulePixels: Int

    /// What ISO/IEC 18004 asks for around a symbol.
    package static let standardQuietModules = 4
    /// Wide enough for a poster; more only makes the file larger.
    package static let quietModulesAllowed = 0...64
    /// The largest symbol has 177 modules: with 64 pixels each it is a PNG of 12,000 pixels a side.
    package static let modulePixelsAllowed = 1...64

    /// Sharp on a screen, and small enough to send.
    package static let usualModulePixels = 8

    /// Frames a symbol. Numbers outside the allowed ranges are taken as the nearest allowed one.
    package init(_ symbol: QRSymbol, quietModules: Int = standardQuietModules, modulePixels: Int = usualModulePixels) {
        self.symbol = symbol
        self.quietModules = quietModules.clamped(to: Self.quietModulesAllowed)
        self.modulePixels = modulePixels.clamped(to: Self.modulePixelsAllowed)
    }

    /// How many modules lie along a side, quiet zone included.
    package var widthModules: Int { symbol.width + 2 * quietModules }

    /// How many pixels lie along a side of the PNG.
    package var widthPixels: Int { widthModules * modulePixels }

    /// Whether a module is dark, counted from the outer corner of the quiet zone.
    func isDark(column: Int, row: Int) -> Bool {
        symbol.isDark(column: column - quietModules, row: row - quietModules)
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
