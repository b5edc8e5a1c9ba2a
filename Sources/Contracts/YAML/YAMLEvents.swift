import CYAML

/// What libyaml's parser finds, one event after the other.
struct YAMLEvent {
    enum Kind {
        case streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(YAMLScalar)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
        case other
    }

    let kind: Kind
    let anchor: String?
    let tag: String?
    /// From 1.
    let line: Int
    /// From 1.
    let column: Int

    func fault(_ reason: String) -> YAMLError {
        YAMLError(reason: reason, line: line, column: column)
    }
}

struct YAMLScalar {
    let text: String
    /// Without quotes, so that it may be something else than a string.
    let isPlain: Bool
}

/// Owns libyaml's parser and the bytes that it reads.
struct YAMLEvents: ~Copyable {
    /// Unsafe: allocated and initialised here, deleted in `deinit`.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// Unsafe: libyaml reads from it until the parser is deleted.
    private let input: UnsafeMutableBufferPointer<UInt8>

    init?(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            input.deallocate()
            return nil
        }
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(event)
    }

    private func problem() -> YAMLError {
        let parser = parser.pointee
        let reason = parser.problem.map { String(cString: $0) } ?? "there is no memory to read it"
        let context = parser.context.map { String(cString: $0) + ": " } ?? ""
        return YAMLError(
            reason: context + reason, line: parser.problem_mark.line + 1,
            column: parser.problem_mark.column + 1)
    }
}

extension YAMLEvent {
    /// Copies what is needed; the event's own memory is freed after.
    fileprivate init(_ event: yaml_event_t) {
        line = event.start_mark.line + 1
        column = event.start_mark.column + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = .scalar(
                YAMLScalar(
                    text: String(decoding: bytes, as: UTF8.self),
                    isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
            (anchor, tag) = (text(scalar.anchor), text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            (anchor, tag) = (
                text(event.data.sequence_start.anchor), text(event.data.sequence_start.tag)
            )
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            (anchor, tag) = (
                text(event.data.mapping_start.anchor), text(event.data.mapping_start.tag)
            )
        case YAML_ALIAS_EVENT:
            kind = .alias(text(event.data.alias.anchor) ?? "")
            (anchor, tag) = (nil, nil)
        default:
            kind = Kind.bare[event.type.rawValue] ?? .other
            (anchor, tag) = (nil, nil)
        }
    }
}

extension YAMLEvent.Kind {
    /// The events that carry nothing.
    fileprivate static let bare: [UInt32: YAMLEvent.Kind] = [
        YAML_STREAM_END_EVENT.rawValue: .streamEnd,
        YAML_DOCUMENT_START_EVENT.rawValue: .documentStart,
        YAML_DOCUMENT_END_EVENT.rawValue: .documentEnd,
        YAML_SEQUENCE_END_EVENT.rawValue: .sequenceEnd,
        YAML_MAPPING_END_EVENT.rawValue: .mappingEnd,
    ]
}

private func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
}
