/// One scalar for one scalar.
enum Folding {
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: return Unicode.Scalar(scalar.value + 32)!  // A–Z.
        case 0xC0...0xDE where scalar.value != 0xD7: return Unicode.Scalar(scalar.value + 32)!
        case 0xFF01...0xFF5E:  // Full-width ASCII.
            return fold(Unicode.Scalar(scalar.value - 0xFEE0)!)
        case 0x00A0, 0x3000, 0x200B, 0x2009, 0x202F, 0xFEFF, 0x09, 0x0A, 0x0D: return " "
        default: return single[scalar] ?? scalar
        }
    }

    private static let single: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [
            "’": "'", "‘": "'", "–": "-", "—": ",", "‐": "-", "‑": "-", "−": "-", "、": ",",
            "。": ".",
            "：": ":", "；": ";", "，": ",", "￥": "¥", "％": "%", "…": ",", "•": ",", "₤": "£",
        ]
        for (from, to) in zip(traditional.unicodeScalars, simplified.unicodeScalars) {
            table[from] = to
        }
        return table
    }()

    // Characters of the domain that differ, in the same order in both lines.
    private static let traditional =
        "發簡訊電郵號碼時間後錢幣歐鎊圓萬億兩筆張條個戶銀行轉賬帳單驗證審核過題爭議結算買賣換匯訂閱續費鐘錯誤請"
        + "許應從對將會為無與並讓給這來開關關閉刪創建測試調試實驗應產環境網絡連線終點擊報識別護駕駛執僞偽"
        + "造復複製證據辦處罰問題輸贏運達遲週週務歲層級線鍵類項額壓縮說讀寫詩聯繫絕貸補償資訊內幾總數遠傳還剛"
        + "韓國灣門東馬亞倫紐約書課業員優選擇決斷慢動態樣現況貨領凍結檢舊換顧購廣籤餘"
        + "幫經確認該錄繳撥頁進義兌製圖態聲稱際區陸註冊黃劉陳張趙吳楊孫馮鄭葉蘇盧蔣謝鄧許龍萬獲託約齊攔擋滿歷麼嗎"
    private static let simplified =
        "发简讯电邮号码时间后钱币欧镑圆万亿两笔张条个户银行转账账单验证审核过题争议结算买卖换汇订阅续费钟错误请"
        + "许应从对将会为无与并让给这来开关关闭删创建测试调试实验应产环境网络连线终点击报识别护驾驶执伪伪"
        + "造复复制证据办处罚问题输赢运达迟周周务岁层级线键类项额压缩说读写诗联系绝贷补偿资讯内几总数远传还刚"
        + "韩国湾门东马亚伦纽约书课业员优选择决断慢动态样现况货领冻结检旧换顾购广签余"
        + "帮经确认该录缴拨页进义兑制图态声称际区陆注册黄刘陈张赵吴杨孙冯郑叶苏卢蒋谢邓许龙万获托约齐拦挡满历么吗"
}
