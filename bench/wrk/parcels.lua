-- Makes an object by POST of SBX_BODY, then reads one that was made before, in turns.
local body = os.getenv("SBX_BODY")
local made = {}
local count = 0

function request()
    count = count + 1
    if count % 2 == 1 or #made == 0 then
        return wrk.format("POST", "/parcels", { ["Content-Type"] = "application/json",
            ["Authorization"] = wrk.headers["Authorization"], ["Host"] = wrk.headers["Host"] }, body)
    end
    return wrk.format("GET", "/parcels/" .. made[count % #made + 1])
end

function response(status, headers, text)
    if status == 201 and #made < 1000 then
        local id = text:match('"id":"([^"]+)"')
        if id then made[#made + 1] = id end
    end
end
