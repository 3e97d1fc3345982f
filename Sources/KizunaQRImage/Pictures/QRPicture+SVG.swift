extension QRPicture {
    /// The picture as an SVG file: one path over white, exact at every size.
    package var svg: String {
        let side = widthPixels
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(side)" height="\(side)" \
            viewBox="0 0 \(widthModules) \(widthModules)" shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff"/>
            <path fill="#000" d="\(symbol.svgPath(quietModules: quietModules))"/>
            </svg>

            """
    }
}

extension QRSymbol {
    /// The dark modules as the data of an SVG path, one unit a module: a rectangle for each run in a row.
    package func svgPath(quietModules: Int = 0) -> String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while isDark(column: column, row: row) { column += 1 }
                let length = column - start
                if length > 0 { path += "M\(start + quietModules) \(row + quietModules)h\(length)v1h-\(length)z" }
                column += 1
            }
        }
        return path
    }
}
