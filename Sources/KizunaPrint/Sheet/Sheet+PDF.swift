import CPango

extension Sheet {
    private static let pointsPerMillimetre = 72 / 25.4

    /// The sheet as a PDF file of one page. The outlines of the letters that it uses go with it.
    func pdf() throws(PrintError) -> [UInt8] {
        let room = FileRoom()
        let scale = Self.pointsPerMillimetre
        let surface = cairo_pdf_surface_create_for_stream(
            { room, bytes, count in
                guard let room, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                let file = Unmanaged<FileRoom>.fromOpaque(room).takeUnretainedValue()
                file.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
                return CAIRO_STATUS_SUCCESS
            },
            Unmanaged.passUnretained(room).toOpaque(),
            width * scale,
            height * scale
        )
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        guard let drawing = cairo_create(surface) else { throw .failed("no drawing") }
        defer { cairo_destroy(drawing) }
        cairo_scale(drawing, scale, scale)
        let setter = try TypeSetter(drawing: drawing)
        for element in elements { try Self.draw(element, on: drawing, setter) }
        cairo_show_page(drawing)
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else { throw .failed(String(cString: cairo_status_to_string(status))) }
        return room.bytes
    }

    private static func draw(
        _ element: Element,
        on drawing: OpaquePointer,
        _ setter: borrowing TypeSetter
    ) throws(PrintError) {
        switch element {
        case .box(let frame, let radius, let fill, let outline):
            if let fill {
                trace(frame, radius, on: drawing)
                use(fill, on: drawing)
                cairo_fill(drawing)
            }
            if let outline {
                trace(frame, radius, on: drawing)
                stroke(outline, on: drawing)
            }
        case .line(let from, let to, let outline):
            cairo_move_to(drawing, from.x, from.y)
            cairo_line_to(drawing, to.x, to.y)
            stroke(outline, on: drawing)
        case .text(let text, let font, let colour, let point, let anchor):
            let width = try setter.set(text, font)
            use(colour, on: drawing)
            cairo_move_to(drawing, anchor == .middle ? point.x - width / 2 : point.x, point.y)
            setter.show(on: drawing)
        case .code(let code, let frame, let colour):
            let module = frame.width / Double(code.width)
            for (row, columns) in code.runs {
                let (x, y) = (Double(columns.lowerBound) * module, Double(row) * module)
                cairo_rectangle(drawing, frame.x + x, frame.y + y, Double(columns.count) * module, module)
            }
            use(colour, on: drawing)
            cairo_fill(drawing)
        case .halfTurned(let elements, let centre):
            cairo_save(drawing)
            cairo_translate(drawing, 2 * centre.x, 2 * centre.y)
            cairo_scale(drawing, -1, -1)
            for element in elements { try draw(element, on: drawing, setter) }
            cairo_restore(drawing)
        }
    }

    private static func trace(_ frame: Frame, _ radius: Double, on drawing: OpaquePointer) {
        cairo_new_sub_path(drawing)
        let (left, top) = (frame.x + radius, frame.y + radius)
        let (right, bottom) = (frame.right - radius, frame.bottom - radius)
        let quarter = Double.pi / 2
        cairo_arc(drawing, right, top, radius, -quarter, 0)
        cairo_arc(drawing, right, bottom, radius, 0, quarter)
        cairo_arc(drawing, left, bottom, radius, quarter, 2 * quarter)
        cairo_arc(drawing, left, top, radius, 2 * quarter, 3 * quarter)
        cairo_close_path(drawing)
    }

    private static func stroke(_ outline: Outline, on drawing: OpaquePointer) {
        use(outline.colour, on: drawing)
        cairo_set_line_width(drawing, outline.width)
        let dashes = outline.dash.map { [$0] } ?? []
        cairo_set_dash(drawing, dashes, Int32(dashes.count), 0)
        cairo_stroke(drawing)
    }

    private static func use(_ colour: Colour, on drawing: OpaquePointer) {
        cairo_set_source_rgb(
            drawing,
            Double(colour.red) / 255,
            Double(colour.green) / 255,
            Double(colour.blue) / 255
        )
    }
}

/// Where the bytes of a file gather.
private final class FileRoom {
    var bytes: [UInt8] = []
}
