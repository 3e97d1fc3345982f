import Foundation

/// The pictures beside the tests; `Benchmarks/pictures/make_fixtures.py` made them.
enum Fixture {
    static let text = "kizuna 絆 មិត្តភាព"

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = Bundle.module.resourceURL?.appending(path: "Fixtures/\(name)")
        return [UInt8](try Data(contentsOf: url ?? URL(filePath: name)))
    }
}
