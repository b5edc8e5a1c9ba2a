import Glibc

// A peer that has gone is an error of the write, not the end of the process.
signal(SIGPIPE, SIG_IGN)

let status = await CommandLineTool.run(Array(CommandLine.arguments.dropFirst()))
fflush(nil)
exit(status.rawValue)
