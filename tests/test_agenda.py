from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.recognize.agenda import find_agenda
from pipeline.recognize.agenda_kinds import kinds_of
from tests.body import plan_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "agenda.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_programme(case: dict[str, Any]) -> None:
    found = [item.value for item in find_agenda(plan_of(case["original"]))]
    assert [[v.text, list(v.kinds)] for v in found] == case["expected"]


def test_clock_times_are_kept() -> None:
    text = "IV. CHƯƠNG TRÌNH\n- 7 giờ 30: Chào cờ\n- 8h: Khai mạc\n- 8h05 - 9h00: Báo cáo tổng kết\n- 10g15: Bế mạc"
    assert [item.value.time for item in find_agenda(plan_of(text))] == ["07:30", "08:00", "08:05", "10:15"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Báo cáo tham luận của các điển hình tiên tiến", ("exemplar_talks",)),
        ("Phát động phong trào thi đua, khen thưởng", ("launch",)),
        ("Phát biểu hưởng ứng lời phát động", ("response",)),
        ("Tiếp thu ý kiến cấp trên và Chủ tịch Hội đồng phát động thi đua", ("launch",)),
        ("Thông qua danh sách đại biểu đi dự Đại hội cấp trên", ("delegate_list",)),
        ("Đại biểu thảo luận, góp ý vào báo cáo", ("discussion",)),
        ("Công bố quyết định và trao Bằng khen", ("commendation",)),
        ("Đón tiếp đại biểu", ("other",)),
        ("Các đại biểu điển hình chia sẻ", ("exemplar_talks",)),
        ("Giới thiệu các mô hình, điển hình tiên tiến", ("exemplar_talks",)),
        ("Tóm tắt thành tích phong trào thi đua của các thôn", ("summary_report",)),
        ("Xem phim tài liệu về phong trào", ("summary_report",)),
        ("Đại diện Ban Chỉ đạo tỉnh phát biểu", ("superior_speech",)),
        ("Ý kiến phát biểu chỉ đạo của lãnh đạo tỉnh", ("superior_speech",)),
        ("Đồng chí Bí thư phát biểu kết luận", ("closing",)),
        ("Đáp từ, bế mạc", ("closing",)),
        ("Đọc quyết tâm thư", ("response",)),
        ("Kêu gọi nhân dân thi đua lập thành tích", ("launch",)),
        ("Mời Đoàn Chủ tịch lên làm việc", ("introduction",)),
        ("Hiệp thương cử đại biểu dự hội nghị cấp trên", ("election",)),
        ("Bỏ phiếu suy tôn đơn vị đề nghị tặng Cờ thi đua", ("election",)),
        ("Phát động thi đua, các nông trường ký giao ước", ("launch", "response")),
        ("Phát động các phong trào thi đua, các cuộc vận động hưởng ứng Ngày vì người nghèo", ("launch",)),
        ("Giám đốc đáp từ, phát động thi đua", ("launch",)),
        ("Đồng ca và bế mạc", ("performance", "closing")),
        ("Tổng thuật kết quả 5 năm học tập và làm theo lời Bác", ("summary_report",)),
        ("Biểu quyết bầu Đoàn Chủ tịch, Ban Thư ký", ("election",)),
        ("Trao quyết định cử đại biểu", ("delegate_list",)),
        ("Lựa chọn, giới thiệu điển hình tiên tiến dự Đại hội cấp trên", ("delegate_list",)),
        ("Thông qua chương trình, quy chế Đại hội", ("other",)),
        ("Phổ biến nội quy, quy chế", ("other",)),
        ("Các đại biểu tham gia ý kiến", ("discussion",)),
        ("Gặp mặt các điển hình tiên tiến", ("exemplar_talks",)),
        ("Phát biểu của đại diện các điển hình tiên tiến", ("exemplar_talks",)),
        ("Giao lưu văn nghệ, trình diễn trang phục", ("performance",)),
        ("Chào cờ, hát bài ca Phụ nữ Việt Nam", ("flag_salute",)),
        ("Phát biểu chúc mừng của Thường trực Tỉnh ủy", ("superior_speech",)),
    ],
)
def test_kinds(text: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(text) == kinds


def test_the_first_clock_time_of_a_sentence_is_kept() -> None:
    text = "Chương trình làm việc:\n8 giờ: khai mạc; 8 giờ 15: báo cáo tổng kết; 9 giờ: tham luận; 11 giờ: bế mạc."
    assert [item.value.time for item in find_agenda(plan_of(text))] == ["08:00", "08:15", "09:00", "11:00"]
