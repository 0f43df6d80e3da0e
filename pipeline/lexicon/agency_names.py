"""How bodies of state, party and unions are called: fixed phrases in their official case, and abbreviations.

Official case (Annex II of Nghị định 30/2020/NĐ-CP) is a matter of the words: "Ủy ban nhân dân", but "Hội đồng Thi đua
- Khen thưởng". A phrase is matched without marks, so it also mends words that lost theirs.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.folding import fold

_PHRASES = """
Ủy ban nhân dân
Hội đồng nhân dân
Ủy ban Mặt trận Tổ quốc Việt Nam
Ủy ban Mặt trận Tổ quốc
Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
Mặt trận Tổ quốc Việt Nam
Mặt trận Tổ quốc
Ủy ban bầu cử
Ủy ban An toàn giao thông
Ủy ban Kiểm tra
Ủy ban Thường vụ Quốc hội
Ủy ban Dân tộc
Ủy ban Đoàn kết Công giáo
Quốc hội
Chính phủ
Thủ tướng Chính phủ
Chủ tịch nước
Chủ tịch
Phó Chủ tịch
Bí thư
Bộ trưởng
Giám đốc
Văn phòng
Văn phòng Chính phủ
Văn phòng Đăng ký đất đai
Văn phòng Hội đồng nhân dân và Ủy ban nhân dân
Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân
Đoàn đại biểu Quốc hội
Ban Chấp hành
Ban Chấp hành Trung ương
Ban Chấp hành Đảng bộ
Ban Thường vụ
Ban Thường trực
Ban Bí thư
Bộ Chính trị
Trung ương
Trung ương Đảng
Đảng Cộng sản Việt Nam
Đảng bộ
Đảng ủy
Đảng ủy Khối
Đảng ủy các cơ quan Đảng
Chi bộ
Tỉnh ủy
Thành ủy
Thị ủy
Huyện ủy
Quận ủy
Ban Cán sự đảng
Đảng đoàn
Ban Tổ chức
Ban Tổ chức Trung ương
Ban Tuyên giáo
Ban Tuyên giáo và Dân vận
Ban Dân vận
Ban Nội chính
Ban Kinh tế
Ban Xây dựng Đảng
Phòng Chính trị
Phòng Tham mưu
Phòng Hậu cần
Phòng Hậu cần - Kỹ thuật
Phòng Công tác đảng và công tác chính trị
Phòng Công tác đảng và công tác quần chúng
Trung tâm Chính trị
Trường Chính trị
Ban Chỉ đạo
Ban Tổ chức
Ban Tổ chức Hội nghị
Ban Tổ chức Đại hội
Ban Quản lý
Ban Quản lý dự án
Ban Quản lý dự án đầu tư xây dựng
Ban Quản lý các khu công nghiệp
Ban Quản lý Khu kinh tế
Ban Dân tộc
Ban Tôn giáo
Ban Thi đua - Khen thưởng
Ban Thi đua - Khen thưởng Trung ương
Ban Thanh tra nhân dân
Ban Vì sự tiến bộ phụ nữ
Ban An toàn giao thông
Ban Pháp chế
Ban Công tác Mặt trận
Ban Đại diện
Hội đồng
Hội đồng Thi đua - Khen thưởng
Hội đồng Thi đua - Khen thưởng Trung ương
Hội đồng Nghĩa vụ quân sự
Hội đồng bầu cử quốc gia
Hội đồng Phối hợp phổ biến, giáo dục pháp luật
Hội đồng Giáo dục quốc phòng và an ninh
Thường trực
Bộ
Bộ Công an
Bộ Quốc phòng
Bộ Nội vụ
Bộ Y tế
Bộ Tài chính
Bộ Tư pháp
Bộ Ngoại giao
Bộ Công Thương
Bộ Xây dựng
Bộ Giao thông vận tải
Bộ Giáo dục và Đào tạo
Bộ Khoa học và Công nghệ
Bộ Thông tin và Truyền thông
Bộ Kế hoạch và Đầu tư
Bộ Tài nguyên và Môi trường
Bộ Nông nghiệp và Phát triển nông thôn
Bộ Nông nghiệp và Môi trường
Bộ Dân tộc và Tôn giáo
Bộ Lao động - Thương binh và Xã hội
Bộ Văn hóa, Thể thao và Du lịch
Bộ Chỉ huy Quân sự
Bộ Chỉ huy Bộ đội Biên phòng
Bộ Tư lệnh
Bộ đội Biên phòng
Ban Chỉ huy Quân sự
Ban Chỉ huy
Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn
Ban Chỉ huy Phòng thủ dân sự
Tổng cục
Tổng cục Thuế
Tổng cục Hải quan
Tổng cục Thống kê
Cục
Cục Thuế
Chi cục Thuế
Thuế
Thuế cơ sở
Cục Thống kê
Chi cục Thống kê
Thống kê
Thống kê cơ sở
Cục Hải quan
Cục Thi hành án dân sự
Chi cục Thi hành án dân sự
Cục Quản lý thị trường
Chi cục
Chi cục Kiểm lâm
Hạt Kiểm lâm
Chi cục Thủy lợi
Chi cục Bảo vệ môi trường
Chi cục Trồng trọt và Bảo vệ thực vật
Chi cục Chăn nuôi và Thú y
Chi cục An toàn vệ sinh thực phẩm
Chi cục Dân số - Kế hoạch hóa gia đình
Chi cục Văn thư - Lưu trữ
Kho bạc Nhà nước
Ngân hàng Nhà nước
Ngân hàng Nhà nước Việt Nam
Ngân hàng Chính sách xã hội
Ngân hàng Nông nghiệp và Phát triển nông thôn
Ngân hàng Nông nghiệp và Phát triển nông thôn Việt Nam
Cụm thi đua
Khối thi đua
đặc khu
Bảo hiểm xã hội
Bảo hiểm xã hội Việt Nam
Tòa án nhân dân
Tòa án nhân dân tối cao
Viện kiểm sát nhân dân
Viện kiểm sát nhân dân tối cao
Kiểm toán nhà nước
Thanh tra
Thanh tra Chính phủ
Công an
Công an nhân dân
Nội vụ
Tư pháp
Y tế
Tài chính
Tài chính - Kế hoạch
Kế hoạch và Đầu tư
Đầu tư
đầu tư xây dựng
Quỹ Đầu tư phát triển
Kế hoạch - Tài chính
Công Thương
Xây dựng
Giao thông vận tải
Giáo dục và Đào tạo
Giáo dục nghề nghiệp - Giáo dục thường xuyên
Khoa học và Công nghệ
Thông tin và Truyền thông
Tài nguyên và Môi trường
Nông nghiệp và Phát triển nông thôn
Nông nghiệp và Môi trường
Nông nghiệp
Dân tộc và Tôn giáo
Dân tộc
Lao động - Thương binh và Xã hội
Lao động, Thương binh và Xã hội
Văn hóa, Thể thao và Du lịch
Văn hóa và Thể thao
Văn hóa và Thông tin
Văn hóa - Thông tin
Văn hóa - Xã hội
Văn hóa, Khoa học và Thông tin
Văn hóa - Thể thao
Văn hóa, Thông tin và Thể thao
Văn hóa, Thông tin và Truyền thanh
Văn hóa - Thông tin - Thể thao
Du lịch
Ngoại vụ
Quy hoạch - Kiến trúc
Kinh tế
Kinh tế và Hạ tầng
Kinh tế - Hạ tầng
Kinh tế, Hạ tầng và Đô thị
Kinh tế - Kỹ thuật
Quản lý đô thị
Đô thị
Hạ tầng
Hành chính công
Trung tâm Phục vụ hành chính công
Trung tâm Văn hóa
Trung tâm Y tế
Trung tâm Bồi dưỡng chính trị
Trung tâm Dịch vụ việc làm
Trung tâm Khuyến nông
Trung tâm Kiểm soát bệnh tật
Trung tâm
Trạm Y tế
Đài Phát thanh và Truyền hình
Đài Truyền thanh
Đài Truyền thanh - Truyền hình
Phòng
Sở
Ban
Viện
Trường
Trường Tiểu học
Trường Trung học cơ sở
Trường Trung học phổ thông
Trường Mầm non
Trường Mẫu giáo
Trường Cao đẳng
Trường Đại học
Đại học
Học viện
Học viện Chính trị
Học viện Chính trị quốc gia Hồ Chí Minh
Bệnh viện
Bệnh viện Đa khoa
Bệnh viện Đa khoa khu vực
Bệnh viện Y học cổ truyền
Bệnh viện Sản - Nhi
Bệnh viện Phụ sản
Bệnh viện Phổi
Bệnh viện Mắt
Bệnh viện Tâm thần
Tổng Liên đoàn Lao động Việt Nam
Tổng Liên đoàn
Liên đoàn Lao động
Công đoàn
Công đoàn Viên chức
Công đoàn Viên chức Việt Nam
Công đoàn ngành
Công đoàn cơ sở
Công đoàn các Khu công nghiệp
Hội Liên hiệp Phụ nữ
Hội Liên hiệp Phụ nữ Việt Nam
Hội Liên hiệp Thanh niên
Hội Liên hiệp Thanh niên Việt Nam
Hội Nông dân
Hội Nông dân Việt Nam
Hội Cựu chiến binh
Hội Cựu chiến binh Việt Nam
Hội Chữ thập đỏ
Hội Chữ thập đỏ Việt Nam
Hội Người cao tuổi
Hội Người cao tuổi Việt Nam
Hội Khuyến học
Hội Cựu thanh niên xung phong
Hội Luật gia
Hội Nhà báo
Hội Văn học nghệ thuật
Hội Văn học - Nghệ thuật
Hội Đông y
Hội Nạn nhân chất độc da cam/dioxin
Hội Nạn nhân chất độc da cam
Hội Người mù
Hội Bảo trợ người khuyết tật và trẻ mồ côi
Hội Làm vườn
Hội Sinh viên
Hội Sinh viên Việt Nam
Liên hiệp các Hội Khoa học và Kỹ thuật
Liên hiệp các tổ chức hữu nghị
Liên hiệp Hội Phụ nữ
Liên minh Hợp tác xã
Hiệp hội Doanh nghiệp
Hiệp hội
Đoàn Thanh niên Cộng sản Hồ Chí Minh
Đoàn Thanh niên
Đoàn Khối
Tỉnh đoàn
Thành đoàn
Thị đoàn
Huyện đoàn
Quận đoàn
Đoàn xã
Đoàn phường
Hội
Đoàn
Khối
Tổ chức - Hành chính
Hành chính - Tổ chức
Hành chính - Tổng hợp
Tổ chức - Cán bộ
Tổ chức cán bộ
Tổng hợp
Nghiệp vụ
Kế hoạch nghiệp vụ
Chính trị
Doanh nghiệp
Cảnh sát
Cảnh sát giao thông
Quản lý
Hàng hải
Hàng không
Du kích
Xây dựng Đảng
Khối các cơ quan
Khối các cơ quan và Doanh nghiệp
Khối các cơ quan Đảng
Khối Doanh nghiệp
Công ty
Công ty Cổ phần
Công ty Trách nhiệm hữu hạn
Công ty Trách nhiệm hữu hạn Một thành viên
Công ty TNHH
Tổng Công ty
Tập đoàn
Chi nhánh
Cổ phần
Trách nhiệm hữu hạn
Một thành viên
Hợp tác xã
Thi đua - Khen thưởng
Thi đua, khen thưởng
Khen thưởng
phong trào thi đua
Toàn dân đoàn kết xây dựng đời sống văn hóa
Xây dựng nông thôn mới
xây dựng nông thôn mới
các chương trình mục tiêu quốc gia
Các chương trình mục tiêu quốc gia
chuyển đổi số
cải cách hành chính
Cải cách hành chính
phòng, chống tham nhũng
phòng, chống dịch
phòng, chống dịch bệnh
phòng, chống ma túy
Đổi mới và Phát triển doanh nghiệp
giảm nghèo bền vững
an toàn thực phẩm
an toàn giao thông
bầu cử
Đại hội
Đại hội Thi đua yêu nước
Hội nghị
Hội nghị điển hình tiên tiến
điển hình tiên tiến
người lao động
cán bộ, công chức, viên chức
Quân sự
Quân khu
Sư đoàn
Trung đoàn
Lữ đoàn
Quân đoàn
Quân chủng
Phòng thủ dân sự
Phòng, chống thiên tai
Tìm kiếm cứu nạn
Giáo hội Phật giáo Việt Nam
Ban Trị sự
Ban Đại diện Hội người cao tuổi
Khu công nghiệp
Khu kinh tế
các Khu công nghiệp
và
của
các
cấp
về
tại
khu vực
số
ngành
cơ quan
đơn vị
trực thuộc
nhân dân
Cấp nước
Cấp thoát nước
Điện lực
Thủy lợi
Trung học phổ thông
Trung học cơ sở
Trung học cơ sở và Trung học phổ thông
Tiểu học và Trung học cơ sở
Phổ thông Dân tộc nội trú
Phổ thông Dân tộc bán trú
Phổ thông dân tộc
Môi trường đô thị
Xổ số kiến thiết
Cao su
Lâm nghiệp
Khai thác công trình thủy lợi
Dịch vụ công ích
phát triển
tỉnh
thành phố
quận
huyện
thị xã
thị trấn
xã
phường
đặc khu
"""

# Abbreviation as written (case as given; & and spaces optional) and what it stands for.
_ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "UBHC": "Ủy ban hành chính",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UB MTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UBMT": "Ủy ban Mặt trận",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "MTTQ": "Mặt trận Tổ quốc",
    "TLĐLĐVN": "Tổng Liên đoàn Lao động Việt Nam",
    "TLĐLĐ": "Tổng Liên đoàn Lao động",
    "LĐLĐ": "Liên đoàn Lao động",
    "CĐVC": "Công đoàn Viên chức",
    "CĐCS": "Công đoàn cơ sở",
    "CĐ": "Công đoàn",
    "BCHTW": "Ban Chấp hành Trung ương",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "BTT": "Ban Thường trực",
    "BCĐ": "Ban Chỉ đạo",
    "BTC": "Ban Tổ chức",
    "BTG": "Ban Tuyên giáo",
    "BQL": "Ban Quản lý",
    "BCHQS": "Ban Chỉ huy Quân sự",
    "CHQS": "Chỉ huy Quân sự",
    "HĐQT": "Hội đồng quản trị",
    "HĐTV": "Hội đồng thành viên",
    "NHNN": "Ngân hàng Nhà nước",
    "HĐTĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐTĐ-KT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐ-KT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ.TĐKT": "Hội đồng Thi đua - Khen thưởng",
    "HĐ TĐ,KT": "Hội đồng Thi đua - Khen thưởng",
    "TĐKT": "Thi đua - Khen thưởng",
    "TĐ-KT": "Thi đua - Khen thưởng",
    "TĐ - KT": "Thi đua - Khen thưởng",
    "TĐ,KT": "Thi đua - Khen thưởng",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "GD-ĐT": "Giáo dục và Đào tạo",
    "GDĐT": "Giáo dục và Đào tạo",
    "LĐ-TB&XH": "Lao động - Thương binh và Xã hội",
    "LĐTB&XH": "Lao động - Thương binh và Xã hội",
    "LĐ,TB&XH": "Lao động - Thương binh và Xã hội",
    "LĐTBXH": "Lao động - Thương binh và Xã hội",
    "LĐ-TBXH": "Lao động - Thương binh và Xã hội",
    "VHTT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH,TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH-TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH, TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "VH&TT": "Văn hóa và Thông tin",
    "VH-TT": "Văn hóa - Thông tin",
    "VHTT": "Văn hóa và Thông tin",
    "VH-XH": "Văn hóa - Xã hội",
    "TT&TT": "Thông tin và Truyền thông",
    "TTTT": "Thông tin và Truyền thông",
    "TN&MT": "Tài nguyên và Môi trường",
    "TNMT": "Tài nguyên và Môi trường",
    "TH&THCS": "Tiểu học và Trung học cơ sở",
    "TH VÀ THCS": "Tiểu học và Trung học cơ sở",
    "THCS&THPT": "Trung học cơ sở và Trung học phổ thông",
    "THCS": "Trung học cơ sở",
    "THPT": "Trung học phổ thông",
    "PTDTNT": "Phổ thông Dân tộc nội trú",
    "PTDTBT": "Phổ thông Dân tộc bán trú",
    "GDNN-GDTX": "Giáo dục nghề nghiệp - Giáo dục thường xuyên",
    "GDTX": "Giáo dục thường xuyên",
    "PTNT": "Phát triển nông thôn",
    "NN VÀ PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN-PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN&MT": "Nông nghiệp và Môi trường",
    "NNMT": "Nông nghiệp và Môi trường",
    "KH&ĐT": "Kế hoạch và Đầu tư",
    "KHĐT": "Kế hoạch và Đầu tư",
    "KH&CN": "Khoa học và Công nghệ",
    "KHCN": "Khoa học và Công nghệ",
    "GTVT": "Giao thông vận tải",
    "TC-KH": "Tài chính - Kế hoạch",
    "TCKH": "Tài chính - Kế hoạch",
    "KT&HT": "Kinh tế và Hạ tầng",
    "KT-HT": "Kinh tế và Hạ tầng",
    "BHXH": "Bảo hiểm xã hội",
    "KBNN": "Kho bạc Nhà nước",
    "NHCSXH": "Ngân hàng Chính sách xã hội",
    "TAND": "Tòa án nhân dân",
    "VKSND": "Viện kiểm sát nhân dân",
    "THADS": "Thi hành án dân sự",
    "KSND": "Kiểm sát nhân dân",
    "HND": "Hội Nông dân",
    "HLHPN": "Hội Liên hiệp Phụ nữ",
    "HCCB": "Hội Cựu chiến binh",
    "BĐBP": "Bộ đội Biên phòng",
    "LHPN": "Liên hiệp Phụ nữ",
    "PNVN": "Phụ nữ Việt Nam",
    "CCB": "Cựu chiến binh",
    "CTĐ": "Chữ thập đỏ",
    "NCT": "Người cao tuổi",
    "TNCSHCM": "Thanh niên Cộng sản Hồ Chí Minh",
    "TNCS HCM": "Thanh niên Cộng sản Hồ Chí Minh",
    "TNCS": "Thanh niên Cộng sản",
    "LHTN": "Liên hiệp Thanh niên",
    "HCM": "Hồ Chí Minh",
    "TTCP": "Thủ tướng Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "TTYT": "Trung tâm Y tế",
    "TTVH": "Trung tâm Văn hóa",
    "BVĐK": "Bệnh viện Đa khoa",
    "YHCT": "Y học cổ truyền",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội",
    "ĐBQH": "đại biểu Quốc hội",
    "NTM": "nông thôn mới",
    "QLDA": "Quản lý dự án",
    "QL": "Quản lý",
    "KCN": "Khu công nghiệp",
    "ĐTXD": "đầu tư xây dựng",
    "TB&XH": "Thương binh và Xã hội",
    "MTQG": "mục tiêu quốc gia",
    "CTMTQG": "Chương trình mục tiêu quốc gia",
    "PCTT": "Phòng, chống thiên tai",
    "TKCN": "Tìm kiếm cứu nạn",
    "ATTP": "An toàn thực phẩm",
    "ATGT": "An toàn giao thông",
    "CTCP": "Công ty Cổ phần",
    "CÔNG TY CP": "Công ty Cổ phần",
    "HTX": "Hợp tác xã",
    "TW": "Trung ương",
    "T.Ư": "Trung ương",
    "TƯ": "Trung ương",
    "QS": "Quân sự",
    "VP": "Văn phòng",
    "PTTH": "Phát thanh và Truyền hình",
    "PT-TH": "Phát thanh và Truyền hình",
}

# Words that stay in capitals though they are no syllables to be cased.
ACRONYMS = frozenset("TH TNHH MTV GDNN VNPT TDTT KT-XH FPT EVN PTDT BOT".split())  # noqa: SIM905

# First words of the name of a body: where a line of a header begins with one, a new body begins.
HEADS = tuple(
    sorted(
        (
            "uy ban", "ubnd", "hdnd", "hoi dong", "so", "phong", "ban", "bo", "tong cuc", "cuc", "chi cuc", "trung tam",
            "truong", "benh vien", "cong an", "lien doan", "tong lien doan", "cong doan", "hoi", "dang bo", "dang uy",
            "huyen uy", "tinh uy", "thanh uy", "thi uy", "quan uy",
            "chi bo", "van phong", "vien", "kho bac", "chi nhanh",
            "toa an", "bao hiem", "mat tran", "doan", "tinh doan", "huyen doan", "thanh doan", "thi doan", "quan doan",
            "cong ty", "tong cong ty", "tap doan", "thanh tra", "bch",
            "btv", "bcd", "dai", "bao", "dai hoc", "hoc vien",
            "quoc hoi", "chinh phu", "thu tuong", "quan khu", "su doan", "trung doan", "lu doan", "don", "hat",
            "xi nghiep", "ngan hang", "hop tac xa", "htx", "lien minh",
            "quy", "lien hiep", "hiep hoi", "ubmttq", "ubmttqvn", "ldld",
            "bhxh", "tand", "vksnd", "hdtdkt", "kiem toan", "tram", "dang cong san", "chu tich", "giao hoi", "to",
            "trung uong", "dai hoi", "ubmt", "bql", "ttyt", "khoi", "tieu ban", "nha", "thuong truc", "bvdk", "mttq",
            "cang", "tap the", "giam doc", "bo truong", "hieu truong", "cuc truong", "vien truong", "tong giam doc",
            "chanh an", "chanh van phong", "chanh thanh tra", "chi cuc truong", "chanh toa", "truong ban",
            "cum", "lien tich", "vien kiem sat", "cd", "dang doan", "khoa", "nha truong", "thue", "thong ke",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Return the phrases by their folded words; the first spelling of a phrase wins.

    Dashes and commas inside a name are often left out, and mean the same name: "Lao động thương binh và xã hội".
    """
    found: dict[tuple[str, ...], str] = {}
    lines = [line for line in _PHRASES.split("\n") if line]
    for line in lines:
        found.setdefault(tuple(fold(line).replace(",", " ,").split()), line)
    for line in lines:
        found.setdefault(tuple(re.sub(r" -|,", " ", fold(line)).split()), line)
    return found


@cache
def longest_phrase() -> int:
    """Return the number of words of the longest phrase."""
    return max(len(words) for words in phrases())


@cache
def abbreviations() -> dict[str, str]:
    """Return what an abbreviation stands for, longest first."""
    return dict(sorted(_ABBREVIATIONS.items(), key=lambda item: -len(item[0])))
