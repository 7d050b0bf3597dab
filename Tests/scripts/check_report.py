"""Takes an HTML report apart and says what does not belong in it.

    check_report.py REPORT

Reads strictly: every element is one of those that a report is made of, with the attributes that it may have there, and
closed in order; addresses of links are http, https or relative, those of pictures are `data:image/svg+xml`; the policy
that forbids everything else stands before all content. Writes what it found as JSON: faults, the text outside of the
head, and how often each element occurs.
"""

import base64
import collections
import html.parser
import json
import re
import sys
import xml.dom.minidom

ATTRIBUTES = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(),
    "style": set(), "body": {"class"}, "main": set(), "header": set(), "footer": set(), "nav": {"aria-label"},
    "section": {"class", "id"}, "div": {"class", "tabindex"}, "span": {"class", "title"}, "p": {"class"},
    "h1": set(), **{f"h{n}": {"id"} for n in range(2, 7)}, "pre": {"class", "tabindex"}, "code": {"title"},
    "b": set(), "em": set(), "strong": set(), "br": set(), "wbr": set(), "hr": set(), "blockquote": set(), "ul": set(),
    "ol": {"start"}, "li": {"class"}, "dl": {"class"}, "dt": set(), "dd": set(), "a": {"href", "rel"},
    "figure": set(), "img": {"src", "alt"}, "table": set(), "thead": set(), "tbody": set(), "tr": set(),
    "th": {"scope", "class"}, "td": {"class"},
}
VOID = {"meta", "br", "wbr", "hr", "img"}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.text, self.counts, self.ids = [], [], [], collections.Counter(), []
        self.links, self.has_policy = [], False

    def handle_starttag(self, tag, attributes):
        self.counts[tag] += 1
        if tag not in ATTRIBUTES:
            self.faults.append(f"element {tag}")
            return
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.faults.append(f"an attribute twice: {tag} {names}")
        for name, value in attributes:
            if name not in ATTRIBUTES[tag]:
                self.faults.append(f"attribute {tag} {name}={value}")
            if name == "id":
                self.ids.append(value)
        values = dict(attributes)
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.has_policy = values.get("content") == POLICY and self.open == ["html", "head"]
        if tag == "a":
            self.link(values.get("href", ""))
        if tag == "img":
            self.picture(values.get("src", ""))
        if tag not in VOID:
            self.open.append(tag)

    def link(self, address):
        self.links.append(address)
        scheme = re.match(r"[^/?#]*:", address)
        if scheme and scheme.group().lower() not in ("http:", "https:") or address.startswith(("//", "\\", "/\\")):
            self.faults.append(f"link {address}")
        if re.search(r"[\s\\\x00-\x20]", address):
            self.faults.append(f"link with blanks {address!r}")

    def picture(self, source):
        start = "data:image/svg+xml;base64,"
        if not source.startswith(start):
            self.faults.append(f"picture {source[:40]}")
            return
        xml.dom.minidom.parseString(base64.b64decode(source[len(start):], validate=True))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} is closed out of order")

    def handle_data(self, data):
        if "head" not in self.open:
            self.text.append(data)
        if UNSEEN.search(data):
            self.faults.append(f"unseen characters in {data!r}")

    def handle_comment(self, data):
        self.faults.append(f"comment {data}")

    def handle_pi(self, data):
        self.faults.append(f"instruction {data}")

    def unknown_decl(self, data):
        self.faults.append(f"declaration {data}")


checker = Checker()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    checker.feed(file.read())
checker.close()
if checker.open:
    checker.faults.append(f"never closed: {checker.open}")
if not checker.has_policy:
    checker.faults.append("no policy in the head")
if len(set(checker.ids)) != len(checker.ids):
    checker.faults.append("an id twice")
for link in checker.links:
    if link.startswith("#c") and link[1:] not in checker.ids:
        checker.faults.append(f"a link to nowhere: {link}")
report = {"faults": checker.faults, "text": "".join(checker.text), "counts": checker.counts, "links": checker.links}
json.dump(report, sys.stdout)
