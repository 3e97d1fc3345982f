package import KizunaLedger
package import KizunaPayments

extension Identifier where Subject == PayerAccount {
    /// The first 128 bits of the SHA-256 over issuer and account.
    package init(issuer: ParticipantID, account: String, digester: any Digester) {
        // No participant's id holds a line feed, so no two pairs make one text.
        let text = "kizuna payer\n\(issuer)\n\(account)"
        self.init(UniqueID(bytes: digester.sha256(Array(text.utf8)).prefix(16)))
    }
}
