/// How everything looks: one sheet for all pages, made of its parts.
///
/// Colours are variables with a light and a dark value; each pair of ink and ground has a contrast of at least 4.5
/// (WCAG 2.2, 1.4.3), which `ContrastTests` computes. Lengths follow the reader's letter size.
enum StyleSheet {
    static let text = [colours, riel, ground, frame, words, cards, forms, payment, tables, documents, console, paper]
        .joined(
            separator: "\n"
        )

    static let colours = """
        :root{color-scheme:light dark;--paper:#faf8f4;--card:#ffffff;--ink:#1c2433;--soft:#59616f;--line:#e2dcd0;\
        --accent:#b3261e;--on-accent:#ffffff;--second:#3346a3;--good:#19693f;--good-ground:#e3f3ea;--warn:#7d5200;\
        --warn-ground:#fdf1d8;--bad:#a3211a;--bad-ground:#fdeae8;--field:#8b8578;--shade:0 1px 2px #1c243314,\
        0 8px 24px -12px #1c243326}
        @media(prefers-color-scheme:dark){:root{--paper:#11151b;--card:#1a2029;--ink:#eceff3;--soft:#a5afbd;\
        --line:#2f3844;--accent:#ff9384;--on-accent:#2a0a06;--second:#a9b6ff;--good:#7ddcab;--good-ground:#12301f;\
        --warn:#f2c26b;--warn-ground:#33260c;--bad:#ff9d92;--bad-ground:#3a1512;--field:#7d8898;--shade:none}}
        """

    /// The sign of the riel stands in few fonts of Latin or Japanese letters, and small in those of Khmer ones: it is taken
    /// from one of these, at the size of the digits beside it.
    static let riel = """
        @font-face{font-family:"Kizuna Riel";src:local("Khmer OS Battambang"),local("KhmerOSBattambang"),\
        local("Khmer OS"),local("Noto Sans Khmer"),local("Khmer Sangam MN"),local("Leelawadee UI");\
        unicode-range:U+17DB;size-adjust:135%}
        """

    static let ground = """
        *,*::before,*::after{box-sizing:border-box}
        html{font-size:clamp(1rem,.85rem + .2vw,1.6rem);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
        body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);\
        line-height:1.55;font-family:"Kizuna Riel",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",\
        "Noto Sans Khmer","Khmer OS Battambang",sans-serif;overflow-wrap:break-word}
        :lang(ja){font-family:"Kizuna Riel",system-ui,-apple-system,"Hiragino Sans","Yu Gothic UI","Noto Sans JP",\
        "Noto Sans CJK JP",Meiryo,sans-serif;line-break:strict;line-height:1.7}
        :lang(km){font-family:"Kizuna Riel","Noto Sans Khmer","Khmer OS Battambang","Khmer Sangam MN","Leelawadee UI","Khmer UI",\
        system-ui,"Khmer OS",sans-serif;line-height:1.9}
        :lang(ja) :is(h1,h2,h3,p,li,dt,th,td,legend,label,summary,.button,button){word-break:auto-phrase}
        p,li,dt{text-wrap:pretty}
        a{color:var(--accent);text-underline-offset:.2em}
        p{margin:.5rem 0}h1,h2,h3{line-height:1.3;text-wrap:balance;margin:0}
        :is(h1,h2,h3):lang(km){line-height:1.7}
        h1{font-size:1.6rem;letter-spacing:-.01em}:lang(km) h1,:lang(ja) h1{letter-spacing:0}
        h2{font-size:1.15rem;margin:2rem 0 .75rem}h3{font-size:1rem;margin:1.25rem 0 .4rem}
        :focus-visible{outline:3px solid var(--second);outline-offset:2px;border-radius:.3rem}
        code,kbd,samp{font-family:ui-monospace,"Noto Sans Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
        [hidden]{display:none!important}
        .hush{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        @media(prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important}}
        """

    static let frame = """
        .skip{position:absolute;left:-100vw;top:.5rem;padding:.75rem 1rem;background:var(--card);z-index:2}
        .skip:focus{left:.5rem}
        .top{border-bottom:1px solid var(--line);background:var(--card)}
        .top>div,.foot>div,main{width:100%;max-width:64rem;margin:0 auto;padding:0 1.25rem}
        .top>div{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem;min-height:3.5rem}
        .brand{display:flex;align-items:center;gap:.5rem;font-weight:700;font-size:1.15rem;text-decoration:none;\
        color:inherit;min-height:2.75rem}
        .emblem{width:2rem;height:2rem;display:block}
        .areas,.languages{display:flex;flex-wrap:wrap;gap:.25rem}
        .languages{margin-left:auto;font-size:.95rem}
        .areas a,.languages a{display:flex;align-items:center;min-height:2.75rem;padding:0 .65rem;color:var(--soft);\
        text-decoration:none;border-bottom:3px solid transparent}
        :is(.areas,.languages) a:hover{color:var(--ink)}
        :is(.areas,.languages) a[aria-current]{color:var(--ink);font-weight:600;border-bottom-color:var(--accent)}
        main{flex:1;padding-top:2rem;padding-bottom:3rem}
        main.narrow{max-width:34rem}main.wide{max-width:96rem}
        .foot{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
        .foot>div{padding-top:1rem;padding-bottom:1.5rem}
        .foot nav{display:flex;flex-wrap:wrap;gap:0 1.25rem}
        .foot a{display:inline-flex;align-items:center;min-height:2.25rem}
        @media(max-width:40rem){.top>div{gap:0 .5rem;padding:.25rem 1rem}main,.foot>div{padding-left:1rem;\
        padding-right:1rem}.areas{order:3;width:100%}.areas a,.languages a{padding:0 .5rem}}
        """

    static let words = """
        .soft{color:var(--soft)}.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
        .lead{font-size:1.1rem;color:var(--soft);text-wrap:pretty}.small{font-size:.9rem}
        .money,.number,time{font-variant-numeric:tabular-nums}.money,.number{white-space:nowrap}
        .whole{display:inline-block}
        .number{text-align:right}
        .money.large{font-size:2.4rem;font-weight:700;line-height:1.25;letter-spacing:-.02em}
        .state{font-weight:600;font-size:1.05rem}
        .state::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;\
        background:currentColor;margin-right:.5em}
        .badge{display:inline-block;padding:.05em .6em;border-radius:1em;font-size:.85rem;font-weight:600;\
        white-space:nowrap;background:var(--line);color:var(--ink)}
        .badge.good{background:var(--good-ground);color:var(--good)}
        .badge.warn{background:var(--warn-ground);color:var(--warn)}
        .badge.bad{background:var(--bad-ground);color:var(--bad)}
        .notice{border-radius:.75rem;padding:.9rem 1.1rem;margin:1rem 0;background:var(--card);\
        border:1px solid var(--line);border-left-width:.35rem}
        .notice>:first-child{margin-top:0}.notice>:last-child{margin-bottom:0}
        .notice.good{background:var(--good-ground);border-color:var(--good);color:inherit}
        .notice.warn{background:var(--warn-ground);border-color:var(--warn);color:inherit}
        .notice.bad{background:var(--bad-ground);border-color:var(--bad);color:inherit}
        """

    static let cards = """
        .cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr));margin:1rem 0;\
        padding:0;list-style:none}
        .cards.broad{grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
        .card,.cards>li{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.1rem 1.25rem;\
        box-shadow:var(--shade)}
        .card{margin:1rem 0}.card>:first-child{margin-top:0}.card>:last-child{margin-bottom:0}
        .cards>li>a:first-child:last-child{display:block;margin:-1.1rem -1.25rem;padding:1.1rem 1.25rem;\
        color:inherit;text-decoration:none;border-radius:1rem}
        .cards>li:has(>a:first-child:last-child):hover{border-color:var(--accent)}
        .cards b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums;line-height:1.3}
        .cards h2,.cards h3{margin:0 0 .25rem}
        .facts{margin:1rem 0}
        .facts>div{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0;border-top:1px solid var(--line)}
        .facts>div:first-child{border-top:0}
        .facts dt{color:var(--soft);flex:0 1 auto;min-width:30%}.facts dd{margin:0;text-align:right;overflow-wrap:anywhere}
        .facts .total{font-weight:700;font-size:1.15rem;border-top:2px solid var(--ink)}.facts .total dt{color:inherit}
        """

    static let forms = """
        form{margin:1rem 0}label,legend{font-weight:600;display:block;margin:.75rem 0 .3rem;padding:0}
        fieldset{border:0;margin:0;padding:0;min-width:0}
        input:not([type=hidden],[type=radio],[type=checkbox]),select,textarea{width:100%;min-height:3rem;font:inherit;\
        color:inherit;background:var(--card);border:1.5px solid var(--field);border-radius:.6rem;padding:.55rem .8rem}
        textarea{min-height:6rem;resize:vertical;font-family:ui-monospace,"Noto Sans Mono",monospace;font-size:.9rem}
        input.amount{font-size:1.6rem;font-weight:600;font-variant-numeric:tabular-nums}
        .hint{color:var(--soft);font-size:.9rem;margin:.25rem 0}
        .choice{display:flex;flex-wrap:wrap;gap:.5rem}
        .choice label{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:0 1rem;margin:0;\
        border:1.5px solid var(--field);border-radius:.6rem;background:var(--card);font-weight:500;cursor:pointer}
        .choice label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
        .choice input{width:1.2rem;height:1.2rem;accent-color:var(--accent)}
        .button,button{display:inline-flex;align-items:center;justify-content:center;gap:.5rem;min-height:3rem;\
        padding:.4rem 1.4rem;font:inherit;font-weight:600;border-radius:.75rem;border:2px solid var(--accent);\
        background:var(--accent);color:var(--on-accent);text-decoration:none;cursor:pointer;text-align:center}
        :is(.button,button):hover{filter:brightness(1.08)}:is(.button,button):active{transform:translateY(1px)}
        :is(.button,button).quiet{background:transparent;color:var(--accent)}
        :is(.button,button).block{display:flex;width:100%}
        button[disabled]{opacity:.5;cursor:not-allowed}
        .buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0}
        details{border-top:1px solid var(--line)}summary{cursor:pointer;min-height:3rem;display:flex;\
        align-items:center;gap:.5rem;font-weight:600}
        summary::before{content:"+";color:var(--accent);font-weight:700;width:1em}details[open]>summary::before{content:"−"}
        """

    static let payment = """
        .exchange{display:grid;grid-template-columns:1fr auto 1fr;align-items:center;gap:.75rem;margin:1.25rem 0;\
        text-align:center}
        .exchange p{margin:0}.exchange .soft{font-size:.9rem}
        .exchange .money{display:block;font-size:1.6rem;font-weight:700;letter-spacing:-.01em}
        .thread{width:4.5rem;height:2.5rem;display:block}
        .thread path{fill:none;stroke-width:3;stroke-linecap:round}
        .thread .one{stroke:#c8321f}.thread .two{stroke:#3346a3}
        @media(prefers-color-scheme:dark){.thread .one{stroke:#ff7a69}.thread .two{stroke:#8fa0ff}}
        .steps{list-style:none;margin:1.25rem 0;padding:0}
        .steps li{position:relative;padding:0 0 1.1rem 2.25rem}
        .steps li::before{content:"";position:absolute;left:.35rem;top:.3em;width:1rem;height:1rem;border-radius:50%;\
        border:2px solid var(--field);background:var(--card);z-index:1}
        .steps li:not(:last-child)::after{content:"";position:absolute;left:.83rem;top:1em;bottom:-.5em;width:2px;\
        background:var(--line)}
        .steps .done::before{background:var(--good);border-color:var(--good)}
        .steps .done:not(:last-child)::after{background:var(--good)}
        .steps .failed::before{background:var(--bad);border-color:var(--bad)}
        .steps .now::before{border-color:var(--accent);animation:pulse 1.2s ease-in-out infinite}
        .steps .later{color:var(--soft)}
        @keyframes pulse{50%{box-shadow:0 0 0 .4rem color-mix(in srgb,var(--accent) 25%,transparent)}}
        .mark{width:4.5rem;height:4.5rem;display:block;margin:0 auto .75rem}
        .mark circle{fill:var(--good-ground);stroke:var(--good);stroke-width:3}
        .mark path{fill:none;stroke:var(--good);stroke-width:5;stroke-linecap:round;stroke-linejoin:round}
        .mark.bad circle{fill:var(--bad-ground);stroke:var(--bad)}.mark.bad path{stroke:var(--bad)}
        .mark.draw path{stroke-dasharray:80;animation:draw .5s ease-out}
        @keyframes draw{from{stroke-dashoffset:80}}
        .centre{text-align:center}
        .code{display:block;width:min(100%,22rem);height:auto;margin:1rem auto;background:#fff;padding:0;\
        border-radius:1rem;border:1px solid var(--line)}
        .paid{background:var(--good-ground);border-color:var(--good);text-align:center;animation:arrive .5s ease-out}
        @keyframes arrive{from{transform:scale(.96)}}
        [data-live]:has(.paid)~.centre .countdown{display:none}
        .countdown{display:flex;align-items:center;justify-content:center;gap:.6rem;color:var(--soft)}
        .countdown meter{width:8rem;height:.6rem}
        .camera video{width:100%;border-radius:1rem;background:#000;aspect-ratio:4/3;object-fit:cover}
        """

    static let tables = """
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:1rem;margin:.75rem 0}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.6rem .9rem;border-top:1px solid var(--line);vertical-align:top}
        thead th{border-top:0;color:var(--soft);font-weight:500;font-size:.9rem}
        tbody th{font-weight:500}th.number,td.number{text-align:right}
        tr.none{color:var(--soft)}
        .list{list-style:none;margin:.75rem 0;padding:0;background:var(--card);border:1px solid var(--line);\
        border-radius:1rem}
        .list li{border-top:1px solid var(--line)}.list li:first-child{border-top:0}
        .list a,.list .row{display:flex;justify-content:space-between;align-items:center;gap:.25rem 1rem;\
        padding:.8rem 1.1rem;color:inherit;text-decoration:none;min-height:3.5rem}
        .list a:hover{background:color-mix(in srgb,var(--accent) 6%,transparent)}
        .list .amounts{text-align:right}
        """

    static let paper = """
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb;--shade:none}
        body{min-height:0}.top,.foot,.buttons,.button,button,.no-print,.skip{display:none!important}
        main{max-width:none;padding:0}.card,.cards>li,tr,.facts>div{break-inside:avoid}h1,h2,h3{break-after:avoid}
        .scroll,pre{overflow:visible}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.75rem}
        details::details-content{content-visibility:visible;display:block}summary::before{display:none}}
        """
}
