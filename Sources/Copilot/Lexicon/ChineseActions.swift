/// Verbs and nouns that begin a step, in Chinese.
enum ChineseActions {
    static let table = """
        act create_payment | 付款, 支付, 收款, 扣款, 刷卡, 刷一下卡, 刷..卡, 消费, 购物, 购买, 买, 卖出, 卖, 收, 付, 缴费, 结账, \
        下单, 交易, 扣, 收取, 刷, 发起支付, 代扣一笔
        thing create_payment | 付款, 支付, 消费, 购物, 交易, 订单, 收款, 购买, 扣款, 款项, 一单, 刷卡交易, 商品
        act authorize_payment | 冻结, 预授权, 授权, 预扣, 冻结..资金, 押金, 先冻结
        thing authorize_payment | 预授权, 授权, 冻结
        act increment_authorization | 追加预授权, 增加预授权, 追加授权, 提高预授权, 增量授权, 追加冻结
        act capture_payment | 请款, 全数扣款, 全额扣款, 部分扣款, 捕获, 完成扣款, 确认扣款, 预授权完成, 全额请款, 之后扣款, 再扣款, 实际扣款, \
        后扣款, 入账
        act cancel_payment | 取消付款, 取消支付, 撤销付款, 撤销, 取消预授权, 撤销预授权, 解冻, 取消授权, 释放, 取消..订单, 撤销支付, \
        取消..付款, 释放..冻结
        act cancel | 取消, 取消它, 作废
        act confirm_payment | 确认付款, 确认支付
        act verify_card | 验卡, 零金额验证, 卡验证, 验证..卡, 零元验证, 零元验卡
        act attach_card | 绑卡, 绑定..卡, 保存..卡
        act detach_card | 解绑, 解绑..卡
        act create_payment_link | 支付链接, 付款链接, 收款链接
        act create_refund | 退款, 退给, 退还, 退回给, 退回给顾客, 退钱, 全额退款, 部分退款, 退掉, 退..给, 再退
        act cancel_refund | 取消退款, 撤销退款
        act create_deposit | 存款, 存入, 充值, 存
        act list_payments | 列出..付款, 列出..交易, 查询..付款, 查询..交易, 查看..交易, 查看..付款, 列出..支付, 查看..退款记录
        act get_payment | 查询付款, 查看付款, 查一下
        act get_balance | 查询..余额, 查看..余额, 查余额
        act create_dispute | 争议, 提出争议, 拒付, 发起争议, 投诉交易, 申诉, 退单, 发起拒付, 调单
        act submit_dispute_evidence | 提交证据, 提交..证据, 提供..证据, 提交..凭证, 上传..凭证, 举证, 提交..收据, 上传证据, 提交..证明
        act accept_dispute | 接受争议, 接受拒付, 认账
        act answer_inquiry | 回复..调单, 答复..问询
        act create_pre_arbitration | 预仲裁
        act create_arbitration | 仲裁
        act list_disputes | 列出..争议, 查看..争议, 查询..争议
        act issue_card | 发卡, 发行..卡, 办..卡, 开..虚拟卡, 发一张, 虚拟卡, 实体卡, 发..卡
        act activate_card | 激活, 激活..卡
        act block_card | 挂失, 冻结..卡, 锁卡, 锁定..卡, 停用..卡
        act unblock_card | 解锁..卡, 解冻..卡
        act replace_card | 补卡, 换卡, 补办
        act set_card_limit | 限额, 设置..限额, 额度, 每日限额
        act provision_wallet_token | 添加到..钱包, 加到
        act create_card_authorization | 发行的卡..消费, 持卡..消费
        act create_transfer | 汇款, 转账, 电汇, 转, 划款, 代扣, 直接借记, 打款到..银行, 汇, 汇出, 从..账户扣款, 银行转账
        act cancel_transfer | 取消转账, 取消汇款, 撤回转账
        act recall_transfer | 召回, 追回
        act reverse_transfer | 冲正
        act represent_transfer | 重新提交扣款, 再次提交
        act create_mandate | 签署..授权书, 扣款授权书, 创建..授权书, 授权书
        act link_bank_account | 绑定..银行账户, 关联..银行账户, 连接..银行账户
        act verify_bank_account | 验证银行账户, 小额打款验证, 小额验证, 验证..银行账户, 小额打款
        act create_payout | 打款, 出款, 付给, 提现, 打款给, 支付给卖家, 支付给商家, 支付给供应商, 付给卖家, 结算给, 发放, 代付, 转给卖家, \
        下发, 给..打款, 给..付款, 放款
        act cancel_payout | 取消出款, 取消打款, 撤回打款, 取消提现
        act list_transfers | 列出..转账, 查看..转账
        act list_payouts | 列出..出款, 列出..打款, 查看..提现
        act upload_payment_file | 上传..文件, 提交..文件, 上传
        act create_statement | 对账单, 账单明细, 生成..对账单
        act run_batch | 跑批, 批处理, 日终, 日终批, 日终批处理, 月终, 月末批, 清算批, 结算批, 对账, 跑..批, 跑一次结算, 跑一次清算, 日切, \
        跑日终, 日终跑批, 跑清算, 跑结算
        act create_fx_quote | 报价, 询价, 汇率, 询汇, 锁定汇率, 查询汇率, 换算, 锁汇
        act create_fx_conversion | 兑换, 换成, 换汇, 兑成, 兑换成, 换为, 结汇, 购汇, 把..换成, 买入
        act create_subscription | 订阅, 包月, 包年, 按月扣费, 会员, 按月订阅, 套餐, 创建订阅, 连续包月, 连续包年, 月费, 年费, 周费
        act change_subscription | 升级, 降级, 更改订阅, 升级..订阅, 升级..套餐, 改为..订阅, 套餐升级
        act pause_subscription | 暂停订阅, 暂停..订阅
        act resume_subscription | 恢复订阅, 恢复..订阅
        act cancel_subscription | 取消订阅, 取消..订阅, 退订套餐, 终止订阅
        act create_invoice | 账单, 发票, 开发票, 开..发票, 开票, 开..账单, 创建..账单
        act pay_invoice | 支付账单, 支付发票, 付清..账单
        act void_invoice | 作废发票, 作废..账单, 作废..发票
        act create_customer | 新客户, 新用户, 创建客户, 新建客户, 创建..客户, 新建..客户, 注册..客户, 添加客户, 新增客户, 注册新用户, \
        建..客户, 开户
        act update_customer | 更新客户, 修改客户, 修改..地址, 更新..客户, 改..邮箱, 修改..邮箱
        act delete_customer | 删除客户, 删除..客户
        act create_kyc_check | 身份验证, 身份核验, 实名认证, 身份审核, 身份认证, 核验身份, 验证身份, 开户审核, 证件审核, 人脸识别, 活体检测, \
        年龄验证, 实名, 名单筛查, 护照审核, 证件核验, 制裁名单筛查, 身份检查, 客户审核, 人脸核验, 年龄核验, 入驻审核, kyc, 证件验证, kyc 检查, kyc 审核
        act resolve_kyc_review | 分析师..通过, 审核员..通过, 审核员..拒绝, 分析师..放行, 分析师..拒绝, 人工放行, 分析师认为, 审核员放行
        act resubmit_document | 重新提交..证件, 重新上传, 补交, 重新提交, 重传
        act rescreen_customer | 重新筛查, 再次筛查
        act create_kyb_check | 企业验证, 企业审核, 公司审核, 企业认证, 企业核验, 公司核验, 商户入驻, 公司验证, 公司认证, 工商核验, kyb, \
        商户审核, 企业检查, 公司检查, 企业实名
        act resolve_kyb_review | 合规..通过, 合规..拒绝, 合规部门, 合规放行
        act add_business_owner | 增加股东, 添加股东, 添加..受益人, 添加受益所有人, 新增股东
        act create_risk_assessment | 风险评估, 风险评分, 风控评分, 评估..风险
        act resolve_aml_alert | 关闭..警报, 关闭告警, 上报..可疑, 关闭..预警, 处理..预警
        act send_sms | 发短信, 发..短信, 短信, 发送短信, 发送..短信, 发消息, 短信发到, 发简讯, 简讯, 发..简讯, 发一条消息, 通知客户, 发..消息
        act receive_sms | 回复, 客户回复, 用户回复, 收到..回复, 对方回复, 回了, 回短信
        act send_whatsapp | 发 whatsapp, 发送 whatsapp, 发..whatsapp, whatsapp 消息
        act send_email | 发邮件, 发..邮件, 邮件, 发送邮件, 发送..邮件, 电子邮件, 发电邮
        act send_push | 推送, 发推送, 发..推送, 推送通知
        act create_call | 打电话, 拨打, 语音电话, 致电, 打..电话, 拨打电话, 电话
        act cancel_message | 取消..短信, 取消..定时, 取消..邮件
        act create_opt_out | 加入退订, 加入黑名单, 拉入退订名单, 加入..退订名单
        act delete_opt_out | 移除退订, 重新订阅短信, 移出退订名单
        act register_sender | 注册发送方, 登记签名, 注册..发送方
        act create_verification | 发送验证码, 发验证码, 验证码, 动态码, 发..验证码, 语音验证码, 邮箱验证码, 一次性密码, 短信验证码
        act check_verification | 输入验证码, 输入, 输错, 输对, 校验验证码, 填, 验证码输
        act list_messages | 列出..短信, 查看..短信, 列出..消息
        act create_webhook_endpoint | 注册..端点, 添加..端点, 创建..端点, 注册 webhook, 订阅..事件, 推送到, \
        注册..webhook, 配置..webhook, 添加..webhook, 新建..端点, 创建..webhook, 新增..端点
        act update_webhook_endpoint | 修改..端点, 更新..端点
        act delete_webhook_endpoint | 删除..端点, 移除..端点, 删除..webhook
        act rotate_webhook_secret | 轮换..密钥, 更换..密钥, 轮换 webhook..密钥
        act trigger_event | 触发, 触发..事件, 发出..事件
        act replay_webhook | 重发, 重放, 重新投递, 重新发送, 重发..webhook, 重放..webhook, 重新推送, 重发..事件, 再发一次, \
        重新发送..webhook, 再发..webhook
        act requeue_dead_letters | 死信, 重新入队, 重试死信, 死信队列, 重发死信, 重新投递死信
        act list_events | 列出..事件, 查看..事件
        act replay_request | 重放请求, 重发请求, 重放..请求, 重新执行请求, 重发..请求
        act explain_request | 为什么..失败, 解释, 为什么失败, 失败原因, 为何失败, 为什么, 为何..失败
        act list_requests | 列出..请求, 查看..请求, 列出所有请求
        act freeze_time | 冻结时钟, 冻结时间, 停止时钟, 暂停时钟, 冻结..时钟, 停住时钟, 暂停..时间
        act resume_time | 恢复时钟, 启动时钟, 恢复时间, 解冻时钟, 恢复..时钟
        act reset_sandbox | 重置沙箱, 重置沙盒, 重置, 恢复初始, 清空沙箱
        act create_checkpoint | 保存检查点, 创建检查点, 存档, 存个档, 保存快照, 保存..检查点, 创建..检查点, 快照
        act restore_checkpoint | 恢复到, 恢复检查点, 回到检查点, 还原, 回滚到, 回到, 恢复..检查点
        act fork_sandbox | 复制沙箱, 克隆沙箱, 分叉, 复制..沙箱, 复制一份沙箱
        act apply_pack | 应用..包, 启用..包, 加载..包, 使用..包, 应用, 启用
        act remove_pack | 移除..包, 卸载..包, 停用..包
        act set_flag | 标记, 标记为
        act mount_contract | 挂载
        act run_journey | 运行..流程, 执行..流程, 运行旅程
        act rerun_journey | 重新运行, 重跑, 从..重新
        act request_token | 获取..令牌, 申请..令牌, 请求..令牌, 获取..token
        act revoke_token | 吊销..令牌, 撤销..令牌
        act create_api_key | 创建..密钥, 新建..密钥, 生成..密钥
        act rotate_api_key | 轮换 api 密钥, 轮换..api 密钥
        act revoke_api_key | 吊销..密钥, 作废..密钥
        act retry | 重试, 再试一次, 再试, 重新付款, 重新支付, 重新扣款
        """
}
