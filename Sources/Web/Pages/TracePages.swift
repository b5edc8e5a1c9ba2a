import Contracts
import HTTP

/// A trace: the sandbox's own calls among the spans of the programs that made them.
enum TracePages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/traces/{trace}") { turn throws(Fault) in try await page(turn) }
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let target = turn.sandboxAPI + "/traces/" + PercentEncoding.encode(turn["trace"])
        let trace = try await turn.get(target)
        let spans = (trace["spans"]?.array ?? []).map(TraceSpan.init)
        let window = TraceWindow(
            spans, below: turn.query["below"], failedOnly: turn.query["only"] == "errors",
            from: turn.query["from"].flatMap { Int($0) }, chosen: turn.query["span"])
        let duration = trace["duration_us"]?.int ?? 0
        let foreign = trace["foreign_spans"]?.int ?? 0
        return Layout(
            turn: turn, title: say("Trace", "追踪"),
            facts: Web.span {
                copyableValue(trace["trace_id"]?.string ?? "")
                " · "
                Moment.element(trace["started_at"]?.string)
                say(
                    " · \(milliseconds(duration)) ms · \(spans.count) spans, \(foreign) of them sent to us",
                    " · \(milliseconds(duration)) 毫秒 · \(spans.count) 个跨度，其中 \(foreign) 个由外部发送")
            }, sandbox: sandbox.frame, section: .requests
        ).answer {
            if trace["partial"]?.bool == true {
                notice(.info) { say("The trace has more spans than are shown.", "此追踪还有未显示的跨度。") }
            }
            if spans.count > TraceWindow.rows { TraceOverview(spans, duration: duration).html(say) }
            TraceTools(turn, spans, window).html
            table(turn, window.spans, Waterfall(start: window.start, duration: window.duration ?? duration))
            TraceTools(turn, spans, window).pager
            if let chosen = spans.first(where: { $0.id == turn.query["span"] }) {
                details(of: chosen, turn)
            }
            if foreign == 0 { invitation(turn, sandbox.slug) }
            FromCI.get(turn, target)
        }
    }

    private static func table(_ turn: Turn, _ spans: ArraySlice<TraceSpan>, _ waterfall: Waterfall) -> HTML {
        let say = turn.language
        return div(.class("trace")) {
            dataTable(
                say("Spans", "跨度"),
                [
                    say("Span", "跨度"), say("Service", "服务"), "ms",
                    say("From start to end of the trace", "追踪时间轴"),
                ],
                spans.map { span in
                    tr(span.id == turn.query["span"] ? Attribute("aria-current", "true") : nil) {
                        th(Attribute("scope", "row"), .class("indent-\(min(span.depth, 12))")) {
                            link(.href(turn.here("span", span.id) + "#span")) { span.name }
                            if span.hasFailed { badge(say("error", "错误"), "error") }
                        }
                        td { span.isOurs ? say("this sandbox", "此沙盒") : span.service ?? "–" }
                        td(.class("number")) { milliseconds(span.duration) }
                        td(.class("bar")) {
                            waterfall.svg(
                                offset: span.offset, duration: span.duration,
                                className: span.hasFailed
                                    ? "series-4" : span.isOurs ? "series-1" : "series-3")
                        }
                    }
                })
        }
    }

    private static func details(of span: TraceSpan, _ turn: Turn) -> HTML {
        let say = turn.language
        return panel(span.name, id: "span") {
            facts(
                [
                    (say("Span", "跨度"), copyableValue(span.id)),
                    (say("Kind", "类型"), HTML(span.document["kind"]?.string ?? "")),
                    (say("Status", "状态"), HTML(span.document["status"]?.string ?? "")),
                ])
            paragraph {
                link(.href(turn.here(["from": nil, "only": nil, "below": span.id]))) {
                    say("Only this span and what is below it", "仅显示此跨度及其下级")
                }
            }
            if let request = span.request {
                paragraph {
                    link(.href("/s/\(turn["sandbox"])/requests/\(request)")) {
                        say("Why it ended as it did", "查看此调用的原因")
                    }
                }
            }
            h3 { say("Attributes", "属性") }
            jsonText(span.document["attributes"] ?? [:], label: say("Attributes", "属性"))
            if let events = span.document["events"], events.array?.isEmpty == false {
                h3 { span.isOurs ? say("What each step decided", "每一步的判断") : say("Events", "事件") }
                jsonText(events, label: say("Events", "事件"))
            }
        }
    }

    /// How a partner's own program joins.
    private static func invitation(_ turn: Turn, _ slug: String) -> HTML {
        let say = turn.language
        let variables = """
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=\(turn.addresses.sandboxURL(slug: slug))/_otlp/v1/traces
            OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
            OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer test_sk_…'
            """
        return panel(say("Your own spans beside these", "加入您自己的跨度"), id: "join") {
            paragraph {
                say(
                    "Send them by OpenTelemetry; calls that carry a traceparent join their tree.",
                    "通过 OpenTelemetry 发送；带有 traceparent 的调用会加入同一棵树。")
            }
            copyable(variables, label: say("Settings of an exporter", "导出器设置"))
        }
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        JSONNumber(thousandths: max(microseconds, 0)).text
    }
}
