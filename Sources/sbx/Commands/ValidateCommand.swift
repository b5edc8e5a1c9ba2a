import Contracts
import Glibc

/// `sbx validate json|yaml|contract FILE…`: one JSON line a file.
enum ValidateCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly()
        guard let check = options.plain.first.flatMap({ checks[$0] }), options.plain.count > 1
        else {
            throw UsageError("sbx validate json|yaml|contract FILE…")
        }
        var allValid = true
        for file in options.plain.dropFirst() {
            let errors = check(try content(of: file))
            allValid = allValid && errors.isEmpty
            let line: JSONValue = [
                "file": .string(file), "valid": .bool(errors.isEmpty), "errors": .array(errors),
            ]
            print(JSONWriter.text(line))
        }
        return allValid ? .success : .failure
    }

    /// What is wrong with a file, by the word that names its kind.
    private static let checks: [String: @Sendable ([UInt8]) -> [JSONValue]] = [
        "json": errorsInJSON, "yaml": errorsInYAML, "contract": errorsInContract,
    ]

    private static func content(of file: String) throws -> [UInt8] {
        guard let bytes = FileReading.bytes(of: file) else {
            throw UsageError("\(file) cannot be read: \(String(cString: strerror(errno)))")
        }
        return bytes
    }

    @Sendable private static func errorsInJSON(_ bytes: [UInt8]) -> [JSONValue] {
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

    @Sendable private static func errorsInYAML(_ bytes: [UInt8]) -> [JSONValue] {
        do throws(YAMLError) {
            _ = try YAMLParser.parse(bytes)
            return []
        } catch {
            return [
                [
                    "line": .int(error.line), "column": .int(error.column),
                    "message": .string(error.reason),
                ]
            ]
        }
    }

    @Sendable private static func errorsInContract(_ bytes: [UInt8]) -> [JSONValue] {
        do throws(ContractError) {
            let contract = try Contract(lazily: JSONValue(contract: bytes))
            return (contract.warnings + contract.problems()).map(line)
        } catch {
            return error.problems.map(line)
        }
    }

    private static func line(_ problem: ContractProblem) -> JSONValue {
        [
            "pointer": .string(problem.pointer.description), "message": .string(problem.reason),
            "fix": .string(orNull: problem.fix),
        ]
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
