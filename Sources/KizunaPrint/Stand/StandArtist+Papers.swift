extension StandArtist {
    /// The A6 card. Nothing stands within 6 mm of the edge, so that cutting may be off by as much.
    func card() throws(PrintError) -> Sheet {
        var sheet = Sheet(width: 105, height: 148, title: title)
        let safe = Frame(x: 0, y: 0, width: 105, height: 148).inset(by: 6)
        sheet.elements += try markPlace(in: Frame(x: 32.5, y: 7, width: 40, height: 12))
        sheet.elements += try names(in: Frame(x: safe.x, y: 19, width: safe.width, height: 28), size: 7.2)
        let hasAmount = words.amount != nil
        let side = hasAmount ? 63.0 : 66.0
        let square = Frame(x: (105 - side) / 2, y: 47, width: side, height: side)
        sheet.elements += code(in: square)
        if hasAmount {
            sheet.elements += try amount(in: Frame(x: 22, y: square.bottom + 4, width: 61, height: 11.5))
            sheet.elements += try instructions(in: safe, from: 132.5, size: 2.9)
        } else {
            sheet.elements += try instructions(in: safe, from: 122, size: 4)
        }
        return sheet
    }

    /// The A4 sheet for a table: two faces that meet at the ridge, and two flaps that are glued over each other below.
    func tent() throws(PrintError) -> Sheet {
        let (width, height, flap) = (210.0, 297.0, 30.0)
        let ridge = height / 2
        var sheet = Sheet(width: width, height: height, title: title)
        let front = try face(in: Frame(x: 0, y: ridge, width: width, height: ridge - flap))
        sheet.elements += front
        sheet.elements.append(.halfTurned(front, around: Point(x: width / 2, y: ridge)))
        for y in [flap, ridge, height - flap] { sheet.elements += fold(at: y, width: width) }
        sheet.elements.append(
            .text(StandWords.glue, .text(2.4), .faint, at: Point(x: width / 2, y: height - flap / 2), .middle)
        )
        return sheet
    }

    /// One side of the roof: the code on the left, everything else beside it.
    private func face(in frame: Frame) throws(PrintError) -> [Sheet.Element] {
        let side = frame.height - 26
        let square = Frame(x: frame.x + 14, y: frame.y + 13, width: side, height: side)
        let column = Frame(
            x: square.right + 9,
            y: frame.y,
            width: frame.right - 14 - square.right - 9,
            height: frame.height
        )
        let mark = Frame(x: column.middle - 23, y: square.y, width: 46, height: 15)
        let instructionsTop = square.bottom - 19
        var between = Frame(x: column.x, y: mark.bottom, width: column.width, height: instructionsTop - mark.bottom)
        var elements = code(in: square)
        elements += try markPlace(in: mark)
        if words.amount != nil {
            between.height -= 18
            elements += try amount(in: Frame(x: column.x + 5, y: between.bottom, width: column.width - 10, height: 14))
        }
        elements += try names(in: between, size: 9.5)
        elements += try instructions(in: column, from: instructionsTop + 4.5, size: 4.4)
        return elements
    }

    private func fold(at y: Double, width: Double) -> [Sheet.Element] {
        [
            .line(
                from: Point(x: 0, y: y),
                to: Point(x: width, y: y),
                Sheet.Outline(colour: .faint, width: 0.2, dash: 2)
            ),
            .text(StandWords.fold, .text(2.2), .faint, at: Point(x: 6, y: y - 1), .start),
        ]
    }
}
