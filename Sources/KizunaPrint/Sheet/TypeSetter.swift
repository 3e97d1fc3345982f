import CPango

/// Measures lines of text as they will be printed: Pango and HarfBuzz put Khmer's vowels and subscripts in their places.
struct TypeSetter: ~Copyable {
    private let layout: OpaquePointer

    /// A setter of lines that need not be drawn.
    init() throws(PrintError) {
        guard let map = pango_cairo_font_map_get_default(), let context = pango_font_map_create_context(map) else {
            throw .failed("no fonts")
        }
        pango_context_set_round_glyph_positions(context, 0)
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        guard let layout = pango_layout_new(context) else { throw .failed("no text layout") }
        self.layout = layout
    }

    /// A setter of lines on a drawing.
    init(drawing: OpaquePointer) throws(PrintError) {
        guard let layout = pango_cairo_create_layout(drawing) else { throw .failed("no text layout") }
        self.layout = layout
        pango_context_set_round_glyph_positions(pango_layout_get_context(layout), 0)
        pango_layout_context_changed(layout)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    /// Takes the next line and returns its width in millimetres.
    ///
    /// - Throws: ``PrintError/missingGlyphs(text:)`` when no font of this machine has one of its characters.
    @discardableResult
    func set(_ text: String, _ font: Font) throws(PrintError) -> Double {
        let description = pango_font_description_new()
        defer { pango_font_description_free(description) }
        pango_font_description_set_family(description, font.families.joined(separator: ","))
        pango_font_description_set_weight(description, font.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_font_description_set_absolute_size(description, font.sizeMillimetres * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_layout_set_text(layout, text, -1)
        guard pango_layout_get_unknown_glyphs_count(layout) == 0 else { throw .missingGlyphs(text: text) }
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        return Double(logical.width) / Double(PANGO_SCALE)
    }

    /// The font at a size at which a line is no wider than there is room.
    func fitting(_ text: String, _ font: Font, width: Double) throws(PrintError) -> Font {
        let natural = try set(text, font)
        return natural <= width ? font : font.sized(font.sizeMillimetres * width / natural)
    }

    /// How far a line's ink reaches above its baseline and below, in millimetres: Khmer's subscripts reach far.
    func ink(_ text: String, _ font: Font) throws(PrintError) -> (above: Double, below: Double) {
        // Pango rounds ink to whole units, so a larger letter is measured.
        let enlargement = 64.0
        try set(text, font.sized(font.sizeMillimetres * enlargement))
        var ink = PangoRectangle()
        pango_layout_get_extents(layout, &ink, nil)
        let above = pango_layout_get_baseline(layout) - ink.y
        let unitsPerMillimetre = Double(PANGO_SCALE) * enlargement
        return (Double(above) / unitsPerMillimetre, Double(ink.height - above) / unitsPerMillimetre)
    }

    /// Draws the line that was set last, with its baseline's start at a drawing's current point.
    func show(on drawing: OpaquePointer) {
        guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
        pango_cairo_show_layout_line(drawing, line)
    }
}

/// Why a sheet could not be printed.
package enum PrintError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No font of this machine has one of the characters.
    case missingGlyphs(text: String)
    /// A library gave up.
    case failed(String)

    package var description: String {
        switch self {
        case .missingGlyphs:
            "no font here has all the letters of the sheet; Debian has them in fonts-noto-cjk and fonts-khmeros"
        case .failed(let reason): "the sheet could not be drawn: \(reason)"
        }
    }
}
