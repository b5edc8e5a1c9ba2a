-- POST /v1/payments, round robin over the sandboxes that SBX_TARGETS names as "host key;host key".
-- Each thread takes its own share of them, so that two threads never write to the same sandbox.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init()
    targets = {}
    local index = 0
    for host, key in os.getenv("SBX_TARGETS"):gmatch("(%S+) (%S+);") do
        if index % 2 == number % 2 then
            targets[#targets + 1] = { host = host, key = key }
        end
        index = index + 1
    end
    count = 0
    -- Unique among threads and runs.
    prefix = os.getenv("SBX_RUN") .. "-" .. number .. "-"
end

local body = '{"amount":2450,"currency":"eur","payment_method":"pm_card_visa",'
    .. '"metadata":{"order":"A-1042"}}'

function request()
    count = count + 1
    local target = targets[count % #targets + 1]
    return wrk.format("POST", nil, {
        ["Host"] = target.host,
        ["Authorization"] = "Bearer " .. target.key,
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = '"' .. prefix .. count .. '"',
    }, body)
end
