package import KizunaMoney
package import KizunaPayments

/// The small parts that pages are made of. Each is a function of values to markup; how it looks is `StyleSheet`'s.
package enum Part {
    /// How something is to be taken.
    package enum Tone: String, Sendable {
        case plain, good, warn, bad

        /// A payment's state at a glance.
        package init(_ state: PaymentState) {
            switch state {
            case .completed: self = .good
            case .rejected, .reversed, .expired: self = .bad
            case .unknown, .reversing, .exception, .partiallyRefunded, .refunded: self = .warn
            case .resolved, .quoted, .submitted, .reserved, .sent, .accepted: self = .plain
            }
        }
    }

    /// A word in a coloured field, such as a state.
    package static func badge(_ text: String, _ tone: Tone) -> Markup {
        "<span class=\"badge \(tone.rawValue)\">\(text)</span>"
    }

    /// Something that has to be read.
    package static func notice(_ tone: Tone, _ content: Markup) -> Markup {
        // What went wrong is read out at once; the rest, when there is a pause.
        "<div class=\"notice \(tone.rawValue)\" role=\"\(tone == .bad ? "alert" : "status")\">\(content)</div>"
    }

    /// Names and values under each other.
    package static func facts(_ rows: [Fact]) -> Markup {
        let lines = rows.map { row -> Markup in
            "<div\(row.isTotal ? " class=\"total\"" as Markup : nil)><dt>\(row.name)</dt><dd>\(row.value)</dd></div>"
        }
        return "<dl class=\"facts\">\n\(lines)\n</dl>"
    }

    /// One line of ``facts(_:)``.
    package struct Fact: Sendable {
        let name: String
        let value: Markup
        let isTotal: Bool

        package init(_ name: String, _ value: Markup, isTotal: Bool = false) {
            self.name = name
            self.value = value
            self.isTotal = isTotal
        }

        /// A value that is text; nothing for none.
        package init?(_ name: String, text: String?) {
            guard let text else { return nil }
            self.init(name, .text(text))
        }
    }

    /// A table that scrolls by itself where it is too wide.
    ///
    /// - Parameters:
    ///   - caption: what it shows, for those who do not see it.
    ///   - columns: the heads; those named in `numbers` stand at the right.
    package static func table(caption: String, columns: [String], numbers: Set<Int> = [], rows: [[Markup]]) -> Markup {
        let head = columns.enumerated().map { column -> Markup in
            "<th scope=\"col\"\(numbers.contains(column.offset) ? numberClass : nil)>\(column.element)</th>"
        }
        let body = rows.map { row -> Markup in
            let cells = row.enumerated().map { cell -> Markup in
                let look = numbers.contains(cell.offset) ? numberClass : nil
                return cell.offset == 0
                    ? "<th scope=\"row\"\(look)>\(cell.element)</th>" : "<td\(look)>\(cell.element)</td>"
            }
            return "<tr>\(cells)</tr>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table>
            <caption class="hush">\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)
            </tbody>
            </table></div>
            """
    }

    private static let numberClass: Markup? = " class=\"number\""

    /// What has been done, what is being done, and what comes.
    package static func timeline(_ steps: [Step]) -> Markup {
        let lines = steps.map { step -> Markup in
            let current: Markup? = step.standing == .now ? " aria-current=\"step\"" : nil
            return "<li class=\"\(step.standing.rawValue)\"\(current)>\(step.content)</li>"
        }
        return "<ol class=\"steps\">\n\(lines)\n</ol>"
    }

    /// One step of ``timeline(_:)``.
    package struct Step: Sendable {
        package enum Standing: String, Sendable { case done, now, later, failed }

        let standing: Standing
        let content: Markup

        package init(_ standing: Standing, _ content: Markup) {
            self.standing = standing
            self.content = content
        }
    }

    /// A form with one button, for an action that needs nothing but a yes.
    package static func button(_ visit: Visit, to path: String, _ label: String, look: String = "") -> Markup {
        """
        <form method="post" action="\(path)">\(visit.tokenField)\
        <button class="\(look)" type="submit">\(label)</button></form>
        """
    }

    /// A field that the script replaces whenever the server has something new; without script the page loads again.
    ///
    /// - Parameters:
    ///   - path: answers with a ``LiveEvent``.
    ///   - id: the state of the world that the content shows.
    package static func live(_ path: String, id: String, _ content: Markup) -> Markup {
        """
        <div data-live="\(path)" data-live-id="\(id)" aria-live="polite">
        \(content)
        </div>
        """
    }

    /// How long something still holds; counts down where the script runs.
    ///
    /// - Returns: nothing for what is over.
    package static func countdown(_ label: String, until end: Timestamp, at now: Timestamp) -> Markup? {
        let seconds = end.since(now).components.seconds
        guard seconds > 0 else { return nil }
        let digits = "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
        return """
            <p class="countdown" data-seconds="\(seconds)"><span>\(label)</span> \
            <b data-clock class="number">\(digits)</b> \
            <meter min="0" max="\(seconds)" value="\(seconds)" aria-label="\(label)"></meter></p>
            """
    }

    /// A button that copies a text; only those whose browser runs the script see it.
    package static func copyButton(_ text: String, _ words: FrameWords) -> Markup {
        """
        <button type="button" class="quiet" data-copy="\(text)" data-done="\(words.copied)" hidden>\(words.copy)</button>
        """
    }

    /// A button that copies the page's own address.
    package static func copyLinkButton(_ label: String, _ words: FrameWords) -> Markup {
        "<button type=\"button\" class=\"quiet\" data-copy data-done=\"\(words.copied)\" hidden>\(label)</button>"
    }

    /// A sign that something went well, or did not, beside words that say so.
    package static func mark(_ tone: Tone, isNew: Bool = false) -> Markup {
        let line: Markup = tone == .bad ? "M24 24l24 24M48 24l-24 24" : "M20 37l11 11 21-23"
        return """
            <svg class="mark \(tone.rawValue)\(isNew ? " draw" : "")" viewBox="0 0 72 72" aria-hidden="true">\
            <circle cx="36" cy="36" r="33"/><path d="\(line)"/></svg>
            """
    }

    /// The two threads between two amounts.
    package static let thread: Markup = """
        <svg class="thread" viewBox="0 0 72 40" aria-hidden="true"><path class="one" d="M4 12c22 0 42 16 64 16"/>\
        <path class="two" d="M4 28c22 0 42-16 64-16"/></svg>
        """
}
