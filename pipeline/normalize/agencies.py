"""Bodies: whose they are, at what level, and where they lie.

The one idea: a body is a head ("Sở Y tế", "Ban Chỉ đạo ...") and the administrative unit it belongs to ("tỉnh Kiên
Giang"). A header states the two on lines of their own or leaves the unit to the parent body; citations leave it to the
reader ("UBND tỉnh"). Both are put together here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.lexicon import units
from pipeline.lexicon.agency_names import HEADS, abbreviations
from pipeline.lexicon.folding import fold
from pipeline.lexicon.letters import cased
from pipeline.normalize.body_names import (
    KIND_OF_TITLE,
    PARTY_HEADS,
    UnitMention,
    known_unit,
    unglue,
    units_in,
    write_out,
)
from pipeline.record import BodyLevel, IssuingBody

_BARE_KIND_RE = cased(r"\b(?P<kind>tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)\b(?!\s+[[:upper:]\d])")
_CENTRAL_RE = re.compile(
    r"^(?:bo(?! chi huy| tu lenh thu do| doi| phan)|chinh phu|quoc hoi|thu tuong|chu tich nuoc|"
    r"van phong (?:chinh phu|quoc hoi|"
    r"chu tich nuoc|trung uong)|tong cuc|tong lien doan|trung uong|ban bi thu|uy ban thuong vu quoc hoi|tong cong ty|"
    r"uy ban trung uong|ban chap hanh trung uong|uy ban dan toc|kiem toan nha nuoc|thanh tra chinh phu|"
    r"ban to chuc trung uong|"
    r"ngan hang nha nuoc viet nam|bao hiem xa hoi viet nam|dai tieng noi|thong tan xa|"
    r"hoi dong bau cu quoc gia|vien han lam|toa an nhan dan toi cao|"
    r"vien kiem sat nhan dan toi cao)|\btrung uong\b|\bviet nam$"
)
_OTHER_RE = re.compile(
    r"^(?:cong ty|tap doan|truong|dai hoc|hoc vien|benh vien|vien(?! kiem sat)|ngan hang|chi nhanh|hop tac xa|"
    r"xi nghiep|bao(?! hiem))\b"
)
# Heads whose bodies are one to a unit: their name is not complete without it.
_ONE_TO_A_UNIT_RE = re.compile(
    r"^(?:so|phong|ban|uy ban|hoi dong|thanh tra|chi cuc|cuc|van phong|cong an|hoi|doan|"
    r"cong doan(?! co so \w)|lien doan|dang|huyen|tinh|"
    r"thanh|thi|quan|bo chi huy|ban chi huy|kho bac|bao hiem|toa an|vien kiem sat|lien minh|lien hiep|"
    r"mat tran|trung tam|dai|"
    r"hat|tram|khoi|cum|tieu ban|to|quy|chi bo|thuong truc|benh vien da khoa$|bo doi|hiep hoi|nha)\b"
)


def starts_body(line: str) -> bool:
    """Tell whether a header line begins the name of a body.

    >>> starts_body("SỞ Y TẾ"), starts_body("TỈNH KIÊN GIANG"), starts_body("ĐÀO TẠO")
    (True, False, False)
    """
    line = " ".join(unglue(word) for word in line.split())
    first, *others = line.split() or [""]
    line = " ".join([abbreviations().get(first, first), *others])
    key = " ".join(re.sub(r"[^a-z ]", " ", fold(line)).split()) + " "
    if key.startswith("khoa hoc "):  # of an academy; a faculty is named otherwise
        return False
    if key == "phong " and "ò" not in line.casefold():  # "HUYỆN TUY / PHONG": the end of a name
        return False
    for head in HEADS:
        if key.startswith(head + " "):
            if head.endswith(" doan") and not line.isascii():  # "HUYỆN ĐOAN HÙNG" is not the Huyện đoàn
                return "đoàn" in line.casefold().split()[: len(head.split())]
            return True
    return False


_OPEN_END_RE = re.compile(
    r"(?:[-–,&/]|\b(?:và|va|của|cua|các|cac|tại|ngành|nganh|về|ve|cấp|khối|phòng, chống))\s*$", re.IGNORECASE
)
_SHORT_START_RE = re.compile(
    r"^(?:trung uong|ban chap hanh|ban thuong vu|bch|btv|uy ban|lien tich|thuong truc|chu tich|van phong|hoi dong|"
    r"cuc|chi cuc|tong cuc|vien han lam)\s*$"
)


def group_lines(lines: Sequence[str]) -> list[str]:
    """Join the lines of a header's left column to names of bodies, parents first.

    >>> group_lines(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"])
    ['UBND TỈNH KIÊN GIANG', 'SỞ Y TẾ']
    >>> group_lines(["ỦY BAN NHÂN DÂN", "HUYỆN DUY TIÊN", "PHÒNG GIÁO DỤC VÀ", "ĐÀO TẠO"])
    ['ỦY BAN NHÂN DÂN HUYỆN DUY TIÊN', 'PHÒNG GIÁO DỤC VÀ ĐÀO TẠO']
    """
    groups: list[str] = []
    for line in (part for whole in lines for part in _split_bodies(whole)):
        if not groups:
            groups.append(line)
            continue
        previous = groups[-1]
        opens = starts_body(line) and not _OPEN_END_RE.search(previous) and not _ends_unit(previous, line)
        if (
            opens
            and _SHORT_START_RE.match(fold(previous).strip())
            and not re.match(r"(?:so|phong|van phong)\b", fold(line))
        ):
            opens = False  # "TRUNG ƯƠNG / HỘI CHỮ THẬP ĐỎ", "ỦY BAN / MẶT TRẬN TỔ QUỐC"
        if opens and _OBJECT_RE.match(fold(line)):
            opens = False
        if opens and _ASKS_OBJECT_RE.search(fold(previous)) and not re.match(r"\s*(?:ubnd|uy ban|so)\b", fold(line)):
            opens = False  # "BAN CHỈ ĐẠO / ĐẠI HỘI THI ĐUA YÊU NƯỚC"
        if opens:
            groups.append(line)
        else:
            groups[-1] = f"{previous} {line}"
    if len(groups) > 1 and re.fullmatch(r"trung uong(?: dang)?", fold(groups[-1]).strip()):
        groups[-2:] = [f"{groups[-2]} {groups[-1]}"]
    return groups


def _ends_unit(previous: str, line: str) -> bool:
    """Tell whether a line of one word ends the name of a unit: "SỞ Y TẾ THÀNH PHỐ HẢI" / "PHÒNG"."""
    if len(line.split()) != 1:
        return False
    mentions = units_in(joined := write_out(f"{previous} {line}"))
    return (
        bool(mentions)
        and mentions[-1].end == len(joined)
        and known_unit(mentions[-1].kind, mentions[-1].name) is not None
    )


_INNER_HEAD_RE = re.compile(
    r"(?<=\s)(?:so|phong|ban|truong|cong doan|huyen uy|dang uy|van phong|trung tam|benh vien|chi cuc|hoi dong|ubnd|"
    r"thanh tra|tram|huyen doan|uy ban nhan dan)\s"
)


def _split_bodies(line: str) -> list[str]:
    """Part a parent from the body below it where their lines were joined, behind the parent's unit.

    >>> _split_bodies("UBND TỈNH KIÊN GIANG SỞ Y TẾ"), _split_bodies("BAN QUẢN LÝ DỰ ÁN HUYỆN TÂN HIỆP")
    (['UBND TỈNH KIÊN GIANG', 'SỞ Y TẾ'], ['BAN QUẢN LÝ DỰ ÁN HUYỆN TÂN HIỆP'])
    """
    for match in _INNER_HEAD_RE.finditer(fold(line)):
        left = write_out(line[: match.start()])
        mentions = units_in(left)
        if mentions and mentions[-1].end == len(left) and known_unit(mentions[-1].kind, mentions[-1].name):
            return [line[: match.start()].strip(), *_split_bodies(line[match.start() :])]
    return [line]


_OBJECT_RE = re.compile(
    r"\s*(?:to quoc|doan ket|phong trao|phong chong|phong, chong|hoi nghi|hoi thao|hoi thi|hoi dap|quy hoach)\b"
)
_ASKS_OBJECT_RE = re.compile(
    r"(?:ban chi dao|bcd|ban to chuc|btc|ban quan ly|tieu ban|to giup viec|to cong tac|ban dai dien|"
    r"ban van dong|ban soan thao)\s*$"
)


_SIZE: dict[BodyLevel, int] = {"commune": 0, "district": 1, "province": 2, "central": 3, "other": 4}


def main_unit(name: str, on: date | None) -> UnitMention | None:
    """Return the unit that a body's name ends with or its party head implies: "Huyện ủy Duy Tiên".

    >>> main_unit("Huyện ủy Duy Tiên", None).full_name, main_unit("Sở Y tế Kiên Giang", None).full_name
    ('huyện Duy Tiên', 'tỉnh Kiên Giang')
    """
    if mentions := units_in(name):  # "quận 10 phường 12": the smallest of neighbours is the body's own
        return min(mentions, key=lambda mention: _SIZE[level_of_kind(mention.kind, mention.name, on)])
    folded = fold(name)
    for head, kind in PARTY_HEADS.items():
        if (at := folded.find(head + " ")) >= 0:
            start = at + len(head) + 1
            rest = name[start:]
            known = known_unit(kind, rest) or (rest if rest[:1].isupper() else None)
            if known:
                if kind in ("thanh_pho", "thi_xa", "huyen", "quan") and units.find(known, "province", on=on):
                    kind = "thanh_pho" if kind == "thanh_pho" else kind
                return UnitMention(start, len(name), kind, known)
    words = name.split()
    for count in (4, 3, 2):
        if len(words) > count:
            tail = " ".join(words[-count:])
            if _NAMED_AFTER_RE.search(fold(" ".join(words[:-count]))):
                continue  # "Đoàn Thanh niên Cộng sản Hồ Chí Minh"
            for edition in (units.edition_on(on), 63, 34):
                if found := [
                    unit for unit in units.find(tail, "province", edition=edition) if units.same_name(unit.name, tail)
                ]:
                    start = len(name) - len(tail)
                    return UnitMention(start, len(name), found[0].kind, found[0].name)
    return None


_NAMED_AFTER_RE = re.compile(r"\b(?:cong san|quoc gia|tien phong|chu tich)$")


def level_of(name: str, unit: UnitMention | None, on: date | None = None) -> BodyLevel:
    """Return the level of a body from its name and the unit it belongs to.

    >>> level_of("Bộ Y tế", None), level_of("Sở Y tế", None), level_of("Công ty Cổ phần ABC", None)
    ('central', 'province', 'other')
    """
    folded = fold(name)
    if _OTHER_RE.match(folded) and not (unit is not None and re.search(r"\bchi nhanh\b", folded)):
        return "other"
    if unit is not None:
        return level_of_kind(unit.kind, unit.name, on)
    if re.match(r"(?:tong cong ty|tap doan)\b", folded):
        return "other"
    for head, kind in PARTY_HEADS.items():
        if re.search(rf"\b{head}\b", folded):
            return level_of_kind(kind, "", on)
    if re.match(r"(?:so|tinh)\b", folded):
        return "province"
    if _CENTRAL_RE.search(folded):
        return "central"
    return "other"


def level_of_kind(kind: units.Kind, name: str, on: date | None = None) -> BodyLevel:
    """Return the level of a unit; a thành phố is a province where the tables say so."""
    if kind == "thanh_pho":
        of = (63, 34) if on is None else (units.edition_on(on),)
        for edition in of:
            for unit in units.find(name, "province", edition=edition):  # type: ignore[arg-type]
                if unit.kind == "thanh_pho" and not (unit.name == "Huế" and (on is None or on.year < 2025)):
                    return "province"
        return "district"
    for level, kinds in units.KINDS_OF_LEVEL.items():
        if kind in kinds:
            return level
    return "other"


_ENDS_BARE_RE = re.compile(r"\b(?P<kind>tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường)$")


def issuing_body(
    lines: Sequence[str], on: date | None = None, place: str | None = None, context: str = ""
) -> IssuingBody | None:
    """Return the body that a header's left column names.

    Args:
        lines: its lines, parents first, as printed.
        on: day of issue, which decides the edition of the units.
        place: địa danh of the date line, a hint at the unit.
        context: text that may name the province ("... tỉnh Thanh Hóa"), searched last.

    >>> issuing_body(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]).name
    'Sở Y tế tỉnh Kiên Giang'
    """
    groups = [written for group in group_lines(lines) if (written := write_out(group))]
    if not groups:
        return None
    own = _OF_THE_COUNTRY_RE.sub(r"\1", groups[-1])
    unit = main_unit(own, on)
    inherited, giver = None, ""
    for giver in reversed(groups[:-1]):
        inherited = main_unit(giver, on)
        if inherited is not None:
            break
    if (board := _BOARD_RE.match(own)) and giver and _ASSOCIATION_RE.match(fold(giver)):
        whose = re.sub(r"\s+Việt Nam$", "", giver[: inherited.start] if inherited else giver).strip()
        own = f"{board[1]} {whose}{' ' + board[2] if board[2] else ''}"
        unit = main_unit(own, on)
    if giver and _BRANCH_RE.match(fold(own)) and _OTHER_RE.match(fold(giver)):
        own = f"{giver} {own[:1].lower()}{own[1:]}"
    if unit is None and inherited is not None:
        if _ONE_TO_A_UNIT_RE.match(fold(own)) and not re.search(r"\bkhu vuc\b", fold(own)):
            of_committee = _is_party(giver) and not re.match(r"dang\b", fold(own))  # "Ban Tuyên giáo Huyện ủy ..."
            of_committee = of_committee or fold(own) == "van phong"
            of_committee = of_committee or bool(_STAFF_RE.match(fold(own)) and _COMMAND_RE.match(fold(giver)))
            own = own if of_committee else _ENDS_BARE_RE.sub("", own).rstrip()  # "CÔNG ĐOÀN VIÊN CHỨC TỈNH"
            own = f"{own} {giver if of_committee else inherited.full_name}"
        unit = inherited
    if (
        _CENTRAL_PARTY_RE.fullmatch(fold(giver))
        and _PARTY_OFFICE_RE.match(fold(own))
        and not own.endswith("Trung ương")
    ):
        own = f"{own} Trung ương"
    if unit is None and place and (bare := _ENDS_BARE_RE.search(own)):  # its name stood on a line that is lost
        kind = KIND_OF_TITLE[bare["kind"]]
        for found in units.find(place, on=on):
            if found.kind == kind and found.code is not None:
                unit = UnitMention(bare.start(), len(own), kind, found.name)
                own = f"{own[: bare.start()]}{unit.full_name}"
                break
    if unit is not None:
        own = _with_kind(own, unit)
    level = level_of(own, unit, on)
    if level == "other" and giver and _UNDER_MINISTRY_RE.match(fold(own)) and level_of(giver, None, on) == "central":
        level = "central"
    above = [inherited] if inherited is not None and inherited is not unit else []
    return place_body(own, level, unit, above, on, place, context)


# "HỘI NÔNG DÂN VIỆT NAM / TỈNH BẾN TRE": the association of the country names that of the province
_OF_THE_COUNTRY_RE = re.compile(
    r"^(Hội (?!đồng).+?) Việt Nam(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu) )"
)
# "BỘ Y TẾ / CỤC PHÒNG BỆNH"; not the regional offices of a ministry, which lie in a province
_UNDER_MINISTRY_RE = re.compile(r"(?:cuc|vu|thanh tra|van phong|ban|uy ban|hoi dong)\b(?!.*\bkhu vuc\b)")
_BRANCH_RE = re.compile(r"(?:chi nhanh|van phong dai dien|phong giao dich)\b")


# "BAN CHẤP HÀNH TRUNG ƯƠNG / ỦY BAN KIỂM TRA": the office is the Ủy ban Kiểm tra Trung ương
_CENTRAL_PARTY_RE = re.compile(r"ban chap hanh trung uong(?: dang)?")
_PARTY_OFFICE_RE = re.compile(r"(?:ban|van phong|uy ban kiem tra)\b")

# An office of a command, a police force, a union: the province has several of that name.
_STAFF_RE = re.compile(r"(?:phong|ban (?!chap hanh|thuong|chi dao|quan ly)|van phong|co quan|uy ban kiem tra)\b")
_COMMAND_RE = re.compile(
    r"(?:bo chi huy|ban chi huy|bo tu lenh|bo doi|cong an|vien kiem sat|toa an|cuc|chi cuc|lien doan|cong doan|"
    r"hoi (?!dong)|mat tran|uy ban mat tran|kho bac|bao hiem)\b"
)

# "HỘI NÔNG DÂN VIỆT NAM / BAN CHẤP HÀNH TỈNH AN GIANG": the board is the association's
_BOARD_RE = re.compile(
    r"(Ban Chấp hành|Ban Thường vụ|Ban Thường trực)"
    r"(?:\s+((?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn)\s.+))?$"
)
_ASSOCIATION_RE = re.compile(r"(?:hoi\b(?! dong)|lien doan|cong doan|doan thanh nien|uy ban mat tran|mat tran)")


def _is_party(name: str) -> bool:
    return (
        re.match(r"(?:tinh|thanh|thi|huyen|quan|dang) uy\b|(?:tinh|thanh|thi|huyen|quan) doan\b", fold(name))
        is not None
    )


def place_body(
    name: str,
    level: BodyLevel,
    unit: UnitMention | None,
    above: Sequence[UnitMention],
    on: date | None,
    place: str | None = None,
    context: str = "",
) -> IssuingBody:
    """Find a body's province, district and commune with their codes, and where they went in 2025."""
    named: dict[str, str] = {}
    mentions = [mention for mention in (unit, *above, *units_in(name)) if mention is not None]
    for mention in mentions:
        of = level_of_kind(mention.kind, mention.name, on)
        named.setdefault(of, mention.full_name)
    if not named and level != "central" and place:
        for found in units.find(place, on=on):
            named.setdefault(found.level, found.full_name)
            break
    places = units.resolve(named.get("province"), named.get("district"), named.get("commune"), on=on)
    if "province" not in named and len({p.province for p in places}) != 1 and level != "central":
        own_name = _bare(named.get("commune") or named.get("district"))
        province = province_from(context, places, place if place != own_name else None, on)
        if province is not None:
            named["province"] = province.full_name
            places = units.resolve(province.full_name, named.get("district"), named.get("commune"), on=on)
    best = places[0] if len({p.province for p in places}) == 1 else units.Place()
    known = {"province": best.province, "district": best.district, "commune": best.commune}
    if len({p.smallest for p in places}) > 1:  # several units of one name: the common parent only
        for which in ("commune", "district"):
            if len({getattr(p, which) for p in places}) > 1:
                known[which] = None
    province = known["province"]
    written = {which: _bare(named.get(which)) for which in ("province", "district", "commune")}
    smallest = known["commune"] or known["district"] or province
    after = units.province_2025(province) if province is not None else None
    if smallest is not None and smallest.level != "province":
        after = units.province_2025(smallest) or after
    commune = known["commune"]
    return IssuingBody(
        name=name,
        level=level,
        province=province.name if province else written["province"],
        district=(known["district"].name if known["district"] else None) or written["district"],
        commune=(written["commune"] and (commune.name if commune and commune.code else written["commune"])),
        province_code=province.code if province else None,
        district_code=known["district"].code if known["district"] else None,
        commune_code=commune.code if commune else None,
        province_2025=after.name if after else None,
        province_2025_code=after.code if after else None,
        commune_2025=tuple(new.name for new in units.successors_2025(commune))
        if commune and on and on < units.MERGER_DAY
        else (),
    )


def _bare(full_name: str | None) -> str | None:
    return units.split_kind(full_name)[1] if full_name else None


def province_from(context: str, places: Sequence[units.Place], place: str | None, on: date | None) -> units.Unit | None:
    """Return the province that a text speaks of: the one named most often, among the possible ones if there are any."""
    edition = units.edition_on(on)
    possible = {p.province.name for p in places if p.province is not None}
    if (
        place
        and (found := units.find(place, "province", edition=edition))
        and (not possible or found[0].name in possible)
    ):
        return found[0]
    counts: dict[str, int] = {}
    provinces: dict[str, units.Unit] = {}
    folded = fold(context)
    for unit in (*units.all_units(edition, "province"), *units.find("Thừa Thiên Huế", "province", edition=63)):
        if possible and unit.name not in possible:
            continue
        title = fold(unit.full_name)
        count = len(re.findall(rf"\b{re.escape(title)}\b", folded))
        if count:
            counts[unit.name], provinces[unit.name] = count, unit
    if not counts:
        return None
    best = max(counts, key=lambda name: counts[name])
    return provinces[best]


def _up_to_unit(name: str) -> str:
    """Drop what a sentence adds behind the unit that ends a name.

    >>> _up_to_unit("Ủy ban nhân dân tỉnh Thanh Hóa Tổ chức Đại hội")
    'Ủy ban nhân dân tỉnh Thanh Hóa'
    """
    end = 0
    for mention in units_in(name):
        if end and mention.start - end > 3:
            break
        end = mention.end
    return name[:end] if end else name


def resolve_issuer(text: str, body: IssuingBody | None, on: date | None = None) -> str:
    """Write out the issuer that a document cites, its unit taken from the citing body where it is left out.

    >>> body = issuing_body(["UBND HUYỆN DUY TIÊN"])
    >>> resolve_issuer("UBND tỉnh", body), resolve_issuer("UBND huyện", body), resolve_issuer("Sở Nội vụ", body)
    ('Ủy ban nhân dân tỉnh Hà Nam', 'Ủy ban nhân dân huyện Duy Tiên', 'Sở Nội vụ tỉnh Hà Nam')
    >>> resolve_issuer("Tỉnh uỷ", body), resolve_issuer("Bộ Chính trị", body)
    ('Tỉnh ủy Hà Nam', 'Bộ Chính trị')
    """
    name = _up_to_unit(write_out(text))
    if body is None:
        return name
    folded = fold(name)
    if _CENTRAL_RE.match(folded):
        return name
    if (unit := main_unit(name, on)) is not None:
        return _with_kind(name, unit)
    own: dict[str, str | None] = {"province": body.province, "district": body.district, "commune": body.commune}
    province = units.find(body.province, "province", on=on)[:1] if body.province else ()
    province_kind: units.Kind = province[0].kind if province else "tinh"
    bare = list(_BARE_KIND_RE.finditer(name)) + list(
        re.finditer(r"(?i)\b(?P<kind>thành phố|tỉnh|thị xã|huyện|quận)$", name)
    )
    if bare:
        match = bare[-1]
        kind = KIND_OF_TITLE[match["kind"].lower()]
        level: str = level_of_kind(kind, "", on)
        if kind == "thanh_pho" and province_kind == "thanh_pho" and not _is_city(body):
            level = "province"
        unit_name = own.get(level)
        if kind == "tinh":
            kind = province_kind  # a city under the central government has no "tỉnh"
        if unit_name:
            return f"{name[: match.start()]}{units.TITLES[kind]} {unit_name}{name[match.end() :]}"
        return name
    for head, kind in PARTY_HEADS.items():
        if folded.endswith(head):
            level = level_of_kind(kind, "", on)
            if kind == "thanh_pho" and province_kind == "thanh_pho" and not _is_city(body):
                level = "province"
            return f"{name} {own[level]}" if own.get(level) else name
    if _OF_PROVINCE_RE.match(folded) and province:
        return f"{name} {province[0].full_name}"
    if folded.startswith("phong ") and (own_unit := _unit_of_offices(body)):
        return f"{name} {own_unit}"
    return name


def _unit_of_offices(body: IssuingBody) -> str | None:
    """Return the unit whose committee has the "Phòng ..." that *body* cites: its district, since 2025 its commune."""
    if body.level not in ("district", "commune"):
        return None
    level: units.Level = "district" if body.district else "commune"
    mentions = units_in(body.name)
    whose = [mention for mention in mentions if level_of_kind(mention.kind, mention.name) == level]
    if whose:
        return whose[0].full_name
    found = units.find(body.district, "district") if body.district else ()
    return found[0].full_name if found else None


_OF_PROVINCE_RE = re.compile(r"(?:(?:pho\s+)?giam\s+doc\s+)?so\b")


def _with_kind(name: str, unit: UnitMention) -> str:
    """Return the name of a department with its province's kind where only the province's name ends it.

    >>> _with_kind("Sở Y tế Kiên Giang", UnitMention(8, 18, "tinh", "Kiên Giang"))
    'Sở Y tế tỉnh Kiên Giang'
    """
    bare = name[unit.start :] == unit.name and not _ENDS_BARE_RE.search(name[: unit.start].rstrip())
    return f"{name[: unit.start]}{unit.full_name}" if bare and _OF_PROVINCE_RE.match(fold(name)) else name


def _is_city(body: IssuingBody) -> bool:
    """A city below a province issues: its "thành phố" is itself."""
    return "thành phố" in body.name and body.level == "district"
