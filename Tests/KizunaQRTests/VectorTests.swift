import Foundation
import KizunaMoney
import KizunaQR
import Testing

/// The published payloads of both countries and their neighbours.
@Suite struct VectorTests {
    @Test(arguments: Vector.rows("qr-valid"))
    func readsWhatIsRight(vector: Vector) throws {
        let code: QRCode
        do {
            code = try QRCode.read(vector.payload, at: vector.at)
        } catch {
            if try vector.expected["mayRefuse"] as? Bool == true { return }
            throw error
        }
        #expect(code.scheme.rawValue == vector.scheme)
        let facts = try #require(code.facts.json as? [String: Any])
        for (name, value) in try vector.expected where !Self.aboutTheRow.contains(name) {
            #expect(facts[name] as? NSObject == value as? NSObject, "\(name)")
        }
        for name in facts.keys where name != "amountMinor" && name != "quirks" {
            #expect(try vector.expected[name] != nil, "\(name) is not among the facts of the row")
        }
        let strictError = try vector.expected["strictError"] as? Int
        guard case .khqr(let khqr) = code else { return }
        #expect(khqr.strictError?.rawValue == strictError)
    }

    @Test(arguments: Vector.rows("qr-invalid"))
    func refusesWhatIsWrong(vector: Vector) throws {
        let expected = try vector.expected
        let fault = try #require(throws: QRFault.self) { try QRCode.read(vector.payload, at: vector.at) }
        let names = [try #require(expected["error"] as? String)] + (expected["also"] as? [String] ?? [])
        #expect(names.contains(fault.name), "\(fault.name) is none of \(names)")
    }

    /// Columns that tell about the row, not about the payload.
    private static let aboutTheRow: Set = ["at", "md5", "mayRefuse", "note", "strictError"]
}

extension QRFacts {
    /// The facts as `JSONSerialization` would read them.
    var json: Any {
        Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0.value.json) })
    }
}

extension QRFacts.Value {
    var json: Any {
        switch self {
        case .text(let text): text
        case .number(let number): NSNumber(value: number)
        case .fields(let facts): facts.json
        case .list(let values): values.map(\.json)
        case .absent: NSNull()
        }
    }
}
