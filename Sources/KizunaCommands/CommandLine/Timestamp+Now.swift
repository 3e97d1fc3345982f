import Foundation
import KizunaMoney

extension Timestamp {
    /// The moment on the machine's clock.
    static var now: Timestamp { Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))) }
}
