# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Items of conference programmes with the kinds they are; each family picks from here or writes its own."""

from __future__ import annotations

from random import Random

from corpus.families.base import Draft

POOL: dict[tuple[str, ...], tuple[str, ...]] = {
    ("performance",): (
        "Văn nghệ chào mừng[ hội nghị|]",
        "[Chương trình|Tiết mục] văn nghệ [đầu giờ|chào mừng]",
        "Biểu diễn văn nghệ",
    ),
    ("flag_salute",): ("Chào cờ", "[Nghi lễ chào cờ|Chào cờ, hát Quốc ca]", "Làm lễ chào cờ"),
    ("introduction",): (
        "Tuyên bố lý do, giới thiệu đại biểu",
        "[Nêu|Tuyên bố] lý do; giới thiệu thành phần[ tham dự|]",
        "Giới thiệu đại biểu và khách mời",
    ),
    ("introduction", "opening"): (
        "Tuyên bố lý do, giới thiệu đại biểu, khai mạc",
        "Giới thiệu đại biểu và phát biểu khai mạc",
    ),
    ("opening",): ("[Diễn văn|Phát biểu|Lời] khai mạc[ hội nghị|]", "Khai mạc"),
    ("summary_report",): (
        "Báo cáo tổng kết phong trào thi đua[, khen thưởng|] {past}; phương hướng, nhiệm vụ {ahead}",
        "Trình bày báo cáo kết quả phong trào thi đua yêu nước [5 năm|05 năm] {past}",
        "Báo cáo [đánh giá|kết quả] công tác thi đua, khen thưởng {past} và nhiệm vụ trọng tâm những năm tới",
    ),
    ("exemplar_talks",): (
        "[Tham luận|Báo cáo điển hình] của [các |một số ]tập thể, cá nhân tiêu biểu",
        "Các điển hình tiên tiến [báo cáo tham luận|trình bày kinh nghiệm]",
        "Giao lưu với [các gương điển hình tiên tiến|các nhân vật điển hình]",
    ),
    ("discussion",): ("Thảo luận", "Đại biểu thảo luận, [đóng góp ý kiến|góp ý vào báo cáo]"),
    ("commendation",): (
        "[Biểu dương|Tôn vinh], khen thưởng các [điển hình tiên tiến|tập thể, cá nhân tiêu biểu]",
        "Công bố quyết định và trao [Giấy khen|Bằng khen, Giấy khen]",
        "Trao thưởng cho các điển hình tiên tiến",
    ),
    ("superior_speech",): (
        "Phát biểu [chỉ đạo |]của [lãnh đạo cấp trên|đại diện cấp trên]",
        "Lãnh đạo cấp trên phát biểu chỉ đạo",
    ),
    ("launch",): (
        "Phát động [phong trào |]thi đua [yêu nước |]giai đoạn {ahead}",
        "[Lãnh đạo đơn vị|Chủ tọa] phát động thi đua",
    ),
    ("response",): ("[Đại diện đại biểu p|P]hát biểu hưởng ứng[ thi đua|]", "Ký giao ước, hưởng ứng phong trào thi đua"),
    ("delegate_list",): (
        "Thông qua danh sách đại biểu [dự hội nghị|đi dự hội nghị, đại hội] cấp trên",
        "Giới thiệu và thông qua danh sách đại biểu dự {congress}",
    ),
    ("resolution",): ("Thông qua nghị quyết[ hội nghị|]", "Biểu quyết thông qua [Nghị quyết|dự thảo nghị quyết] hội nghị"),
    ("closing",): ("[Bế mạc|Tổng kết, bế mạc|Kết luận và bế mạc][ hội nghị|]", "Kết thúc hội nghị"),
}  # fmt: skip
ORDER = tuple(POOL)
_ALWAYS = {("summary_report",), ("exemplar_talks",), ("commendation",), ("closing",)}


def pick(rng: Random) -> list[tuple[str, ...]]:
    """Return the kinds of a programme, in order."""
    chosen = [kinds for kinds in ORDER if kinds in _ALWAYS or rng.random() < 0.6]
    if ("introduction", "opening") in chosen:
        chosen = [kinds for kinds in chosen if kinds not in {("introduction",), ("opening",)}]
    return chosen


def programme(draft: Draft) -> list[str]:
    """State a programme from the pool; returns its items."""
    return [draft.item(kinds, draft.rng.choice(POOL[kinds])) for kinds in pick(draft.rng)]
