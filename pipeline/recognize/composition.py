"""Shares of the delegates: which part is of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.lexicon.folding import anchor, anchor_re
from pipeline.normalize.ratios import ShareMatch, find_shares
from pipeline.recognize.composition_groups import Group, category_of, groups_of, run_of
from pipeline.recognize.context import PAST_RE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.levels import level_behind, level_in
from pipeline.recognize.outline import Item
from pipeline.record import CompositionRatio, EventLevel, RatioCategory

_CONTEXT_RE = anchor_re("đại biểu|thành phần|cơ cấu|số lượng|khách mời|triệu tập")
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
_LABEL_RE = re.compile(
    r"(?:\W|\d)*(?:(?:ty\s+le|co\s+cau)(?:\s+(?:dai\s+bieu|thanh\s+phan))?(?:\s+dai\s+bieu)?|(?:thanh\s+phan\s+)?dai\s*bieu)\s*:"
)
_STRUCTURE_RE = re.compile(r"(?<![a-z])(?:co\s+cau|ty\s+le)(?:\s+(?:thanh\s+phan\s+)?dai\s*bieu|\W*$)")
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
    labelled = bool(_LABEL_RE.match(folded)) or any(_STRUCTURE_RE.search(title_of(above)) for above in item.path())
    headed = labelled or any(_CONTEXT_RE.search(title_of(above)) for above in item.path())
    for low, high in item.passage.sentences():
        sentence = folded[low:high]
        shares = list(find_shares(sentence))
        if (
            not shares
            or PAST_RE.search(sentence)
            or not (headed or _CONTEXT_RE.search(sentence) or _SHARE_OF_RE.search(sentence))
        ):
            continue
        groups = groups_of(sentence, shares)
        whole = headed and len(shares) > 1 and abs(sum(share.percent for share in shares) - 100) < 1
        counted = (
            labelled or whole or ((headed or "dai bieu" in sentence) and any(group.categories for group in groups))
        )
        known: RatioCategory | None = None  # the group of the share before
        for index, (share, group) in enumerate(zip(shares, groups, strict=True)):
            start = shares[index - 1].end if index else 0
            end = shares[index + 1].start if index + 1 < len(shares) else len(sentence)
            lead, after = sentence[start : share.start], sentence[share.end : end]
            if _says_again(shares, index, lead) or _of_something_else(sentence, share, after, group):
                continue
            categories = group.categories
            ordered = _level_in_order(sentence, shares, index, plan) is not None
            if not categories and known and (ordered or (not group.named and _names_level(lead, plan))):
                categories = (known,)  # "điển hình ở cấp xã chiếm 80%, ở cấp huyện chiếm 70%"
            other = counted or "dai bieu" in group.words or (headed and bool(_OTHER_RE.search(group.words)))
            if not categories and (share.percent == 100 or not group.named or not other):
                continue
            counted = counted or share.percent < 100  # what follows in the sentence are shares of the same delegates
            known = categories[-1] if categories else None
            level = _level_in_order(sentence, shares, index, plan) or level_behind(sentence, share.end, plan.setting)
            near = _THEIRS_RE.sub(" ", sentence[max(0, share.start - _NEAR) : share.start])
            level = level or plan.level_of(item, near) or plan.default
            for category in categories or ("other",):
                yield Found(
                    CompositionRatio(
                        level=level,
                        category=category,
                        percent=int(share.percent) if share.percent == int(share.percent) else share.percent,
                        approximate=share.approximate or _completes(shares, index),
                        text=" ".join(item.text[low + start : low + share.end].split()).strip(" ;,.("),
                    ),
                    item.passage.spans(low + share.start, low + share.end),
                    0.95 if categories else 0.7,
                    "rule:share",
                )


# "lãnh đạo các cấp, các ngành" come to every conference
_THEIRS_RE = re.compile(r"(?<![a-z])(?:lanh\s+dao|dai\s+dien)\s[^;:.]{0,30}?cac\s+cap")


def _level_in_order(sentence: str, shares: Sequence[ShareMatch], index: int, plan: Plan) -> EventLevel | None:
    """Return the level of a share in "ở cấp xã, cấp huyện, cấp tỉnh lần lượt là 80%, 70% và 60%"."""
    first, last = run_of(sentence, shares, index)
    if first == last:
        return None
    lead = sentence[shares[first - 1].end if first else 0 : shares[first].start][-_NEAR:]
    parts = re.split(r",|(?<![a-z])va(?![a-z])", lead)
    levels = [level for part in parts if (level := level_in(part.strip(), plan.setting))]
    return levels[index - first] if len(levels) == last - first + 1 == len(set(levels)) else None


def _of_something_else(sentence: str, share: ShareMatch, after: str, group: Group) -> bool:
    """Tell whether a share is one of votes, of money, of households, of the members there are."""
    if _VOTES_RE.match(after) or _MONEY_RE.match(after):
        return True
    if _OTHER_WHOLE_RE.match(after) and "dai bieu" not in sentence:
        return True
    delegates = "dai bieu" in group.words or category_of(group.words) in ("exemplary", "guests")
    return not delegates and bool(_ASIDE_RE.search(group.words + " " + after[:60]))


_VOTES_RE = re.compile(
    r"\s*(?:tro\s+len\s+)?(?:(?:tong\s+)?so\s+)?(?:phieu|y\s+kien|dai\s*bieu\s+(?:tan\s+thanh|bieu\s+quyet|co\s+mat|duoc\s+trieu\s+tap))"
)


def _names_level(lead: str, plan: Plan) -> bool:
    """Tell whether the words before a share say at which level it holds."""
    words = lead.rpartition(";")[2].strip(" ,:")
    marked = re.search(r"(?<![a-z])(?:cap|hoi\s*nghi|dai\s*hoi|o|tai|doi\s+voi)(?![a-z])", words)
    return marked is not None and level_in(words, plan.setting) is not None


def _says_again(shares: list[ShareMatch], index: int, lead: str) -> bool:
    """Tell whether a share in brackets says the one before it again: "bảy mươi phần trăm (70%)"."""
    return index > 0 and shares[index].percent == shares[index - 1].percent and bool(re.fullmatch(r"\s*\(\s*", lead))


def _completes(shares: list[ShareMatch], index: int) -> bool:
    """Tell whether a share is what an approximate one leaves of a hundred: "khoảng 75% điển hình, 25% khách mời"."""
    return index > 0 and shares[index - 1].approximate and shares[index - 1].percent + shares[index].percent == 100
