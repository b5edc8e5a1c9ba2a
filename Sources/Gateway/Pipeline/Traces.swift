import Access
import HTTP
import Identifiers
import Observability
import Tenancy

// Spans of partners' own programs, by OTLP over HTTP at `{slug}.D/_otlp/v1/traces`, with the
// sandbox's key or a token. Answers have the shapes of OTLP, in the request's encoding.
extension Pipeline {
    static let otlpName = "_otlp"

    func takeSpans(
        _ target: SandboxTarget, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let below = String(decoding: target.path, as: UTF8.self)
        guard below == "/v1/traces" else {
            throw .notFound("/\(Self.otlpName)\(below)")
        }
        guard call.head.method == .post else {
            throw .methodNotAllowed(call.head.method.description, allowed: ["POST"])
        }
        call.operation = "export_traces"
        let encoding = try encoding(of: call.head)
        let body = try await plainBody(&call)
        var batch: SpanBatch
        do throws(OTLPError) {
            batch = try encoding.spans(body, SecretMask.spans)
        } catch {
            call.decisions.note(.validate, .refused, ProblemCode.malformedBody.rawValue)
            var answer = Answer(
                400, contentType: encoding.mediaType,
                // 3: INVALID_ARGUMENT of google.rpc.Code.
                encoding.status(code: 3, "The body is no ExportTraceServiceRequest."))
            answer.code = ProblemCode.malformedBody.rawValue
            return answer
        }
        keep(&batch, access, call)
        return Answer(
            200, contentType: encoding.mediaType,
            encoding.answer(rejected: batch.rejected, because: batch.firstFault ?? ""))
    }

    /// Hands the spans to the loop's writer; never waits for it.
    private func keep(_ batch: inout SpanBatch, _ access: SandboxAccess, _ call: Call) {
        for span in batch.spans {
            let record = SpanRecord(
                span, tenant: access.tenant, sandbox: access.sandbox,
                receivedAt: call.startedAt)
            if !call.loop.spans.append(record) {
                batch.reject(because: "the platform cannot store spans as fast as they come")
            }
        }
    }

    private func encoding(of head: RequestHead) throws(Refusal) -> OTLPEncoding {
        let type = head.fields["content-type"]
        guard let essence = type.flatMap({ MediaType($0) })?.essence,
            let encoding = OTLPEncoding(mediaType: essence)
        else {
            throw .unsupportedMediaType(type, taken: ["application/x-protobuf", "application/json"])
        }
        return encoding
    }

    /// The body without its gzip, both bounded.
    private func plainBody(_ call: inout Call) async throws(Refusal) -> [UInt8] {
        let bytesMax = GatewayLimits.spanBodyBytes
        let body = try await services.readBytes(&call, bytesMax: bytesMax)
        switch call.head.fields["content-encoding"]?.lowercased() {
        case nil, "identity": return body
        case "gzip":
            do throws(GzipError) {
                return try Gzip.decompress(body, upTo: bytesMax)
            } catch .tooLarge {
                throw .payloadTooLarge(bytesMax: bytesMax)
            } catch {
                throw .malformedCompression
            }
        case let other?:
            throw .unsupportedCoding(other)
        }
    }
}

extension SecretMask {
    /// What spans may not bring into the database.
    static let spans = SpanScreen(
        masked: { utf8 in
            guard utf8.contains(0) || SensitiveText.isFound(in: utf8) else { return nil }
            return Array(masked(storable(String(decoding: utf8, as: UTF8.self))).utf8)
        },
        isSecret: isSecret(named:))
}
