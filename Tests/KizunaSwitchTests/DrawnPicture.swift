import Foundation
import Testing

/// A picture of the documentation that the code draws: the committed file must be what it draws now.
///
/// `KIZUNA_DRAW=1 swift test --filter Picture` writes the files anew.
struct DrawnPicture {
    private let file: URL

    init(_ name: String) {
        file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/pictures/\(name)")
    }

    func check(_ drawn: String) throws {
        if ProcessInfo.processInfo.environment["KIZUNA_DRAW"] == "1" {
            try drawn.write(to: file, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOf: file, encoding: .utf8)
        #expect(
            committed == drawn,
            "docs/pictures/\(file.lastPathComponent) is not what the code draws: KIZUNA_DRAW=1 draws it anew"
        )
    }
}
