"""What a plan says besides its conferences: presidium, deadlines, tasks of units, and money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon.folding import anchor, anchor_re, fold
from pipeline.normalize.counts import CountMatch, find_counts
from pipeline.normalize.dates import find_dates
from pipeline.recognize.context import CONFERENCE, Plan, title_of
from pipeline.recognize.found import Found
from pipeline.recognize.outline import Item, Table
from pipeline.recognize.passage import Span
from pipeline.record import Deadline, Presidium, Task

_PRESIDIUM_RE = re.compile(
    anchor(
        "chủ tọa|đoàn chủ tịch|chủ tịch đoàn|chủ trì hội nghị|chủ trì đại hội|ban chủ tọa|đoàn chủ tọa|đoàn chủ trì|"
        "ban chủ trì|người chủ trì"
    )
    + r"|(?:^\W*|:\s*)(?:chu\s*tri|dieu\s+hanh\s+(?:hoi\s*nghi|dai\s*hoi))(?=\s*[:(]|\s+\d)"
)
_SECRETARY_RE = re.compile(r"(?<![a-z])thu\s*ky(?![a-z])")


def _counts_secretaries(before: str) -> bool:
    """Tell whether the folded words *before* a number speak of the secretaries last, and not of the presidium."""
    secretaries = [match.start() for match in _SECRETARY_RE.finditer(before)]
    presidium = [match.start() for match in _PRESIDIUM_RE.finditer(before)]
    return bool(secretaries) and (not presidium or presidium[-1] < secretaries[-1])


def counts_presidium(folded: str) -> bool:
    """Tell whether a folded line says how many sit in the presidium."""
    label = _PRESIDIUM_RE.search(folded)
    return label is not None and any(label.end() <= count.start <= label.end() + _NEAR for count in find_counts(folded))


def find_presidium(plan: Plan) -> Found[Presidium] | None:
    """Return how many sit in the presidium: "Chủ tọa ... Số lượng từ 5 đến 7 người"."""
    for item in plan.items:
        if plan.aside(item):
            continue
        folded = item.passage.folded
        headed = any(_PRESIDIUM_RE.search(title_of(above)) for above in item.path())
        label = _PRESIDIUM_RE.search(folded)
        if not headed and not label:
            continue
        start = label.end() if label and not headed else 0
        farthest = len(folded) if headed else start + _NEAR
        found = [
            (low + count.start, low + count.end, count)
            for low, high in item.passage.sentences()
            for count in find_counts(folded[low:high])
            if start <= low + count.start <= farthest
            and _counts_members(count, folded[low : low + count.start], folded[: low + count.start])
        ]
        if found:  # "gồm: Chủ tịch, ..., 01 điển hình (tổng cộng 05 người)": the whole before its parts
            place, end, count = next((one for one in found if _TOTAL_RE.search(folded[: one[0]])), found[0])
            least = count.min if count.kind != "exact" else count.max
            return Found(Presidium(min=least, max=count.max), item.passage.spans(place, end), 0.95, "rule:presidium")
    return None


_TOTAL_RE = re.compile(r"(?<![a-z])(?:tong\s+(?:cong|so)|so\s*luong)[^\d;.]{0,24}$")
_NEAR = 200  # characters between the word and the number
_MOST_MEMBERS = 30
_MEMBERS = ("nguoi", "dong chi", "d/c", "d.c", "thanh vien", "uy vien", "vi", "chi", "dai bieu")


def _counts_members(count: CountMatch, sentence: str, before: str) -> bool:
    """Tell whether a number counts those who preside.

    Args:
        count: the number.
        sentence: the folded words before it in its sentence.
        before: and in its item.
    """
    top = count.max if count.max is not None else count.min
    if top is None or top > _MOST_MEMBERS or _counts_secretaries(before):
        return False
    said = re.search(r"so\s*luong|gom|co", sentence) is not None
    return count.noun in _MEMBERS or (count.noun is None and said)


_PAPER_RE = anchor_re(
    "gửi|nộp|báo cáo|hồ sơ|danh sách|đăng ký|đề cương|dự toán|tờ trình|kế hoạch|tham luận|"
    "hoàn thiện|tổng hợp|trình|lập danh sách|giấy mời|rà soát|bình chọn|bình xét|lựa chọn|"
    "xét chọn|thẩm định|phê duyệt|ban hành|tham mưu|chuẩn bị|góp ý|phản ánh|thông báo|"
    "cung cấp|giới thiệu|xây dựng|phân bổ|văn bản|xác nhận|phương án|kịch bản|phóng sự|bài viết|kỷ yếu|trang trí|in ấn|"
    "họp xét|họp bình|họp hội đồng|họp ban|quyết toán|thanh toán"
)
_BY_RE = anchor_re(
    "trước|chậm nhất|muộn nhất|hạn|thời hạn|hết ngày|xong|hoàn thành|thời gian gửi|thời gian nộp|trong ngày|vào ngày|"
    "trong tháng|trong quý|trong tuần|tuần đầu|tuần cuối|đầu tháng|giữa tháng|cuối tháng|thượng tuần|trung tuần|hạ tuần"
)
_HELD_RE = re.compile(rf"(?<![a-z])(?:to\s+chuc|mo|khai\s+mac|tien\s+hanh)\s+(?:[a-z]+\s+){{0,3}}{CONFERENCE}")


_DATES_A_DOCUMENT_RE = re.compile(
    r"(?:so\s*:?\s*\S{0,24}|cua[^,;]{0,40})\s*,?\s*(?:ngay\s*)?$|"
    r"\b(?:ban\s*hanh|phi|ky|sinh|cap|ky\s*hieu|hieu\s*luc|phap\s*ly|can\s*cu|vao\s*dang)\s*:\s*(?:ngay\s*)?$"
)
# Until when something goes, as in "áp dụng đến hết ngày 31/12/2026": nobody has to do anything by then.
_IN_FORCE_RE = re.compile(
    r"\b(?:ap\s*dung|hieu\s*luc|gia\s*tri)\b(?:(?!\b(?:gui|nop|bao\s+cao|hoan\s+thanh|truoc|cham\s+nhat)\b)[^.;]){0,120}$"
)


# "người đã được cấp chứng chỉ trước ngày 01/01/2024": a condition that is met or not
_WAS_DONE_RE = re.compile(
    r"(?<![a-z])(?<!toi )(?:da|bi)\s(?:(?!\b(?:gui|nop|bao\s+cao|hoan\s+thanh|xong|lap|tong\s+hop)\b)[^,;.:]){2,90}$"
)


def find_deadlines(plan: Plan, event_spans: set[Span]) -> list[Found[Deadline]]:
    """Return the days by which papers are due; dates that belong to conferences (*event_spans*) are none."""
    deadlines: list[Found[Deadline]] = []
    for item in plan.provisions:
        if item.zone in ("recipients", "signature") or plan.aside(item):
            continue
        for low, high in item.passage.sentences():
            sentence = item.passage.folded[low:high]
            for match in find_dates(sentence, plan.year, plan.issued):
                spans = item.passage.spans(low + match.start, low + match.end)
                last = match.when.end
                lead = sentence[: match.start]
                if last is None or (event_spans & set(spans)) or match.when.precision == "year":
                    continue
                by = (
                    match.bound
                    or _BY_RE.search(sentence[max(0, match.start - 80) : match.end])
                    or lead.rstrip().endswith(":")
                )
                if not by or (plan.issued and last < plan.issued):
                    continue
                if _DATES_A_DOCUMENT_RE.search(lead) and not match.bound:
                    continue
                if not match.bound and re.match(r"\s*cua\s", sentence[match.end :]):
                    continue  # "28/7/2020 của Chính phủ": the day of a document whose number stands on another page
                if _IN_FORCE_RE.search(lead) or _WAS_DONE_RE.search(lead):
                    continue
                headed = any(_PAPER_RE.search(title_of(above)) for above in item.path())
                # whatever work is shared out, its day is a deadline; that of a conference is none
                work = match.bound and _shares_work(item) and not _HELD_RE.search(sentence)
                if not (headed or work or _PAPER_RE.search(sentence)):
                    continue
                deadlines.append(
                    Found(
                        Deadline(
                            date=last.isoformat(),
                            precision=match.when.precision,
                            text=" ".join(item.text[low:high].split()).strip(" ;"),
                        ),
                        spans,
                        0.9 if match.bound else 0.75,
                        "rule:deadline",
                    )
                )
    return deadlines


def _shares_work(item: Item) -> bool:
    """Tell whether *item* stands under a heading that assigns work."""
    return any(_DUTIES_RE.search(title_of(above)) for above in item.path() if above is not item)


_UNIT = (
    r"(?:phong(?!\s+(?:trao|chong))|so(?!\s+(?:luong|lieu|dai|nguoi|ket|tien))|ban(?!\s+hanh)|van\s+phong|"
    r"dai(?!\s+(?:bieu|hoi|dien))|trung\s+tam|cong\s+an|hoi\s+dong|hoi(?!\s+(?:nghi|truong|thao))|lien\s+doan|uy\s+ban|ubnd|ubmttq|mttq|mat\s+tran|"
    r"dang\s+uy|chi\s+bo|thuong\s+truc|truong(?!\s+hop)|benh\s+vien|to(?!\s+(?:chuc|trinh))|khoa|bo\s+phan|cong\s+doan|doan(?!\s+ket)|"
    r"cdcs|chi\s+cuc|bao(?!\s+(?:cao|dam|gom|ve|ton|quan|quat)(?![a-z]))|thu\s+truong|"
    r"tieu\s+ban|ong|ba|dong\s+chi|d/c|thay|co(?!\s+(?:quan|so|cau|trach|nhiem))|huyen\s+uy|tinh\s+uy|thanh\s+uy|quan\s+uy|thi\s+uy|"
    r"toa\s+an|vien|cuc|vu|thanh\s+tra|chi\s+nhanh|thon|ap|xom|khu\s+pho|"
    r"cac|cum|khoi|bo\s+chi\s+huy|ban\s+chi\s+huy|co\s+quan|don\s+vi|nha\s+truong|lanh\s+dao|chu\s+tich|thanh\s+vien|"
    r"giao\s+vien|chuyen\s+vien|can\s+bo|truong\s+(?:thon|ban|khu|phong|xom|ap)|hieu\s+truong|giam\s+doc|van\s+thu|ke\s+toan|kho\s+bac|bi\s+thu|thanh\s+doan|huyen\s+doan|lien\s+minh|cong\s+chuc)"
)
_UNIT_TITLE_RE = re.compile(
    rf"^\W*(?:giao(?!\s+vien)|de\s+nghi|doi\s+voi|phan\s+cong|yeu\s+cau)?\s*(?:cho\s+)?(?={_UNIT}(?![a-z]))"
)
# Where a sentence names who is to do something: at its start, or behind the verb that assigns it.
_ASSIGNED_RE = re.compile(
    r"(?:^|(?<=[.;]\s))\W*(?P<assigns>(?:giao(?:\s+cho)?(?!\s+(?:vien|duc|thong|hoi|xu))|de\s+nghi|yeu\s+cau|phan\s+cong|"
    rf"doi\s+voi)\s+)?(?={_UNIT}(?![a-z]))"
)
# What a unit does, as the verb that follows its name; one with a capital belongs to the name ("Ủy ban Kiểm tra").
_DOES_RE = re.compile(
    r":|(?<=\s)(?:co\s+(?:nhiem\s+vu|trach\s+nhiem)|chiu\s+trach\s+nhiem|chu\s+(?:tri|dong)|phoi\s+hop|ket\s+hop|tham\s+(?:muu|dinh|gia)|"
    r"chi\s+dao|huong\s+dan|la\s+(?:co\s+quan|dau\s+moi)|lam\s+(?:dau\s+moi|tot)|theo\s+doi|don\s+doc|tong\s+hop|bo\s+tri|lap|"
    r"xay\s+dung|(?<!ban\s)(?<!cac\s)to\s+chuc(?!,|\s+(?:dai\s+dien|thanh\s+vien|chinh\s+tri|doan\s+the|xa\s+hoi|ca\s+nhan|kinh\s+te|tin\s+dung))|(?<!ban\s)tuyen\s+truyen|chuan\s+bi|duyet|can\s+cu|tiep\s+(?:tuc|nhan|thu)|day\s+manh|"
    r"trien\s+khai|thuc\s+hien|dam\s+(?:bao|nhan|nhiem)|bao\s+dam|quan\s+triet|tang\s+cuong|phan\s+(?:cong|bo)|giup|du\s+tru|soan\s+thao|"
    r"du\s+thao|lua\s+chon|gioi\s+thieu|huy\s+dong|(?<!ban\s)van\s+dong|dua\s+tin|viet|trang\s+tri|phuc\s+vu|cu|nop|gui|phai|khan\s+truong|"
    r"nghiem\s+tuc|bao\s+cao|mo\s+(?:chuyen|dot|hoi)|dang\s+(?:tai|ky)|de\s+xuat|(?<!ban\s)kiem\s+tra|giam\s+sat|thong\s+bao|niem\s+yet|"
    r"ra\s+soat|binh\s+(?:xet|chon|bau)|hop|cung\s+cap|cap\s+(?:phat|kinh)|ho\s+tro|lo|chon|trinh|xem\s+xet|cap\s+nhat|bien\s+tap|ban\s+hanh|"
    r"theo\s+chuc\s+nang|tren\s+co\s+so|rut\s+kinh|phat\s+(?:dong|song|huy))(?![a-z])"
)
_LEFT_TO_LIST_RE = re.compile(r"(?:trach\s+nhiem|nhiem\s+vu)(?:\s+(?:sau|nhu\s+sau|sau\s+day))?\s*:\s*$")
_AND_RE = re.compile(r"\sva\s+$")
_HAS_TO_RE = re.compile(r"co\s+(?:trach\s+nhiem|nhiem\s+vu)|chiu\s+trach\s+nhiem")
_LONGEST_UNIT = 110  # characters


def _assigned(item: Item) -> Span | None:
    """Return where *item* names the unit that it gives something to do."""
    folded = item.passage.folded
    for match in _ASSIGNED_RE.finditer(folded):
        if match.start() and not match["assigns"]:
            continue
        stop = re.compile(r"[.;](?=\s|$)").search(folded, match.end())
        limit = min(match.end() + _LONGEST_UNIT, stop.start() if stop else len(folded))
        ends = [d for d in _DOES_RE.finditer(folded, match.end(), limit) if not item.text[d.start()].isupper()]
        # "Cơ quan kiểm tra nhà nước có trách nhiệm ...": these words end a name more surely than a verb, but for
        # "Các thành viên thực hiện nhiệm vụ được giao và chịu trách nhiệm ...": a second verb of the sentence
        for does in [d for d in ends if _HAS_TO_RE.match(d[0]) and not _AND_RE.search(folded, 0, d.start())] or ends:
            return match.end(), does.start()
    return None


_DUTIES_RE = anchor_re(
    "tổ chức thực hiện|phân công|nhiệm vụ cụ thể|trách nhiệm|nhiệm vụ của|công tác tổ chức|thực hiện kế hoạch"
)


def find_tasks(plan: Plan) -> list[Found[Task]]:
    """Return what each unit is to do, under the headings that assign work."""
    tasks: list[Found[Task]] = []
    for item in plan.items:
        above = [other for other in item.path() if other is not item]
        if not any(_DUTIES_RE.search(title_of(other)) for other in above) or item.zone in ("recipients", "signature"):
            continue
        if item.style != "row":
            tasks += _tasks(item)
    for table in plan.outline.tables:
        tasks += _tabled(table)
    return tasks


_WORK_COLUMN_RE = re.compile(r"(?<![a-z])(?:cong\s+viec|nhiem\s+vu|phan\s+viec|viec)(?![a-z])")
_UNIT_COLUMN_RE = re.compile(
    r"(?<![a-z])(?:chu\s+tri|phu\s+trach|dam\s+nhiem|phan\s+cong|thuc\s+hien|chiu\s+trach\s+nhiem)(?![a-z])"
)


def _tabled(table: Table) -> Iterator[Found[Task]]:
    """Yield the tasks of a table with a column of work and one of who does it."""
    heads = [fold(text) for text, _ in table.header or ()]
    work = next((i for i, head in enumerate(heads) if _WORK_COLUMN_RE.search(head)), None)
    unit = next((i for i, head in enumerate(heads) if i != work and _UNIT_COLUMN_RE.search(head)), None)
    if work is None or unit is None:
        return
    for row in table.body:
        if max(work, unit) < len(row) and row[work][0].strip() and row[unit][0].strip():
            said, who = (" ".join(row[i][0].split()).rstrip(" ;.") for i in (work, unit))
            yield Found(
                Task(unit=_capital(who), text=said), table.spans(row[unit]) + table.spans(row[work]), 0.85, "rule:table"
            )


def _tasks(item: Item) -> Iterator[Found[Task]]:
    folded = item.passage.folded
    titled = _UNIT_TITLE_RE.match(folded)
    if _heads_work(item) and item.children and titled and len(item.text) < 200:
        has_to = _HAS_TO_RE.search(folded, titled.end())
        unit = item.text[titled.end() : has_to.start() if has_to else len(folded)].rstrip(" :.,;*_")
        parts = list(item.below())
        text = "; ".join(part.text.strip(" ;.") for part in parts)
        spans = [span for part in (item, *parts) for span in part.passage.spans(0, len(part.text))]
        yield Found(Task(unit=_capital(unit), text=text), tuple(spans), 0.9, "rule:unit_heading")
        return
    parent = item.parent
    if parent is not None and _heads_work(parent) and _UNIT_TITLE_RE.match(parent.passage.folded):
        return  # said with its heading already
    assigned = _assigned(item)
    if assigned is None:
        return
    start, end = assigned
    rest = item.text[end:].lstrip(" :")
    if not _HAS_TO_RE.sub("", fold(rest)).strip(" .:;"):
        return
    yield Found(
        Task(unit=_capital(item.text[start:end].strip(" ,:")), text=" ".join(rest.split()).rstrip(" ;")),
        item.passage.spans(start, len(item.text)),
        0.8,
        "rule:assignment",
    )


def _heads_work(item: Item) -> bool:
    """Tell whether what an item's unit has to do stands below it: a heading, or "Cơ quan Thuế có trách nhiệm:"."""
    return item.heading or _LEFT_TO_LIST_RE.search(item.passage.folded) is not None


def _capital(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


_BUDGET_RE = re.compile(r"^\W*(?:\w+\s+){0,2}?" + anchor("kinh phí|nguồn kinh phí") + r"|^\W*(?:ve\s+)?tai\s+chinh\s*:")
_BUDGET_TITLE_RE = anchor_re("kinh phí")
_PROVIDES_RE = re.compile(
    r"\b(?:do|tu|trich|bao dam|dam bao|chi|lay|theo|ho tro|du toan|dong|chiu|can doi|su dung|duoc|tren|cap|huy dong|"
    r"van dong|thanh toan|quyet toan|\d+)\b"
)
_MONEY_RE = anchor_re(
    "kinh phí|ngân sách|nguồn|mức chi|chi phí|chi trả|thanh toán|quyết toán|dự toán|xã hội hóa|đóng góp|tài trợ|hỗ trợ|"
    "tiết kiệm|thanh quyết toán|định mức|chế độ|đồng|cân đối"
)


def find_budget(plan: Plan) -> Found[str] | None:
    """Return what the plan says about money: the text under its heading, or the sentences that begin with it."""
    pieces: list[tuple[Item, int, int]] = []
    for item in plan.items:
        if item.heading and _BUDGET_TITLE_RE.search(title_of(item)) and item.children and not _mixed(item):
            pieces = [
                (child, 0, len(child.text))
                for child in item.below()
                if not _CLOSING_WORDS_RE.match(child.passage.folded)
            ]
            break
        if _BUDGET_RE.match(item.passage.folded) and not (item.heading and item.children):
            colon = re.match(r"[^:.]{0,60}:\s*", item.text)
            if not colon and not _PROVIDES_RE.search(item.passage.folded):
                continue  # "đ) Kinh phí thực hiện;": a matter in a list, of which nothing is said
            pieces.append((item, colon.end() if colon else 0, _money_end(item)))
    if not pieces:
        return None
    text = " ".join(" ".join(item.text[start:end].split()) for item, start, end in pieces)
    spans = tuple(span for item, start, end in pieces for span in item.passage.spans(start, end))
    return Found(text.strip(" ;"), spans, 0.9, "rule:budget") if text.strip() else None


def _money_end(item: Item) -> int:
    """Return where *item* stops to speak of money: before the first later sentence that names none."""
    end = len(item.text)
    for index, (low, high) in enumerate(item.passage.sentences()):
        if index and not _MONEY_RE.search(item.passage.folded[low:high]):
            return end
        end = high
    return end


def _mixed(item: Item) -> bool:
    """Tell whether a heading names other matters beside the money."""
    return bool(_OTHER_MATTER_RE.search(item.passage.folded))


_OTHER_MATTER_RE = re.compile(
    r"(?<![a-z])(?:noi\s*dung|thoi\s*gian|thanh\s*phan|hinh\s*thuc|ho\s*so|tien\s*do|chuong\s*trinh|dia\s*diem|phan\s*cong|"
    r"to\s*chuc\s+thuc\s*hien|khen\s*thuong|che\s*do\s+bao\s*cao)(?![a-z])"
)
# The sentence that ends a plan stands under its last heading by chance.
_CLOSING_WORDS_RE = re.compile(
    r"\W*(?:tren\s+day\s+la|can\s+cu\s+ke\s+hoach|nhan\s+duoc|yeu\s+cau|de\s+nghi|trong\s+qua\s+trinh|noi\s+nhan)"
)
