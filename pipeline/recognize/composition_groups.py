"""Whom a share of delegates counts: which group it names, and whether the group stands before or behind it.

"Đại biểu nữ chiếm 30%" names it before, "30% đại biểu là nữ" behind; one sentence may do both. All shares of a sentence
are settled together: the words between two of them go to the one or the other, or are parted at a comma, whichever
leaves the most shares with a group and the fewest words without a share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon.folding import anchor, anchor_re
from pipeline.normalize.ratios import ShareMatch
from pipeline.record import RatioCategory

CATEGORIES: tuple[tuple[RatioCategory, re.Pattern[str]], ...] = (
    (
        "guests",
        re.compile(
            anchor(
                "khách|cán bộ quản lý|đại biểu mời|đại biểu đương nhiên|thành phần mời|được mời|mời dự|cán bộ chỉ huy|"
                "chỉ huy các cấp"
            )
            + r"|(?<![a-z])(?<!chuc vu )(?<!su )lanh dao(?![a-z])"
        ),
    ),
    (
        "exemplary",
        anchor_re(
            "điển hình tiên tiến|điển hình|tiên tiến|gương người tốt|người tốt, việc tốt|sản xuất giỏi|"
            "kinh doanh giỏi|kinh tế giỏi|làm giỏi|dạy giỏi|gương mẫu|"
            "người tốt việc tốt|lao động giỏi|lao động sáng tạo|chiến sĩ thi đua|chiến sỹ thi đua|"
            "anh hùng|tiêu biểu|xuất sắc|nhân tố mới|được tôn vinh|được biểu dương|được tuyên dương|gương sáng|"
            "người tốt|việc tốt|gương"
        ),
    ),
    ("women", anchor_re("nữ|phụ nữ|cán bộ nữ|đại biểu nữ|nữ giới")),
    (
        "ethnic_minority",
        re.compile(
            r"(?<!hoi dong )(?<!ban )(?<!phong )(?<!doan ket )(?<!toan )"  # "Hội đồng Dân tộc" is an office
            + anchor("dân tộc thiểu số|dân tộc|người dân tộc|đồng bào dân tộc|dtts|dân tộc ít người|đồng bào thiểu số")
            + r"|(?<![a-z])(?:nguoi|dong\s+bao)\s+(?:khmer|khome|tay|nung|thai|muong|h?'?mong|dao|cham|hoa|e\s?de|"
            r"ba\s?na|gia\s?rai|j'?rai|xo\s?dang|co\s?tu|bru|van\s?kieu|ta\s?oi|gie|co\s?ho|k'?ho|m'?nong|ra\s?glai|s'?tieng|"
            r"cho\s?ro|san\s+(?:diu|chay)|hre|ha\s+nhi|la\s+hu|kho\s+mu|giay|lao|tho)(?![a-z])"
        ),
    ),
    (
        "youth",
        re.compile(
            anchor("trẻ|thanh niên|trẻ tuổi|tuổi trẻ|đoàn viên thanh niên")
            + r"|(?<![a-z])(?:duoi|khong\s+qua)\s+(?:[23]\d|4[05])\s+tuoi|"
            r"(?<![a-z])tu\s+(?:[23]\d|4[05])\s+tuoi\s+tro\s+xuong|"
            r"(?<![a-z])tuoi\s+(?:doi\s+)?(?:duoi|khong\s+qua)\s+(?:[23]\d|4[05])(?![\d%])"
        ),
    ),
    (
        "religious",
        anchor_re(
            "tôn giáo|chức sắc|chức việc|tín đồ|có đạo|theo đạo|công giáo|phật giáo|phật tử|tin lành|cao đài|hòa hảo|"
            "giáo dân|giáo hữu|linh mục|tu sĩ|mục sư|tăng ni|nhà tu hành"
        ),
    ),
    (
        "direct_workers",
        re.compile(
            anchor(
                "trực tiếp lao động|lao động trực tiếp|trực tiếp sản xuất|nông dân|"
                "người lao động|người trực tiếp|trực tiếp công tác|trực tiếp đứng lớp|"
                "trực tiếp giảng dạy|sản xuất trực tiếp|trực tiếp"
            )
            + r"|(?<![a-z])cong\s+nhan(?!\s+vien\s+(?:quoc\s+phong|chuc))(?![a-z])"
        ),
    ),
    ("party", anchor_re("đảng viên")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The words that say whom a share counts, and the categories they name: none, one, or several of equal share."""

    words: str
    categories: tuple[RatioCategory, ...]

    @property
    def named(self) -> bool:
        """Whether the words name a group at all, be it one that no category covers."""
        return bool(self.categories) or _content(self.words)


_FILL_RE = re.compile(
    r"(?<![a-z])(?:chiem|dat|(?:voi\s+)?t[yi]\s+le|it\s+nhat|toi\s+thieu|toi\s+da|khong\s+(?:duoi|qua|vuot\s+qua|it\s+hon|thap\s+hon|nho\s+hon)|"
    r"khoang|xap\s+xi|gan|la|tu|tren|duoi|den|va|con(?:\s+lai)?|thi|phai|can|nen|co(?!\s+cau)|o|tai|doi\s+voi|hoi\s*nghi|dai\s*hoi|cap|cac|tuong\s+ung|"
    r"rieng|trong\s+(?:do|so)|gom|bao\s+gom|bao\s+dam|dam\s+bao|phan\s+dau|co\s+cau|thanh\s+phan|so\s+luong|dai\s*bieu|tong\s+so|so|nguoi\s+du|"
    r"tham\s+du|trieu\s+tap|chu\s+y|quan\s+tam|hop\s+ly|du\s+kien|chu\s+trong|uu\s+tien|lan\s+luot|moi|loai|deu|tinh|huyen|xa|phuong|quan|"
    r"thi\s+xa|thanh\s+pho|co\s+so|thi\s+tran|theo|tro\s+len|tro\s+xuong|khong|qua|it|nhat|nay|do|chinh\s+thuc|duoc|tham\s+gia|\d+\s+(?:nguoi|dong\s+chi)|\d+|"
    r"nguoi\s*(?=\W*$)|dong\s+chi|toan\s+the|hoac|yeu\s+cau|ve)(?![a-z])"
)


def _content(text: str) -> bool:
    """Tell whether words are left when those are taken away that only lead to a share or name a level."""
    return re.search("[a-z]{2}", _FILL_RE.sub(" ", text)) is not None


# "70% (số) đại biểu là ...": the group follows
_AFTER_RE = re.compile(
    r"\s*:?\s*(?:(?:tren\s+)?(?:tong\s+)?so\s+)?(?:(?:cac\s+)?(?:dai\s*bieu|nguoi)(?:\s+(?:tham\s+)?du(?:\s+hoi\s+nghi|\s+dai\s+hoi)?)?\s+)?"
    r"(?:phai\s+|can\s+)?(?:la|thuoc)(?![a-z])"
)
_BREAK_RE = re.compile(r"[;.()]")
_NEAR_RE = re.compile(r"\s*:?[^,;.():]*")


def groups_of(sentence: str, shares: Sequence[ShareMatch]) -> list[Group]:
    """Return the group of each of the *shares* of a folded sentence.

    >>> from pipeline.normalize.ratios import find_shares
    >>> text = "ty le: 10% la nu, dan toc thieu so 5%, giao vien 60%"
    >>> [group.categories for group in groups_of(text, list(find_shares(text)))]
    [('women',), ('ethnic_minority',), ()]
    """
    groups: list[Group] = []
    cursor = 0
    behind = _behind(sentence, shares)
    for index, share in enumerate(shares):
        end = shares[index + 1].start if index + 1 < len(shares) else len(sentence)
        ordered = _in_order(sentence, shares, index)
        if ordered is not None:
            groups.append(Group(ordered, (ordered,)))
            cursor = share.end
        elif behind[index]:
            words = _BREAK_RE.split(sentence[share.end : end], maxsplit=1)[0]
            if index + 1 < len(shares):
                if not behind[index + 1]:  # "10% là nữ, dân tộc thiểu số 5%": the next group stands before its share
                    words = _PARTS_RE.split(words, maxsplit=1)[0]
                words = re.split(r",?\s*(?<![a-z])con\s+lai(?![a-z])", words)[0]
            groups.append(_group(words))
            cursor = share.end + len(words)
        else:
            groups.append(_group(_before(sentence[cursor : share.start])))
            cursor = share.end
    return groups


_PARTS_RE = re.compile(r"[,;]|(?<![a-z])va(?![a-z])")
_LEADS_RE = re.compile(r"(?:(?<![a-z])(?:chiem|dat|t[yi]\s+le|la|bang|co)|[:=(])\s*$")
_TURN = 0.6  # what it costs that the groups of two shares stand on different sides
_LEFT_OVER = {0: 0.0, 1: 1.0, 2: 2.5}  # what it costs that words between two shares are of neither, by their weight


def _behind(sentence: str, shares: Sequence[ShareMatch]) -> list[bool]:
    """Return for each share whether its group stands behind it, as it suits all of them best."""
    ends = [*(share.start for share in shares), len(sentence)]
    gaps = [sentence[start:end] for start, end in zip([0, *(share.end for share in shares)], ends, strict=True)]
    best: dict[bool, tuple[float, list[bool]]] = {False: (_fits_before(gaps[0]), [False]), True: (0.0, [True])}
    for gap in gaps[1:-1]:
        best = {
            side: max((score + _fits(gap, last, side), [*sides, side]) for last, (score, sides) in best.items())
            for side in (False, True)
        }
    behind = best[True][0] + _fits_behind(gaps[-1])
    return best[True][1] if behind > best[False][0] else best[False][1]


def _fits(gap: str, behind: bool, next_behind: bool) -> float:
    """Say how well the words between two shares fit, the group of the first standing *behind* it, or before it."""
    if behind and next_behind:
        return _fits_behind(gap)
    if not behind and not next_behind:
        return -1.0 if _AFTER_RE.match(gap) else _fits_before(gap)  # "70% là nông dân": these words go with the first
    if behind:
        first, *rest = _PARTS_RE.split(gap, maxsplit=1)
        return (_fits_behind(first) + _fits_before(rest[0]) if rest else _fits_behind(gap) - 1) - _TURN
    return -_LEFT_OVER[_weight(gap)] - _TURN


def _weight(words: str) -> int:
    """Return 2 for words that name a known group, 1 for a group that no category covers, 0 for none."""
    return 2 if category_of(words) is not None else int(_content(words))


def _fits_before(lead: str) -> float:
    weight = _weight(_before(lead))
    return weight + (1.5 if weight and _LEADS_RE.search(lead) else 0.0)


def _fits_behind(rest: str) -> float:
    near = _NEAR_RE.match(rest)[0]  # type: ignore[index]
    weight = _weight(near)
    return weight + (3.0 if weight and _AFTER_RE.match(rest) else 0.0)


def _before(lead: str) -> str:
    """Return the words before a share that may name its group: those of its own clause, bracket or label."""
    words = _WHOLE_RE.sub(" ", lead)
    aside = _BRACKETS_RE.sub(" ", words)  # "khách mời (gồm cả Ban Tổ chức) tối đa 30%": what brackets explain
    words = aside if _content(aside) or category_of(aside) else words
    clause = words.rpartition(";")[2]
    # "điển hình tiên tiến; chú trọng nữ, người trực tiếp sản xuất chiếm 70%": a list of groups goes with what is before
    words = clause if len(categories_of(clause)) < 2 else words
    for mark_re in _OPENS_RES:
        *_, tail = mark_re.split(words)
        if _content(tail) or category_of(tail):
            words = tail
    return words


def _group(words: str) -> Group:
    several = categories_of(words)
    if _EACH_RE.search(words) and len(several) > 1:
        return Group(words, tuple(sorted(several, key=lambda one: several[one])))
    category = category_of(words)
    return Group(words, (category,) if category else ())


_OPENS_RES = (re.compile(r"\("), re.compile(r"(?<![a-z])trong\s+do(?![a-z])"), re.compile(":"))
_BRACKETS_RE = re.compile(r"\([^()]*\)")
# "trong số học sinh được tuyên dương, nữ chiếm ...": the whole, not the group
_WHOLE_RE = re.compile(r"(?<![a-z])trong\s+(?:tong\s+)?so\s+(?!do(?![a-z]))[^,;:.]{0,60},")
_EACH_RE = re.compile(r"(?<![a-z])(?:moi\s+(?:loai|nhom|doi\s+tuong|thanh\s+phan|dien)|deu|cung)(?![a-z])")
_NEXT_SHARE_RE = re.compile(r"[^\w;]*(?:va)?[^\w;]*")


def run_of(sentence: str, shares: Sequence[ShareMatch], index: int) -> tuple[int, int]:
    """Return the first and last of the shares that stand in one run with this one: "80%, 70% và 60%"."""
    first = last = index
    while first and _NEXT_SHARE_RE.fullmatch(sentence[shares[first - 1].end : shares[first].start]):
        first -= 1
    while last + 1 < len(shares) and _NEXT_SHARE_RE.fullmatch(sentence[shares[last].end : shares[last + 1].start]):
        last += 1
    return first, last


def _in_order(sentence: str, shares: Sequence[ShareMatch], index: int) -> RatioCategory | None:
    """Return the group of a share in "tỷ lệ điển hình và khách mời là 70% và 30%": groups and shares in one order."""
    first, last = run_of(sentence, shares, index)
    if last == first:
        return None
    lead = sentence[shares[first - 1].end if first else 0 : shares[first].start]
    groups = sorted((match.start(), category) for category, p in CATEGORIES if (match := p.search(lead)))
    return groups[index - first][1] if len(groups) == last - first + 1 else None


# "nữ công nhân chiếm 40%", but "nữ điển hình", "phụ nữ trực tiếp lao động" are told by what follows
_WOMEN_WHO_RE = re.compile(
    r"(?<![a-z])(?<!phu )nu\s+(?:cong\s+nhan|lao\s+dong(?!\s+truc)|can\s+bo|cong\s+chuc|"
    r"(?:doan|hoi|dang|giao|nhan)\s+vien|vien\s+chuc|cnvc\w*|chien\s+si|thanh\s+nien)(?![a-z])[^,;]*$"
)
_YOUNG_RE = re.compile(
    r"(?<![a-z])(?:cong\s+nhan|nong\s+dan|lao\s+dong)\s+tre(?![a-z])[^,;]*$"
)  # workers, be they young
# "cá nhân không phải là lãnh đạo, quản lý chiếm 60%", "quần chúng chưa là đảng viên"
_NOT_THEM_RE = re.compile(
    r"(?<![a-z])(?:khong|chua)\s+(?:phai|giu|la|lam)\s[^;:.()]{0,40}?(?=chiem|dat|it\s+nhat|toi|$)"
)


def categories_of(text: str) -> dict[RatioCategory, int]:
    """Return the groups that *text* names, each with the end of its last mention."""
    hits: dict[RatioCategory, int] = {}
    text = _NOT_THEM_RE.sub(" ", text)
    for category, pattern in CATEGORIES:
        matches = list(pattern.finditer(text))
        if matches:
            hits[category] = matches[-1].end()
    return hits


def category_of(text: str) -> RatioCategory | None:
    """Return the group that *text* speaks of.

    A list of several groups that names the exemplary ones is about them; of the others the last before the number
    counts, for it stands next to it.
    """
    hits = categories_of(text)
    if not hits:
        return None
    last = text[max(0, len(text) - 60) :]
    part = re.search(r"(?:trong\s+do|t[yi]\s+le|rieng)\s*,?\s*:?\s*([^,]{0,50})$", last)
    if part:
        inner = [c for c, pattern in CATEGORIES if pattern.search(part[1])]
        if len(inner) == 1:
            return inner[0]
    if "guests" in hits and "exemplary" in hits:
        first = min((p.search(text).start(), c) for c, p in CATEGORIES if c in ("guests", "exemplary"))  # type: ignore[union-attr]
        return first[1]
    if _WOMEN_WHO_RE.search(last):
        return "women"
    if who := re.search(r"(?<![a-z])(?:dien\s+hinh|tien\s+tien|tieu\s+bieu)\s+la\s+([^,;]+)$", text):
        inner = [c for c, pattern in CATEGORIES if pattern.search(who[1])]
        if len(inner) == 1:
            return inner[0]  # "điển hình là đảng viên 60%"
    if "exemplary" in hits:
        return "exemplary"
    if (
        "youth" in hits
        and len(hits) > 1
        and re.search(r"(?:nu|thieu so|dan toc|ton giao)\s+thanh nien|thanh nien\s+(?:nu|dan|ton)", last)
    ):
        del hits["youth"]  # of a youth union every delegate is young: "nữ thanh niên" counts women
    if "youth" in hits and len(hits) > 1 and _YOUNG_RE.search(last):
        del hits["youth"]
    if "guests" in hits and len(hits) == 1:
        return "guests"
    return max(hits, key=lambda category: hits[category])
