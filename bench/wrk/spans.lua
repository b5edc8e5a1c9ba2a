-- POST of the protobuf message in the file SBX_SPANS, each with a trace id of its own in the place
-- of the sixteen bytes that the message has as one. At the end the answers that refused spans.
local mark = "SBXBENCHTRACE-ID"
local threads = {}

function setup(thread)
    threads[#threads + 1] = thread
    thread:set("number", #threads)
end

function init()
    local file = io.open(os.getenv("SBX_SPANS"), "rb")
    parts = {}
    local message = file:read("*a")
    file:close()
    local start = 1
    while true do
        local first, last = message:find(mark, start, true)
        if not first then break end
        parts[#parts + 1] = message:sub(start, first - 1)
        start = last + 1
    end
    parts[#parts + 1] = message:sub(start)
    wrk.headers["Content-Type"] = "application/x-protobuf"
    count, partial = 0, 0
    -- Other ids in another run.
    salt = os.time() % 100000000
end

function request()
    count = count + 1
    local trace = string.format("%08d%1d%07d", salt, number % 10, count % 10000000)
    return wrk.format("POST", nil, wrk.headers, table.concat(parts, trace))
end

-- An empty answer says that all were taken.
function response(status, headers, body)
    if #body > 0 then partial = partial + 1 end
end

function done()
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + thread:get("partial") end
    print("partial answers: " .. sum)
end
