package import KizunaLedger
package import KizunaPayments

/// Which shops somebody looks for. Shops come in the order of their ids.
///
/// A search looks at so many and no more: whoever wants to know what lies behind them goes on from there.
package struct MerchantSearch: Sendable, Hashable {
    /// How many shops a search looks at; some tens of milliseconds.
    package static let usualSpan = 10_000

    /// What stands in a name, a city, an account or a number of a store; ASCII letters are small.
    package let text: String
    package var acquirer: ParticipantID?
    /// Only those with larger ids: where the search before ended.
    package var after: MerchantID?
    package var limit: Int
    /// At most so many are looked at.
    package var span: Int

    package init(
        _ text: String,
        acquirer: ParticipantID? = nil,
        after: MerchantID? = nil,
        limit: Int = 50,
        span: Int = usualSpan
    ) {
        self.text = text.inSmallASCII
        self.acquirer = acquirer
        self.after = after
        self.limit = limit
        self.span = span
    }

    /// Whether the text stands in what is known of a shop; as databases compare it, for those that are none.
    package func matches(_ merchant: Merchant) -> Bool {
        [merchant.name, merchant.localName ?? "", merchant.city, merchant.key.text].contains { known in
            text.isEmpty || known.inSmallASCII.utf8.contains(text.utf8)
        }
    }
}

/// What a search has found.
package struct MerchantFindings: Sendable, Hashable {
    /// In the order of their ids.
    package let merchants: [Merchant]
    /// Behind which shop the search goes on; `nil` when everything has been looked at.
    package let next: MerchantID?

    /// - Parameter ceiling: the last shop that was looked at; `nil` when there was none behind it.
    package init(_ merchants: [Merchant], limit: Int, ceiling: MerchantID?) {
        self.merchants = merchants
        next = merchants.count >= max(1, limit) ? merchants.last?.id : ceiling
    }
}

extension String {
    /// With small letters for the capitals of ASCII, as every database makes them; other letters stay.
    fileprivate var inSmallASCII: String {
        String(decoding: utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
