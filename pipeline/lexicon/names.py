"""Words of Vietnamese personal names: common family names of all peoples of the country, middle and given names."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon.folding import fold


def _words(text: str) -> tuple[str, ...]:
    """The commonest come first."""
    return tuple(text.split())


FAMILY_NAMES = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lương Trịnh Mai Cao Tô Hà "
    "Tạ Châu Thái Quách Lâm Tống Tôn Từ Trương Trang Triệu Thạch Tăng Tào Thân Tiêu Ung Uông Văn Vi Viên Vương "
    "Vưu Xa An Âu Bạch Bành Bế Biện Bồ Bì Cái Cầm Cung Chu Chung Chử Cù Danh Diệp Doãn Diêm Đàm Đào Đậu Điêu Điểu "
    "Đồng Đổng Đới Giang Giáp Giàng Hạ Hàn Hầu Hoa Hứa Hùng Kha Khâu Khổng Khúc Khuất Kiều Kim Kiên Kông Ksor La "
    "Lã Lại Lãnh Lò Lộc Lều Liêu Liễu Long Lục Lường Lưu Ma Mã Mạc Mạch Mẫn Miêu Mông Mùa Nghiêm Nhâm Nhữ Nhan "
    "Ninh Nông Ôn Ông Phí Phó Phù Phùng Phương Quan Quản Quàng Sầm Sơn Sùng Sử Tề Thào Thẩm Thi Thiều Tòng Trà "
    "Tráng Trình Tri Trì Vàng Vừ Vì Xồng Lù Lìm Lầu Hạng Cháng Chẻo Lỳ Pờ Lỡ Chang Hờ Cứ Rơ Siu Rmah Nay Kpă Niê "
    "Y A H' Alê Ayun Êban Ksơr K' Cil Pang Rah Ro Alăng Bríu Coor Zơrâm Arất Hốih Bhling Blong Bnướch Sô Chế Đạt "
    "Ya Ka Kơ Pơloong Zơ Rcom Rahlan Byă Kbuôr Knul Kriêng Ríah Tơ Kring Cơlâu "
    "Qua Thập Não Bá Đàng Báo Mang Thành Thị Kiểu Đạo Phú Lộ Bờ Pinăng Katơ Chamalé Tro Tà Yên"
)
MIDDLE_NAMES = _words(
    "Văn Thị Đức Hữu Quốc Minh Anh Công Đình Xuân Ngọc Thanh Quang Trọng Duy Mạnh Viết Bá Chí Khắc Tiến Thu Kim "
    "Bích Hồng Phương Thúy Mỹ Lan Diệu Hoài Tuyết Hoàng Huy Gia Bảo Nhật Trung Thế Tấn Tuấn Phúc Hải Việt Vĩnh "
    "Như Thùy Khánh Trúc Quỳnh Hương Mai Cẩm Kiều Ánh Thiên Đăng Khanh Phước Thành Thiện Nam Sỹ Sĩ Doãn Tất Trí "
    "Nghĩa Nguyên Cao Đại Danh Hùng Kỳ Lương Long Nhân Phú Sơn Thái Tử Trường Tùng Vinh Vương Yến Hà Châu Hoa Dạ "
    "Lệ Liên Linh Ái"
)
GIVEN_NAMES = _words(
    "Hùng Dũng Tuấn Cường Sơn Hải Nam Long Thắng Bình Hòa Khoa Phong Quân Thành Trung Việt Vinh Đạt Hiếu Kiên Lâm "
    "Lộc Nghĩa Phúc Quyết Tài Tâm Toàn Trường Tùng Vương Khánh Lực Chiến Điền Giang Hậu Nhân Tỉnh Ước Hương Lan "
    "Hoa Nga Thủy Hạnh Hằng Liên Mai Nhung Oanh Phượng Quyên Thảo Trang Vân Yến Dung Hiền Huệ Loan Lý Ngân Nguyệt "
    "Nhàn Thoa Tuyết Xuân Châu Diễm Hường Khuyên Thương An Anh Ánh Bắc Bảo Cảnh Chính Chung Chương Công Cử Danh "
    "Doanh Du Duẩn Dương Duy Đại Đăng Đào Định Đoàn Đông Đồng Đức Giáp Hà Hân Hiến Hiệp Hinh Hoài Hoàn Hoàng Hoan "
    "Học Hội Hồng Huấn Huân Hưng Huy Huynh Khải Khang Khiêm Khôi Khương Kỳ Lam Lân Linh Lĩnh Loát Luân Luận Lượng "
    "Luyến Minh Mạnh Mười Mỹ Năm Ngà Ngọc Nguyên Nhã Nhật Nhi Nhị Nhiên Ninh Phan Phê Phi Phú Phước Phương Quang "
    "Quế Quốc Quý Quyền Quỳnh Sâm Sang Sáng Sinh Sự Tân Tấn Thái Thân Thanh Thạch Thạo Thăng Thế Thi Thiện Thịnh "
    "Thọ Thơ Thông Thu Thuận Thuật Thục Thùy Thúy Thư Tiên Tiến Tiệp Tín Tình Toại Tới Trà Trâm Trí Triều Triệu "
    "Trinh Trình Trọng Trúc Trực Truyền Tú Tuân Tuyên Tuyến Tường Uyên Út Văn Vũ Vượng Vỹ Ý Yên Thắm Thìn Tý Sửu "
    "Dần Mão Tỵ Ngọ Mùi Dậu Tuất Hợi Ái Bằng Bích Biên Bốn Bông Chi Kiệt Thiệu Cừ Thụ Nghị Toản Uyển Sáu Triết "
    "Giản Hóa Duyệt Nghệ Cẩn Hiển Ngạn Lợi Thể Chỉnh Tông Huyên Thời Hệ Đam Trị Giàu Phụng Liêm Hai Tạo Trỗi Cúc "
    "Thơm Nhậm Phái Huyền Cương Thưởng Hổ Ba Lịch Tám Đôn Hợp Quyến Hảo Hào Nhơn Cầu Thêm Trác Trân Bảy Bách Thụy "
    "Chánh Tuệ Lập Quảng Cự Nhựt Điệp Khoát Khuê Tịnh Kế Viện Viễn Chất Mậu Nên Cơ Kỷ Nhiệm Điểm Thạnh Tố Ly Giao "
    "Hướng Ân Tuyển Ơn Nhạn Liệt Chinh Thường Bửu Thoại Đệ Liệu Mơ Soạn Tư Khá Tuyền Hiệu Nghiệp Thức Vững Thận "
    "Thiêm Căn Kính Khâm Nhượng Tự Tam Hưởng Tĩnh Lai Dư Hoạch Xuyến Thống Thuyết Đáng Cận Sách Sanh Kiểm Chín "
    "Tập Thiết Tảo Nhất Hiên Khái Độ Tươi Khuyến Hiểu Khả Dụ Bính Duyên Ứng Khuông Luyện Ký Bảng Doan Ngoan Bé "
    "Ngoạn Dưỡng Vịnh Khởi Huế Dân Lễ Thao Kiệm Thoan Thượng Tính Lựu Chúc Đường Xứng Trưởng Nghi Thuần Ty Đúng "
    "Vy Hành Sương Tứ Phát Diện Sen Nhẫn Miên Xuyên Tỏ Chấn Đoan Nhuận Hỷ Em Đài Đô Vĩ Thy Kiếm Hoạt Tiếp Đính "
    "Lạc Vệ Phấn Oai Chức Nhường Năng Tưởng Mừng Thuyên Khích Sứ Bưởi Nở Lụa Thúc Liễu Mận Nhiều Khoái Sỹ Sĩ Lanh "
    "Gấm Thuyền Đượm Diệu Hạ Sim Nụ Lành Xá Hè Hẹn Hiếm Thuân Xoan Xoa Lợi Lãm Lựu Mẫn Nhinh Nhất Phụ Rạng Rin Sĩu "
    "Tạ Thà Thạo Thẩm Thiềm Thốn Thuyết Tiềm Toán Trò Tuyết Túc Vẽ Vỵ Xứ Ấn Ngợi Nghiêm Nhâm Nhỏ Nhựt Đẹp Đằng Đê Đúc"
)


@cache
def folded(names: tuple[str, ...]) -> dict[str, str]:
    """Return the names of a list by their folded form; the commoner of two wins.

    >>> folded(FAMILY_NAMES)["nguyen"]
    'Nguyễn'
    """
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return found
