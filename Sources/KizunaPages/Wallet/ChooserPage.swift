import KizunaWeb

/// From which account?
struct ChooserPage {
    let accounts: [WalletAccount]
    let words: Words

    func response(to visit: Visit) -> HTTPResponse {
        let wallet = words.wallet
        return visit.page(
            words.frame.wallet,
            """
            <h1>\(wallet.chooseTitle)</h1>
            <p class="lead">\(wallet.chooseLead)</p>
            <ul class="cards broad">
            \(accounts.map(card))
            </ul>
            <p class="soft small">\(words.frame.invented)</p>
            """
        )
    }

    private func card(_ account: WalletAccount) -> Markup {
        let balance = account.bank.available(on: account.number)
        return """
            <li><a href="/wallet/\(account.name)">
            <h2>\(account.payer)</h2>
            <p class="soft">\(account.bankName) · \(words.frame.name(of: account.country))</p>
            <p><span class="soft">\(words.wallet.balance)</span> \(balance.map(\.markup))</p>
            </a></li>
            """
    }
}
