/// The looks of a report: a column of text and one of contents, in light, in dark and on paper.
enum ReportStyle {
    /// The style sheet.
    static let text = colours + page + contents + cells + outputs + tables + paper

    /// Text and paper differ by at least 4.5:1, the faint ones too.
    private static let colours = """
        :root { color-scheme: light dark; --paper: #fff; --ink: #1d2025; --faint: #5f6672; --line: #dfe2e7;
          --soft: #f6f7f9; --link: #0b5cad; --bad: #a3210f; --bad-soft: #fdf4f2; --string: #1a6b3c; --number: #0b5cad;
          --keyword: #7d3c98; --word: #1d2025; --name: #7a5200; }
        @media (prefers-color-scheme: dark) { :root { --paper: #15171b; --ink: #dfe2e7; --faint: #9aa1ad;
          --line: #33373f; --soft: #1d2026; --link: #7db7f0; --bad: #ff9c8a; --bad-soft: #2b1b19; --string: #8fce9f;
          --number: #8dbdf2; --keyword: #d0a3e8; --word: #fff; --name: #dfb76c; } }

        """

    private static let page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: calc(900px + 2.5rem); background: var(--paper);
          color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          overflow-wrap: break-word; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 1.6em 0 0.5em; font-weight: 650; }
        h1 { font-size: 1.9rem; margin: 0 0 1rem; letter-spacing: -0.01em; }
        h2 { font-size: 1.3rem; } h3 { font-size: 1.1rem; } h4, h5, h6 { font-size: 1rem; }
        a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
        code, pre, .number { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        p code, li code, td code, h1 code, h2 code, h3 code { font-size: 0.875em; background: var(--soft);
          padding: 0.1em 0.3em; border-radius: 3px; }
        header { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; }
        header .facts { display: flex; flex-wrap: wrap; gap: 0.6rem 2rem; margin: 0; }
        dt { font-size: 0.75rem; color: var(--faint); line-height: 1.3; } dd { margin: 0; font-size: 0.9rem;
          font-variant-numeric: tabular-nums; }
        .data { margin-top: 1.25rem; } .data td:nth-child(2) { color: var(--faint); white-space: normal; overflow-wrap: anywhere;
          min-width: 9rem; }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--faint);
          font-size: 0.8rem; }

        """

    private static let contents = """
        nav { border-bottom: 1px solid var(--line); padding: 1.25rem 0; font-size: 0.9rem; }
        nav h2 { font-size: 0.75rem; color: var(--faint); font-weight: normal; margin: 0 0 0.4rem; }
        nav ol { list-style: none; margin: 0; padding: 0; } nav li { padding: 0.15rem 0; line-height: 1.4; }
        nav .sub { padding-left: 1rem; } nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
        .mark { color: var(--bad); }
        @media (min-width: 1220px) {
          .wide { display: grid; grid-template: auto 1fr / 13rem minmax(0, 900px); gap: 0 3.5rem; justify-content: center;
            max-width: none; } .wide > * { grid-column: 2; }
          .wide > nav { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto;
            border: 0; padding: 0.5rem 0 0; } }

        """

    private static let cells = """
        .text > *, .note, .missing { max-width: 70ch; } .text > pre, .text > .table { max-width: 100%; }
          .text td { white-space: normal; }
        .text { margin-top: 2.25rem; } .text > :first-child { margin-top: 0; }
        blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--faint); }
        ul, ol { padding-left: 1.4rem; } li { margin: 0.2em 0; } hr { border: 0; border-top: 1px solid var(--line);
          margin: 2rem 0; }
        .cell { margin-top: 2.25rem; }
        .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 0.75rem; margin-bottom: 0.5rem; }
        .head h2 { margin: 0; max-width: calc(100% - 3rem); } .head .facts { color: var(--faint); font-size: 0.8rem;
          font-variant-numeric: tabular-nums; }
        .number { font-size: 0.8rem; color: var(--faint); min-width: 1.6em; text-align: center; padding: 0 0.35em;
          border: 1px solid var(--line); border-radius: 4px; }
        pre { font-size: 0.84rem; line-height: 1.5; overflow-x: auto; margin: 0.75rem 0; tab-size: 4; }
        .code { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; }
        .c { color: var(--faint); font-style: italic; } .s { color: var(--string); } .m { color: var(--number); }
        .k { color: var(--keyword); } .f { color: var(--word); font-weight: 600; } .a { color: var(--name); }

        """

    /// gnuplot's pictures have white paper: in the dark they are cards.
    private static let outputs = """
        .result { padding: 0 0.25rem; }
        figure { margin: 1rem 0; background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem;
          width: fit-content; max-width: 100%; }
        img { display: block; max-width: 100%; height: auto; }
        .note, .missing { color: var(--faint); font-size: 0.9rem; margin: 0.75rem 0; white-space: pre-line;
          padding-left: 0.75rem; border-left: 3px solid var(--line); }
        .note b, .missing b { font-weight: 600; margin-right: 0.35em; } .missing { border-left-style: dotted; }
        .error { border: 1px solid var(--bad); border-left-width: 5px; border-radius: 4px; background: var(--bad-soft);
          padding: 0.6rem 1rem; margin: 0.75rem 0; }
        .error p { margin: 0; color: var(--bad); } .error pre { margin: 0.5rem 0 0.2rem; }

        """

    private static let tables = """
        .table { overflow: auto; max-width: 100%; width: fit-content; max-height: 30rem; margin: 0.75rem 0;
          border: 1px solid var(--line); border-radius: 6px; }
        table { border-collapse: separate; border-spacing: 0; font-size: 0.86rem; line-height: 1.4;
          font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 0.35rem 0.9rem; vertical-align: top; }
        th { position: sticky; top: 0; background: var(--soft); border-bottom: 1px solid var(--line); font-weight: 600;
          white-space: nowrap; } th wbr { display: none; } th span, td span { color: var(--faint); font-weight: normal; }
        td { white-space: nowrap; } .long { white-space: normal; overflow-wrap: anywhere; min-width: min(26rem, 62vw); }
        tr + tr td { border-top: 1px solid color-mix(in srgb, var(--line) 55%, transparent); }
        .n { text-align: right; white-space: nowrap; } .none { color: var(--faint); }
        .remark { color: var(--faint); font-size: 0.84rem; margin: -0.25rem 0 0.75rem 0.9rem; }
        @media (max-width: 560px) { body { padding: 1.5rem 1rem 3rem; } th, td { padding: 0.3rem 0.65rem; }
          figure { overflow-x: auto; } img { min-width: 32rem; } .data td:nth-child(2) { min-width: 7rem; } }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }

        """

    private static let paper = """
        @media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #555; --line: #ccc;
            --soft: #f6f7f9; --link: #000; --bad: #a3210f; --bad-soft: #fff; --string: #1a6b3c; --number: #0b5cad;
            --keyword: #7d3c98; --word: #000; --name: #7a5200; }
          @page { margin: 18mm 16mm; }
          body, .wide { display: block; padding: 0; max-width: none; font-size: 10pt; }
          nav { position: static; max-height: none; break-inside: avoid; } .table { max-height: none; overflow: visible; border-width: 0; }
          th { position: static; white-space: normal; } th wbr { display: inline; } pre { white-space: pre-wrap; } .head, h2, h3 { break-after: avoid; }
          figure, tr, .error { break-inside: avoid; } table { font-size: 8pt; }
          .pt7 table { font-size: 7pt; } .pt6 table { font-size: 6pt; } .pt5 table { font-size: 5pt; }
          .pt4 table { font-size: 4pt; }
          th, td { padding: 0.25em 0.5em; } td { white-space: normal; overflow-wrap: anywhere; } .n { white-space: nowrap; }
          th.n { white-space: normal; } .dense th, .dense .n { white-space: normal; overflow-wrap: anywhere; }
          .long { min-width: 12em; } .data td:nth-child(2) { min-width: 6rem; } thead { display: table-header-group; } }
        """
}
