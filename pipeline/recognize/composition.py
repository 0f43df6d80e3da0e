"""Shares of the delegates: which part is of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.lexicon.folding import anchor, anchor_re
from pipeline.normalize.ratios import ShareMatch, find_shares
from pipeline.recognize.composition_groups import Group, category_of, groups_of, run_of
from pipeline.recognize.context import Plan, speaks_of_the_past, title_of, titles_over
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_behind, level_in, stands_above
from pipeline.recognize.outline import Item
from pipeline.record import CompositionRatio, EventLevel, RatioCategory

_CONTEXT_RE = anchor_re(
    "đại biểu|thành phần|cơ cấu|số lượng|khách mời|triệu tập|người dự|người tham dự|người về dự|số người"
)
_SHARE_OF_RE = re.compile(
    anchor("điển hình|khách mời|tiêu biểu|gương|phụ nữ|nữ|dân tộc|tôn giáo|đảng viên|lao động trực tiếp|trẻ")
    + r"[^.;]{0,40}(?:chiem|dat|t[yi]\s+le|it\s+nhat|toi\s+thieu|khong\s+duoi|tro\s+len)"
    r"|(?<![a-z])t[yi]\s+le\s+(?:nay|do|tren|tuong\s+ung)(?![a-z])"
    r"|(?<![a-z])t[yi]\s+le\s+(?:dai\s*bieu\s+)?(?:la\s+)?(?:nu|phu\s+nu|dan\s+toc(?:\s+thieu\s+so)?|ton\s+giao|"
    r"dang\s+vien|tre|dien\s+hinh(?:\s+tien\s+tien)?|khach\s+moi)\s*(?::|\d|tu\s|khoang|chiem|dat|it\s+nhat|toi\s+thieu)"
)
_ASIDE_RE = anchor_re(
    "hộ nghèo|tăng trưởng|tỷ lệ giải quyết|hoàn thành chỉ tiêu|so với cùng kỳ|đạt chuẩn|tăng thêm|tăng lên|"
    "giảm còn|giảm nghèo|"
    "giảm xuống|bao phủ|kinh phí|ngân sách|đơn vị tổ chức|số phiếu|tán thành|hộ gia đình|"
    "số hộ|số thôn|gia đình văn hóa|khen thưởng trong năm|bằng khen|giấy khen|hình thức khen|"
    "tỷ lệ khen|khối lượng|tiến độ"
)


# Groups of delegates that no category of the record names.
_OTHER_RE = anchor_re(
    "ngoài đảng|người cao tuổi|khuyết tật|cựu chiến binh|trí thức|doanh nhân|doanh nghiệp|học sinh|sinh viên|"
    "lực lượng vũ trang|tái cử|chuyên trách|trình độ|văn nghệ sĩ|nghệ nhân|hợp tác xã|"
    "ngoài công lập|ngoài nhà nước|khu vực"
)
_OTHER_WHOLE_RE = re.compile(
    r"\s*(?:tro\s+len\s+)?(?:(?:tren\s+)?tong\s+so|so)\s+(?!dai\s*bieu|nguoi\s+du|thanh\s+phan|nguoi\s+tham|dai\s+dien)"
    r"(?:can\s+bo|doan\s+vien|hoi\s+vien|dang\s+vien|lao\s+dong|cong\s+nhan|dan|ho|don\s+vi|co\s+so|xa)(?![a-z])"
)
# "2.4. Tỷ lệ: ..." among what is said of a conference: every share there is one of its delegates
_LABEL_RE = re.compile(
    r"(?:\W|\d)*(?:(?:t[yi]\s+le|co\s+cau)(?:\s+(?:dai\s+bieu|thanh\s+phan|phan\s+bo))?(?:\s+dai\s+bieu)?|(?:thanh\s+phan\s+)?dai\s*bieu)\s*:"
)
_STRUCTURE_RE = re.compile(r"(?<![a-z])(?:co\s+cau|t[yi]\s+le)(?:\s+(?:thanh\s+phan\s+)?dai\s*bieu|\W*$)")
_MONEY_RE = re.compile(
    r"\s*(?:tien|chi\s+phi|kinh\s+phi|phu\s+cap|muc\s+(?:luong|chi)|gia\s|don\s+gia|von|khoi\s+luong|cong\s+viec|"
    r"(?:tro\s+len\s+)?(?:tong\s+)?so\s+(?:duoc\s+)?khen)"
)
# Congresses also elect: the make-up of a committee is none of the delegates.
_COMMITTEE_RE = re.compile(
    r"(?<![a-z])(?:(?:tham\s+gia|co\s+cau|nhan\s+su|so\s+luong)\s+(?:vao\s+|cua\s+)?"
    r"(?:ban\s+chap\s+hanh|bch|cap\s+uy|uy\s+ban|ban\s+thuong\s+vu)|"
    r"(?:ban\s+chap\s+hanh|bch|cap\s+uy|uy\s+ban)\s+(?:khoa|nhiem\s+ky)\s+moi|"
    r"nhan\s+su\s+dai\s+hoi|cong\s+tac\s+nhan\s+su)(?![a-z])"
)


_NEAR = (
    400  # characters before a share that may name its level: a sentence of thousands of shares must not take minutes
)


def find_ratios(plan: Plan) -> list[Found[CompositionRatio]]:
    """Return the shares of delegates that *plan* sets, in the order of the text."""
    ratios: dict[object, Found[CompositionRatio]] = {}
    said: list[RatioCategory] = []  # the groups of the shares so far, which a later one may be of without naming them
    for item in plan.provisions:
        if plan.aside(item) or item.zone in ("recipients", "signature"):
            continue
        if any(_COMMITTEE_RE.search(title_of(above)) for above in item.path() if above.heading):
            continue
        if _is_about_awards(item):
            continue
        for found in _ratios(plan, item, said):
            value = found.value
            # two groups that no category names may have the same share
            ratios.setdefault(value if value.category == "other" else value.model_copy(update={"text": ""}), found)
    return list(ratios.values())


_AWARDS_RE = re.compile(r"(?:\W|\d)*(?:cong\s+tac\s+|hinh\s+thuc\s+|ve\s+)?khen\s+thuong(?!\s+va\s)")


def _is_about_awards(item: Item) -> bool:
    """Tell whether *item* says who gets how many awards: the shares there are not those of the delegates."""
    headed = any(_AWARDS_RE.match(title_of(above)) for above in item.path())
    return headed and "dai bieu" not in item.passage.folded


def _ratios(plan: Plan, item: Item, said: list[RatioCategory]) -> Iterator[Found[CompositionRatio]]:
    folded = item.passage.folded
    titles = list(titles_over(item))
    labelled = bool(_LABEL_RE.match(folded)) or any(_STRUCTURE_RE.search(title) for title in titles)
    headed = labelled or any(_CONTEXT_RE.search(title) for title in titles)
    for low, high in item.passage.sentences():
        sentence = folded[low:high]
        shares = _shares(sentence)
        if not shares or speaks_of_the_past(plan, sentence) or _COMMITTEE_RE.search(sentence):
            continue
        groups = groups_of(sentence, shares)
        hosts = {category for group in groups for category in group.categories} >= {"exemplary", "guests"}
        if not (headed or hosts or _CONTEXT_RE.search(sentence) or _SHARE_OF_RE.search(sentence)):
            continue
        whole = headed and len(shares) > 1 and abs(sum(share.percent for share in shares) - 100) < 1
        counted = (
            labelled or whole or ((headed or "dai bieu" in sentence) and any(group.categories for group in groups))
        )
        silent = sentence  # without the groups, which name no level: "Bí thư chi đoàn 20%, học sinh 30%"
        about = False  # the share before was approximate
        astray = False  # the share before was one of money or of votes
        known: RatioCategory | None = None  # the group of the share before
        levels: list[EventLevel | None] = []  # of the shares before
        for index, (share, group) in enumerate(zip(shares, groups, strict=True)):
            silent = _without(silent, group)
            about = _about(sentence, shares, index, groups, about)
            start = shares[index - 1].end if index else 0
            end = shares[index + 1].start if index + 1 < len(shares) else len(sentence)
            lead, after = sentence[start : share.start], sentence[share.end : end]
            if _of_something_else(sentence, share, after, group):
                astray = True
                continue
            categories = group.categories or _as_before(sentence, shares, groups, index, said)
            in_order = _level_in_order(sentence, shares, index, plan) or _level_as_before(
                sentence, shares, index, levels
            )
            ordered = in_order is not None
            excepted = _EXCEPTED_RE.match(lead) is not None
            if not categories and known and (ordered or excepted or (not group.named and _names_level(lead, plan))):
                categories = (known,)  # "điển hình ở cấp xã chiếm 80%, ở cấp huyện chiếm 70%"
            other = counted or "dai bieu" in group.words or (headed and bool(_OTHER_RE.search(group.words)))
            if not categories and (share.percent == 100 or not group.named or not other or astray):
                continue
            counted = counted or share.percent < 100  # what follows in the sentence are shares of the same delegates
            known = categories[-1] if categories else None
            astray = False
            said += categories
            level = in_order or level_behind(sentence, share.end, plan.setting)
            level = level or _level_before(plan, item, silent[: share.start], low == 0) or plan.default
            levels.append(level)
            if stands_above(level, plan.setting.own) and _SENT_UP_RE.search(sentence[: share.start]):
                continue  # "dự Hội nghị thành phố: quận cử 30 đại biểu, nữ 40%"
            for category in categories or ("other",):
                yield Found(
                    CompositionRatio(
                        level=level,
                        category=category,
                        percent=int(share.percent) if share.percent == int(share.percent) else share.percent,
                        approximate=about,
                        text=" ".join(item.text[low + start : low + share.end].split()).strip(" ;,.("),
                    ),
                    item.passage.spans(low + share.start, low + share.end),
                    0.95 if categories else 0.7,
                    "rule:share",
                )


def _as_before(
    sentence: str, shares: Sequence[ShareMatch], groups: Sequence[Group], index: int, said: Sequence[RatioCategory]
) -> tuple[RatioCategory, ...]:
    """Return the group of a share in "Cấp huyện, tỷ lệ này là 70% và 30%": the groups are those named before."""
    first, last = run_of(sentence, shares, index)
    count = last - first + 1
    if count == 1 or any(group.named for group in groups[first : last + 1]):
        return ()
    before = said[-count:]  # of the second share in the run the first is already among them: they go round
    return (before[0],) if len(set(before)) == count else ()


_EXCEPTED_RE = re.compile(r"[^\w(]*\(?\s*rieng\s")  # "dân tộc thiểu số 10% (riêng các huyện miền núi 30%)"
_MARK_RE = re.compile(r"(?<![a-z])(?:cap|hoi\s*nghi|dai\s*hoi|o|tai|doi\s+voi)(?![a-z])")


def _without(sentence: str, group: Group) -> str:
    """Return *sentence* with the words of a *group* blank, unless they say where it holds ("nữ ở cấp xã")."""
    words = group.words.strip()
    if not words or not group.named or _MARK_RE.search(words):
        return sentence
    return sentence.replace(words, " " * len(words), 1)


def _level_before(plan: Plan, item: Item, before: str, first: bool) -> EventLevel | None:
    """Return the level that the words *before* a share name, or else a heading; *first*: they begin the item."""
    near = _THEIRS_RE.sub(" ", before[-_NEAR:])
    if first and item.parent is not None and re.fullmatch(r"[\W\d]*", near):
        return plan.level_of(item.parent)  # "- Doanh nghiệp: 20%": a label that is the group itself names no level
    return plan.level_of(item, near)


# "lãnh đạo các cấp" and "cán bộ cấp cơ sở" come to every conference
_THEIRS_RE = re.compile(
    r"(?<![a-z])(?:lanh\s+dao|dai\s+dien|can\s+bo|chi\s+huy|cong\s+chuc)\s[^;:.,]{0,30}?(?:cac\s+cap|cap\s+(?:co\s+so|[a-z]+))|"
    r"(?<![a-z])tu\s+(?:cac\s+)?(?:(?:hoi\s+nghi|dai\s+hoi|cap|don\s+vi)\s+){0,2}(?:co\s+so|xa|phuong|huyen|quan|tren)(?![a-z])|"
    r"(?<![a-z])tu\s+cap\s+[a-z]+"
)


def _level_in_order(sentence: str, shares: Sequence[ShareMatch], index: int, plan: Plan) -> EventLevel | None:
    """Return the level of a share in "ở cấp xã, cấp huyện, cấp tỉnh lần lượt là 80%, 70% và 60%"."""
    first, last = run_of(sentence, shares, index)
    if first == last:
        return None
    lead = sentence[shares[first - 1].end if first else 0 : shares[first].start][-_NEAR:]
    parts = re.split(r",|(?<![a-z])va(?![a-z])", lead)
    levels = [level for part in parts if (level := level_in(part.strip(), plan.setting))]
    return levels[index - first] if len(levels) == last - first + 1 == len(set(levels)) else None


_SENT_UP_RE = re.compile(r"(?<![a-z])cu\s+(?:khong\s+qua\s+|toi\s+da\s+)?\d")
_SAME_ORDER_RE = re.compile(r"(?<![a-z])(?:tuong\s+ung|lan\s+luot)(?![a-z])")


def _level_as_before(
    sentence: str, shares: Sequence[ShareMatch], index: int, levels: Sequence[EventLevel | None]
) -> EventLevel | None:
    """Return the level of a share in "điển hình cấp xã 75%, cấp huyện 70%; khách mời tương ứng 25% và 30%"."""
    first, last = run_of(sentence, shares, index)
    count, place = last - first + 1, index - first
    lead = sentence[shares[first - 1].end if first else 0 : shares[first].start]
    before = levels[len(levels) - place - count : len(levels) - place] if len(levels) >= place + count else ()
    named = _SAME_ORDER_RE.search(lead) is not None and len(set(before)) == len(before) > 1
    return before[place] if named else None


def _of_something_else(sentence: str, share: ShareMatch, after: str, group: Group) -> bool:
    """Tell whether a share is one of votes, of money, of households, of the members there are."""
    if _VOTES_RE.match(after) or _MONEY_RE.match(after):
        return True
    if _OTHER_WHOLE_RE.match(after) and "dai bieu" not in sentence:
        return True
    delegates = "dai bieu" in group.words or category_of(group.words) in ("exemplary", "guests")
    return not delegates and bool(_ASIDE_RE.search(group.words + " " + after[:60]))


_VOTES_RE = re.compile(
    r"\s*(?:tro\s+len\s+)?(?:(?:tren\s+)?(?:tong\s+)?so\s+)?(?:phieu|y\s+kien|(?:dai\s*bieu|thanh\s+vien|nguoi)\s+"
    r"(?:(?:chinh\s+thuc|du\s+(?:hop|hoi\s+nghi|dai\s+hoi)[^,;.]{0,20}?|tham\s+(?:du|gia))\s+)*(?:phai\s+|duoc\s+)?"
    r"(?:quoc\s+hoi|hoi\s+dong|hdnd|tan\s+thanh|bieu\s+quyet|bo\s+phieu|dong\s+y|nhat\s+tri|tin\s+nhiem|binh\s+chon|bau\s|"
    r"co\s+mat|trieu\s+tap(?!\s+la)))"
)


def _names_level(lead: str, plan: Plan) -> bool:
    """Tell whether the words before a share say at which level it holds."""
    words = lead.rpartition(";")[2].strip(" ,:")
    return _MARK_RE.search(words) is not None and level_in(words, plan.setting) is not None


def _shares(sentence: str) -> list[ShareMatch]:
    """Return the shares of a folded sentence; one that brackets say again is one: "hai phần ba (khoảng 67%)" is 67."""
    shares: list[ShareMatch] = []
    for share in find_shares(sentence):
        before = shares[-1] if shares else None
        if before is None or abs(share.percent - before.percent) >= 1:
            shares.append(share)
        elif again := _AGAIN_RE.fullmatch(sentence, before.end, share.start):
            end = share.end + (again["opened"] == "(" and sentence.startswith(")", share.end))
            approximate = before.approximate or share.approximate
            shares[-1] = replace(share, start=before.start, end=end, approximate=approximate, bound=before.bound)
        else:
            shares.append(share)
    return shares


_AGAIN_RE = re.compile(
    r"\s*(?:(?:tren\s+)?(?:tong\s+)?(?:so\s+)?(?:dai\s*bieu|nguoi|dong\s+chi)\s*)?(?P<opened>[(,])\s*"
    r"(?:(?:chiem|dat|bang|tuong\s+duong|tuc)\s+)?(?:t[yi]\s+le\s+)?(?:la\s+)?"
)


_REST_RE = re.compile(r"(?<![a-z])con\s+lai(?![a-z])")


def _about(sentence: str, shares: Sequence[ShareMatch], index: int, groups: Sequence[Group], before: bool) -> bool:
    """Tell whether "khoảng" before a share holds for this one too: "khoảng 40% là nữ, 20% là người trẻ".

    It holds for what is left of a hundred, and for a list whose groups stand behind their shares; *before*: whether it
    held for the share before.
    """
    if shares[index].approximate:
        return True
    if not index or shares[index].bound is not None:
        return False
    between = sentence[shares[index - 1].end : shares[index].start]
    if _REST_RE.search(between):
        rest = 100 - shares[index].percent
        return any(share.approximate and share.percent == rest for share in shares[:index])
    if not before:
        return False
    if not groups[index].named and ";" not in between:
        return True  # "khoảng 80% ở cấp xã, 75% ở cấp huyện"
    if shares[index - 1].percent + shares[index].percent == 100:
        return ";" not in between
    listed, group = (re.sub(r"\Wva$", "", words.strip(" ,")) for words in (between, groups[index - 1].words))
    return groups[index - 1].named and listed == group
