-- Sends the request bodies of a folder (body-1, body-2, …) in turn, as Kinesis PutRecords, and at the end prints one JSON
-- line for the program that started wrk.
-- wrk … -s ingest.lua URL -- FOLDER COUNT

local requests = {}
local next_request = 0
local thread_number = 0

function setup(thread)
  thread:set("offset", thread_number)
  thread_number = thread_number + 1
end

function init(args)
  local headers = {
    ["Content-Type"] = "application/x-amz-json-1.1",
    ["X-Amz-Target"] = "Kinesis_20131202.PutRecords",
    -- Some peers find the service by it, and insist that it is there; nobody who is measured verifies it.
    ["Authorization"] = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0",
    ["X-Amz-Date"] = "20260101T000000Z",
  }
  for i = 1, tonumber(args[2]) do
    local file = assert(io.open(args[1] .. "/body-" .. i, "rb"))
    requests[i] = wrk.format("POST", "/", headers, file:read("*a"))
    file:close()
  end
  -- Every thread begins elsewhere in the row.
  next_request = offset * 3
end

function request()
  next_request = next_request + 1
  return requests[next_request % #requests + 1]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"socketErrors":%d,"statusErrors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99)))
end
