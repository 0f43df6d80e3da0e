"""Titles on scanned pages, where the place of a line says what its words do not; the wordings are invented."""

from __future__ import annotations

import pytest

from pipeline.recognize.title import find_title
from tests.placed import Placed, placed

QUYET_DINH: Placed = ("QUYẾT ĐỊNH", (262, 150, 338, 164))


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        pytest.param(
            [
                QUYET_DINH,
                ("Về việc giao chỉ tiêu trồng rừng cho các xã vùng", (120, 168, 480, 182)),
                ("Tây Bắc huyện trong năm 2021", (190, 186, 410, 200)),
                ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN", (150, 220, 450, 234)),
            ],
            "Về việc giao chỉ tiêu trồng rừng cho các xã vùng Tây Bắc huyện trong năm 2021",
            id="a centred line that begins with a capital",
        ),
        pytest.param(
            [
                QUYET_DINH,
                ("Về việc giao chỉ tiêu trồng rừng", (180, 168, 420, 182)),
                ("CÔNG VĂN ĐẾN", (20, 178, 140, 196)),
                ("“, FP HÒN «", (10, 184, 260, 204), 0.41),
                ("trên địa bàn huyện", (230, 186, 370, 200)),
            ],
            "Về việc giao chỉ tiêu trồng rừng trên địa bàn huyện",
            id="a stamp of arrival between its lines",
        ),
        pytest.param(
            [
                ("Số 41 Ngày 2/3      QUYẾT ĐỊNH", (30, 150, 340, 164)),
                ("Về việc giao chỉ tiêu trồng rừng", (180, 168, 420, 182)),
            ],
            "Về việc giao chỉ tiêu trồng rừng",
            id="a stamp of arrival on the title's line",
        ),
        pytest.param(
            [QUYET_DINH, ("“t Về việc giao chỉ tiêu trồng rừng", (160, 168, 420, 182))],
            "Về việc giao chỉ tiêu trồng rừng",
            id="the edge of a stamp",
        ),
        pytest.param(
            [
                QUYET_DINH,
                ("Về việc giao chỉ tiêu trồng rừng", (180, 168, 420, 182)),
                ("rong mấy năm nay, diện tích rừng của huyện tăng lên nhiều", (121, 190, 540, 204)),
                ("và các xã đã trồng mới hơn hai nghìn héc ta, song việc chăm", (90, 206, 540, 220)),
                ("sóc ở một số nơi còn chưa được quan tâm đúng mức, để rừng", (90, 222, 540, 236)),
            ],
            "Về việc giao chỉ tiêu trồng rừng",
            id="a justified paragraph that lost its first letter",
        ),
        pytest.param(
            [
                QUYET_DINH,
                ("Hướng dẫn áp dụng đơn giá bồi thường cây trồng và vật nuôi", (90, 168, 540, 182)),
                ("khi thu hồi đất để làm đường tránh qua địa bàn các xã ven", (90, 186, 540, 200)),
                ("sông trong giai đoạn hai của dự án", (170, 204, 430, 218)),
            ],
            "Hướng dẫn áp dụng đơn giá bồi thường cây trồng và vật nuôi khi thu hồi đất để làm đường tránh qua địa bàn "
            "các xã ven sông trong giai đoạn hai của dự án",
            id="a subject of full lines",
        ),
        pytest.param(
            [
                QUYET_DINH,
                ("Về việc giao chỉ tiêu trồng rừng", (180, 168, 420, 182)),
                ("n cu Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;", (120, 190, 480, 204)),
            ],
            "Về việc giao chỉ tiêu trồng rừng",
            id="a legal basis that lost its beginning",
        ),
    ],
)
def test_subject(lines: list[Placed], subject: str) -> None:
    title = find_title(placed(*lines, titles=frozenset({QUYET_DINH[0]})))
    assert title is not None
    assert (title.type, title.subject) == ("QĐ", subject)
