extension ReportPage {
    static let style = """
        :root{color-scheme:light dark;--ground:#f7f6f2;--card:#fff;--ink:#1d2530;--soft:#5d6775;--line:#dfdcd3;
        --bad:#b3261e;--good:#1f7a4d;--warn:#8a5a00}
        @media(prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1b2129;--ink:#eceff3;--soft:#a3adba;
        --line:#2d3540;--bad:#ff8a7a;--good:#6fd3a0;--warn:#f0b95a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
        font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans Khmer","Khmer OS","Noto Sans CJK JP",
        "Hiragino Sans",sans-serif}
        main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 3rem}
        h1{font-size:1.9rem;margin:.2rem 0;letter-spacing:-.02em}h2{font-size:1.1rem;margin:2rem 0 .6rem}
        small{color:var(--soft);font-weight:400;font-size:.8rem}p{margin:.4rem 0}
        a{color:inherit}.soft{color:var(--soft)}
        .verdict{font-size:1.3rem;font-weight:600;margin:.6rem 0}
        .good,.passed .mark{color:var(--good)}.bad,.failed .mark{color:var(--bad)}.advised .mark{color:var(--warn)}
        .figures{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));margin:1rem 0;
        padding:0;list-style:none}
        .figures li{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.6rem .9rem;
        color:var(--soft)}
        .figures b{display:block;font-size:1.5rem;color:var(--ink);font-variant-numeric:tabular-nums;line-height:1.2}
        .mend li{margin:.5rem 0;overflow-wrap:anywhere}
        details{background:var(--card);border:1px solid var(--line);border-radius:.75rem;margin:.4rem 0;
        padding:.5rem .9rem}
        details.failed{border-color:var(--bad)}details.advised{border-color:var(--warn)}
        summary{cursor:pointer;overflow-wrap:anywhere}summary small{display:block;padding-left:1.4em}
        .mark{display:inline-block;width:1.1em;font-weight:700}
        .exchange{display:grid;gap:.5rem;grid-template-columns:1fr 1fr;margin:.6rem 0}
        pre{margin:0;padding:.6rem .8rem;border:1px solid var(--line);border-radius:.5rem;white-space:pre-wrap;
        overflow-wrap:anywhere;max-height:22rem;overflow:auto;
        font:.8rem/1.45 ui-monospace,"Noto Sans Mono",monospace}
        @media(max-width:40rem){.exchange{grid-template-columns:1fr}}
        @media print{body{background:#fff;color:#000}main{max-width:none;padding:0}details,pre{break-inside:avoid}
        pre{max-height:none}}
        """
}
