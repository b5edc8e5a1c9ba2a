import Contracts

/// The pipeline's steps in their order, each with what it decided about one call.
struct DecisionTrace {
    private let decisions: [JSONValue]
    private let failedStep: String?

    init(_ decisions: [JSONValue], failedStep: String?) {
        self.decisions = decisions
        self.failedStep = failedStep
    }

    func html(_ say: Language) -> HTML {
        let last = decisions.last { $0["verdict"]?.string == "refused" }?["step"]?.string
        let end = StepNames.order.firstIndex { $0 == last } ?? StepNames.order.count
        return ol(.class("trace")) {
            StepNames.order.enumerated().map { place, step in
                entry(step, isReached: place <= end || step == "record" || step == "render", say)
            }
        }
    }

    private func entry(_ step: String, isReached: Bool, _ say: Language) -> HTML {
        let own = decisions.filter { $0["step"]?.string == step }
        let verdict = own.last?["verdict"]?.string ?? (isReached ? "passed" : "unreached")
        return li(.class("\(verdict)\(step == failedStep ? " cause" : "")")) {
            div(.class("step-line")) {
                span(.class("step-name")) { StepNames.name(step, say) }
                badge(word(verdict, say), kind(verdict))
            }
            own.map { decision in
                div(.class("decision")) {
                    code { decision["code"]?.string ?? "" }
                    if let evidence = decision["evidence"] {
                        span(.class("evidence")) {
                            String(decoding: JSONWriter.bytes(evidence), as: UTF8.self)
                        }
                    }
                }
            }
        }
    }

    private func word(_ verdict: String, _ say: Language) -> String {
        switch verdict {
        case "passed": say("passed", "通过")
        case "decided": say("chose", "选定")
        case "refused": say("refused", "拒绝")
        default: say("not reached", "未到达")
        }
    }

    private func kind(_ verdict: String) -> String {
        switch verdict {
        case "passed": "ok"
        case "decided": "info"
        case "refused": "error"
        default: "quiet"
        }
    }
}

/// The steps of a call, as every document names them.
enum StepNames {
    static let order = [
        "accept", "identify_sandbox", "authenticate", "authorise", "quota_and_rate_limit", "policy",
        "match", "validate", "idempotency", "scenario", "chaos_before", "simulate",
        "validate_answer", "commit", "chaos_after", "render", "record",
    ]

    static func name(_ step: String, _ say: Language) -> String {
        switch step {
        case "accept": say("Accept", "接收")
        case "identify_sandbox": say("Identify sandbox", "识别沙盒")
        case "authenticate": say("Authenticate", "认证")
        case "authorise": say("Authorise", "授权")
        case "quota_and_rate_limit": say("Quota and rate limit", "配额与限流")
        case "policy": say("Policy", "策略")
        case "match": say("Match the contract", "匹配契约")
        case "validate": say("Validate", "校验请求")
        case "idempotency": say("Idempotency", "幂等")
        case "scenario": say("Scenario", "场景")
        case "chaos_before": say("Chaos before", "前置故障")
        case "simulate": say("Simulate", "模拟")
        case "validate_answer": say("Validate the answer", "校验响应")
        case "commit": say("Commit", "提交")
        case "chaos_after": say("Chaos after", "后置故障")
        case "render": say("Render", "输出")
        case "record": say("Record", "记录")
        default: step
        }
    }
}
