"""Small words: alternatives in a template, names of people, numbers in words.

A template writes its alternatives in square brackets: ``"[tối đa|không quá] {n} đại biểu"``. Brackets nest.
"""

from __future__ import annotations

from random import Random

FAMILY_NAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Đoàn",
    "Lương",
    "Trịnh",
    "Mai",
    "Cao",
    "Tô",
    "Hà",
    "Tạ",
    "Châu",
    "Thái",
    "Quách",
    "Lò",
    "Vi",
    "Hà",
    "Nông",
    "Triệu",
    "Giàng",
    "Thạch",
    "Danh",
]
FAMILY_WEIGHTS = (38, 12, 9, 7, 5, 3, 4, 4, 3, 3, 3, 3, 2, 2, 2, *([1] * 21))
MALE_MIDDLE = [
    "Văn",
    "Đức",
    "Hữu",
    "Quốc",
    "Minh",
    "Anh",
    "Công",
    "Đình",
    "Xuân",
    "Ngọc",
    "Thanh",
    "Quang",
    "Trọng",
    "Duy",
    "Mạnh",
    "Viết",
    "Bá",
    "Chí",
    "Khắc",
    "Tiến",
]
FEMALE_MIDDLE = [
    "Thị",
    "Thị",
    "Thị",
    "Ngọc",
    "Thu",
    "Thanh",
    "Kim",
    "Bích",
    "Hồng",
    "Phương",
    "Minh",
    "Thúy",
    "Mỹ",
    "Lan",
    "Diệu",
    "Hoài",
    "Tuyết",
]
MALE_GIVEN = [
    "Hùng",
    "Dũng",
    "Tuấn",
    "Cường",
    "Sơn",
    "Hải",
    "Nam",
    "Long",
    "Thắng",
    "Bình",
    "Hòa",
    "Khoa",
    "Phong",
    "Quân",
    "Thành",
    "Trung",
    "Việt",
    "Vinh",
    "Đạt",
    "Hiếu",
    "Kiên",
    "Lâm",
    "Lộc",
    "Nghĩa",
    "Phúc",
    "Quyết",
    "Tài",
    "Tâm",
    "Toàn",
    "Trường",
    "Tùng",
    "Vương",
    "Khánh",
    "Lực",
    "Chiến",
    "Điền",
    "Giang",
    "Hậu",
    "Nhân",
    "Tỉnh",
    "Ước",
]
FEMALE_GIVEN = [
    "Hương",
    "Lan",
    "Hoa",
    "Nga",
    "Thủy",
    "Hạnh",
    "Hằng",
    "Liên",
    "Mai",
    "Nhung",
    "Oanh",
    "Phượng",
    "Quyên",
    "Thảo",
    "Trang",
    "Vân",
    "Yến",
    "Dung",
    "Hiền",
    "Huệ",
    "Loan",
    "Lý",
    "Ngân",
    "Nguyệt",
    "Nhàn",
    "Thoa",
    "Tuyết",
    "Xuân",
    "Bình",
    "Châu",
    "Diễm",
    "Giang",
    "Hường",
    "Khuyên",
    "Thương",
]
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def person(rng: Random) -> str:
    """Return a plausible full name.

    >>> person(Random(7)) == person(Random(7))
    True
    """
    family = rng.choices(FAMILY_NAMES, FAMILY_WEIGHTS)[0]
    if rng.random() < 0.65:
        middle, given = rng.choice(MALE_MIDDLE), rng.choice(MALE_GIVEN)
    else:
        middle, given = rng.choice(FEMALE_MIDDLE), rng.choice(FEMALE_GIVEN)
    if rng.random() < 0.12:
        return f"{family} {given}" if given != family else f"{family} Thanh {given}"
    return f"{family} {middle} {given}"


def expand(rng: Random, template: str) -> str:
    """Choose one of each ``[a|b|c]``; nothing else is changed.

    >>> expand(Random(1), "x[|, y[1|2]]") in {"x", "x, y1", "x, y2"}
    True
    """
    while (end := template.find("]")) >= 0:
        start = template.rindex("[", 0, end)
        choice = rng.choice(template[start + 1 : end].split("|"))
        template = template[:start] + choice + template[end + 1 :]
    return template


def number_words(number: int) -> str:
    """Write *number* (0 to 999) in words.

    >>> number_words(150), number_words(205), number_words(21), number_words(15)
    ('một trăm năm mươi', 'hai trăm linh năm', 'hai mươi mốt', 'mười lăm')
    """
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds else []
    if tens == 0:
        if unit or not hundreds:
            words += ["linh"] * bool(hundreds) + [_DIGITS[unit]]
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit:
        words.append({1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(unit, _DIGITS[unit]))
    return " ".join(words)
