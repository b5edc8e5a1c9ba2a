-- Makes an SQS queue, then asks for the address of one that was made before, in turns.
local count = 0
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function request()
    count = count + 1
    local action = count % 2 == 1 and "CreateQueue" or "GetQueueUrl"
    local name = "q" .. number .. "-" .. math.ceil(count / 2) % 1000
    return wrk.format("POST", "/", {
        ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Authorization"] = "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request",
    }, "Action=" .. action .. "&QueueName=" .. name .. "&Version=2012-11-05")
end
