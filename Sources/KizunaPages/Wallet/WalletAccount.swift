package import KizunaMoney
package import KizunaPayments
package import KizunaWeb

/// An account that the wallet can pay from.
package struct WalletAccount: Sendable {
    /// In addresses: `sokha-riel`.
    package let name: String
    package let payer: String
    package let bankName: String
    package let country: Country
    package let currency: Currency
    /// As the bank calls it.
    package let number: String
    package let bank: any WalletBank

    package init(
        name: String,
        payer: String,
        bankName: String,
        country: Country,
        currency: Currency,
        number: String,
        bank: any WalletBank
    ) {
        self.name = name
        self.payer = payer
        self.bankName = bankName
        self.country = country
        self.currency = currency
        self.number = number
        self.bank = bank
    }
}

/// A payer's bank: its way to the switch, and its own books.
package protocol WalletBank: BankWay {
    /// What may still be spent from an account: without what is held.
    func available(on account: String) -> Money?

    /// What another bank of the link is called, by its id; the id itself where nobody knows.
    func name(of bank: String) -> String

    /// Holds the payer's money and submits the payment.
    ///
    /// - Parameter quote: as the API gave it.
    /// - Returns: the payment, as the API gave it.
    func submit(_ quote: JSON, from account: String) async throws(BankRefusal) -> JSON
}

/// A printed code that visitors without one at hand can try.
package struct SampleCode: Sendable {
    package let payload: String
    package let name: String
    package let localName: String
    package let country: Country

    package init(payload: String, name: String, localName: String, country: Country) {
        self.payload = payload
        self.name = name
        self.localName = localName
        self.country = country
    }
}
