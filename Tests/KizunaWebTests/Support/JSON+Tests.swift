@testable import KizunaWeb

extension JSON {
    /// Reads JSON that a test has written down.
    init(text: String) throws { self = try JSON.parse(Array(text.utf8)) }

    var items: [JSON] {
        guard case .array(let items)? = self["items"] else { return [] }
        return items
    }
}

extension HTTPResponse {
    var json: JSON { (try? JSON.parse(body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    var code: String? { json.text(at: "code") }
}

extension Problem {
    /// The pointer or the parameter that the problem names.
    var placeText: String? {
        switch place {
        case .pointer(let pointer): pointer
        case .parameter(let name): "?\(name)"
        case nil: nil
        }
    }
}

/// Runs something that must end in a problem.
func problem(_ body: () throws(Problem) -> Void) -> Problem? {
    do throws(Problem) {
        try body()
        return nil
    } catch {
        return error
    }
}
