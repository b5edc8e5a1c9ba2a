-- GET with another access token each time, from the lines of the file SBX_TOKENS. Each thread begins
-- at another place, so that two threads do not send one token at the same time.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init()
    tokens = {}
    for line in io.lines(os.getenv("SBX_TOKENS")) do
        tokens[#tokens + 1] = "Bearer " .. line
    end
    count = math.floor(number * #tokens / 2)
    host = os.getenv("SBX_HOST")
end

function request()
    count = count + 1
    return wrk.format("GET", nil, {
        ["Host"] = host,
        ["Authorization"] = tokens[count % #tokens + 1],
    })
end
