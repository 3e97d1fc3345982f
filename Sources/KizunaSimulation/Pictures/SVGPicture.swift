/// A picture for a page of the documentation, in the colours of the others there, light and dark.
///
/// It is text and comes out the same every time, so that a test can compare the committed file with what the code draws.
package struct SVGPicture: Sendable {
    private let width: Int
    private let height: Int
    private let title: String
    private let description: String
    private var body: [String] = []

    package init(width: Int, height: Int, title: String, description: String) {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// A place on the picture, in pixels from its upper left corner.
    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    package mutating func rectangle(at corner: Point, width: Double, height: Double, style: String) {
        body.append(
            "<rect class=\"\(style)\" x=\"\(number(corner.x))\" y=\"\(number(corner.y))\" width=\"\(number(width))\" "
                + "height=\"\(number(height))\" rx=\"6\"/>"
        )
    }

    package mutating func text(_ text: String, at place: Point, style: String) {
        body.append(
            "<text class=\"\(style)\" x=\"\(number(place.x))\" y=\"\(number(place.y))\">\(escaped(text))</text>"
        )
    }

    package mutating func line(through points: [Point], style: String) {
        let places = points.map { "\(number($0.x)) \(number($0.y))" }
        body.append("<path class=\"\(style)\" d=\"M\(places.joined(separator: " L"))\"/>")
    }

    /// A surface between the points, closed.
    package mutating func area(_ points: [Point], style: String) {
        let places = points.map { "\(number($0.x)) \(number($0.y))" }
        body.append("<path class=\"\(style)\" d=\"M\(places.joined(separator: " L")) Z\"/>")
    }

    /// The whole file.
    package var file: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
        role="img" aria-labelledby="title text">
          <title id="title">\(escaped(title))</title>
          <desc id="text">\(escaped(description))</desc>
          <style>
        \(SVGPicture.style)
          </style>
          <defs>
            <marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">
              <path class="head" d="M0 1 L10 5 L0 9 z"/>
            </marker>
          </defs>
          <rect class="paper" width="\(width)" height="\(height)" rx="8"/>
        \(body.map { "  \($0)" }.joined(separator: "\n"))
        </svg>

        """
    }

    /// To a tenth of a pixel, so that no machine rounds otherwise.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return tenths % 10 == 0
            ? "\(tenths / 10)" : "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }

    private static let style = """
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2933; }
            .name { font-weight: 600; text-anchor: middle; }
            .small { font-size: 11px; fill: #52606d; text-anchor: middle; }
            .left { font-size: 11px; fill: #52606d; }
            .right { font-size: 11px; fill: #52606d; text-anchor: end; }
            .box { fill: #ffffff; stroke: #7b8794; }
            .final { fill: #e4f1ec; stroke: #5d9c83; }
            .care { fill: #fdf1e3; stroke: #d39b52; }
            .label { fill: #ffffff; }
            .arrow { fill: none; stroke: #3e4c59; stroke-width: 1.4; marker-end: url(#head); }
            .axis { fill: none; stroke: #9aa5b1; }
            .grid { fill: none; stroke: #e1e7ed; }
            .head { fill: #3e4c59; }
            .paper { fill: #ffffff; }
            .shade { fill: #f3f6f9; }
            .c1 { fill: #4f9d80; } .c2 { fill: #5b8fd6; } .c3 { fill: #e0a34a; } .c4 { fill: #c76b4a; }
            .c5 { fill: #8a7cc2; } .c6 { fill: #9aa5b1; }
            .curve { fill: none; stroke: #b3413a; stroke-width: 1.6; }
            .cap { fill: none; stroke: #b3413a; stroke-dasharray: 5 4; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .small, .left, .right { fill: #9fb0c0; }
              .box { fill: #222b35; stroke: #8091a3; }
              .final { fill: #12261f; stroke: #2f5d4b; }
              .care { fill: #33260f; stroke: #8a6a35; }
              .label, .paper { fill: #0d1117; }
              .arrow { stroke: #b6c4d2; }
              .axis { stroke: #66758a; } .grid { stroke: #202933; }
              .head { fill: #b6c4d2; }
              .shade { fill: #161c23; }
            }
        """
}
