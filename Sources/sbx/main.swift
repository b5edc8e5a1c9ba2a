import Glibc
import Runtime

// A peer that has gone is an error of the write, not the end of the process.
signal(SIGPIPE, SIG_IGN)

OpenSSLLibrary.load()

// A server drains when it is told to end; every other command just ends.
if CommandLine.arguments.dropFirst().first == "serve" { TerminationSignals.block() }

// The main thread only stays. Were it to `await`, Dispatch would park it with no signal blocked, and
// SIGTERM would end the process there and then.
Task.detached {
    let status = await CommandLineTool.run(Array(CommandLine.arguments.dropFirst()))
    fflush(nil)
    exit(status.rawValue)
}
while true { pause() }
