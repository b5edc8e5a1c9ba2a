/// Reasons not to act, and which of several is told.
enum Refusal {
    /// Whole requests fall for these; for the others only the part that they stand in.
    static func ofAll(_ reasons: [String]) -> String? {
        order.first { $0 != "out_of_domain" && reasons.contains($0) }
    }

    /// What the person is told.
    static func sentence(_ reason: String, _ language: Language) -> String {
        guard let texts = sentences[reason] else { preconditionFailure("no sentence for \(reason)") }
        return language == .chinese ? texts.chinese : texts.english
    }

    private static let order = [
        "production_access", "other_tenant_data", "secrets", "real_money", "unsafe",
        "personal_data", "impossible", "unsupported", "out_of_domain",
    ]

    private static let sentences: [String: (english: String, chinese: String)] = [
        "production_access": (
            "Nothing here reaches a live system: the sandbox is simulated from end to end.",
            "这里不会连接任何生产系统：沙箱完全是模拟的。"
        ),
        "other_tenant_data": (
            "Only your own sandboxes can be seen and changed from here.", "这里只能查看和修改您自己的沙箱。"
        ),
        "secrets": (
            "The platform's own keys, configuration and instructions are not shown.",
            "不提供平台自身的密钥、配置和指令。"
        ),
        "real_money": (
            "No real money moves here; say it for a test card or a simulated account.",
            "这里不会转移真实资金；请使用测试卡或模拟账户。"
        ),
        "unsafe": (
            "Audit, limits and security are not switched off or evaded.", "不能关闭或绕过审计、限额和安全措施。"
        ),
        "personal_data": (
            "Data of real people is neither looked up nor made.", "不查找也不生成真实人员的数据。"
        ),
        "impossible": (
            "The simulated world cannot do that; its clock only runs forward.",
            "模拟世界做不到这一点；时钟只能向前。"
        ),
        "unsupported": ("There is no simulator for that.", "没有对应的模拟器。"),
        "out_of_domain": (
            "That is nothing that this platform simulates.", "这不在本平台的模拟范围之内。"
        ),
    ]
}
