extension StyleSheet {
    /// Long texts with tables and examples.
    static let documents = """
        .prose>:is(p,ul,ol,blockquote){max-width:46rem}.prose>h2{margin-top:2.5rem}.prose :is(h1,h2,h3):target{color:var(--accent)}
        .prose tr:target{outline:2px solid var(--accent);outline-offset:-2px}
        .prose img{display:block;max-width:100%;height:auto;margin:1rem 0;background:#fff;border-radius:.75rem}
        .prose blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid var(--line);color:var(--soft)}
        .prose table{font-size:.95rem}.prose td:not(.number){min-width:8rem}
        pre{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.75rem;margin:.75rem 0;\
        padding:.8rem 1rem;font:.85rem/1.5 ui-monospace,"Noto Sans Mono",monospace}
        pre code{font-size:inherit;overflow-wrap:normal}
        .operation{border-top:1px solid var(--line);margin-top:2.5rem}.operation>h2{margin-top:1.25rem}
        .list.operations a{display:block;overflow-wrap:anywhere}.codes a{display:inline-block;margin-right:.75rem}
        .contents ul{columns:18rem;margin:.5rem 0 1rem}
        """
}
