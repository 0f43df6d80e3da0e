"""The close of a document: signer with position and competence, recipients, and where the close begins.

Recipients stand left, the signature right; plain text gives one after the other or both on a line. A line is cut where
the words of a signature begin. Of several closes the first counts: annexes bring forms with closes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from pipeline.data import Document
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.lexicon.posts import POSTS
from pipeline.lexicon.syllables import is_syllable
from pipeline.normalize.agencies import starts_body
from pipeline.normalize.body_names import write_out
from pipeline.normalize.people import has_family_name, mend_name, name_score, parse_name, strip_titles
from pipeline.recognize.found import Found
from pipeline.recognize.recipients import KEPT_RE, NOI_NHAN_RE, find_recipients
from pipeline.recognize.rows import Row, confidence_of, rows_of, spans_of
from pipeline.record import Signer


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """What the close says; None where it does not."""

    signer: Found[Signer] | None = None
    recipients: tuple[Found[str], ...] = ()
    start: int | None = None  # offset where it begins


_COMPETENCE_RE = cased(
    r"(?<![\w./-])(?P<sign>TM|T/M|T\.M|KT|K/T|K\.T|TL|T/L|T\.L|TUQ|T/UQ|T\.UQ|TU\.Q|TƯQ|Q|TM\.KT)\s*"
    r"(?:[.:][.,:]?|,(?=\s*[[:upper:]]{2,}\s+[[:upper:]])|/\s|(?<=[/.].)\s|(?<=UQ)\s|\s(?=[A-ZĐ]{2,}\s))\s*"
    r"(?=[[:upper:]])"
)
_POST = (
    r"(?:pho\s+)?(?:tong\s+)?(?:(?<!doan\s)chu\s*t[il1]ch|giam\s*doc|bi\s*thu|truong\s*(?:ban|phong|doan|khoa|tram|tieu\s*ban)|"
    r"chanh\s*(?:van\s*phong|thanh\s*tra|an)|hieu\s*truong|(?:chi\s*)?cuc\s*truong|vu\s*truong|bo\s*truong|thu\s*truong|"
    r"thu\s*tuong|chu\s*nhiem|vien\s*truong|chi\s*huy\s*(?:truong|pho)|chinh\s*(?:uy|tri\s*vien)|tham\s*muu\s*truong|tu\s*lenh|"
    r"hat\s*truong|doi\s*truong|tong\s*bien\s*tap|uy\s*vien|thu\s*ky|dai\s*dien|ke\s*toan\s*truong|to\s*truong|"
    r"(?:cum|khoi|don|(?:(?:trung|lu|su)\s*)?doan)\s*truong|(?:cum|khoi|vien|to|hieu)\s*pho|truong\s*(?:cum|khoi|bo\s*mon|dai\s*dien)|"
    r"xa\s*doi\s*truong|tong\s*thanh\s*tra|tong\s*thu\s*ky|chanh\s*toa|truong\s*cong\s*an|truong\s*ban|truong\s*thue(?:\s*(?:tinh|thanh\s*pho|co\s*so))?|thong\s*doc|kiem\s*toan\s*(?:truong|nha\s*nuoc)|truong\s*(?:thon|ap|khom|buon|lang|khu\s*pho))"
)
_POST_RE = re.compile(rf"(?<![a-z])(?:quyen\s+|p\s*\.\s*)?{_POST}(?![a-z])")
_POST_LINE_RE = re.compile(rf"^\W*(?:(?:q|p)\s*\.\s*|quyen\s+)?{_POST}\b")
_WHOLE_POST_RE = re.compile(rf"^(?:(?:q|p)\s*\.\s*|quyen\s+)?{_POST}$")
_SIGNED_MARK_RE = re.compile(
    r"^\W*\(?\s*(?:da\s*ky|ky\s*ten|ky\s*,|ky\s*va|chu\s*ky|ky\s*boi|ky\s*dien\s*tu|ky,?\s*ghi)"
)
_NEXT_DOCUMENT_RE = re.compile(
    r"^\W*(?:phu\s*luc|bieu\s*mau|mau\s*(?:so|bieu|\d)|danh\s*sach|de\s*cuong|bieu\s*so)\b|x\S{1,2}\s*h\S{1,3}\s*chu\s*nghia"
)
_ANNEX_RE = re.compile(r"phu\s*luc|kem\s*theo|kinh\s*gui|danh\s*(?:muc|sach)|^\W*mau\s*\d")
# A form that follows on the same page: its title, whom it goes to, its own list of recipients, who is to sign it.
_FORM_RE = re.compile(
    r"^[^\w(]*(?:to\s*trinh|bien\s*ban|don\s*(?:de\s*nghi|dang\s*ky)|phieu\s+[a-z]+|giay\s*(?:dang\s*ky|xac\s*nhan)|"
    r"bao\s*cao(?:\s*thanh\s*tich)?|ban\s*(?:dang\s*ky|thanh\s*tich))\W*$|^\W*kinh\s*gui\s*:|"
    r"^\W*nguoi\s+(?:dung\s*dau|lap|bao\s*cao|de\s*nghi|dang\s*ky|viet|khai)(?![a-z])|^\W*xac\s*nhan\s*cua(?![a-z])|"
    r"^\W*(?:ten\s+)?(?:don\s*vi|to\s*chuc|co\s*quan)[^.:]{0,30}[:.]?\s*[.…_]{4,}"
)


def find_close(document: Document) -> CloseFacts:
    """Return signer, recipients and start of the close of *document*."""
    rows = list(rows_of(document))
    anchor = _anchor(rows)
    damaged = document.condition == "garbled"
    if anchor is None:
        return CloseFacts(signer=_lone_name(rows, damaged))
    first, last = _window(rows, anchor)
    block: list[Row] = []
    left: list[Row] = []
    for row in (line for whole in rows[first:last] for line in run_together(whole)):
        if row.zone == "table" and row.confidence is not None and row.confidence < _READABLE:
            continue  # a seal that was taken for a table
        if row.zone == "header_right":  # two columns at the top of a last page
            block.append(row)
            continue
        parts = row.columns()
        if len(parts) == 2 and _signs(parts[1]):
            a, b = cut(parts[0])
            left += [part for part in (a,) if part is not None]
            block += [part for part in (b, parts[1]) if part is not None]
            continue
        if len(parts) == 2 and row.zone != "signature":
            row = parts[0]  # what a seal left of the right column
        a, b = cut(row)
        if a is not None:
            left.append(a)
        if b is not None:
            block.append(b)
    recipients, used = find_recipients(left)
    taken = {row.start for row in used}
    pool = sorted([*block, *(row for row in left if row.start not in taken)], key=lambda row: row.start)
    signer = _with_whole_post(find_signer(_one_column(pool), damaged), rows)
    starts = [row.start for row in used] + ([signer.spans[0][0]] if signer else []) + [rows[anchor].start]
    competences = [row.start for row in block if _COMPETENCE_RE.match(row.text)]
    return CloseFacts(signer, recipients, min(starts + competences))


def _with_whole_post(signer: Found[Signer] | None, rows: Sequence[Row]) -> Found[Signer] | None:
    """Complete a post under a seal by the line under the title: "BỘ TRƯỞNG, CHỦ NHIỆM ..." for "CHỦ NHIỆM"."""
    position = signer.value.position if signer else None
    if signer is None or position is None or rows[0].confidence is None:
        return signer
    for row in rows[:60]:
        if not row.shouted or _POST_LINE_RE.match(row.folded) is None:
            continue
        post, comma, _ = position_of(row.text).partition(f", {position}")
        if comma:
            whole = signer.value.model_copy(update={"position": f"{post}, {position}"})
            return Found(whole, signer.spans, signer.confidence * 0.9, signer.method)
    return signer


_CLEAR = 0.85  # a row beside a seal is read worse than this
_READABLE = 0.6  # under this confidence a row is a seal or a pen stroke; see bench/real_headers.py


def _signs(row: Row) -> bool:
    """Tell whether a part of a row at the right belongs to a signature."""
    return bool(
        _COMPETENCE_RE.match(row.text) or row.shouted or nearest_post(row.folded) or name_score(row.text) >= 0.65
    )


def _one_column(block: list[Row]) -> list[Row]:
    """Of two signatures side by side keep the right one: there signs the body that drew the document up."""
    centers = [(row.bbox[0] + row.bbox[2]) / 2 / row.width if row.bbox and row.width else None for row in block]
    names = [c for c, row in zip(centers, block, strict=True) if c is not None and name_score(row.text) >= 0.65]
    if len(names) < 2 or max(names) - min(names) < 0.25:
        return block
    middle = (max(names) + min(names)) / 2
    return [row for c, row in zip(centers, block, strict=True) if c is None or c >= middle]


_BULLETED_RE = re.compile(r"\+")  # a narrow list of the body was taken for recipients; theirs begin with "-"


def _anchor(rows: Sequence[Row]) -> int | None:
    """The row of "Nơi nhận"; without one, the first signature below the middle of the text."""
    for i, row in enumerate(rows):
        if NOI_NHAN_RE.search(row.folded):
            return i
    total = rows[-1].end if rows else 0
    for i, row in enumerate(rows):
        if row.start > 0.3 * total and KEPT_RE.match(row.folded) and row.text[:1] in "-–—•+*LI":
            return i
    for i, row in enumerate(rows):
        if row.zone in ("recipients", "signature") and row.start > 0.2 * total and not _BULLETED_RE.match(row.text):
            return i
        if (
            (row.start > 0.3 * total or row.page > rows[0].page)
            and row.shouted
            and (_COMPETENCE_RE.match(row.text) or (_POST_LINE_RE.match(row.folded) and len(row.text) < 60))
        ):
            return i
    return None


def _window(rows: Sequence[Row], anchor: int) -> tuple[int, int]:
    """Rows that may belong to the close: a signature before the recipients, up to what the annexes begin with."""
    first = anchor
    while first > max(0, anchor - 14) and _may_sign(rows[first - 1]):
        first -= 1
    last = anchor + 1
    while last < min(len(rows), anchor + 60) and not _next_document(rows[last], rows[anchor]):
        last += 1
    return first, last


def _next_document(row: Row, anchor: Row) -> bool:
    """Tell whether *row* begins what follows the close: an annex, a form, a list."""
    if _NEXT_DOCUMENT_RE.search(row.folded) or _FORM_RE.search(row.folded):
        return True
    if NOI_NHAN_RE.search(row.folded) and NOI_NHAN_RE.search(anchor.folded):
        return True
    if row.page == anchor.page:
        return row.zone == "table" and row.confidence is None
    return row.page > anchor.page + 1 or row.zone in ("title", "table") or _ANNEX_RE.search(row.folded) is not None


def _may_sign(row: Row) -> bool:
    """A row of a signature that precedes the recipients: capitals, a name or the zone."""
    if row.zone == "signature":
        return True
    parts = row.columns()
    if len(parts) == 2:
        return all(_may_sign(part) for part in parts)
    if row.text.endswith((";", "/.", "./")) or len(row.text) > 60:
        return False
    if row.zone == "table" and row.confidence is not None:
        return row.confidence < _READABLE
    if _SIGNED_MARK_RE.match(row.folded):
        return True
    return row.shouted or name_score(strip_titles(row.text)) >= 0.65


_NAME_TAIL_RE = cased(r"[.;]\s{2,}(?P<name>[[:upper:]]\w*(?:\s[[:upper:]]\w*){1,4})$|\t+(?P<cell>[^\t]+)$")


# Where the next line of the left column begins: behind the end of an item, what a seal left beside it, or a signature
_ITEM = r"(?=[-–—~]\s?(?:[[:upper:]][[:lower:]]|(?:UBND|HĐND|TT|BTT|BTV|BCH|MTTQ|UBMTTQ|HĐQT|LĐLĐ|BCĐ|CT|VP)[\s.,]))"
_NEXT_ITEM_RE = cased(rf"[;)](?:\s[^\s;]{{1,6}}){{0,2}}\s+{_ITEM}")
_FIRST_ITEM_RE = cased(rf"[[:upper:]]{{2}}[;:.,]?\s+{_ITEM}")


def run_together(row: Row) -> list[Row]:
    """Part a line of a text without boxes into those that were printed: "Nơi nhận: TM. ... - Như trên; - Lưu: VT."."""
    opens = NOI_NHAN_RE.search(row.folded)
    if row.words or not (opens or row.text[:1] in "-–—~"):
        return [row]
    found = [match.end() for match in _NEXT_ITEM_RE.finditer(row.text)]
    if opens and (first := _FIRST_ITEM_RE.search(row.text, opens.end())):
        found = sorted({first.end(), *found})
    return [part for low, high in pairwise([0, *found, len(row.text)]) if (part := row.part(low, high)) is not None]


_LAST_NAME_RE = cased(r"[.;]\s(?P<name>[[:upper:]]\w*(?:\s[[:upper:]][\w']*){1,4})$")
_LISTED_RE = re.compile(r"\s*[-–—]\s+(?=[^\W\d_]{2})")


def cut(row: Row) -> tuple[Row | None, Row | None]:
    """Part a row into what belongs to the recipients and what to the signature."""
    if row.zone == "signature":
        # recipients below two signatures are taken for a part of the left one
        listed = NOI_NHAN_RE.search(row.folded) or _LISTED_RE.match(row.text)
        return (row, None) if listed else (None, row)
    if lost := _LOST_KT_RE.match(row.text):
        return None, row.part(lost.start("kt"), len(row.text))
    match = _COMPETENCE_RE.search(row.text)
    opens = NOI_NHAN_RE.search(row.folded)
    rest = row.part(opens.end(), len(row.text)) if opens else None
    if match is None and opens and rest and rest.shouted and _LOST_TM_RE.match(rest.folded):
        return row.part(0, opens.end()), rest
    if match is None:
        for post in _POST_RE.finditer(row.folded):
            tail = row.text[post.start() :]
            letters = [char for char in tail if char.isalpha()]
            if letters and sum(char.isupper() for char in letters) >= 0.8 * len(letters):  # "PHÓ Bí THƯ"
                match = post
                break
    if match is not None:
        if match.start() == 0:
            return None, row
        return row.part(0, match.start()), row.part(match.start(), len(row.text))
    if row.zone == "recipients":
        return row, None
    # a name in title case behind an item of the list: "- Lưu: VT.   Trần Văn Nam"
    if tail_match := _NAME_TAIL_RE.search(row.text) or (KEPT_RE.match(row.folded) and _LAST_NAME_RE.search(row.text)):
        group = "name" if tail_match.groupdict().get("name") else "cell"
        if name_score(tail_match[group]) >= 0.7:
            return row.part(0, tail_match.start(group)), row.part(tail_match.start(group), len(row.text))
    return row, None


_LETTERS_RE = re.compile(r"[^a-z]")


@cache
def _post_keys() -> dict[str, str]:
    """Full posts by their letters, as a damaged line is compared with."""
    posts = [post for key, post in POSTS.items() if key not in ("pho", "quyen", "kiem", "thuong truc", "hoi dong")]
    posts += [f"Phó {post}" for post in posts]
    return {_LETTERS_RE.sub("", fold(post)): post for post in posts if len(post) > 7}


@cache
def nearest_post(folded: str) -> str | None:
    """Return the post that a damaged line in capitals most likely names.

    >>> nearest_post("pho chu tici"), nearest_post("zehu tuong"), nearest_post("nguyen van hung")
    ('Phó Chủ tịch', 'Thủ tướng', None)
    """
    letters = _LETTERS_RE.sub("", folded)
    if not 6 <= len(letters) <= 24:
        return None
    scores = {key: SequenceMatcher(None, letters, key, autojunk=False).ratio() for key in _post_keys()}
    best = max(scores, key=lambda key: scores[key])
    return _post_keys()[best] if scores[best] >= (0.8 if len(letters) > 7 else 0.9) else None


# "KT." added by pen in front of the post: its K comes back as anything
_LOST_KT_RE = cased(r"^\W{0,3}(?P<kt>[KkHXR#£€&+]?T\s*[.,]\s*(?=[A-ZĐ]{3,}\s[[:upper:]]{3}))")


# "TM." under a seal, before a body that only ever signs so: "Em, BAN THƯỜNG VỤ", "T™. UBND", "AN THƯỜNG VỤ"
_LOST_TM_RE = re.compile(
    r"^\W{0,4}(?:\S{1,4}[\s.,&]\s*)?(?<![a-z])b?an\s+(?:thuong\s+(?:vu|truc)|chap\s+hanh|chi\s+dao)(?![a-z])|"
    r"^\W{0,4}[a-z]{1,2}\S?[.,&]\s*(?:uy\s+ban\s+nhan|ubnd|hdnd|hoi\s+dong)"
)
_FOR = ("KT.", "TL.", "TUQ.", "TM.")


def find_signer(rows: Sequence[Row], damaged: bool = False) -> Found[Signer] | None:
    """Return the signer that the rows of a signature block name; *damaged*: read with the wrong language."""
    competence: str | None = None
    position: str | None = None
    used: list[Row] = []
    name: str | None = None
    best = 0.0  # how surely `name` is one
    held: str | None = None  # the post that a KT. line names: the absent superior's
    for read in rows:
        if _SIGNED_MARK_RE.match(read.folded):
            continue
        specks = len(read.text) - len(read.text.lstrip("—–_.'\"“”‘’ "))  # "—_KT. BỘ TRƯỞNG": what a seal leaves
        row = read.part(specks, len(read.text)) or read
        if match := _COMPETENCE_RE.match(row.text) or _LOST_KT_RE.match(row.text):
            if name is not None:
                break
            sign = "KT." if "sign" not in match.groupdict() else _sign(match["sign"])
            inner = _COMPETENCE_RE.search(row.text, match.end())  # "TM. UBND KT. CHỦ TỊCH" on one line
            while inner is not None:
                sign, match = _sign(inner["sign"]), inner
                inner = _COMPETENCE_RE.search(row.text, match.end())
            competence = sign
            rest = row.text[match.end() :]
            posts = list(_POST_RE.finditer(fold(rest)))
            held = position_of(rest) if posts else None
            if sign != "TM.":  # a post read before "TM. ..." stood beside it in the other column
                position = None
            if sign == "Q." and posts:
                position = position_of(rest)
            elif len(posts) > 1 and sign in _FOR and "," not in rest[posts[0].end() : posts[1].start()]:
                position = position_of(rest[posts[1].start() :])
            elif posts and posts[0].start() > 0 and sign == "TM.":
                position = position_of(rest[posts[0].start() :])
            used.append(row)
            continue
        if competence is None and name is None and damaged and row.shouted and _LOST_TM_RE.match(row.folded):
            competence = "TM."
            used.append(row)
            continue
        if competence == "KT." and position is None and name is None and held and _resembles(row, deputy_of(held)):
            position = position_of(row.text) if _states_deputy(row) else deputy_of(held)
            used.append(row)
            continue
        post = _post_in(row)
        if post is not None and competence == "KT." and held and not _stated(row):
            post = None  # a guess at a damaged line that contradicts what is ký thay
        if post is not None:
            if name is not None:
                break
            if competence is None and position is not None and post in (position, deputy_of(position)):
                # "GIÁM ĐỐC / PHÓ GIÁM ĐỐC": the KT. was added by hand or lost; so it is where a post stands twice
                competence, position = "KT.", deputy_of(position)
            elif position is None and competence == "KT." and held and post in (held, deputy_of(held)):
                position = deputy_of(held)
            elif position is None:
                position = post
            used.append(row)
            continue
        if position and competence is None and name is None and _resembles(row, deputy_of(position)):
            competence, position = "KT.", deputy_of(position)  # "GIÁM ĐỐC" over a damaged "PHÓ GIÁM ĐỐC"
            used.append(row)
            continue
        if row.shouted and starts_body(row.text) and not has_family_name(row.text):
            continue
        if position and name is None and row.shouted and _goes_on(used, row):
            if position == position_of(
                used[-1].text
            ):  # else the line above names a second post: "KHỐI TRƯỞNG / GIÁM ĐỐC ..."
                position = position_of(f"{used[-1].text} {row.text}")
            used.append(row)
            continue
        person = parse_name(row.text)
        if person is None or row.text.startswith("-"):
            continue
        sure = name_score(row.text) * (1.0 if row.confidence is None else row.confidence)
        if not (position or competence or row.zone == "signature") and sure < 0.8:
            continue
        if sure > best + 0.1:  # the first good one; a seal leaves words that look like names
            if name is not None:
                used.pop()
            name, best = mend_name(person) if damaged or row.confidence is not None else person, sure
            used.append(row)
    if name is None and position is None and competence is None:
        return None
    if position is None and competence in ("TM.",) and held:
        position = held
    certain = 0.95 if name and (position or competence) else 0.75
    value = Signer(full_name=name, position=position, competence=competence)
    return Found(value, spans_of(used), confidence_of(used, certain), "rule:signature")


def deputy_of(post: str) -> str:
    """Return the post that signs for *post*.

    >>> deputy_of("Chủ tịch"), deputy_of("Bộ trưởng"), deputy_of("Chánh Văn phòng")
    ('Phó Chủ tịch', 'Thứ trưởng', 'Phó Chánh Văn phòng')
    """
    for head, deputy in _DEPUTIES.items():
        if post == head or post.startswith((head + " ", head + ",")):
            return deputy
    return f"Phó {post}"


_DEPUTIES = {"Bộ trưởng, Chủ nhiệm": "Phó Chủ nhiệm", "Bộ trưởng": "Thứ trưởng", "Chỉ huy trưởng": "Phó Chỉ huy trưởng"}


def _resembles(row: Row, post: str) -> bool:
    """Tell whether a damaged line is *post*, which is the one expected there."""
    letters, expected = _LETTERS_RE.sub("", row.folded), _LETTERS_RE.sub("", fold(post))
    if not row.shouted or len(letters) < 4:
        return False
    if expected.endswith(letters):  # a seal lies on its beginning
        return True
    return SequenceMatcher(None, letters, expected, autojunk=False).ratio() >= 0.72


def _post_in(row: Row) -> str | None:
    """The post that a line of a signature names, also a damaged one."""
    if not row.shouted and row.zone != "signature":
        return position_of(row.text) if _WHOLE_POST_RE.match(row.folded) and row.text[:1].isupper() else None
    if len(row.text) < 90 and (match := _POST_LINE_RE.match(row.folded)):
        start = len(match[0]) - len(match[0].lstrip(" .,;:'\"“”-"))
        return position_of(row.text[start:])
    if match := _POST_TAIL_RE.match(row.folded):
        return position_of(row.text[match.start("post") :])
    if not row.shouted or name_score(row.text) >= 0.9:
        return None
    damaged = row.confidence is not None or not all(is_syllable(word.lower()) for word in re.findall(r"\w+", row.text))
    return nearest_post(row.folded) if damaged else None


def _states_deputy(row: Row) -> bool:
    """Tell whether a deputy's post begins the line letter by letter: "PHÓ BÍ THƯ TT" resembles "Phó Bí thư"."""
    return row.folded.startswith("pho ") and _POST_LINE_RE.match(row.folded) is not None


def _stated(row: Row) -> bool:
    """Tell whether a post stands on the line letter by letter."""
    return _POST_RE.search(row.folded) is not None


_POST_TAIL_RE = re.compile(rf"^\W*\S{{1,3}}\s*[.,]?\s*(?P<post>{_POST})\W*$")


def _goes_on(used: list[Row], row: Row) -> bool:
    """Tell whether *row* ends the post of the row before: "TRƯỞNG PHÒNG TỔ CHỨC - HÀNH / CHÍNH"."""
    last = used[-1] if used else None
    if last is None or _post_in(last) is None or name_score(row.text) >= 0.65 or len(row.text) > 40:
        return False
    clear = row.confidence is None or row.confidence >= _CLEAR
    return len(last.text.split()) > 3 and clear and row.start - last.end < 4


def _sign(text: str) -> str:
    plain = re.sub(r"[^A-Z]", "", text.upper().replace("Ư", "U"))
    return plain + "."


def position_of(text: str) -> str:
    """Return a post in its usual case.

    >>> position_of("PHÓ CHỦ TỊCH"), position_of("CHÁNH VĂN PHÒNG"), position_of("PHO GIAM DOC")
    ('Phó Chủ tịch', 'Chánh Văn phòng', 'Phó Giám đốc')
    >>> position_of("PHÓ CHỦ TỊCH UBND TỈNH")
    'Phó Chủ tịch Ủy ban nhân dân tỉnh'
    """
    text = re.sub(r"\s+\W*\d*\W*$", "", re.sub(r"^[^\w(]+", "", text)).strip(" .,;:*_-()“”\"'|[]")
    words = re.sub(r"^[Pp]\s*\.\s*(?=\w{3})", "Phó ", text).split()
    keys = [fold(word).strip(".,") for word in words]
    out: list[str] = []
    index = 0
    while index < len(words):
        for length in (4, 3, 2, 1):
            post = POSTS.get(" ".join(keys[index : index + length]))
            if post is not None and index + length <= len(words):
                comma = words[index + length - 1].endswith(",") and index + length < len(words)
                out.append(post + "," if comma else post)
                index += length
                break
        else:
            if words[index] not in ("-", "–") or index + 1 == len(words):
                break
            out.append("-")  # "PHÓ CHỦ TỊCH - TỔNG THƯ KÝ"
            index += 1
    rest = " ".join(words[index:])
    head = " ".join(out)
    if not rest:
        return head
    written = write_out(rest)
    return f"{head} {written}" if head else written


def _lone_name(rows: Sequence[Row], damaged: bool) -> Found[Signer] | None:
    """A name alone on one of the last rows, where nothing else of a close is left."""
    for row in reversed(rows[-6:]):
        if name_score(row.text) >= 0.9 and (person := parse_name(row.text)):
            person = mend_name(person) if damaged or row.confidence is not None else person
            return Found(Signer(full_name=person), ((row.start, row.end),), confidence_of([row], 0.6), "rule:last_name")
    return None
