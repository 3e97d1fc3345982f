/// Our mark: two threads that hold each other, one for each country.
enum Emblem {
    /// The threads, in a square of 32; each passes over the other once.
    private static let threads = """
        <g fill="none" stroke-width="3.4" stroke-linecap="round">\
        <circle cx="12" cy="16" r="7.6" stroke="#c8321f"/>\
        <circle cx="20" cy="16" r="7.6" stroke="#3346a3"/>\
        <path d="M16 9.5a7.6 7.6 0 0 1 3.5 5" stroke="#c8321f"/></g>
        """

    /// The mark as a picture of its own.
    static let file = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\(threads)</svg>"

    /// The mark inside a page, beside words that say the same.
    static func markup(in assets: Assets) -> Markup {
        "<img class=\"emblem\" src=\"\(assets.emblem.path)\" alt=\"\" width=\"32\" height=\"32\">"
    }
}
