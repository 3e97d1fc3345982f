import KizunaSwitch

/// How our plain pages look, and the policy under which a browser shows them: this style and nothing else.
struct PageStyle: Sendable {
    /// The value of `Content-Security-Policy`. The style is let in by its hash; a script never is.
    let policy: String

    init(digester: any Digester) {
        let hash = Base64.standard.encode(digester.sha256(Array(PageStyle.sheet.utf8)))
        policy =
            "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
    }

    static let sheet = """
        :root{color-scheme:light dark;--ground:#f7f6f2;--card:#fff;--ink:#1d2530;--soft:#5d6775;--line:#dfdcd3;
        --accent:#b3261e;--good:#1f7a4d;--warn:#9a6400}
        @media(prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1b2129;--ink:#eceff3;--soft:#a3adba;
        --line:#2d3540;--accent:#ff8a7a;--good:#6fd3a0;--warn:#f0b95a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
        font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans Khmer","Khmer OS","Noto Sans CJK JP",
        "Hiragino Sans",sans-serif}
        main{max-width:56rem;margin:0 auto;padding:2rem 1.25rem 3rem}
        h1{font-size:2rem;margin:0;letter-spacing:-.02em}h2{font-size:1.05rem;margin:2.25rem 0 .75rem}
        a{color:var(--accent)}p{margin:.4rem 0}
        .soft{color:var(--soft)}.good{color:var(--good)}.warn{color:var(--warn)}
        .greeting{font-size:1.1rem}.greeting span+span::before{content:"·";margin:0 .5em;color:var(--soft)}
        .state{font-weight:600;font-size:1.1rem;margin-top:1.25rem}
        .state::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;
        background:currentColor;margin-right:.5em}
        .cards{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));margin:0;padding:0;
        list-style:none}
        .cards li{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.9rem 1rem}
        .cards b{display:block;font-size:1.6rem;font-variant-numeric:tabular-nums;line-height:1.2}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.5rem .9rem;border-top:1px solid var(--line);vertical-align:top}
        thead th{border-top:0;color:var(--soft);font-weight:500;font-size:.9rem}
        tbody th{font-weight:500}.number{text-align:right;font-variant-numeric:tabular-nums}
        tr.none{color:var(--soft)}
        tr:target{outline:2px solid var(--accent);outline-offset:-2px}
        code{font-family:ui-monospace,"Noto Sans Mono",monospace;font-size:.92em}
        h3{font-size:.95rem;margin:1.25rem 0 .4rem}
        details{background:var(--card);border:1px solid var(--line);border-radius:.75rem;margin:.5rem 0;padding:.6rem 1rem}
        details details{padding:.3rem .8rem}summary{cursor:pointer;overflow-wrap:anywhere}
        pre{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0;padding:.75rem 1rem;
        font:.85rem/1.45 ui-monospace,"Noto Sans Mono",monospace}
        .chapters{columns:9rem;padding-left:1.1rem}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);
        border-radius:.75rem;margin:.75rem 0 1.5rem}
        """
}
