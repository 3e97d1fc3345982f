import KizunaLedger
import KizunaMoney
import KizunaSimulation
import KizunaSwitch
import KizunaWeb

/// One payment in each direction, shown as it happens.
struct Demo {
    let link: DemoLink
    let page: TerminalPage

    /// - Returns: whether both payments completed and the books balance.
    func payBothWays() async throws -> Bool {
        page.banner("Kizuna 絆  KHQR ⇄ JPQR", "the switch and five simulated banks on \(link.database.name)")
        let toJapan = try await tell(
            "1  A Cambodian traveller pays a JPQR in Tokyo from her riel account",
            payer: .sokhaRiel,
            .mekongBank,
            .naniwaAcquiring,
            shop: .kizunaShoten,
            amount: Money(minorUnits: 1_980, currency: .jpy),
            issuer: link.banks.rielBank
        )
        let toCambodia = try await tell(
            "2  A Japanese traveller pays a KHQR in Phnom Penh in yen",
            payer: .yuki,
            .sakuraPay,
            .angkorAcquiring,
            shop: .kizunaCafe,
            amount: Money(minorUnits: 42_000_00, currency: .khr),
            issuer: link.banks.yenWallet
        )
        let isBalanced = try showBooks()
        return toJapan && toCambodia && isBalanced
    }

    private func tell(
        _ title: String,
        payer: DemoPayer,
        _ payerBank: Institution,
        _ shopBank: Institution,
        shop: DemoShop,
        amount: Money,
        issuer: SimulatedIssuer
    ) async throws -> Bool {
        let start = ContinuousClock.now
        let story = try await issuer.pay(shop.payload, amount: amount, from: payer.account)
        let took = start.duration(to: .now)
        let entries = try await issuer.look("/v1/payments/\(story.paymentID)/entries")
        DemoStory(
            title: title,
            payer: payer,
            payerBank: payerBank,
            shopBank: shopBank,
            payload: shop.payload,
            story: story,
            entries: entries,
            milliseconds: took.wholeMilliseconds
        ).print(to: page)
        return story.state == "COMPLETED"
    }

    private func showBooks() throws -> Bool {
        let (audit, accounts) = try link.database.openForReading().read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return (audit, try reader.accounts(of: nil))
        }
        page.heading("The books")
        for account in accounts where account.positionMinorUnits != 0 {
            let position = Money(minorUnits: account.positionMinorUnits, currency: account.id.currency)
            page.position(of: "\(account.id.owner)", "\(account.id.role)", grouped(position))
        }
        let isBalanced = audit.violations.isEmpty && audit.openHoldIDs.isEmpty
        page.state(
            isBalanced ? "BALANCED" : "OUT OF BALANCE",
            detail: "\(audit.transfers) lines re-derived, chain checked, every currency sums to zero",
            isGood: isBalanced
        )
        return isBalanced
    }
}
