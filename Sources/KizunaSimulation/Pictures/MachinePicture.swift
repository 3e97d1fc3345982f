/// Draws a state machine: its states as boxes, its ways as arrows with what leads there.
package struct MachinePicture: Sendable {
    /// A state and where it stands, in columns and rows of the drawing's grid.
    package struct Node: Sendable {
        let name: String
        let column: Double
        let row: Double
        /// A class of ``SVGPicture``: `box`, `final` or `care`.
        let style: String

        package init(_ name: String, column: Double, row: Double, style: String) {
            self.name = name
            self.column = column
            self.row = row
            self.style = style
        }
    }

    /// A way between two states, with what leads along it. One that leads back to its own state is a remark in its box.
    package struct Way: Sendable {
        let from: String
        let to: String
        let label: String

        package init(from: String, to: String, label: String) {
            self.from = from
            self.to = to
            self.label = label
        }
    }

    private static let columnWidth = 184.0
    private static let rowHeight = 150.0
    private static let margin = 24.0
    private static let lineHeight = 13.0
    /// How far arrows that go to and fro between the same two states stand apart.
    private static let apart = 16.0

    private let nodes: [Node]
    private let ways: [Way]

    package init(nodes: [Node], ways: [Way]) {
        self.nodes = nodes
        self.ways = ways
    }

    /// The file, under a title.
    ///
    /// - Parameter labelPlaces: where along its arrow a label stands, from 0 to 1, by the names `FROM TO`; in the middle
    ///   where nothing is said.
    package func drawn(title: String, description: String, labelPlaces: [String: Double] = [:]) -> String {
        let columns = (nodes.map(\.column).max() ?? 0) + 1
        let rows = (nodes.map(\.row).max() ?? 0) + 1
        var picture = SVGPicture(
            width: Int(columns * MachinePicture.columnWidth + MachinePicture.margin),
            height: Int(rows * MachinePicture.rowHeight + MachinePicture.margin),
            title: title,
            description: description
        )
        for pair in pairs { drawArrow(of: pair, in: &picture) }
        for pair in pairs { drawLabels(of: pair, at: labelPlaces["\(pair.from) \(pair.to)"] ?? 0.5, in: &picture) }
        for node in nodes { draw(node, in: &picture) }
        return picture.file
    }

    private struct Pair {
        let from: String
        let to: String
        var labels: [String]
    }

    /// All ways between two different states together, in the order in which they come.
    private var pairs: [Pair] {
        var pairs: [Pair] = []
        for way in ways where way.from != way.to {
            if let known = pairs.firstIndex(where: { $0.from == way.from && $0.to == way.to }) {
                pairs[known].labels.append(way.label)
            } else {
                pairs.append(Pair(from: way.from, to: way.to, labels: [way.label]))
            }
        }
        return pairs
    }

    // MARK: Boxes

    /// As wide as its name or its longest remark; letters of the name are wider.
    private func width(of node: Node) -> Double {
        let longest = remarks(of: node).map(\.count).max() ?? 0
        return max(Double(node.name.count) * 10, Double(longest) * 5.8) + 20
    }

    private func remarks(of node: Node) -> [String] {
        ways.filter { $0.from == node.name && $0.to == node.name }.map { "↻ \($0.label)" }
    }

    private func height(of node: Node) -> Double {
        34 + Double(remarks(of: node).count) * MachinePicture.lineHeight
    }

    private func centre(of node: Node) -> SVGPicture.Point {
        SVGPicture.Point(
            MachinePicture.margin / 2 + (node.column + 0.5) * MachinePicture.columnWidth,
            MachinePicture.margin / 2 + (node.row + 0.5) * MachinePicture.rowHeight
        )
    }

    private func draw(_ node: Node, in picture: inout SVGPicture) {
        let centre = centre(of: node)
        let (width, height) = (width(of: node), height(of: node))
        let corner = SVGPicture.Point(centre.x - width / 2, centre.y - height / 2)
        picture.rectangle(at: corner, width: width, height: height, style: node.style)
        picture.text(node.name, at: SVGPicture.Point(centre.x, corner.y + 22), style: "name")
        for (number, remark) in remarks(of: node).enumerated() {
            let y = corner.y + 37 + Double(number) * MachinePicture.lineHeight
            picture.text(remark, at: SVGPicture.Point(centre.x, y), style: "small")
        }
    }

    // MARK: Arrows

    /// Where an arrow begins and ends: on the borders of its two boxes, aside when another comes the other way.
    private func ends(of pair: Pair) -> (SVGPicture.Point, SVGPicture.Point)? {
        guard let from = nodes.first(where: { $0.name == pair.from }),
            let to = nodes.first(where: { $0.name == pair.to })
        else { return nil }
        var (start, end) = (centre(of: from), centre(of: to))
        if pairs.contains(where: { $0.from == pair.to && $0.to == pair.from }) {
            let (dx, dy) = (end.x - start.x, end.y - start.y)
            let length = (dx * dx + dy * dy).squareRoot()
            let aside = SVGPicture.Point(-dy / length * MachinePicture.apart, dx / length * MachinePicture.apart)
            start = SVGPicture.Point(start.x + aside.x, start.y + aside.y)
            end = SVGPicture.Point(end.x + aside.x, end.y + aside.y)
        }
        return (border(of: from, from: start, towards: end), border(of: to, from: end, towards: start))
    }

    /// Where a line from inside a box leaves it.
    private func border(
        of node: Node,
        from inside: SVGPicture.Point,
        towards outside: SVGPicture.Point
    ) -> SVGPicture.Point {
        let centre = centre(of: node)
        let (dx, dy) = (outside.x - inside.x, outside.y - inside.y)
        let right = centre.x + (dx < 0 ? -1 : 1) * width(of: node) / 2
        let low = centre.y + (dy < 0 ? -1 : 1) * height(of: node) / 2
        let reach = min(dx == 0 ? .infinity : (right - inside.x) / dx, dy == 0 ? .infinity : (low - inside.y) / dy)
        return SVGPicture.Point(inside.x + dx * reach, inside.y + dy * reach)
    }

    private func drawArrow(of pair: Pair, in picture: inout SVGPicture) {
        guard let (start, end) = ends(of: pair) else { return }
        picture.line(through: [start, end], style: "arrow")
    }

    private func drawLabels(of pair: Pair, at place: Double, in picture: inout SVGPicture) {
        guard let (start, end) = ends(of: pair) else { return }
        var middle = SVGPicture.Point(start.x + (end.x - start.x) * place, start.y + (end.y - start.y) * place)
        let height = Double(pair.labels.count) * MachinePicture.lineHeight
        let width = Double(pair.labels.map(\.count).max() ?? 0) * 6
        // Above a level arrow there is room, on it there may be little.
        if start.y == end.y { middle.y -= height / 2 + 3 }
        let corner = SVGPicture.Point(middle.x - width / 2, middle.y - height / 2)
        picture.rectangle(at: corner, width: width, height: height, style: "label")
        for (number, label) in pair.labels.enumerated() {
            let y = corner.y + 10 + Double(number) * MachinePicture.lineHeight
            picture.text(label, at: SVGPicture.Point(middle.x, y), style: "small")
        }
    }
}
