/// Parameters, shaping words and words that change nothing, in Chinese.
enum ChineseDetails {
    static let table = """
        set card_brand unionpay | 银联, 银联卡
        set card_brand visa | 维萨
        set card_brand mastercard | 万事达
        set card_brand amex | 运通, 美国运通
        set card_type virtual | 虚拟卡, 虚拟
        set card_type physical | 实体卡, 实体
        set implied_rail wire | 电汇
        set implied_rail sepa_debit | sepa 直接借记, sepa 扣款, sepa 代扣, sepa 借记
        set implied_rail sepa_instant | sepa 即时, sepa 实时, sepa 即时转账
        set implied_rail sepa_credit | sepa 汇款, sepa 转账
        set implied_rail ach_same_day | ach 当日, 当日 ach
        set implied_rail fps_hk | 转数快
        cue debit | 扣款, 代扣, 借记, 收款
        cue credit | 汇款, 转账, 汇出, 打款
        set speed instant | 即时, 实时, 立即, 马上, 立刻, 秒到
        set interval day | 每天, 每日, 按天, 按日
        set interval week | 每周, 每星期, 按周, 周费
        set interval month | 每月, 每个月, 按月, 包月, 月付, 月费, 连续包月
        set interval quarter | 每季度, 按季, 每季, 每个季度
        set interval year | 每年, 按年, 包年, 年费, 年付, 连续包年
        set trial | 试用 <duration>, <duration> 试用, <duration> 试用期, 试用期 <duration>, 免费试用 <duration>, \
        <duration> 免费试用, <duration> 的试用, <duration> 的免费试用, 前 <duration> 免费
        set due_in | <duration> 内付款, <duration> 后到期, <duration> 内支付, 付款期限 <duration>, 账期 \
        <duration>, <duration> 到期, <duration> 内付清
        set valid_for | 有效期 <duration>, <duration> 有效, 锁定 <duration>, 有效 <duration>, <duration> 内有效
        set since | 最近 <duration>, 过去 <duration> 内, 近 <duration>
        set since P1D | 昨天, 今天, 昨日, 今日
        set settlement_currency | 结算成 <currency>, 以 <currency> 结算, 用 <currency> 结算, 结算币种 \
        <currency>, 结算为 <currency>, <currency> 结算, 结算币种为 <currency>, 结算币种是 <currency>
        set buy_currency | 兑 <currency>
        set cross_currency true | 跨币种, 多币种
        set at_period_end true | 到期后取消, 周期结束时, 本期结束, 期末
        set dispute_reason fraudulent | 欺诈, 盗刷, 欺诈为由
        set dispute_reason duplicate | 重复扣款, 重复收费
        set dispute_reason product_not_received | 没收到货, 未收到商品, 未收到货, 没有收到, 没收到商品, 商品未收到
        set dispute_reason product_unacceptable | 货不对板, 商品有问题, 与描述不符, 质量问题, 商品损坏
        set dispute_reason unrecognized | 不认识, 不认可, 不记得
        set refund_reason requested_by_customer | 客户要求, 应客户要求, 顾客要求
        set refund_reason duplicate | 重复扣款
        set evidence_type shipping_proof | 发货证明, 物流凭证, 物流单, 签收证明, 物流证明, 发货凭证
        set evidence_type receipt | 收据, 小票
        set evidence_type customer_communication | 沟通记录, 聊天记录
        set block_reason lost | 丢失, 丢了, 遗失
        set block_reason stolen | 被盗, 被偷
        set block_reason damaged | 损坏
        set limit_period day | 每天, 每日, 单日
        set limit_period month | 每月
        set limit_period transaction | 单笔
        set check selfie | 人脸识别, 自拍, 人脸核验
        set check liveness | 活体检测, 活体
        set check age | 年龄验证, 年龄核验
        set check document | 证件审核, 证件核验, 证件验证
        set check watchlist | 名单筛查, 制裁名单筛查
        set check address | 地址验证
        set document_type passport | 护照
        set document_type id_card | 身份证
        set document_type driving_licence | 驾照, 驾驶证, 驾驶执照
        set document_type residence_permit | 居留许可, 居住证
        set document_type proof_of_address | 地址证明, 水电费账单, 水电账单, 住址证明
        set document_type articles_of_association | 公司章程, 章程
        set document_type company_register_extract | 营业执照, 登记摘要, 工商登记
        set rejection_reason image_quality | 模糊, 照片模糊, 反光, 不清晰, 图片质量, 看不清
        set rejection_reason face_mismatch | 人脸不匹配, 人脸不符, 不是同一个人, 人脸不一致, 自拍不匹配, 人脸..不匹配, 人脸对不上, \
        人脸比对失败
        set rejection_reason liveness_failed | 活体检测失败, 活体失败, 活体检测没过, 活体检测未通过
        set rejection_reason document_expired | 证件过期, 护照过期, 证件已过期, 身份证过期, 护照已过期, 身份证已过期, 驾照过期, \
        过期的护照, 过期护照, 护照..过期, 身份证..过期, 驾照..过期, 证件..过期, 驾照已过期, 过期证件
        set rejection_reason document_forged | 伪造, 假护照, 假证件, 证件伪造, 假身份证, 假的, 造假
        set rejection_reason data_mismatch | 信息不符, 资料不符, 信息不匹配, 信息不一致
        set rejection_reason address_mismatch | 地址不符, 地址不匹配
        set rejection_reason duplicate_identity | 重复身份, 重复注册, 已经注册过
        set rejection_reason screenshot_used | 截图, 截屏
        set list pep | 政治人物, 政要
        set list adverse_media | 负面新闻
        set owners | <count> 股东, <number> 名股东, <number> 个股东
        set channel sms | 短信验证码, 通过短信, 用短信
        set channel voice | 语音, 语音验证码, 通过电话
        set channel email | 邮箱验证码, 邮件验证码, 通过邮件, 邮箱
        set channel whatsapp | 通过 whatsapp
        set code_length | <number> 位
        set category marketing | 营销, 促销, 推广
        set body TD | 回复 td, 回 td
        set body STOP | 回复 stop
        set code | 输入 <number>, 输入 <quoted>
        set to | 到 <phone>, 给 <phone>
        set subject | 主题 <quoted>, 主题为 <quoted>, 主题是 <quoted>, 标题 <quoted>, 标题为 <quoted>, 标题是 \
        <quoted>
        set body | 内容 <quoted>, 内容为 <quoted>, 内容是 <quoted>
        set label | 名为 <quoted>, 叫 <quoted>, 命名为 <quoted>, 名叫 <quoted>
        set idempotency_key same | 同一个幂等键, 相同的幂等键, 相同幂等键, 同一幂等键, 用同样的幂等键
        set which last | 最近一次, 上一次, 最近一条, 最近的, 上一个请求, 最近一个
        set which all | 所有, 全部
        set which failed | 失败的
        set events payment.* | 付款事件, 支付事件
        set events refund.* | 退款事件
        set events dispute.* | 争议事件
        set events payout.* | 打款事件, 出款事件
        set grant_type client_credentials | 客户端凭证
        set batch end_of_day | 日终, 日终批, 日终批处理, 日切, 跑日终, 日终跑批
        set batch end_of_month | 月终, 月末批, 月末
        set batch clearing | 清算批, 跑清算, 跑一次清算, 清算
        set batch settlement | 结算批, 跑结算, 跑一次结算, 结算
        set batch reconciliation | 对账
        set to_point end_of_month | 月底, 月末, 本月底, 这个月底, 月末那天
        set to_point end_of_day | 当天结束, 今天结束, 日终时, 今天收盘
        set to_point end_of_week | 周末, 本周末
        set to_point end_of_year | 年底, 年末
        set to_point end_of_quarter | 季末, 季度末, 季度结束
        set to_point start_of_next_month | 下月初, 下个月初, 下月一号
        set to_point next_business_day | 下一个工作日, 下个工作日, 次一工作日, 下一工作日
        set to_point next_monday | 下周一, 下星期一
        set to_point next_tuesday | 下周二, 下星期二
        set to_point next_wednesday | 下周三, 下星期三
        set to_point next_thursday | 下周四, 下星期四
        set to_point next_friday | 下周五, 下星期五
        set to_point next_saturday | 下周六
        set to_point next_sunday | 下周日, 下周天
        set to_point next_renewal | 下次续费, 下一次续费
        set to_point next_settlement | 下次结算, 下一次结算
        set to_point end_of_trial | 试用期结束, 试用结束
        set country CN | 中国
        set country US | 美国
        set country DE | 德国
        set country FR | 法国
        set country GB | 英国
        set country JP | 日本
        set country ES | 西班牙
        set country SG | 新加坡
        set country HK | 香港
        set country CA | 加拿大
        set country AU | 澳大利亚
        set destination_country DE | 到德国, 往德国
        set destination_country US | 到美国, 往美国
        set destination_country GB | 到英国, 往英国
        set destination_country FR | 到法国, 往法国
        set destination_country JP | 到日本, 往日本
        set destination_country SG | 到新加坡
        set time_zone Asia/Shanghai | 北京时间, 北京, 上海
        set time_zone Europe/Paris | 巴黎
        set time_zone Europe/London | 伦敦
        set time_zone Europe/Berlin | 柏林
        set time_zone America/New_York | 纽约
        set time_zone America/Los_Angeles | 洛杉矶
        set time_zone Asia/Tokyo | 东京
        set api payments | 支付接口, 付款接口, 支付 api
        set api verification | 验证接口, 身份接口, 验证 api
        set api messaging | 短信接口, 消息接口
        cue webhook | webhook, 回调, 通知我的端点, 推送通知给我, 回调通知, 收到回调, 通知我的服务器, 发 webhook, 发送 webhook, \
        webhook 通知
        cue no_webhook | 不要 webhook, 不需要 webhook, 无需 webhook, 不要回调, 不需要回调, 不用回调, 不用 webhook, 不发 \
        webhook, 别发 webhook, 无需回调
        cue parallel | 同时, 并行, 并发, 一起发起
        cue then | 然后, 之后, 再, 接着, 随后, 最后, 后来, 之后再, 然后再, 接下来, 其后, 紧接着, 稍后
        cue and | 并, 并且, 且, 以及, 同时也, 和, 还有, 另外
        cue but | 但, 但是, 不过, 可是, 却
        cue if | 如果, 若, 要是, 假如, 如
        cue else | 否则, 不然, 要不然, 如果不, 反之, 若不
        cue not | 不, 没有, 没
        cue another | 另一笔, 再来一笔, 另一个, 又一笔, 另外一笔
        cue others | 其余, 其他, 剩下的, 其余的, 其它
        cue backward | 之前的, 刚才的, 上次的, 上一笔, 之前那, 刚才那, 上次那, 上次, 刚才, 那笔, 跟上次一样, 和之前一样, 像上次, 这笔, 那个, 老样子
        cue half | 一半, 半数
        cue double | 两倍, 双倍
        cue rest | 剩余, 余下, 剩下, 余下的
        cue full | 全额, 全数, 全部金额, 全款, 整笔, 全部
        cue customer | 客户, 用户, 叫, 名叫, 名为, 姓名, 给, 为, 顾客, 对
        cue company | 公司, 企业, 商户
        cue calls | 请求, 调用, 接口, 每个请求, 所有请求, 响应, 返回
        cue every_n | 每 <count>, 每 <ordinal>, 每隔 <count>, 每 <number>
        cue between | 到, 至, 之间
        cue clock | 时钟, 时间, 快进, 前进, 推进, 过去, 跳到, 等待, 等, 过, 拨快, 虚拟时间, 往前, 跳过, 调到, 快进到, 往后, 向前, 经过, 后
        cue fault.latency | 慢, 延迟, 变慢, 延时, 时延, 加..延迟, 增加..延迟
        cue fault.reset | 连接重置, 断开连接, 连接断开, 断连
        cue fault.timeout | 没有应答, 请求超时
        cue fault.truncate | 截断
        cue fault.malformed | 畸形, 错误的 json, 损坏的 json, 乱码, 非法 json
        cue fault.bandwidth | 带宽
        cue fault.webhook_duplicates | webhook 重复, webhook..重复, 重复投递, 每个 webhook, webhook 发, \
        webhook..投递, 每条 webhook, 重复发送 webhook
        cue fault.webhook_reorder | 乱序, 打乱顺序, 顺序打乱
        cue fault.webhook_delay | webhook 延迟, webhook..延迟, webhook 晚
        cue fault.webhook_drop | webhook 丢失, 丢弃 webhook, webhook..丢失, 丢弃..webhook, webhook..丢
        cue fault.down | 全部宕机, 服务不可用, 接口宕机, 全部失败, 宕机, 都失败, 接口挂了
        cue fault.off | 关闭故障, 取消故障, 移除故障, 清除故障, 停止故障注入, 关掉故障, 关闭故障注入, 去掉故障, 关闭混沌, 停止混沌, 移除故障注入, \
        取消故障注入, 清除..故障, 关闭..故障, 取消..故障, 移除..故障, 恢复正常, 关掉..故障, 停掉..故障, 去掉..故障
        cue fault.5xx | 5xx, 服务器错误
        cue fault.4xx | 4xx, 客户端错误
        cue fault.retry_after | retry after, 重试头
        cue fault.inject | 故障注入, 注入故障, 混沌
        cue topic:3ds | 3ds, 3d 验证, 3d, 3d 安全, 挑战
        cue topic:clearing | 清算
        cue topic:renewal | 续费, 续订
        cue topic:owner | 股东, 受益人, 受益所有人, 法人
        cue topic:compliance | 合规
        cue domain | 沙箱, 沙盒, 银行卡, 银行, 卡, 商户, 账户, 钱, 模拟, 测试
        fill | 请, 帮我, 帮忙, 帮, 我, 我要, 我想, 想, 要, 需要, 的, 了, 把, 被, 让, 做, 进行, 结果, 一个, 一笔, 一下, 给, 从, 到, \
        在, 用, 通过, 由, 向, 对, 他, 她, 它, 你, 我们, 是, 有, 也, 就, 都, 会, 能, 可以, 应当, 应该, 应, 必须, 因, 因为, 由于, 按, \
        以, 来, 去, 出, 上, 下, 里, 中, 内, 时, 时候, 后, 前, 先, 又, 还, 但, 模拟, 构造, 创建, 新建, 发起, 生成, 测试, 试, 银行卡, \
        信用卡, 卡, 银行, 客户, 顾客, 用户, 持卡人, 商户, 商家, 卖家, 买家, 对方, 对方账户, 账户, 账号, 供应商, 号码, 这个, 那个, 这, 那, 早就, \
        已经, 已, 早, 金额, 价值, 总共, 一共, 共, 大约, 收到, 通知, 消息, 希望, 直接, 其中, 分别, 每, 每个, 所有, 全部, 情况, 场景, 流程, \
        发生, 出现, 返回, 等, 等到, 直到, 那么, 则, 即, 谢谢, 麻烦, 你好, 您好, 吧, 呢, 吗, 啊, 着, 过, 得, 地, 与, 和, 跟, 同, 之, 其, \
        该, 些, 当, 个, 笔, 次, 条, 张, 封, 份, 新, 再次, 一次, 虚拟, 刚, 正在, 阶段, 环节, 步骤, 事件, 发, 发送, 处理, 走, 跑, 执行, \
        运行, 使用, 开始, 结束, 完成, 最终, 最后, 随便, 立刻, 购买, 商品, 顺序, 说, 看, 看看, 货款, 款, 时间, 当地时间, 当地, 提出, 发现, 导致, \
        使, 使得, 自己, 网上, 线上购物, 里面, 一张, 一条, 一封, 一位, 一名, 名, 位, 单, 另, 值, 为, 不
        """

    /// Characters that end a Chinese name: common verbs and particles.
    static let notInNames: Set<String> = [
        "做", "的", "了", "在", "是", "被", "把", "给", "要", "申", "进", "提", "过", "并", "和", "与", "通", "发",
        "收", "后", "然", "用", "办", "需", "对", "付", "退", "买",
    ]
}
