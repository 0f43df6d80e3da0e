# ruff: noqa: E501 - a sentence stays on one line, so that it can be read
"""Narrative paragraphs of the genre: purposes, requirements, propaganda, past results, calls to act.

They carry no fact of the record. Several hold numbers, days and percentages all the same (achievements, past events,
other people's shares), since real plans do and a reader must not take them for facts. Alternatives in brackets,
slots in braces: ``{area}`` (the unit spoken of), ``{past}``, ``{ahead}``, ``{year}``, ``{before}``, ``{lastyear}``,
``{thisyear}``, ``{congress}``, and numbers ``{a}`` ``{b}`` ``{c}``.
"""

from __future__ import annotations

PURPOSE = (
    "[Nhìn lại|Tổng kết|Đánh giá khách quan] chặng đường 5 năm tổ chức phong trào thi đua yêu nước [trên địa bàn|ở] {area}, làm rõ [việc đã làm được, việc chưa làm được|kết quả nổi bật, mặt còn hạn chế] và [nguyên nhân của từng mặt|bài học cho những năm tiếp theo].",
    "[Kịp thời tôn vinh|Tôn vinh|Tuyên dương] những tập thể, cá nhân, hộ gia đình có [cách làm hay|mô hình tốt|sáng kiến có giá trị], được [nhân dân tin yêu|cơ sở bình chọn|đồng nghiệp suy tôn] trong các phong trào thi đua {past}.",
    "[Tạo đợt sinh hoạt chính trị rộng khắp|Tạo không khí phấn khởi, tin tưởng] trong cán bộ, đảng viên, [công chức, viên chức, |]người lao động và nhân dân; [cổ vũ|khích lệ] mọi người [hăng hái lao động sáng tạo|ra sức thi đua], hoàn thành [thắng lợi|vượt mức] các chỉ tiêu của năm {year}.",
    "Thông qua các điển hình [để tuyên truyền, giáo dục|nhằm lan tỏa] tinh thần yêu nước, ý chí tự lực, [khát vọng vươn lên|ý thức cộng đồng] trong mọi tầng lớp; [làm cho|để] việc học tập và làm theo Bác [trở thành việc làm tự giác|đi vào nền nếp] của mỗi cơ quan, mỗi gia đình.",
    "[Khẳng định|Tiếp tục khẳng định] vai trò [lãnh đạo|định hướng] của cấp ủy, trách nhiệm của người đứng đầu [cơ quan, đơn vị|các cấp] đối với công tác thi đua, khen thưởng; từ đó [xác định mục tiêu|bàn biện pháp] đổi mới phong trào trong giai đoạn {ahead}.",
    "[Lựa chọn|Giới thiệu] những gương mặt [thật sự tiêu biểu|xứng đáng nhất] đi dự [hội nghị cấp trên|{congress}], đồng thời [lập hồ sơ khen thưởng theo thẩm quyền|đề nghị các hình thức khen thưởng phù hợp].",
    "Rút kinh nghiệm [việc phát hiện, bồi dưỡng và nhân điển hình|khâu phát hiện và nuôi dưỡng nhân tố mới], [khắc phục|chấm dứt] tình trạng [bình xét luân phiên, dàn đều|thi đua theo kiểu phát mà không động|khen tràn lan, cào bằng].",
    "Làm cho [các tầng lớp nhân dân|toàn thể đoàn viên, hội viên] {area} [hiểu rõ hơn|nhận thức đầy đủ hơn] ý nghĩa của lời kêu gọi thi đua ái quốc do Chủ tịch Hồ Chí Minh phát động ngày 11/6/1948, [coi thi đua là công việc hằng ngày|gắn thi đua với nhiệm vụ chuyên môn].",
)

REQUIREMENT = (
    "Công tác chuẩn bị phải [chu đáo|kỹ lưỡng, đúng tiến độ], [bảo đảm|đảm bảo] hội nghị diễn ra [trang trọng, gọn nhẹ|thiết thực, có sức lan tỏa|an toàn, tiết kiệm], [không phô trương|tránh lãng phí], [có tác dụng giáo dục sâu sắc|để lại ấn tượng tốt trong nhân dân].",
    "Việc lựa chọn điển hình [tiến hành từ dưới lên|phải xuất phát từ cơ sở], công khai, dân chủ, [đúng người, đúng thành tích|có ý kiến của nơi công tác và nơi cư trú]; [ưu tiên|quan tâm] người trực tiếp lao động, người [ở vùng sâu, vùng xa|làm việc trong môi trường nặng nhọc, độc hại].",
    "Các đơn vị [lồng ghép hợp lý|kết hợp hài hòa] với hội nghị sơ kết, tổng kết công tác năm và các hoạt động kỷ niệm [ngày thành lập|các ngày lễ lớn], [không tổ chức tràn lan|hạn chế việc đi lại nhiều lần].",
    "Báo cáo [trình bày ngắn gọn|phải ngắn gọn, có số liệu so sánh], [nêu bật cách làm mới|tập trung vào mô hình, cách làm], không [kể lể thành tích|sa vào liệt kê]; bản tham luận [dài không quá ba trang|đọc không quá bảy phút].",
    "Thực hiện [nghiêm|đúng] quy định về [tiết kiệm, chống lãng phí|sử dụng ngân sách], [không tặng hoa, quà|hạn chế băng rôn, pa nô] ngoài [chương trình đã duyệt|dự toán được giao].",
    "Gắn việc tổ chức hội nghị với [phát động đợt thi đua cao điểm|đăng ký công trình, phần việc] chào mừng [đại hội đảng các cấp|{congress}], tạo [chuyển biến|bước tiến] rõ nét trong [cải cách hành chính|xây dựng nông thôn mới, đô thị văn minh|chuyển đổi số].",
)

BACKGROUND = (  # achievements: numbers that are no facts of the record
    "Trong 5 năm {past}, {area} đã phát động [{a} phong trào thi đua|{a} đợt thi đua ngắn ngày], có {b} tập thể và [{c}|hơn {c}] cá nhân được khen thưởng [các hạng|ở các cấp]; tỷ lệ người trực tiếp lao động, sản xuất được khen đạt {pct}%, tăng {pct2}% so với giai đoạn trước.",
    "Tính đến ngày 31/12/{lastyear}, [tỷ lệ hộ nghèo còn {pct2}%|tổng thu ngân sách trên địa bàn đạt {a} tỷ đồng, bằng 1{pct2}% dự toán], [{pct}% số thôn, tổ dân phố đạt chuẩn văn hóa|{pct}% hồ sơ được giải quyết trước hạn]; nhiều mô hình [khởi nghiệp|dân vận khéo] được nhân rộng.",
    'Phong trào ["Cả nước thi đua xây dựng nông thôn mới"|"Toàn dân đoàn kết xây dựng đời sống văn hóa"|"Lao động giỏi, lao động sáng tạo"] [thu hút|được] đông đảo nhân dân hưởng ứng, đã [hiến {b} m² đất|đóng góp {a} ngày công|huy động {a} triệu đồng], [làm mới {pct2} km đường|xây {pct2} nhà tình nghĩa].',
    "Tại [Đại hội|Hội nghị] thi đua yêu nước năm {before}, {area} có {pct2} đại biểu [được biểu dương|được nhận Bằng khen]; từ đó đến nay [đã có thêm {b} sáng kiến|{c} lượt cá nhân] được công nhận, [{pct}% trong số đó là của người lao động trực tiếp|nhiều sáng kiến đã được áp dụng rộng rãi].",
    "Bên cạnh kết quả đạt được, [ở một số nơi|tại một số đơn vị] phong trào còn [hình thức|chưa đều]; việc phát hiện nhân tố mới [chưa kịp thời|còn chậm]; qua kiểm tra {pct2} đơn vị trong năm {lastyear} có {few} đơn vị [chưa xây dựng kế hoạch thi đua|chưa có sổ theo dõi sáng kiến].",
)

PROPAGANDA = (
    "Các cơ quan thông tin [mở chuyên mục|tăng tin, bài] về người tốt, việc tốt; [mỗi tuần giới thiệu ít nhất một gương|kết hợp đăng trên trang thông tin điện tử và mạng xã hội], bảo đảm [chính xác, sinh động|đúng định hướng].",
    "Đẩy mạnh [tuyên truyền trực quan|tuyên truyền miệng và trên hệ thống truyền thanh cơ sở] về mục đích, ý nghĩa của [hội nghị|đợt sinh hoạt], về tư tưởng thi đua ái quốc của Chủ tịch Hồ Chí Minh và [những kết quả nổi bật của {area}|các mô hình tiêu biểu].",
    "[Khuyến khích|Động viên] văn nghệ sĩ, phóng viên, cộng tác viên [viết về|sáng tác về] các điển hình; [biên tập|in] kỷ yếu [giới thiệu|về] những tấm gương [được biểu dương|đã qua bình chọn].",
    "Tiếp tục [quán triệt|phổ biến] các văn bản của Trung ương và của địa phương về thi đua, khen thưởng tới [từng chi bộ, từng tổ|toàn thể cán bộ, người lao động], [coi đây là tiêu chí xếp loại cuối năm|gắn với kiểm điểm, đánh giá cuối năm].",
    'Phát động [đợt thi đua đặc biệt|đợt cao điểm 100 ngày] với chủ đề ["Kỷ cương, sáng tạo, hiệu quả"|"Đoàn kết, đổi mới, về đích sớm"|"Mỗi ngày một việc tốt"], [tập trung vào|hướng vào] [việc mới, việc khó|giải quyết các vướng mắc kéo dài] ở [cơ sở|mỗi đơn vị].',
)

CRITERIA = (
    "Tập thể được giới thiệu phải [hoàn thành xuất sắc nhiệm vụ|đạt danh hiệu Tập thể lao động xuất sắc] [ba năm liền kề|trong giai đoạn {past}], nội bộ đoàn kết, [không có cán bộ bị kỷ luật|giữ vững kỷ cương], được [cấp trên trực tiếp|cụm, khối thi đua] [đánh giá cao|thống nhất suy tôn].",
    "Cá nhân được chọn là người [có phẩm chất tốt|gương mẫu], có [việc làm cụ thể|sáng kiến được áp dụng], [được tập thể bình chọn|có ảnh hưởng tích cực trong cộng đồng]; không phân biệt [tuổi tác, nghề nghiệp|thành phần, tôn giáo].",
    "[Chú trọng|Lưu ý] lựa chọn các mô hình [kinh tế tập thể|nông nghiệp sạch|tự quản về an ninh trật tự|bảo vệ môi trường], các gương [vượt khó học giỏi|thoát nghèo bền vững|cứu người trong hoạn nạn].",
    "Không giới thiệu những trường hợp [đang trong thời gian xem xét kỷ luật|có đơn thư chưa được kết luận], [chưa hoàn thành nghĩa vụ thuế|vi phạm chính sách pháp luật] [tính đến thời điểm lập danh sách|].",
)

CALL = (
    "Quá trình triển khai, nếu có [khó khăn|vướng mắc|nội dung chưa rõ], các đơn vị [phản ánh|báo cáo] về {contact} để [được hướng dẫn|tổng hợp, trình xem xét|kịp thời tháo gỡ].",
    "Yêu cầu [thủ trưởng|người đứng đầu] các [cơ quan, đơn vị|đơn vị có liên quan] [nghiêm túc thực hiện|khẩn trương triển khai], [phân công người theo dõi|chịu trách nhiệm về tiến độ và chất lượng].",
    "[Giao|Đề nghị] {contact} [theo dõi, đôn đốc|hướng dẫn, kiểm tra] việc thực hiện, [định kỳ|kịp thời] báo cáo [lãnh đạo|cấp có thẩm quyền] [cho ý kiến chỉ đạo|xem xét, quyết định].",
)

LEAD_TASKS = (
    "[Chủ trì, phối hợp|Phối hợp] với các đơn vị liên quan [xây dựng kịch bản, chương trình chi tiết|chuẩn bị nội dung, tài liệu]; [hướng dẫn|đôn đốc] cơ sở [thực hiện đúng tiến độ|lập hồ sơ khen thưởng].",
    "[Dự thảo|Xây dựng] báo cáo tổng kết, [bài phát biểu khai mạc, bế mạc|diễn văn và lời phát động thi đua], [trình duyệt theo quy định|xin ý kiến trước khi trình].",
    "Tổng hợp danh sách [đại biểu|các điển hình], [thẩm định thành tích|rà soát tiêu chuẩn], [trình cấp có thẩm quyền khen thưởng|tham mưu khen thưởng theo thẩm quyền].",
)
MONEY_TASKS = (
    "[Tham mưu|Thẩm định dự toán và tham mưu] bố trí kinh phí [phục vụ hội nghị|theo chế độ hiện hành], hướng dẫn [thanh quyết toán|sử dụng, quyết toán] đúng quy định.",
    "[Cân đối|Bảo đảm] nguồn kinh phí [tổ chức hội nghị và tiền thưởng|cho công tác khen thưởng], [kiểm tra|giám sát] việc chi tiêu [tiết kiệm|đúng mục đích].",
)
MEDIA_TASKS = (
    "Tổ chức tuyên truyền [trước, trong và sau hội nghị|đậm nét về các gương tiêu biểu]; trang trí [khánh tiết|hội trường], [chuẩn bị chương trình văn nghệ|dựng phóng sự ngắn về phong trào].",
    "Treo [khẩu hiệu, băng rôn|cờ, pa nô] tại [trụ sở và các trục đường chính|khu vực trung tâm], [phát thanh|đưa tin] mỗi ngày hai buổi về [hội nghị|các điển hình].",
)
OFFICE_TASKS = (
    "Chuẩn bị [hội trường, âm thanh, ánh sáng|cơ sở vật chất, hậu cần], [phát hành giấy mời|đón tiếp đại biểu], [bố trí chỗ để xe|phục vụ nước uống].",
    "[Bố trí|Sắp xếp] địa điểm, phương tiện; phân công [lễ tân|người phục vụ]; [bảo đảm|giữ] đường truyền [cho các điểm cầu|khi họp trực tuyến].",
)
SAFETY_TASKS = (
    "Xây dựng phương án bảo đảm an ninh, trật tự, [an toàn giao thông|phòng cháy, chữa cháy] [tại nơi tổ chức hội nghị|trong thời gian diễn ra hội nghị].",
)
FRONT_TASKS = (
    "Vận động đoàn viên, hội viên [hưởng ứng|tích cực tham gia] các phong trào thi đua; [giới thiệu|phát hiện] gương tiêu biểu của [tổ chức mình|giới mình] để [đưa vào danh sách bình chọn|cùng biểu dương].",
)
BASE_TASKS = (
    "[Xây dựng kế hoạch|Chủ động xây dựng kế hoạch] của đơn vị mình, tổ chức hội nghị [đúng thời gian|theo đúng hướng dẫn]; lựa chọn [điển hình|đại biểu] [dự hội nghị cấp trên|bảo đảm tiêu chuẩn, cơ cấu].",
)
