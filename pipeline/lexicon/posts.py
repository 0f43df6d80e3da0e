"""Posts of those who sign: folded, and as they are written inside a sentence."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "chu tich": "Chủ tịch", "giam doc": "Giám đốc", "bi thu": "Bí thư", "truong ban": "Trưởng ban",
    "truong phong": "Trưởng phòng", "truong doan": "Trưởng đoàn", "truong khoa": "Trưởng khoa",
    "truong tram": "Trưởng trạm", "truong tieu ban": "Trưởng tiểu ban", "chanh van phong": "Chánh Văn phòng",
    "chanh thanh tra": "Chánh Thanh tra", "chanh an": "Chánh án", "hieu truong": "Hiệu trưởng",
    "chi cuc truong": "Chi cục trưởng", "cuc truong": "Cục trưởng", "vu truong": "Vụ trưởng", "bo truong": "Bộ trưởng",
    "thu truong": "Thứ trưởng", "thu tuong": "Thủ tướng", "chu nhiem": "Chủ nhiệm", "vien truong": "Viện trưởng",
    "chi huy truong": "Chỉ huy trưởng", "chi huy pho": "Chỉ huy phó", "chinh uy": "Chính ủy",
    "chinh tri vien": "Chính trị viên", "tham muu truong": "Tham mưu trưởng", "tu lenh": "Tư lệnh",
    "hat truong": "Hạt trưởng", "doi truong": "Đội trưởng", "tong bien tap": "Tổng Biên tập", "uy vien": "Ủy viên",
    "thu ky": "Thư ký", "dai dien": "Đại diện", "ke toan truong": "Kế toán trưởng", "to truong": "Tổ trưởng",
    "tong giam doc": "Tổng Giám đốc", "tong thu ky": "Tổng Thư ký", "truong cong an": "Trưởng Công an",
    "thuong truc": "Thường trực", "pho": "Phó", "quyen": "Quyền", "thong doc": "Thống đốc",
    "tt": "Thường trực", "tong": "Tổng", "kiem toan nha nuoc": "Kiểm toán nhà nước",
    "kiem toan truong": "Kiểm toán trưởng", "hoi dong": "Hội đồng", "kiem": "kiêm", "thuong vu": "Thường vụ",
    "van phong": "Văn phòng", "cong doan": "Công đoàn",
    "cum truong": "Cụm trưởng", "cum pho": "Cụm phó", "khoi truong": "Khối trưởng", "khoi pho": "Khối phó",
    "truong cum": "Trưởng cụm", "truong khoi": "Trưởng khối", "don truong": "Đồn trưởng", "doan truong": "Đoàn trưởng",
    "trung doan truong": "Trung đoàn trưởng", "lu doan truong": "Lữ đoàn trưởng", "su doan truong": "Sư đoàn trưởng",
    "tong thanh tra": "Tổng Thanh tra", "vien pho": "Viện phó", "to pho": "Tổ phó", "truong bo mon": "Trưởng bộ môn",
    "truong dai dien": "Trưởng đại diện", "hieu pho": "Hiệu phó",
    "truong ap": "Trưởng ấp",
    "truong thue": "Trưởng Thuế", "truong thue tinh": "Trưởng Thuế tỉnh", "truong thue co so": "Trưởng Thuế cơ sở",
    "truong thue thanh pho": "Trưởng Thuế thành phố",
    "truong thon": "Trưởng thôn", "truong khom": "Trưởng khóm", "truong buon": "Trưởng buôn",
    "truong khu pho": "Trưởng khu phố", "xa doi truong": "Xã đội trưởng",
}  # fmt: skip
