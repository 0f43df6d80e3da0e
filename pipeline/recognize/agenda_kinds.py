"""The kinds of items of a programme: which words tell a greeting from a report, a talk from a speech."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lexicon.folding import anchor, fold
from pipeline.record import AgendaKind

# "khen thưởng" is an item of its own, but not in "phong trào thi đua, khen thưởng" or "công tác khen thưởng".
_AWARDING = r"(?<!thi dua, )(?<!thi dua va )(?<!thi dua - )(?<!thi dua-)(?<!thi dua )(?<!cong tac )" + anchor(
    "khen thưởng"
)
_LEADER = (
    r"(?:lanh\s+dao|cap\s+tren|dong\s+chi|bi\s+thu|chu\s+tich|thuong\s+truc|dai\s+bieu\s+khach|khach\s+moi|"
    r"ban\s+thi\s+dua|tu\s+lenh|chinh\s+uy|chi\s+huy\s+truong|thu\s+truong|bo\s+truong|tong\s+giam\s+doc|cuc\s+truong|"
    r"trung\s+uong)"
)
# An office that stands above the one that meets: its envoy brings a speech, not a talk.
_ABOVE = (
    r"(?:dai\s+dien|thay\s+mat)\s+(?:cho\s+)?(?:lanh\s+dao|cap\s+tren|so|bo|ban(?!\s+to\s+chuc)|hoi\s+dong|uy\s+ban|ubnd|hdnd|"
    r"cap\s+(?:tinh|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong|trung\s+uong)|tinh|huyen|thanh|thi|quan|xa|phuong|dang\s+uy|trung\s+uong|tong|lien\s+doan|ldld|ub\s?mttq|mttq|mat\s+tran)(?![a-z])"
)
_LEADER_SPEAKS = (
    rf"(?<![a-z])(?:{_LEADER}|{_ABOVE})\s?[^;.]{{0,60}}(?:phat\s+bieu(?!\s+(?:khai|be\s))|chi\s+dao)|"
    rf"(?:phat\s+bieu|y\s+kien)\s+(?:(?:y\s+kien|chuc\s+mung|chao\s+mung|dong\s+vien)\s+)?(?:cua|tu)\s[^;.]{{0,40}}(?:{_LEADER}|{_ABOVE})|don\s+nhan\s+y\s+kien|"
    r"dai\s*bieu\s+(?:tinh|huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong)\s[^;.,]{0,20}phat\s+bieu|"
    r"lanh\s+dao[^;.,]{0,40}\s+co\s+y\s+kien"
)
# What a report says it is; a bare "báo cáo" may also be that of an exemplary worker, or what is being discussed.
_SUMMARY_RE = re.compile(anchor("tổng kết|đánh giá|kết quả|sơ kết|chính trị|phong trào|công tác|trung tâm|của ban"))
_PATTERNS: dict[AgendaKind, str] = {
    "performance": anchor(
        "văn nghệ|nghệ thuật chào mừng|ca múa nhạc|ca nhạc|múa hát|chương trình nghệ thuật|tiết mục|"
        "biểu diễn nghệ thuật|đồng ca|hát múa|trống hội|múa lân|đồng diễn|ca múa|hợp ca|tốp ca|"
        "sân khấu hóa|hợp xướng|đơn ca|song ca|đờn ca|ca cổ|cải lương|dân ca|chầu văn|ví giặm|hoạt cảnh|tiểu phẩm|"
        "cồng chiêng|dân vũ|hòa tấu|độc tấu|ca khúc"
    )
    + r"|(?<!dai )(?<![a-z])bieu\s+dien(?!\s+hinh)(?![a-z])"
    # but not "hát Quốc ca", and not "mua sắm"
    + r"|(?<![a-z])(?:mua|hat)(?![a-z])(?!\s*[,-]?\s*(?:bai\s+)?(?:quoc|chao\s+co|sam)|\s+bai\s+ca\s)",
    "flag_salute": anchor("chào cờ|hát quốc ca|quốc ca|quốc thiều"),
    "introduction": anchor(
        "tuyên bố lý do|nêu mục đích|mời đoàn chủ tịch|mời chủ tọa|mời ban chủ tọa|"
        "giới thiệu đại biểu|giới thiệu thành phần|"
        "giới thiệu khách mời|"
        "giới thiệu chủ tọa|nêu lý do|lý do hội nghị|giới thiệu khách|giới thiệu các vị|"
        "giới thiệu thư ký|giới thiệu ban|giới thiệu đoàn chủ tịch|giới thiệu các đại biểu|giới thiệu lãnh đạo|"
        "giới thiệu chủ trì|ra mắt đoàn|ra mắt ban"
    ),
    "opening": anchor("khai mạc|phát biểu mở đầu|đề dẫn|khai hội|lời chào mừng"),
    "exemplar_talks": anchor(
        "tham luận|giao lưu|báo cáo điển hình|điển hình báo cáo|báo cáo của các điển hình|báo cáo của điển hình|"
        "báo cáo thành tích|phát biểu của các điển hình|phát biểu của điển hình|chia sẻ kinh nghiệm|tọa đàm|"
        "trao đổi kinh nghiệm|kinh nghiệm|gặp gỡ|trò chuyện|nêu gương|điển hình phát biểu|"
        "phát biểu của đại diện các điển hình|phát biểu của đại diện điển hình|gặp mặt điển hình|gặp mặt các điển hình|"
        "gương điển hình chia sẻ|điển hình trình bày|điển hình chia sẻ|điển hình kể|giới thiệu gương|"
        "giới thiệu các gương|giới thiệu điển hình|"
        "giới thiệu các điển hình|giới thiệu mô hình|giới thiệu các mô hình|nói chuyện|đối thoại|"
        "trao đổi cùng nhân vật|trao đổi với nhân vật|trao đổi cùng điển hình|trao đổi với điển hình|"
        "trao đổi với các điển hình|kể chuyện|kể việc|chia sẻ cách làm|"
        "báo cáo của các tập thể|điển hình tiên tiến phát biểu|"
        "cảm tưởng|báo cáo của các cá nhân|chia sẻ của các điển hình|điển hình tiên tiến báo cáo"
    )
    + r"|(?<![a-z])(?:dien\s+hinh|guong|nhan\s+to|tieu\s+bieu)(?:\s+[a-z]+){0,4},?\s+"
    r"(?:ke|noi\s+(?:ve|len)|trinh\s+bay|tam\s+su|thuat|chia\s+se|neu|bao\s+cao)(?![a-z])"
    + r"|(?<![a-z])(?:dien\s+hinh|guong|tap\s+the|ca\s+nhan)(?:\s+[a-z]+){0,4},?\s+phat\s+bieu(?!\s+(?:huong|dap|cam))",
    "summary_report": anchor(
        "báo cáo|đánh giá phong trào|đánh giá kết quả|nhìn lại|tổng kết 5 năm|tổng kết 05 năm|"
        "phim tư liệu|video clip|tổng kết phong trào thi đua|tổng kết công tác thi đua|phóng sự|trình chiếu phim|"
        "tóm tắt thành tích|tóm tắt kết quả|chiếu phim|phim tài liệu|xem phim|kiểm điểm|chiếu clip|xem clip|tổng thuật"
    ),
    "discussion": anchor(
        "thảo luận|góp ý|ý kiến đóng góp|đóng góp ý kiến|ý kiến phát biểu|ý kiến của đại biểu|"
        "ý kiến của các đại biểu|phát biểu, trao đổi|"
        "đại biểu phát biểu ý kiến|ý kiến đại biểu|"
        "trao đổi, phát biểu|trao đổi ý kiến|ý kiến trao đổi|tham gia ý kiến|xin ý kiến"
    ),
    "commendation": anchor(
        "biểu dương|tôn vinh|trao tặng|trao thưởng|trao bằng khen|trao giấy khen|công bố quyết định khen|"
        "trao các hình thức khen|tặng bằng khen|tặng giấy khen|trao quà|tặng thưởng|công bố quyết định và trao|"
        "trao cờ|tuyên dương|trao danh hiệu|trao khen thưởng|trao phần thưởng|tặng cờ|tặng quà|tặng hoa|vinh danh|"
        "phát thưởng|trao giải|trao kỷ niệm chương"
    )
    + r"|(?<!phong )(?<![a-z])trao\s+(?!doi|luu)"
    + "|"
    + _AWARDING,
    "response": anchor(
        "hưởng ứng|đáp từ|ký giao ước|ký kết giao ước|giao ước thi đua|đăng ký thi đua|cam kết|hứa quyết tâm|"
        "quyết tâm thư|đáp lời|phát biểu tiếp thu|tiếp thu ý kiến chỉ đạo"
    ),
    "launch": anchor("phát động|kêu gọi thi đua|lời kêu gọi") + r"|(?<![a-z])keu\s+goi\s[^,;]{0,40}thi\s+dua(?![a-z])",
    "superior_speech": anchor(
        "phát biểu chỉ đạo|phát biểu của lãnh đạo|ý kiến chỉ đạo|phát biểu của cấp trên|"
        "phát biểu của đồng chí|phát biểu của các đồng chí|phát biểu của đại diện lãnh đạo|cấp trên phát biểu|"
        "phát biểu của đại biểu|phát biểu của khách mời|đại biểu phát biểu|phát biểu chào mừng|"
        "lãnh đạo phát biểu|huấn thị"
    )
    + "|"
    + _LEADER_SPEAKS,
    "delegate_list": anchor(
        "danh sách đại biểu|đoàn đại biểu|cử đoàn|danh sách đoàn đại biểu|danh sách cử|"
        "đại biểu đi dự|đoàn đại biểu dự|đoàn đại biểu đi dự|cử đại biểu|đại biểu dự đại hội|"
        "đại biểu dự hội nghị cấp trên|danh sách điển hình|bầu đại biểu|"
        "danh sách tập thể, cá nhân|danh sách tập thể"
    )
    + r"|(?<![a-z])(?:gioi\s+thieu|lua\s+chon|chon)\s[^;.]{0,40}(?:dien\s+hinh|tap\s+the|ca\s+nhan)[^;.]{0,30}?\s"
    r"(?:di\s+|tham\s+)?du\s+(?:dai\s+hoi|hoi\s+nghi)|"
    r"(?<![a-z])danh\s+sach\s+(?:(?:di|tham)\s+)?du\s+(?:dai\s+hoi|hoi\s+nghi|cap\s+tren)",
    "election": anchor("bầu|bầu cử|hiệp thương|suy tôn|bỏ phiếu")
    + r"|(?<![a-z])cu\s+(?:chu\s+(?:toa|tich)|doan\s+chu|thu\s+ky|ban\s+(?:thu|kiem))",
    "resolution": anchor("nghị quyết|biểu quyết"),
    "closing": anchor("bế mạc|kết thúc|tổng kết hội nghị|kết luận|tổng kết đại hội"),
}
_KINDS: dict[AgendaKind, re.Pattern[str]] = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}

# What a report, a launch or an answer is about is no item of its own, unless a comma or "và" starts a new action.
_ABOUT: dict[AgendaKind, tuple[AgendaKind, ...]] = {
    "summary_report": ("commendation", "launch", "response", "resolution", "performance", "discussion"),
    "launch": ("commendation", "response", "resolution", "performance", "election"),
    "response": ("commendation", "launch", "resolution"),
    "exemplar_talks": ("commendation", "response"),
    "discussion": ("summary_report", "resolution", "commendation"),
}
# who acts begins another action: "Lãnh đạo phát động thi đua, các huyện hưởng ứng"
_NEW_ACTION_RE = re.compile(
    r"(?:[,;]|va|-|\+)\s*(?:le\s+|phan\s+)?$|"
    r";|(?:,|va)\s*(?:dai\s+dien|cac\s+(?!phong\s+trao|cuoc|hoat\s+dong|noi\s+dung|chi\s+tieu|muc\s+tieu)[a-z]+)(?![a-z])[^;]*$"
)
_DISCUSSING_RE = re.compile(r"thao\s+luan[^,;]{0,30}va\s*tham\s+luan\W*$")
_PROPOSES_RE = re.compile(
    r"(?<![a-z])(?:de\s+nghi|de\s+xuat|xet)(?:\s+[a-z]+){0,3}?\s+(?:tang|khen|trao)[^,;]*"
)  # none is given yet
_ENTRUSTS_RE = re.compile(r"trao\s+(?:quyet\s+dinh|nghi\s+quyet)\s+cu\s")
_VOTES_RE = re.compile(r"bieu\s+quyet\s+(?:bau|cu|chon|suy\s+ton)(?![a-z])")
_SINGS_RE = re.compile(r"giao\s+luu\s+(?:van\s+nghe|nghe\s+thuat|ca\s)")
# to elect them is an election, to adopt who was elected a list
_ELECTS_DELEGATES_RE = re.compile(
    r"(?<![a-z])(?:bau|suy\s+ton|hiep\s+thuong)\s+(?:(?:cu|chon|gioi\s+thieu|doan|cac|thong\s+nhat)\s+){0,3}dai\s*bieu"
)
_ANSWERS_RE = re.compile(r"^(?!.*(?:huong\s+ung|giao\s+uoc|cam\s+ket)).*(?<![a-z])(?:dap\s+tu|tiep\s+thu)(?![a-z])")
_OWN_SPEECH_RE = re.compile(
    r"phat\s+bieu\s*,?\s*(?:y\s+kien\s+)?(?:khai|mo\s+dau|de\s+dan|be\s|ket\s+luan|huong|tham|thao|dap)|tiep\s+thu"
)


# other words for delegates
_PARTICIPANTS_RE = re.compile(r"(?<![a-z])nguoi\s+(?:(?:tham|ve|di|den)\s+)?du(?![a-z])")


@lru_cache(maxsize=4096)  # the same words are candidates of several lists of one document
def kinds_of(text: str) -> tuple[AgendaKind, ...]:
    """Return the kinds of an item of a programme; ("other",) where none is known.

    >>> kinds_of("Tuyên bố lý do, giới thiệu đại biểu và khai mạc"), kinds_of("Tổng kết, Bế mạc Hội nghị")
    (('introduction', 'opening'), ('closing',))
    >>> kinds_of("Phát biểu hưởng ứng phong trào thi đua"), kinds_of("Nghỉ giải lao")
    (('response',), ('other',))
    """
    folded = _PARTICIPANTS_RE.sub("dai bieu", fold(text))
    head = re.split(r"\(", folded, maxsplit=1)[0] if folded.find("(") > 8 else folded
    head = re.split(r"(?<=[a-z])\.\s", head, maxsplit=1)[0]
    hits: dict[AgendaKind, int] = {}
    for kind, pattern in _KINDS.items():
        if match := pattern.search(head):
            hits[kind] = match.start()
    _settle(head, hits)
    return tuple(sorted(hits, key=lambda kind: hits[kind])) or ("other",)


def _settle(head: str, hits: dict[AgendaKind, int]) -> None:
    """Drop kinds that another one explains: "báo cáo tham luận" is a talk, not a report."""
    if "summary_report" in hits and ("exemplar_talks" in hits or "discussion" in hits):
        other = min(hits[kind] for kind in ("exemplar_talks", "discussion") if kind in hits)
        if not _SUMMARY_RE.search(head, hits["summary_report"]) or other < hits["summary_report"]:
            del hits["summary_report"]
    for first, objects in _ABOUT.items():
        for about in objects:
            if first in hits and about in hits and hits[first] < hits[about]:
                between = head[hits[first] : hits[about]]
                if not _NEW_ACTION_RE.search(between):
                    del hits[about]
    if "commendation" in hits and not _KINDS["commendation"].search(_PROPOSES_RE.sub(" ", head)):
        del hits["commendation"]
    if "superior_speech" in hits and len(hits) > 1 and _OWN_SPEECH_RE.search(head):
        del hits["superior_speech"]
    if {"discussion", "exemplar_talks"} <= hits.keys() and _DISCUSSING_RE.search(head):
        del hits["exemplar_talks"]
    if "superior_speech" in hits and "discussion" in hits and "thao luan" not in head and "gop y" not in head:
        del hits["discussion"]  # "ý kiến phát biểu chỉ đạo" is a speech
    if "response" in hits and ("closing" in hits or "launch" in hits) and _ANSWERS_RE.search(head):
        del hits["response"]  # the host answers, launches and closes
    if "delegate_list" in hits:
        hits.pop("introduction", None)
        if "election" in hits and not _ELECTS_DELEGATES_RE.search(head):
            del hits["election"]
        elif "election" in hits:
            del hits["delegate_list"]
        if "commendation" in hits and _ENTRUSTS_RE.search(head):
            del hits["commendation"]
    if "election" in hits and "resolution" in hits and _VOTES_RE.search(head):
        del hits["resolution"]
    if "exemplar_talks" in hits and "performance" in hits and _SINGS_RE.search(head):
        del hits["exemplar_talks"]
    if "delegate_list" in hits and "exemplar_talks" in hits:
        del hits["exemplar_talks"]  # "lựa chọn, giới thiệu điển hình dự đại hội cấp trên"
