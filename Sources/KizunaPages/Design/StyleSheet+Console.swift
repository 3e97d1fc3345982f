extension StyleSheet {
    /// What only the operators' console has: its way around, charts and sequence pictures.
    static let console = """
        .desk{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 1rem;\
        border-bottom:1px solid var(--line);margin:-1rem 0 1.5rem}
        .tabs{display:flex;flex-wrap:wrap;gap:.1rem}
        .tabs a{display:flex;align-items:center;min-height:2.75rem;padding:0 .75rem;color:var(--soft);\
        text-decoration:none;border-bottom:3px solid transparent}
        .tabs a:hover{color:var(--ink)}
        .tabs a[aria-current]{color:var(--ink);font-weight:600;border-bottom-color:var(--accent)}
        @media (max-width:40rem){.desk .tabs{flex-wrap:nowrap;overflow-x:auto;width:100%;scrollbar-width:thin}\
        .desk .tabs a{flex:none}}
        .who{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem}.who form{margin:0}
        .pair{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));align-items:start}
        .pair .card{margin:0}.card>h2{margin:0 0 .5rem}
        .fields{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr))}
        body:has(main.wide) :is(.top,.foot)>div{max-width:96rem}.cards.figures{grid-template-columns:\
        repeat(auto-fit,minmax(min(100%,9rem),1fr))}.scroll :is(th a,time,code){white-space:nowrap}.facts time{white-space:normal}
        .cards b.good{color:var(--good)}.cards b.warn{color:var(--warn)}.cards b.bad{color:var(--bad)}
        .chart{margin:1rem 0;background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1rem}
        .chart svg{display:block;width:100%;height:9rem}
        .chart polyline{fill:none;stroke-width:2.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
        .chart .axis{stroke:var(--line);fill:none;vector-effect:non-scaling-stroke}
        .chart .one{stroke:var(--accent)}.chart .two{stroke:var(--second)}
        .chart figcaption{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.5rem}
        .key::before{content:"";display:inline-block;width:1.25rem;height:.25rem;border-radius:1rem;\
        vertical-align:middle;margin-right:.5rem}
        .key.one::before{background:var(--accent)}.key.two::before{background:var(--second)}
        .bar{width:6rem;height:.6rem;vertical-align:middle}.bar rect{fill:var(--good)}
        .bar.warn rect{fill:var(--warn)}.bar.bad rect{fill:var(--bad)}.bar rect.ground{fill:var(--line)}
        .sequence svg{display:block;min-width:44rem;width:100%;height:auto;max-width:60rem;margin:0 auto}
        .sequence text{fill:var(--ink);font-size:13px}
        .sequence .lane{font-weight:600;font-size:14px}.sequence .time{fill:var(--soft);font-size:12px}
        .sequence .life{stroke:var(--line);stroke-width:2;fill:none}
        .sequence .arrow{stroke:var(--ink);stroke-width:1.5;fill:none}
        .sequence :is(.head,circle){fill:var(--ink)}
        .sequence .arrow:is(.good){stroke:var(--good)}.sequence :is(.head,circle).good{fill:var(--good)}
        .sequence .arrow:is(.warn){stroke:var(--warn)}.sequence :is(.head,circle).warn{fill:var(--warn)}
        .sequence .arrow:is(.bad){stroke:var(--bad)}.sequence :is(.head,circle).bad{fill:var(--bad)}
        @media print{.desk,.tabs,.wide form{display:none!important}.wide .scroll{overflow:visible;border:0}\
        .wide :is(th,td){padding:.25rem .4rem;font-size:.85rem}}
        .times{margin:.5rem 0 1rem;padding-left:1.5rem}
        """
}
