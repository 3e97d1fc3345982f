import KizunaWeb
import Testing

@testable import KizunaPages

/// Text never becomes markup, and forms are read as they were sent.
@Suite struct MarkupTests {
    @Test func whatIsInterpolatedIsText() {
        let name = "<b onclick='x'>\"Tom & Co\"</b>"
        let markup: Markup = "<p title=\"\(name)\">\(name)</p>"
        let safe = "&lt;b onclick=&#39;x&#39;&gt;&quot;Tom &amp; Co&quot;&lt;/b&gt;"
        #expect(markup.html == "<p title=\"\(safe)\">\(safe)</p>")
    }

    @Test func markupStaysMarkup() {
        let inner: Markup = "<i>\("<")</i>"
        let nothing: Markup? = nil
        let outer: Markup = "<p>\(inner)\(nothing)\(7)\([inner, inner])</p>"
        #expect(outer.html == "<p><i>&lt;</i>7<i>&lt;</i>\n<i>&lt;</i></p>")
    }

    @Test func fieldsOfAFormAreRead() throws {
        let form = try #require(read("a=1+2&b=%E3%81%8D%0D%0Ax&c=&d", "application/x-www-form-urlencoded"))
        #expect(form["a"] == "1 2" && form["b"] == "き\r\nx")
        #expect(form["c"] == nil && form["d"] == nil && form["e"] == nil)
        #expect(form.exactly("c") == "")
    }

    @Test func aFileComesWithItsFields() throws {
        let body =
            "--xyz\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n--xyz\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
            + "\u{1}\r\n--xy\r\n--xyz--\r\n"
        let form = try #require(read(body, "multipart/form-data; boundary=xyz"))
        #expect(form["token"] == "abc")
        #expect(form.file == Array("\u{1}\r\n--xy".utf8))
    }

    @Test(arguments: [
        ("a=%zz", "application/x-www-form-urlencoded"), ("a=%FF", "application/x-www-form-urlencoded"),
        ("{}", "application/json"), ("a=1", "text/plain"), ("a=1", ""), ("--x\r\n", "multipart/form-data"),
        ("--x\r\n", "multipart/form-data; boundary=x"),
        (Array(repeating: "a=1", count: 33).joined(separator: "&"), "application/x-www-form-urlencoded"),
    ])
    func whatNoFormOfOursSendsIsRefused(body: String, type: String) {
        #expect(read(body, type) == nil)
    }

    private func read(_ body: String, _ type: String) -> Form? {
        Form(HTTPRequest(method: "POST", path: "/", headers: ["Content-Type": type], body: Array(body.utf8)))
    }
}
