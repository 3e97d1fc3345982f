import CZXing

/// A QR code that was read from a picture; its own error correction vouches for every byte.
package struct FoundCode: Sendable, Hashable {
    /// A place in the picture, in pixels from its top left corner, as the file stores it.
    package struct Corner: Sendable, Hashable {
        package var x: Int
        package var y: Int

        package init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    /// What the code says, in UTF-8.
    package let utf8: [UInt8]
    /// The four corners, clockwise, beginning with the one that is top left when the symbol stands upright.
    package let corners: [Corner]
    /// Whether the code holds only a part of a text that several codes share (structured append).
    package let isPart: Bool

    /// What the code says.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    init(_ code: kizuna_read_code, _ scale: GreyPicture.Scale) {
        utf8 = Array(UnsafeBufferPointer(start: code.text, count: code.text_bytes))
        let (a, b, c, d, e, f, g, h) = code.corners
        corners = [(a, b), (c, d), (e, f), (g, h)].map { Corner(x: scale.original($0), y: scale.original($1)) }
        isPart = code.parts != 1
    }

    /// Whether two readings are of the same place: the middle of one lies in the frame of the other.
    func isWhere(_ other: FoundCode) -> Bool {
        let middle = other.middle
        let (columns, rows) = (corners.map(\.x), corners.map(\.y))
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max()
        else { return false }
        return left...right ~= middle.x && top...bottom ~= middle.y
    }

    fileprivate var middle: Corner {
        Corner(x: corners.reduce(0) { $0 + $1.x } / 4, y: corners.reduce(0) { $0 + $1.y } / 4)
    }

    fileprivate var top: Int { corners.map(\.y).min() ?? 0 }
    fileprivate var left: Int { corners.map(\.x).min() ?? 0 }
}

extension [FoundCode] {
    /// The codes row by row from the top, each row from left to right. A code belongs to a row when it begins above the
    /// middle of the row's highest one.
    var inReadingOrder: [FoundCode] {
        var rows: [[FoundCode]] = []
        for code in sorted(by: { ($0.top, $0.left) < ($1.top, $1.left) }) {
            if let first = rows.last?.first, code.top < first.middle.y {
                rows[rows.count - 1].append(code)
            } else {
                rows.append([code])
            }
        }
        return rows.flatMap { $0.sorted { $0.left < $1.left } }
    }
}
