import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The form to choose a file of shops in, and what was found in one.
struct ShopImportPage {
    let visit: ConsoleVisit
    let acquirers: [Participant]

    private static let mostFaults = 100
    private static let mostShops = 20

    private var words: ShopImportWords { visit.words.shopImport }

    func response() -> HTTPResponse {
        visit.page(
            .merchants,
            titled: words.title,
            """
            <p class="lead">\(words.lead(ImportShops.most))</p>
            \(visit.may(.operator) ? form(chosen: nil) : Part.notice(.plain, "<p>\(visit.words.desk.notYourRole)</p>"))
            \(columns)
            """
        )
    }

    /// What would become of each line.
    func response(_ list: ShopList, of text: String, for bank: Participant, refused: String?) -> HTTPResponse {
        let isGood = list.faults.isEmpty && refused == nil
        return visit.page(
            .merchants,
            titled: words.title,
            status: isGood ? 200 : 422,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(isGood ? promise(list, text, bank) : faults(list, bank))
            """
        )
    }

    private func form(chosen: Participant?) -> Markup {
        """
        <form method="post" action="\(ShopImportPages.path)" enctype="multipart/form-data" class="card">
        \(visit.visit.tokenField)
        <label for="acquirer">\(words.bank)</label>
        \(BankChoice(acquirers: acquirers, chosen: chosen?.id, any: nil).markup)
        <label for="file">\(words.file)</label>
        <input id="file" name="file" type="file" accept=".csv,text/csv">
        <label for="rows">\(words.pasted)</label>
        <textarea id="rows" name="rows" spellcheck="false"></textarea>
        <p class="buttons"><button type="submit">\(words.preview)</button></p></form>
        """
    }

    private var columns: Markup {
        """
        <h2>\(words.columns)</h2>
        \(Part.table(
            caption: words.columns,
            columns: [words.column, words.right],
            rows: ShopList.Column.allCases.map { ["<code>\($0.rawValue)</code>", .text(words.rule($0))] }
        ))
        """
    }

    // MARK: What is wrong

    private func faults(_ list: ShopList, _ bank: Participant) -> Markup {
        let shown = list.faults.prefix(ShopImportPage.mostFaults)
        guard !shown.isEmpty else { return form(chosen: bank) }
        return """
            \(Part.notice(.bad, "<p>\(words.wrongLines(list.faults.count))</p><p>\(words.repair)</p>"))
            \(Part.table(
                caption: words.wrongLines(list.faults.count),
                columns: [words.line, words.column, words.found, words.wrong],
                rows: shown.map { fault in
                    [
                        .text(fault.line.map(String.init) ?? "–"), "<code>\(fault.column ?? "–")</code>",
                        .text(fault.found.map { String($0.prefix(60)) } ?? ""), sentence(fault),
                    ]
                }
            ))
            \(shown.count < list.faults.count ? "<p class=\"soft\">\(words.firstOf(shown.count, list.faults.count))</p>" as Markup : nil)
            \(form(chosen: bank))
            \(columns)
            """
    }

    private func sentence(_ fault: ShopList.Fault) -> Markup {
        let rule = fault.kind.breaksTheColumnsRule ? fault.column.flatMap { ShopList.Column(rawValue: $0) } : nil
        return "\(words.fault(fault.kind)) \(rule.map(words.rule) ?? "")"
    }

    // MARK: What would be written

    private func promise(_ list: ShopList, _ text: String, _ bank: Participant) -> Markup {
        let (added, changed) = (list.count(.added), list.count(.changed))
        let shown = list.entries.filter { $0.standing != .unchanged }.prefix(ShopImportPage.mostShops)
        return """
            <p class="lead">\(words.nothingYet)</p>
            \(Part.facts([
                Part.Fact(words.bank, .text(bank.name)), Part.Fact(words.added, "\(added)"),
                Part.Fact(words.changed, "\(changed)"), Part.Fact(words.unchanged, "\(list.count(.unchanged))"),
            ]))
            \(shown.isEmpty ? Part.notice(.good, "<p>\(words.nothingToDo)</p>") : table(Array(shown)))
            \(shown.count < added + changed ? "<p class=\"soft\">\(words.firstOf(shown.count, added + changed))</p>" as Markup : nil)
            \(shown.isEmpty ? nil : confirmation(text, bank, words.confirm(added, changed)))
            """
    }

    private func table(_ entries: [ShopList.Entry]) -> Markup {
        let list = visit.words.merchants
        return Part.table(
            caption: words.title,
            columns: [words.line, list.name, list.city, list.category, list.code, visit.site.status.state],
            rows: entries.map { entry in
                [
                    "\(entry.line)", "\(entry.shop.name) <span class=\"soft\">\(entry.shop.localName ?? "")</span>",
                    .text(entry.shop.city), .text(entry.shop.categoryCode), "<code>\(entry.shop.key.text)</code>",
                    Part.badge(
                        entry.standing == .added ? words.added : words.changed,
                        entry.standing == .added ? .good : .warn
                    ),
                ]
            }
        )
    }

    private func confirmation(_ text: String, _ bank: Participant, _ label: String) -> Markup {
        """
        <form method="post" action="\(ShopImportPages.path)/confirmed" enctype="multipart/form-data">
        \(visit.visit.tokenField)
        <input type="hidden" name="acquirer" value="\(bank.id.description)">
        <textarea name="rows" hidden>
        \(text)</textarea>
        <p class="buttons"><button type="submit">\(label)</button> \
        <a class="button quiet" href="\(ShopImportPages.path)">\(visit.site.frame.back)</a></p></form>
        """
    }
}

extension ShopList.Fault.Kind {
    /// Whether what its column must hold is worth saying.
    fileprivate var breaksTheColumnsRule: Bool {
        switch self {
        case .missing, .invalid: true
        case .notUTF8, .quote, .tooLong, .tooMany, .noShops, .unknownColumn, .columnTwice, .columnMissing, .fieldCount,
            .ofOtherScheme, .repeated, .otherCountry, .otherBank:
            false
        }
    }
}
