/// How things end, in Chinese.
enum ChineseOutcomes {
    static let table = """
        out ok | 成功, 通过, 顺利, 正常, 批准, 没问题, 获批, 送达, 放行, 到账, 过了, 对的, 成了
        out fail | 失败, 没过, 不通过, 未通过, 没通过, 没成功, 不成功, 失败了, 未成功, 发不出去, 过不了, 没有通过, 未送达, 没成
        out decline | 被拒, 拒绝, 被拒绝, 拒了, 驳回, 被驳回, 遭拒, 不批准, 未获批准, 被银行拒绝, 不被接受
        out return | 退回, 被退回, 退票, 打回, 被退
        out no_funds | 余额不足, 钱不够, 资金不足, 没钱, 额度不足, 不够钱, 余额不够, 没有足够, 账户没钱, 账户里没钱, 没有余额
        out old | 过期卡, 卡过期, 卡已过期, 银行卡过期, 卡..过期, 过期的卡, 卡片过期, 卡片已过期
        out closed | 已销户, 销户, 账户已关闭, 账户关闭, 账户已注销, 账户被关闭, 账户注销
        out wrong_number | 账号错误, 账户错误, 账号不对, 账号有误, 账户不存在, 没有此账户, 账号写错, 账号不存在, 账号无效, 错误的账号, 账号填错, \
        账户无效, 账号输错
        out stopped | 付款人止付, 止付
        out unauthorized | 未经授权, 从未授权, 没有授权, 未授权
        out withdrawn | 撤回, 撤销授权, 撤诉, 撤回授权, 持卡人撤回
        out no_mandate | 没有授权书, 无授权书, 无委托书, 缺少授权书
        out frozen | 账户冻结, 账户被冻结, 账户已冻结, 被冻结, 被封
        out deceased | 去世, 已故, 死亡, 身故
        out duplicate | 重复, 重复支付, 已经退过, 重复付款
        out on_wish | 付款人要求退款
        out pending | 处理中, 没有结果, 待处理, 一直挂着, 卡住, 挂起, 没结果, 待定, 迟迟没有结果, 未出结果
        out review | 人工审核, 人工复核, 需要人工, 转人工, 人工审查, 进入审核, 人工核查, 人工复审
        out held | 合规..扣留, 合规审查, 卡在合规, 被合规拦, 合规冻结, 被合规扣, 合规拦截, 合规..卡住
        out sanctions | 制裁名单, 制裁, 命中制裁
        out listed | 命中名单, 命中黑名单, 命中, 黑名单, 政治人物, 负面新闻, 名单匹配, 在名单上, 政治敏感, 观察名单, 监控名单
        out expire | 过期, 超期, 到期, 失效, 逾期失效
        out too_late | 太晚, 逾期, 错过期限, 超过期限, 超过截止, 没有及时, 未在期限内, 超时未答复, 没有按时, 逾期未, 过了期限, 未按时
        out exceeds | 超过, 超出, 大于, 多于, 金额过大, 超额
        out timeout | 超时, 无响应, 没有响应, 没响应, 不响应
        out rate_limited | 限流, 频率限制, 触发限流, 被限流, 太频繁, 超过速率, 请求过多, 速率限制, 限速
        out validation | 缺少字段, 字段缺失, 参数错误, 格式错误
        out not_found | 不存在, 找不到, 空号
        out no_right | 没有权限, 无权限, 权限不足
        out key_conflict | 幂等冲突, 幂等键冲突
        out win | 赢, 胜诉, 商户赢, 商家赢, 胜, 赢了, 商户胜诉, 商家胜诉, 我们赢, 申诉成功, 判商户胜
        out lose | 输, 败诉, 商户输, 商家输, 败, 输了, 持卡人赢, 客户赢, 商户败诉, 申诉失败, 判持卡人胜
        out giveup | 商户接受, 商家接受, 放弃, 认输, 商户认账
        out prevented | 提前化解, 预警拦截
        out late | 到账延迟, 迟到, 晚到, 延误, 到账晚, 推迟
        out partial | 部分批准, 部分授权, 只批准
        out limit | 超限, 超过限额, 超出限额, 超额度
        out name | 户名不符, 姓名不符, 户名不一致, 收款人姓名不符, 名字不符, 姓名不一致
        out cutoff | 错过截止时间, 过了截止时间, 截止时间后
        out unavailable | 不可用, 宕机, 不在线, 离线, 挂了, 连不上, 连接不上
        out error | 处理错误, 系统错误, 系统异常, 处理异常
        out blocked | 拦截, 被拦截, 被屏蔽, 风控拦截, 被风控拦截, 风控拒绝, 被风控拒绝, 屏蔽
        out unsupported | 不支持
        out recover | 重试成功, 补扣成功, 催收成功, 重试后成功, 恢复成功
        out unpaid | 没付, 未付, 未支付, 没有支付, 没人付
        out aml | 反洗钱, 触发反洗钱, 反洗钱警报, 反洗钱预警, 反洗钱告警, 洗钱警报, 可疑交易
        out high | 高风险, 风险高, 评分高
        out medium | 中风险, 中等风险
        out reported | 上报
        out resubmit | 重新提交证件, 要求重新提交, 要求重拍, 重拍, 需要重新上传, 要求补件, 要求重新上传
        out missing | 缺少文件, 材料缺失, 没有上传, 没上传, 未上传, 缺材料, 材料不全, 缺少材料, 缺少..文件, 资料不全, 文件缺失, 缺少章程, 没交, 未提交
        out dissolved | 已注销, 解散, 已解散, 被吊销, 公司注销
        out too_old | 太旧, 太久, 过旧
        out too_young | 未成年, 年龄不够, 太年轻, 未满, 年龄不足, 未满十八岁, 不满
        out opted_out | 退订, 已退订, 回过 td, 回复 td, 回 td, 回复过 td, 回过 stop, 回复过 stop, 回复了 stop, 退订了, 回了 \
        td, 拒收, 回复 stop
        out unreachable | 关机, 手机关机, 不在服务区, 收不到, 对方关机, 无信号
        out landline | 座机, 固定电话, 固话
        out spam | 垃圾短信, 垃圾邮件, 被过滤, 当作垃圾, 举报垃圾
        out too_long | 太长, 过长, 超长
        out bounce | 硬退信, 退信, 邮箱不存在, 地址不存在, 硬退, 硬弹回
        out full | 邮箱满, 邮箱已满, 软退信
        out busy | 占线, 忙线, 正忙
        out unanswered | 无人接听, 没人接, 没接, 未接, 无人应答, 没人接听
        out voicemail | 语音信箱, 留言信箱
        out window | 服务窗口, 超过24小时, 窗口已过
        out wrong | 输错, 错误的验证码, 验证码错误, 错了, 错误, 错的, 不对, 输入错误
        out locked | 锁定, 被锁, 次数用完, 错误次数过多, 尝试次数过多
        out abandon | 放弃, 离开, 中途退出, 关闭页面, 退出, 中途放弃
        out moved | 汇率变动, 汇率波动
        is incorrect_cvc | 安全码错误, 安全码不对, cvc 错误, cvv 错误, cvc 不对, cvv 不对, 安全码有误, 安全码输错, cvc 输错, cvv \
        输错
        is incorrect_number | 卡号错误, 卡号不对, 卡号有误, 卡号无效, 卡号输错
        is incorrect_pin | 密码错误, 密码不对, pin 错误, 输错密码, 密码输错
        is pin_try_exceeded | 密码错误次数过多, 密码多次错误, 密码错误次数超限, 密码..次数
        is incorrect_zip | 邮编不符, 邮编不匹配, 邮编错误, 邮编不对
        is lost_card | 挂失卡, 卡丢失, 卡已挂失, 卡已丢失, 卡丢了, 丢失的卡, 卡片丢失, 遗失
        is stolen_card | 被盗, 被盗卡, 卡被盗, 盗刷, 被偷, 失窃, 卡被偷, 被盗的卡
        is pickup_card | 没收卡, 吞卡, 没收
        is do_not_honor | 不予承兑, 不予兑付
        is call_issuer | 联系发卡行
        is issuer_not_available | 发卡行不可用, 发卡行离线, 发卡行宕机, 发卡行无法连接, 发卡行系统不可用, 发卡行不在线, 发卡行..不可用
        is card_velocity_exceeded | 刷卡次数过多, 使用过于频繁, 交易过于频繁, 超过次数
        is card_not_supported | 不支持该卡, 不支持这种卡, 卡种不支持, 不支持此卡
        is currency_not_supported | 不支持该币种, 币种不支持, 不支持这个币种
        is authentication_required | 需要强认证, 需要身份验证授权, 要求 3ds, 需要 3ds, 软拒绝
        is processing_error | 处理出错, 处理错误
        is fraud_blocked | 风控拦截, 风控拒绝, 被风控拦, 反欺诈拦截, 欺诈拦截, 被反欺诈..拦截, 被风控..拦截
        is fraud_suspected | 疑似欺诈, 怀疑欺诈, 欺诈嫌疑
        is fraud_review | 欺诈审核, 风控审核
        is duplicate_transaction | 重复交易
        is partial_approval | 部分批准
        is authorization_expired | 授权过期, 预授权过期, 预授权到期, 没有及时扣款, 未及时请款, 授权到期, 冻结到期, 授权失效, 预授权失效
        is capture_exceeds_authorization | 扣款超过授权, 超过预授权金额, 请款超过
        is clearing_rejected | 清算被拒, 清算阶段被拒, 清算失败, 清算拒绝, 清算..被拒, 清算..拒绝, 清算时被拒, 清算..失败, 清算被驳回, \
        清算..退回, 清算..驳回
        is settlement_delayed | 结算延迟, 结算..延迟, 结算推迟
        is fraud_warning_issued | 欺诈预警, 早期欺诈预警
        is three_ds_challenge_succeeded | 3ds 成功, 3ds 通过, 3ds 验证通过, 3d 验证通过, 通过 3ds, 挑战成功, 3ds \
        挑战成功, 3ds 验证成功, 通过..挑战, 3ds 挑战通过, 3d 验证成功, 3ds..通过, 3ds..成功
        is three_ds_frictionless | 无感, 无摩擦, 免验证, 免挑战, 无需挑战, 无摩擦验证, 无感验证, 无需验证, 不需要挑战
        is three_ds_failed | 3ds 失败, 3ds 没过, 3ds 验证失败, 3d 验证没过, 3d 验证失败, 3ds 未通过, 3ds 不通过, 验证没过, \
        3d 验证未通过, 3ds 验证没过, 3ds..失败, 3ds..没过, 3ds 验证未通过, 3ds..未通过, 3d 安全验证失败, 3d..失败, 3ds..不通过, \
        3ds 被拒
        is three_ds_abandoned | 放弃 3ds, 放弃..3ds, 放弃验证, 放弃..验证, 3ds 放弃, 3ds..放弃, 离开..验证, 放弃挑战, \
        3ds..离开, 3ds..退出, 3ds..关闭, 放弃..挑战
        is three_ds_timeout | 3ds 超时, 3ds 验证超时, 挑战超时, 3ds..超时, 3d 验证超时
        is three_ds_rejected | 发卡行拒绝 3ds, 发卡行拒绝验证, 发卡行拒绝认证, 发卡行拒绝..验证
        is three_ds_unavailable | 3ds 不可用, 3ds 服务不可用, acs 宕机, 3ds..宕机, 3ds..不可用, acs..不可用
        is three_ds_not_enrolled | 未注册 3ds, 没有开通 3ds, 未开通 3ds, 没开通 3ds, 卡未开通 3ds, 未参加 3ds
        is three_ds_exemption_granted | 豁免, 豁免通过, 小额豁免
        is three_ds_exemption_refused | 豁免被拒, 豁免被拒绝
        is refund_failed | 退款失败, 退款没成功
        is refund_pending | 退款处理中
        is refund_exceeds_payment | 退款超过, 退款金额超过, 退款..超过, 退款大于
        is dispute_won | 商户胜诉, 商家胜诉, 商户赢了
        is dispute_lost | 商户败诉, 商家败诉, 商户输了
        is dispute_withdrawn | 撤回争议, 争议撤回, 撤销争议, 客户撤回
        is inquiry_withdrawn | 调单撤回, 问询撤回, 询问撤回
        is inquiry_escalated | 升级为拒付
        is pre_arbitration_won | 预仲裁胜诉, 预仲裁赢, 预仲裁..赢, 预仲裁..胜
        is pre_arbitration_lost | 预仲裁败诉, 预仲裁输, 预仲裁..输, 预仲裁..败
        is arbitration_won | 仲裁胜诉, 仲裁赢
        is arbitration_lost | 仲裁败诉, 仲裁输
        is compliance_rejected | 合规拒绝, 合规审查拒绝, 被合规拒绝
        is code_ | 错误码 <number>, 错误代码 <number>, 代码 <number>, 错误 <number>
        is sender_unregistered | 发送方未注册, 未报备, 签名未报备
        is template_not_approved | 模板未批准, 模板没通过, 模板未通过, 模板未审批, 模板..未通过, 模板..未批准, 模板没有获批, 模板..没过审, \
        模板未过审
        is service_window_closed | 服务窗口已过, 超过服务窗口
        is quiet_hours_deferred | 静默时段, 免打扰, 免打扰时段, 推迟到早上, 静默时间, 延到早上, 推迟到第二天, 夜间..推迟
        is quiet_hours_blocked | 夜间不能发, 静默时段..拒绝, 静默时段..拦截, 夜间禁止
        is endpoint_unreachable | 端点不可达, 端点不可用, 我的服务器挂了, 服务器挂了, 端点..不可达
        is signature_invalid | 签名错误, 签名无效, 伪造签名
        is retries_exhausted | 重试用尽, 重试耗尽, 进入死信
        is token_expired | 令牌过期, 过期的令牌, 令牌已过期, token 过期
        is token_revoked | 令牌被吊销, 令牌已吊销
        is scope_missing | 缺少权限范围, 缺少 scope
        is trial_ends_without_card | 试用结束没有卡, 试用期结束..没有..卡, 试用结束..没有绑卡
        is renewal_fails | 续费失败, 续订失败, 续费扣款失败, 首次续费失败, 续费..失败, 续订..失败, 续费被拒
        is renewal_recovers | 续费失败后恢复, 续费..重试成功
        is invoice_overdue | 账单逾期, 发票逾期, 逾期未付, 账单..逾期
        is kyc_manual_review_then_approved | 人工审核后通过, 人工审核通过, 人工复核后通过, 人工复核通过
        is kyc_manual_review_then_rejected | 人工审核后拒绝, 人工审核后被拒, 人工审核被拒, 人工复核后被拒, 人工审核拒绝, 人工复核后拒绝
        is kyc_watchlist_hit | 命中制裁名单, 命中名单, 名单命中, 命中观察名单, 命中监控名单, 命中黑名单
        is kyc_review_cleared | 误报
        is age_check_failed | 年龄验证失败, 年龄不够, 未满十八, 年龄验证不通过, 年龄不符
        is document_too_old | 账单太旧, 证明太旧, 地址证明过旧, 地址证明太旧
        is kyb_missing_documents | 缺少公司章程, 章程没有上传, 没有上传章程, 缺少营业执照
        is kyb_owner_rejected | 股东被拒, 受益人被拒, 股东..被拒, 受益所有人被拒, 受益所有人..被拒, 法人被拒, 股东..没通过, 股东..未通过, \
        法人..未通过
        is kyb_owner_watchlist_hit | 股东..制裁, 受益人..制裁, 法人..制裁, 股东..名单, 受益人..名单, 法人..名单, 受益所有人..名单
        is kyb_company_dissolved | 公司已注销, 企业已注销, 公司已解散, 公司..注销
        is kyb_name_conflict | 名称不符, 公司名称不符, 名称冲突, 名称与登记不符
        is aml_alert_closed | 关闭警报
        is quote_expired | 报价过期, 报价失效, 汇率过期, 报价..过期, 报价已过期, 报价..失效
        is pair_not_supported | 货币对不支持, 不支持的货币对, 不支持该货币对
        is mandate_rejected | 授权书被拒, 授权书..被拒
        is micro_deposits_wrong | 金额输错, 小额..错误
        is payout_returned | 打款被退回, 出款被退回, 打款..退回, 提现被退回
        is insufficient_balance | 我们余额不足, 平台余额不足
        """
}
