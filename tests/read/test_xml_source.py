from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.read import acl_xml, bibtex, dblp_xml, jats, jsonl, markdown, pubmed_xml, tei
from kg.read.drafts import Draft
from kg.read.source import ReadError, Source, open_source
from kg.read.xml_source import Cut, cuts, root_name
from kg.records import Notice, Severity

DATA = Path(__file__).parent / "data"
FORMATS = {module.NAME: module for module in (pubmed_xml, jats, tei, dblp_xml, acl_xml)}
SAMPLES = {
    "pubmed.xml": pubmed_xml.NAME,
    "jats.nxml": jats.NAME,
    "grobid.tei.xml": tei.NAME,
    "dblp.xml": dblp_xml.NAME,
    "dblp_search.xml": dblp_xml.NAME,
    "acl.xml": acl_xml.NAME,
}
# What breaks parsers, put together at random.
PIECES = [
    "<?xml version='1.0'?>", "<!DOCTYPE dblp SYSTEM 'dblp.dtd'>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&", "&uuml;", "&#0;",
    "&x;", "\x00", "\ud800", "\ufffe", "'", '"', ">", "/>", "<", "</", "x", " ", "\n", "<dblp>", "<article key='k'>", "</article>",
    "<title>", "</title>", "<author>", "</author>", "<www/>", "<PubmedArticle>", "</PubmedArticle>", "<article-meta>", "</article-meta>",
    "<front>", "</front>", "<sub-article>", "<teiHeader>", "</teiHeader>", "<TEI>", "<biblStruct>", "</biblStruct>", "<volume id='1'>",
    "<collection id='P19'>", "<meta>", "</meta>", "<paper id='1'>", "</paper>", "<info>", "</info>", "<mml:math>", "</mml:math>",
    "<a:paper b:c='d'>", "</a:paper>", "<paper xmlns='u'>", "<sourceDesc>", "<fileDesc>", "<!ENTITY", "<contrib/>", "<author/>",
]  # fmt: skip


def told(text: str, *records: str, around: tuple[str, ...] = ()) -> list[str]:
    """Cuts and notices, shortly."""
    return [
        f"{found.location.line} {found.reason}"
        if isinstance(found, Notice)
        else f"{found.line} {found.name} {''.join(map(str, found.element.itertext()))}"
        for found in cuts(Source("a.xml", "", text), records, around)
    ]


@pytest.mark.parametrize("path", sorted(path.name for path in DATA.iterdir() if path.is_file()))
def test_each_sample_is_taken_for_what_it_is(path: str) -> None:
    try:
        head = open_source(DATA / path, path).head
    except ReadError:
        pytest.skip("no text")
    taken = [name for name, module in FORMATS.items() if module.sniff(head)]
    assert taken == ([SAMPLES[path]] if path in SAMPLES else [])
    if path in SAMPLES:
        assert not bibtex.sniff(head) and not markdown.sniff(head) and not jsonl.sniff(head)


@pytest.mark.parametrize(
    "text",
    [
        "<html><head></head><body><article><p>Text</p></article></body></html>",
        "<rss><channel><item><title>T</title></item></channel></rss>",
        "<project><modelVersion>4.0.0</modelVersion></project>",
        "<TEI><teiHeader><fileDesc><titleStmt><title>A play</title></titleStmt></fileDesc></teiHeader></TEI>",
        "<result><hits><hit/></hits></result>",
        "# Notes on <article-meta> and <dblp>",
    ],
)
def test_other_xml_is_left_alone(text: str) -> None:
    assert [name for name, module in FORMATS.items() if module.sniff(text)] == []
    # The first format of a file's ending is what files without any known format are read by.
    assert list(pubmed_xml.read(Source("a.xml", "", text))) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_is_cut_short_is_read_as_far_as_it_goes(name: str) -> None:
    source = open_source(DATA / name, name)
    cut = source.text[
        : source.text.rindex(
            "Not read"
            if name == "grobid.tei.xml"
            else "<title"
            if "<title" in source.text
            else "<ArticleTitle"
            if "<ArticleTitle" in source.text
            else "<article-title"
        )
    ]
    whole, part = (list(FORMATS[SAMPLES[name]].read(Source(name, "", text))) for text in (source.text, cut))
    drafts = [record for record in part if isinstance(record, Draft)]
    assert drafts == [record for record in whole if isinstance(record, Draft)][: len(drafts)]
    if name in ("dblp.xml", "acl.xml"):
        assert any(
            isinstance(record, Notice) and "is not closed; the file may be cut short" in record.reason
            for record in part
        )


def test_a_broken_record_costs_itself_alone() -> None:
    text = "<s>\n<r>one</r>\n<r>AT&T <b></r>\n<r>three</r>\n<r>four\n<r>five</r></s>"
    found = told(text, "r")
    assert found[0] == "2 r one" and found[2] == "4 r three" and found[4] == "6 r five"
    assert found[1].startswith("3 <r> is not well-formed XML (")
    assert found[3] == "5 <r> is not closed before the next record"


def test_lines_are_exact_where_libxml2_stops_counting() -> None:
    assert told("<s>" + "\n" * 70_000 + "<r>far</r></s>", "r") == ["70001 r far"]


def test_comments_instructions_and_cdata_hold_no_records() -> None:
    text = "<s><!-- <r>no</r> --><?x <r>no</r> ?><![CDATA[<r>no</r>]]><r a='>'><![CDATA[<r>in</r>]]></r></s>"
    assert told(text, "r") == ["1 r <r>in</r>"]


def test_attributes_with_brackets_and_empty_records_are_understood() -> None:
    text = """<s><v id="a>b"/><r/><r x='/>'>one</r></s>"""
    found = list(cuts(Source("a.xml", "", text), ("r",), ("v",)))
    assert [(cut.name, dict(cut.element.attrib)) for cut in found if isinstance(cut, Cut)] == [
        ("v", {"id": "a>b"}),
        ("r", {}),
        ("r", {"x": "/>"}),
    ]


def test_prefixes_and_namespaces_make_no_difference() -> None:
    text = "<x:s xmlns:x='u'><x:r xlink:href='h'><x:t>one</x:t></x:r><r xmlns='u'><t>two</t></r></x:s>"
    found = [cut.element for cut in cuts(Source("a.xml", "", text), ("r",)) if isinstance(cut, Cut)]
    assert [(element.findtext("t"), element.get("href")) for element in found] == [
        ("one", "h"),
        ("two", None),
    ]


def test_characters_are_known_by_their_names_and_unknown_names_stay() -> None:
    assert told("<r>J&ouml;rg &amp; &lt;x&gt; &eacute;&LT; &nosuch; &#252;</r>", "r") == [
        "1 r Jörg & <x> é< &nosuch; ü"
    ]


def test_characters_that_xml_forbids_go_and_are_told() -> None:
    assert told("<r>a\x00b</r>", "r") == ["1 1 character removed that XML cannot hold", "1 r ab"]


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE s [\n<!ENTITY a "aaaaaaaaaa">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">\n]>\n<s><r>&b;</r></s>'
LEAK = '<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p; <!ENTITY x SYSTEM "file:///etc/hostname">]><s><r>&x;</r></s>'


@pytest.mark.parametrize(("text", "line"), [(BOMB, 3), (LEAK, 1)])
def test_a_file_that_declares_entities_is_refused(text: str, line: int) -> None:
    assert told(text, "r") == [
        f"{line} declares entities of its own (<!ENTITY ...>); take them out and run again"
    ]


def test_a_document_type_within_a_document_never_takes_effect() -> None:
    (found,) = told('<s><r><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>&x;</r></s>', "r")
    assert found.startswith("1 <r> is not well-formed XML")
    assert told('<s/><!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', "r") == ["1 r &x;"]
    assert told("<r><![CDATA[<!DOCTYPE r [<!ENTITY x 'y'>]>]]></r>", "r") == [
        "1 r <!DOCTYPE r [<!ENTITY x 'y'>]>"
    ]


def test_the_root_is_found_behind_all_that_may_stand_before_it() -> None:
    prolog = "\n<?xml version='1.0'?><!-- <a> --><?xml-stylesheet href='x'?><!DOCTYPE a:r PUBLIC \"-//X//EN\" 'x.dtd' [<!ELEMENT r ANY>]>\n"
    assert root_name(f"{prolog}<a:r>") == "r"
    assert root_name("text <r>") == root_name("<!-- <r>") == root_name("") == ""


HOSTILE = {
    "comments": "<dblp>" + "<!--" * 200_000,
    "comments in a comment": "<!--" * 20_000,
    "cdata": "<dblp>" + "<![CDATA[" * 100_000,
    "open records": "<paper>" * 100_000,
    "open tags": "<paper " * 100_000,
    "quotes": "<paper a='" * 100_000,
    "depth": "<dblp><article>" + "<b>" * 200_000 + "</article></dblp>",
    "attributes": "<dblp><article " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/></dblp>",
    "prefixes": "<dblp><article>" + "".join(f"<p{n}:a/>" for n in range(30_000)) + "</article></dblp>",
    "blanks": "<dblp>" + " " * 1_000_000 + "<article" + " " * 1_000_000,
    "references": "<dblp><article>" + "&a" * 300_000 + "</article></dblp>",
    "types": "<!DOCTYPE" * 100_000,
    "entities": "<!DOCTYPE a [" + "<!ENTITY" * 100_000,
    "text": "<article><front><article-meta><title-group><article-title>" + "a<sup>b</sup> " * 50_000 + "</article-title></title-group></article-meta></front></article>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_text_made_to_be_slow_is_read_to_its_end(name: str) -> None:
    source = Source("a.xml", "", HOSTILE[name])
    begun = time.perf_counter()
    for module in FORMATS.values():
        module.sniff(source.head)
        assert all(isinstance(record, Draft | Notice) for record in module.read(source))
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@example("<article><front><article-meta>")
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_fault(format: str, text: str) -> None:
    module = FORMATS[format]
    assert module.sniff(text) in (True, False)
    for record in module.read(Source("a.xml", "", text)):
        assert isinstance(record, Draft | Notice)
        line = record.location.line if isinstance(record, Notice) else record.line
        assert 1 <= line <= text.count("\n") + 1
        assert isinstance(record, Draft) or record.severity in set(Severity)
