"""What mark-up becomes, on slices of real titles and abstracts."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.formulas import rendered
from kg.read.markup import without_markup, without_rider
from kg.read.tags import mathematics

from .independent import printed_papers, reads_as_printed

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
NAMESPACES = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("We introduce $k$-nearest-neighbor machine translation ($k$NN-MT)", "We introduce k-nearest-neighbor machine translation (kNN-MT)"),
        (r"an $\ell_2$ norm regularized convex program", "an ℓ2 norm regularized convex program"),
        (r"$\ell_p$-ball", "ℓ_p-ball"),
        (r"with 10$\times$ less training epochs", "with 10× less training epochs"),
        (r"we achieve $49.7\%$ inference FLOPs", "we achieve 49.7% inference FLOPs"),
        (r"called $\textit{Nasty Teacher}$:", "called Nasty Teacher:"),
        (r"found at: $\url{https://github.com/VITA-Group/Nasty-Teacher}$.", "found at: https://github.com/VITA-Group/Nasty-Teacher."),
        (r"the unit sphere $\mathbb{S}^{n_0-1}$", "the unit sphere S^(n0-1)"),
        (r"up to $N (\in \mathbb{N})$  preceding", "up to N (∈ ℕ)  preceding"),
        (r"a risk bound of $\tilde{O}(\frac{dk}{n_1T} + \frac{k}{n_2})$", "a risk bound of Õ(dk/n1T + k/n2)"),
        (r"the discriminator $p_{\theta} ( y\mid \mathbf{x} )$", "the discriminator p_θ ( y | x )"),
        (r"width $n \geq L\,\mathrm{poly}(d_0)$", "width n ≥ L poly(d0)"),
        ("with $ L $ layers", "with L layers"),
        (r"a rate \(\cO(\sqrt{K})\), where \(K\){is} the number", "a rate O(√(K)), where K is the number"),
    ],
)  # fmt: skip
def test_formulas_become_unicode(printed: str, read: str) -> None:
    assert without_markup(printed) == read


@pytest.mark.parametrize(
    "text",
    [
        "from $5 million to $10 million",
        "costs $3-$5 or US$ 27 billion, 3$ per month and 4$ a year",
        "GPU cards (~2000$) and reliable power; cheaper (~20$) and low-power devices",
        "More than US$ 27 billion is estimated",
        "18.24% SPL for the VLN$$BERT. Our VLN$$BERT agents",
    ],
)
def test_money_stays(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (r"tasks can be \emph{pooled} together", "tasks can be pooled together"),
        (r"deriving {\it four} provable", "deriving four provable"),
        (r"\textbf{S}kew \textbf{O}rthogonal", "Skew Orthogonal"),
        (r"called AdaGCN~(Adaboosting Graph", "called AdaGCN (Adaboosting Graph"),
        (r"approach AdaGCN~\footnote{Code is available at \url{https://github.com/datake/AdaGCN}.}.", "approach AdaGCN (Code is available at https://github.com/datake/AdaGCN)."),
        (r"may be found  \href{https://github.com/ppope/dimensions}{here}.", "may be found  here (https://github.com/ppope/dimensions)."),
        ("in ``black boxes'' (e.g.", "in “black boxes” (e.g."),
        ("both ``from scratch\" and", "both \"from scratch\" and"),
        (r"\textquotedblleft better bias.\textquotedblright\  However", "“better bias.”  However"),
        (r"Gr\"{o}wall, R\'enyi, Lov\'asz, na\"ive, M{\'e}sz{\'a}ros, {\L}ojasiewicz, Schr{ö}dinger", "Gröwall, Rényi, Lovász, naïve, Mészáros, Łojasiewicz, Schrödinger"),
        (r"to rank \wrt~different widths, \ie~more", "to rank w.r.t. different widths, i.e. more"),
        (r"work by \citet{cohen2021gradient}", "work by [cohen2021gradient]"),
        (r"(\textbf{Fed}erated \algname{NL}), \PLOT{} and \ours, too", "(Federated NL), PLOT and ours, too"),
        (r"O(\log^*(n)) for \epsilon \in (0,1)", "O(log^*(n)) for ε ∈ (0,1)"),
        ("is a new{asynchronous RED (Async-RED)} algorithm", "is a new asynchronous RED (Async-RED) algorithm"),
        (r"don\'t say \"open\"", "don't say \"open\""),
    ],
)  # fmt: skip
def test_latex_of_running_text_goes(printed: str, read: str) -> None:
    assert without_markup(printed) == read


@pytest.mark.parametrize(
    "text",
    [
        "e.g., CIFAR-{10, 100}, ImageNet",
        "the domain {1, . . . , n} and {+1, −1}",
        "improved by 2~3% and 2X~5X, about ~50 times, 10 ~ 20",
        "http://vision.cs.stonybrook.edu/~supreeth/BodyHands/",
        r"the pattern \d+ in C:\data\new",
        "a gap -- and a dash --- stay",
        "AT&T sees 3 < 4, <unk> and <head, relation, tail>",
        "x <y and y> z; p<0.05",
    ],
)
def test_what_only_looks_like_mark_up_stays(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (f"more than 10\n<sup {NAMESPACES}>6</sup>\n points", "more than 10⁶ points"),
        (f"compat-ibility (SC\n<sup {NAMESPACES}>2</sup>\n) measure", "compat-ibility (SC²) measure"),
        (f"ranks 2\n<sup {NAMESPACES}>nd</sup>\n on EPE", "ranks 2nd on EPE"),
        (f"We devise H\n<inf {NAMESPACES}>SSN</inf>\n, a general", "We devise HSSN, a general"),
        (rf"conditional \n<tex {NAMESPACES}>$\pi$</tex>\n-GAN".replace(r"\n", "\n"), "conditional π-GAN"),
        (f"of all.\n<sup {NAMESPACES}>1</sup>\n<sup {NAMESPACES}>1</sup>\nCode: https://a.org", "of all.\nCode: https://a.org"),
        ("<jats:p>One.</jats:p><jats:p>Two &amp; <jats:italic>three</jats:italic>.</jats:p>", "One.\nTwo & three."),
        ("<inline-formula><tex-math notation=\"LaTeX\">$k$</tex-math></inline-formula>-means", "k-means"),
        (r"<alternatives><tex-math>\ell_1</tex-math><mml:math><mml:mi>l</mml:mi></mml:math></alternatives> loss", "ℓ1 loss"),
        ("&lt;b&gt;Bold&lt;/b&gt; &#x2013; caf&eacute;", "Bold – café"),
    ],
)  # fmt: skip
def test_tags_go_and_what_they_enclose_stays(printed: str, read: str) -> None:
    assert without_markup(printed) == read


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<math><msup><mi>O</mi><mn>2</mn></msup></math>", "O²"),
        ("<mml:math><mml:msubsup><mml:mi>x</mml:mi><mml:mi>i</mml:mi><mml:mo>*</mml:mo></mml:msubsup></mml:math>", "x_i*"),
        ("<math><msqrt><mi>n</mi></msqrt><mo>&lt;</mo><mi>k</mi></math>", "√(n)<k"),
        ("<math><semantics><mi>k</mi><annotation>k</annotation></semantics></math>", "k"),
        ("<math><mrow><mi>never", "never"),
    ],
)  # fmt: skip
def test_mathml_stands_on_one_line(element: str, text: str) -> None:
    assert mathematics(element) == text


@pytest.mark.parametrize("rider", ["(Student Abstract)", "(Extended Abstract)", "[Industry Track]", "(Applied Data Science Track)", "(Demo Paper)", "[Oral]"])  # fmt: skip
def test_a_rider_leaves_the_title(rider: str) -> None:
    assert without_rider(f"A Convergent Method {rider}") == "A Convergent Method"


@pytest.mark.parametrize(
    "title",
    [
        "Risk Extrapolation (REx)",
        "Keep It Simple (With a Catch)",
        "Reading and Acting while Blindfolded (in Stochastic Convex Optimization)",
        "On Tracking (and Losing Track)",
        "(Extended Abstract)",
        "Extended Abstract",
    ],
)
def test_what_belongs_to_the_title_stays(title: str) -> None:
    assert without_rider(title) == title


def test_a_formula_that_would_lose_something_stays_as_printed() -> None:
    text = r"the matrix $\begin{pmatrix} a & b \end{pmatrix}$ of"
    assert without_markup(text) == text
    assert rendered(r"\begin{pmatrix} a & b \end{pmatrix}") is None


def test_no_letter_of_the_seed_abstracts_is_lost_and_no_mark_up_is_left() -> None:
    for paper, printed in printed_papers(SEEDS.read_text(encoding="utf-8")).items():
        read = without_markup(printed.abstract)
        assert reads_as_printed(read, printed.abstract), paper
        assert not re.search(r"\\[a-zA-Z]|\$|``", read), paper
        assert without_markup(read) == read, f"{paper} is not stable"


@given(st.text(alphabet=st.sampled_from(list("ab1 \n.,^_~$\\{}<>/&;`'\"()[]emph\ufdd0\ufdd1")), max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    without_markup(text)


@pytest.mark.parametrize(
    "piece",
    [r"\emph{", "$x ", r"\(", "<b>", "<!--", "<math><msup>", "$^{", "``", r"\frac{", "_{", "{a b ", "<alternatives>", "&lt;", "~ "],
)  # fmt: skip
def test_hostile_repetition_ends(piece: str) -> None:
    started = time.process_time()
    without_markup(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 60
