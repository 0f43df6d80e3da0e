"""Shares of the delegates: which part is of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.folding import anchor, anchor_re
from pipeline.normalize.ratios import ShareMatch, find_shares
from pipeline.recognize.context import PAST_RE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_in
from pipeline.recognize.outline import Item
from pipeline.record import CompositionRatio, RatioCategory

_CONTEXT_RE = anchor_re("đại biểu|thành phần|cơ cấu|số lượng|khách mời|triệu tập")
_CATEGORIES: tuple[tuple[RatioCategory, re.Pattern[str]], ...] = (
    (
        "guests",
        anchor_re(
            "khách mời|đại biểu mời|đại diện lãnh đạo|đại biểu lãnh đạo|đại biểu là lãnh đạo|"
            "lãnh đạo các cấp|lãnh đạo, quản lý|đại biểu là khách|khách|cán bộ quản lý|"
            "đại biểu đương nhiên|là lãnh đạo|đồng chí lãnh đạo|lãnh đạo đơn vị|lãnh đạo các đơn vị|"
            "lãnh đạo các cơ quan|thành phần mời|lãnh đạo cấp trên|cán bộ lãnh đạo|được mời|mời dự|"
            "cán bộ chỉ huy|chỉ huy các cấp"
        ),
    ),
    (
        "exemplary",
        anchor_re(
            "điển hình tiên tiến|điển hình|tiên tiến|gương người tốt|người tốt, việc tốt|sản xuất giỏi|"
            "kinh doanh giỏi|dạy giỏi|gương mẫu|"
            "người tốt việc tốt|lao động giỏi|lao động sáng tạo|chiến sĩ thi đua|chiến sỹ thi đua|"
            "anh hùng|tiêu biểu|xuất sắc|nhân tố mới|được tôn vinh|được biểu dương|được tuyên dương|gương sáng|"
            "người tốt|việc tốt|gương"
        ),
    ),
    ("women", anchor_re("nữ|phụ nữ|cán bộ nữ|đại biểu nữ|nữ giới")),
    (
        "ethnic_minority",
        re.compile(
            anchor("dân tộc thiểu số|dân tộc|người dân tộc|đồng bào dân tộc|dtts|dân tộc ít người|đồng bào thiểu số")
            + r"|(?<![a-z])(?:nguoi|dong\s+bao)\s+(?:khmer|khome|tay|nung|thai|muong|h?'?mong|dao|cham|hoa|e\s?de|"
            r"ba\s?na|gia\s?rai|j'?rai|xo\s?dang|co\s?tu|bru|van\s?kieu|ta\s?oi|gie|co\s?ho|k'?ho|m'?nong|ra\s?glai|s'?tieng|"
            r"cho\s?ro|san\s+(?:diu|chay)|hre|ha\s+nhi|la\s+hu|kho\s+mu|giay|lao|tho)(?![a-z])"
        ),
    ),
    (
        "youth",
        anchor_re("trẻ|thanh niên|trẻ tuổi|tuổi trẻ|dưới 35 tuổi|đoàn viên thanh niên|dưới 40 tuổi|dưới 30 tuổi"),
    ),
    ("religious", anchor_re("tôn giáo|chức sắc|chức việc|tín đồ|có đạo|đồng bào tôn giáo|theo đạo")),
    (
        "direct_workers",
        anchor_re(
            "trực tiếp lao động|lao động trực tiếp|trực tiếp sản xuất|công nhân|nông dân|"
            "người lao động|người trực tiếp|trực tiếp công tác|trực tiếp đứng lớp|"
            "trực tiếp giảng dạy|sản xuất trực tiếp|trực tiếp"
        ),
    ),
    ("party", anchor_re("đảng viên")),
)
_SHARE_OF_RE = re.compile(
    anchor("điển hình|khách mời|tiêu biểu|gương|phụ nữ|nữ|dân tộc|tôn giáo|đảng viên|lao động trực tiếp|trẻ")
    + r"[^.;]{0,40}(?:chiem|dat|ty\s+le|it\s+nhat|toi\s+thieu|khong\s+duoi|tro\s+len)"
)
_ASIDE_RE = anchor_re(
    "hộ nghèo|tăng trưởng|tỷ lệ giải quyết|hoàn thành chỉ tiêu|so với cùng kỳ|đạt chuẩn|tăng thêm|tăng lên|"
    "giảm còn|giảm nghèo|"
    "giảm xuống|bao phủ|kinh phí|ngân sách|đơn vị tổ chức|số phiếu|tán thành|hộ gia đình|"
    "số hộ|số thôn|gia đình văn hóa|khen thưởng trong năm|bằng khen|giấy khen|hình thức khen|"
    "tỷ lệ khen"
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
_LABEL_RE = re.compile(r"(?:\W|\d)*(?:ty\s+le|co\s+cau)(?:\s+(?:dai\s+bieu|thanh\s+phan))?(?:\s+dai\s+bieu)?\s*:")
_MONEY_RE = re.compile(r"\s*(?:tien|chi\s+phi|kinh\s+phi|phu\s+cap|muc\s+(?:luong|chi)|gia\s|don\s+gia|von)")


_NEAR = (
    400  # characters before a share that may name its level: a sentence of thousands of shares must not take minutes
)


def find_ratios(plan: Plan) -> list[Found[CompositionRatio]]:
    """Return the shares of delegates that *plan* sets, in the order of the text."""
    ratios: dict[object, Found[CompositionRatio]] = {}
    for item in plan.provisions:
        if plan.aside(item) or item.zone in ("recipients", "signature"):
            continue
        for found in _ratios(plan, item):
            value = found.value
            # two groups that no category names may have the same share
            ratios.setdefault(value if value.category == "other" else value.model_copy(update={"text": ""}), found)
    return list(ratios.values())


def _ratios(plan: Plan, item: Item) -> Iterator[Found[CompositionRatio]]:
    folded = item.passage.folded
    labelled = bool(_LABEL_RE.match(folded))
    headed = labelled or any(_CONTEXT_RE.search(title_of(above)) for above in item.path())
    for low, high in item.passage.sentences():
        sentence = folded[low:high]
        shares = [share for share in find_shares(sentence) if share.percent]
        if (
            not shares
            or PAST_RE.search(sentence)
            or not (headed or _CONTEXT_RE.search(sentence) or _SHARE_OF_RE.search(sentence))
        ):
            continue
        known: RatioCategory | None = None  # the group of the share before
        counted = False
        for index, (share, group) in enumerate(_groups(sentence, shares, labelled, headed)):
            start = shares[index - 1].end if index else 0
            lead = sentence[start : share.start]
            if group is None or _says_again(shares, index, lead):
                continue
            categories = group.categories
            if not categories and known and _is_level_only(lead, plan):
                categories = (known,)  # "điển hình ở cấp xã chiếm 80%, ở cấp huyện chiếm 70%"
            if not categories and not group.may_be_other and not counted:
                continue
            counted = share.percent < 100  # what follows in the sentence are shares of the same delegates
            known = categories[-1] if categories else None
            for category in categories or ("other",):
                yield Found(
                    CompositionRatio(
                        level=plan.level_of(item, sentence[max(0, share.start - _NEAR) : share.start]) or plan.default,
                        category=category,
                        percent=int(share.percent) if share.percent == int(share.percent) else share.percent,
                        approximate=share.approximate or _completes(shares, index),
                        text=" ".join(item.text[low + start : low + share.end].split()).strip(" ;,.("),
                    ),
                    item.passage.spans(low + share.start, low + share.end),
                    0.95 if categories else 0.7,
                    "rule:share",
                )


@dataclass(frozen=True, slots=True)
class _Group:
    """Whom a share counts: the categories it names, or a group that none of them covers."""

    categories: tuple[RatioCategory, ...]
    may_be_other: bool


def _groups(
    sentence: str, shares: list[ShareMatch], labelled: bool, headed: bool
) -> Iterator[tuple[ShareMatch, _Group | None]]:
    """Yield each share of *sentence* with its group; None where it is no share of delegates."""
    named_after = False  # "70% là điển hình, 30% là khách mời": the group follows its share
    ends = [0, *(share.end for share in shares)]
    listed = (headed or "dai bieu" in sentence) and any(
        _category(sentence[end : share.start]) for end, share in zip(ends, shares, strict=False)
    )
    for index, share in enumerate(shares):
        start = shares[index - 1].end if index else 0
        end = shares[index + 1].start if index + 1 < len(shares) else len(sentence)
        after = sentence[share.end : end]
        before = _WHOLE_RE.sub(" ", sentence[start : share.start])
        lead, follow = _part(before, after, index, share, sentence)
        subject = lead if _category(lead) else lead + " " + follow
        delegates = "dai bieu" in lead or _category(lead) in ("exemplary", "guests")
        if _ASIDE_RE.search(lead + " " + follow[:60]) and not delegates:
            yield share, None
            continue
        if _MONEY_RE.match(after) or (_OTHER_WHOLE_RE.match(after) and "dai bieu" not in sentence):
            yield share, None  # a share of money, or of the members there are
            continue
        tail = re.split(r"[;.]|,(?=[^,]{0,12}$)|,\s*con\s+lai", after, maxsplit=1)[0]
        if named_after and index + 1 == len(shares):
            tail = re.split("[;.]", after, maxsplit=1)[0]  # "1/4 lãnh đạo, khách mời": no other share needs its end
        named_after = (named_after or not _category(lead)) and bool(_category(tail))
        category = _in_order(sentence, shares, index)
        if category is None:
            if named_after and "," in tail and index + 1 < len(shares) and _ends_group(sentence, shares[index + 1].end):
                tail = tail.rpartition(",")[
                    0
                ]  # "10% là nữ, dân tộc thiểu số 5%": the next group stands before its share
            category = (_category(tail) if named_after else None) or _category(lead) or _category(follow)
        categories: tuple[RatioCategory, ...] = (category,) if category else ()
        if _EACH_RE.search(lead) and len(several := _categories(lead)) > 1:
            categories = tuple(sorted(several, key=lambda one: several[one]))
        other = share.percent < 100 and (
            labelled or listed or "dai bieu" in subject or (headed and bool(_OTHER_RE.search(subject)))
        )
        yield share, _Group(categories, other)


# "trong số học sinh được tuyên dương, nữ chiếm ...": the whole, not the group
_WHOLE_RE = re.compile(r"(?<![a-z])trong\s+(?:tong\s+)?so\s+(?!do(?![a-z]))[^,;:.]{0,60},")
_EACH_RE = re.compile(r"(?<![a-z])(?:moi\s+(?:loai|nhom|doi\s+tuong|thanh\s+phan|dien)|deu|cung)(?![a-z])")
_LINKS_RE = re.compile(
    r"(?<![a-z])(?:chiem|dat|ty\s+le|it\s+nhat|toi\s+thieu|khong\s+(?:duoi|qua|it\s+hon|thap\s+hon)|khoang|la|tu|tren|va|con|thi|"
    r"phai|co|o|tai|doi\s+voi|hoi\s*nghi|dai\s*hoi|cap|cac|tuong\s+ung|rieng)(?![a-z])"
)


def _is_level_only(lead: str, plan: Plan) -> bool:
    """Tell whether the words before a share say at which level it holds, and of no group."""
    words = lead.rpartition(";")[2].strip(" ,:")
    if not re.search(r"(?<![a-z])(?:cap|hoi\s*nghi|dai\s*hoi|o|tai|doi\s+voi)(?![a-z])", words):
        return False
    return level_in(words, plan.setting) is not None and len(re.findall("[a-z]+", _LINKS_RE.sub(" ", words))) <= 6


def _says_again(shares: list[ShareMatch], index: int, lead: str) -> bool:
    """Tell whether a share in brackets says the one before it again: "bảy mươi phần trăm (70%)"."""
    return index > 0 and shares[index].percent == shares[index - 1].percent and bool(re.fullmatch(r"\s*\(\s*", lead))


def _ends_group(sentence: str, end: int) -> bool:
    """Tell whether nothing follows the share that ends at *end* which could name its group."""
    return re.match(r"\s*(?:[.,;)]|$)", sentence[end:]) is not None


def _completes(shares: list[ShareMatch], index: int) -> bool:
    """Tell whether a share is what an approximate one leaves of a hundred: "khoảng 75% điển hình, 25% khách mời"."""
    return index > 0 and shares[index - 1].approximate and shares[index - 1].percent + shares[index].percent == 100


_NEXT_SHARE_RE = re.compile(r"\W*(?:va)?\W*")


def _in_order(sentence: str, shares: list[ShareMatch], index: int) -> RatioCategory | None:
    """Return the group of a share in "tỷ lệ điển hình và khách mời là 70% và 30%": groups and shares in one order."""
    first = last = index
    while first and _NEXT_SHARE_RE.fullmatch(sentence[shares[first - 1].end : shares[first].start]):
        first -= 1
    while last + 1 < len(shares) and _NEXT_SHARE_RE.fullmatch(sentence[shares[last].end : shares[last + 1].start]):
        last += 1
    if last == first:
        return None
    lead = sentence[shares[first - 1].end if first else 0 : shares[first].start]
    groups = sorted((match.start(), category) for category, p in _CATEGORIES if (match := p.search(lead)))
    return groups[index - first][1] if len(groups) == last - first + 1 else None


def _part(lead: str, follow: str, index: int, share: ShareMatch, sentence: str) -> tuple[str, str]:
    """Return the words before and after a share that may name its group.

    "70% đại biểu là nữ" names it after, "đại biểu nữ chiếm 70%" before; what stands behind a semicolon is another's.
    """
    if "(" in lead and _categories(lead.rsplit("(", 1)[1]):
        lead = lead.rsplit("(", 1)[1]
    last = lead.rsplit(";", 1)[-1]
    if len(_categories(last)) == 1 or not _categories(lead) or not re.search("[a-z]{3}", last):
        lead = last
    follow = re.split(r"[;.]", follow, maxsplit=1)[0]
    if index and re.match(r"\s*(?:,|va|con lai)?\s*$", lead):
        lead = ""
    if re.match(r"\s*(?:la|dai\s*bieu|tong\s+so|so\s+dai\s+bieu|so|cac)(?![a-z])", follow):
        tail = re.split(r",|\bva\b|con lai", follow, maxsplit=1)[0]
        if _category(tail) and not _category(lead):
            return "", tail
    return lead, follow if not lead.strip(" ,:(-") else ""


def _categories(text: str) -> dict[RatioCategory, int]:
    """Return the groups that *text* names, each with the end of its last mention."""
    hits: dict[RatioCategory, int] = {}
    for category, pattern in _CATEGORIES:
        matches = list(pattern.finditer(text))
        if matches:
            hits[category] = matches[-1].end()
    return hits


def _category(text: str) -> RatioCategory | None:
    """Return the group that *text* speaks of.

    A list of several groups that names the exemplary ones is about them; of the others the last before the number
    counts, for it stands next to it.
    """
    hits = _categories(text)
    if not hits:
        return None
    last = text[max(0, len(text) - 60) :]
    part = re.search(r"(?:trong\s+do|ty\s+le|rieng)\s*,?\s*:?\s*([^,]{0,50})$", last)
    if part:
        inner = [c for c, pattern in _CATEGORIES if pattern.search(part[1])]
        if len(inner) == 1:
            return inner[0]
    if "guests" in hits and "exemplary" in hits:
        first = min((p.search(text).start(), c) for c, p in _CATEGORIES if c in ("guests", "exemplary"))  # type: ignore[union-attr]
        return first[1]
    if "exemplary" in hits:
        return "exemplary"
    if (
        "youth" in hits
        and len(hits) > 1
        and re.search(r"(?:nu|thieu so|dan toc|ton giao)\s+thanh nien|thanh nien\s+(?:nu|dan|ton)", last)
    ):
        del hits["youth"]  # of a youth union every delegate is young: "nữ thanh niên" counts women
    if "guests" in hits and len(hits) == 1:
        return "guests"
    return max(hits, key=lambda category: hits[category])
