import Mustache

/// One page of HTML that needs nothing beside it: figures, tables, checks, and how to repeat them.
struct ReportPage {
  var title: String
  /// One line under the title.
  var subtitle = ""
  var summary: ReportTable?
  var sections: [ReportSection]

  func html() throws -> String {
    try MustacheTemplate(string: Self.template).render(self)
  }

  private static let template = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    body { font: 16px/1.55 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 62rem;
      margin: 2.5rem auto; padding: 0 1.2rem; }
    h1 { font-size: 1.9rem; margin: 0 0 .2rem; }
    h2 { font-size: 1.3rem; margin: 2.8rem 0 .6rem; padding-top: 1.2rem; border-top: 1px solid #d9dee3; }
    .subtitle, .caption, .more { color: #59636e; }
    table { border-collapse: collapse; margin: 1rem 0; font-size: .88rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
    th, td { padding: .22rem .8rem .22rem 0; text-align: left; border-bottom: 1px solid #eaeef2; vertical-align: top; }
    td.number, th.number { text-align: right; }
    td.short { white-space: nowrap; }
    .scroll { overflow-x: auto; }
    .paper { display: none; }
    figure { margin: 1.2rem 0; }
    figure svg { max-width: 100%; height: auto; }
    pre { background: #f6f8fa; padding: .8rem 1rem; overflow-x: auto; font-size: .82rem; border-radius: 6px; }
    ul.checks { list-style: none; padding: 0; }
    ul.checks li::before { content: "\\2713"; color: #1a7f37; display: inline-block; width: 1.4rem; font-weight: 700; }
    ul.checks li.fails::before { content: "\\2717"; color: #b35900; }
    .verdict { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .85rem; font-weight: 600;
      background: #e7f0fa; color: #0b4f8a; margin-left: .5rem; vertical-align: middle; }
    .verdict.good { background: #e3f4e8; color: #14602a; }
    .verdict.bad { background: #fdecd8; color: #8a4300; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem; font-size: .88rem; margin: .8rem 0; }
    dt { color: #59636e; } dd { margin: 0; overflow-wrap: anywhere; }
    summary { cursor: pointer; color: #59636e; }
    @media print {
      body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }
      .scroll, pre { overflow: visible; }
      .screen { display: none; }
      .paper { display: block; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      table { max-width: 100%; font-size: 8pt; }
      th, td { padding-right: .5rem; }
      td.text { overflow-wrap: anywhere; }
      caption, thead { break-after: avoid; }
      thead { display: table-header-group; }
      tr, figure, dl, .checks li { break-inside: avoid; }
      h2, section > p { break-after: avoid; }
      figure svg { max-height: 20cm; }
      .verdict { print-color-adjust: exact; }
    }
    </style>
    </head>
    <body>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    {{#summary}}{{{html}}}{{/summary}}
    {{#sections}}
    <section id="{{anchor}}">
    <h2>{{title}}{{#verdict}}<span class="verdict {{tone}}">{{word}}</span>{{/verdict}}</h2>
    {{#verdict}}<p>{{reason}}</p>{{/verdict}}
    {{#text}}<p>{{text}}</p>{{/text}}
    {{#error}}<pre>{{error}}</pre>{{/error}}
    {{#figures}}<figure>{{{svg}}}<figcaption class="caption">{{caption}}</figcaption></figure>{{/figures}}
    {{#hasChecks}}<ul class="checks">{{#checks}}<li class="{{#fails}}fails{{/fails}}">{{claim}}</li>{{/checks}}</ul>{{/hasChecks}}
    {{#tables}}{{{html}}}{{/tables}}
    {{#hasFacts}}<dl>{{#facts}}<dt>{{name}}</dt><dd>{{value}}</dd>{{/facts}}</dl>{{/hasFacts}}
    {{#log}}<details><summary>what it printed</summary><pre>{{log}}</pre></details>{{/log}}
    </section>
    {{/sections}}
    <script>
    // On paper nothing can be opened by a click.
    addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(part => part.open = true));
    </script>
    </body>
    </html>

    """
}

/// One run on a page.
struct ReportSection {
  var title: String
  var anchor = ""
  var verdict: Verdict?
  var text: String?
  var error: String?
  var figures: [Figure] = []
  var checks: [Check] = []
  var tables: [ReportTable] = []
  var facts: [Fact] = []
  var log: String?

  var hasChecks = false
  var hasFacts = false

  struct Verdict {
    let word: String
    let reason: String
    /// How it is coloured: good, bad or neither.
    let tone: String
  }

  struct Figure {
    let svg: String
    let caption: String
  }

  struct Check {
    let claim: String
    let fails: Bool
  }

  struct Fact {
    let name: String
    let value: String
  }
}
