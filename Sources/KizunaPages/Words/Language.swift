package import KizunaPayments
import KizunaWeb

/// The languages of those who pay and are paid.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case khmer = "km"
    case japanese = "ja"
    case english = "en"

    /// What people who speak it call it.
    package var ownName: String {
        switch self {
        case .khmer: "ខ្មែរ"
        case .japanese: "日本語"
        case .english: "English"
        }
    }

    /// The language of a country's shops.
    package init(of country: Country) {
        switch country {
        case .cambodia: self = .khmer
        case .japan: self = .japanese
        }
    }

    /// What the address asks for, or what was chosen before, or what the browser likes best; English where nothing is
    /// said.
    ///
    /// - Parameters:
    ///   - chosen: the value of `?lang=`.
    ///   - kept: the cookie's value.
    ///   - accepted: the header `Accept-Language`.
    package init(chosen: String?, kept: String?, accepted: String?) {
        self =
            chosen.flatMap(Language.init(rawValue:)) ?? kept.flatMap(Language.init(rawValue:))
            ?? AcceptLanguage.best(of: Language.allCases.map(\.rawValue), for: accepted)
            .flatMap(Language.init(rawValue:)) ?? .english
    }
}
