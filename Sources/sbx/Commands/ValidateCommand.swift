import Contracts
import Glibc

/// `sbx validate json FILE…`: one JSON line a file.
enum ValidateCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly()
        guard options.plain.first == "json", options.plain.count > 1 else {
            throw UsageError("sbx validate json FILE…")
        }
        var allValid = true
        for file in options.plain.dropFirst() {
            let errors = try errors(in: file)
            allValid = allValid && errors.isEmpty
            let line: JSONValue = [
                "file": .string(file), "valid": .bool(errors.isEmpty), "errors": .array(errors),
            ]
            print(JSONWriter.text(line))
        }
        return allValid ? .success : .failure
    }

    private static func errors(in file: String) throws -> [JSONValue] {
        guard let bytes = FileReading.bytes(of: file) else {
            throw UsageError("\(file) cannot be read: \(String(cString: strerror(errno)))")
        }
        do throws(JSONError) {
            _ = try JSONParser.parse(bytes)
            return []
        } catch {
            return [
                [
                    "pointer": .string(error.pointer.description), "line": .int(error.line),
                    "column": .int(error.column), "message": .string(error.reason),
                ]
            ]
        }
    }
}

/// Files that a command names.
enum FileReading {
    /// The whole file; nil, with `errno` set, when it cannot be read.
    static func bytes(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return ferror(file) == 0 ? bytes : nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
