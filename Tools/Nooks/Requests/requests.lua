-- Checks every reply and prints one line of counts for the tool at the end. Arguments: the content that is expected, in hexadecimal.
local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(arguments)
   wrong = 0
   expected = arguments[1]:gsub("%x%x", function(digits) return string.char(tonumber(digits, 16)) end)
end

function response(status, headers, body)
   if status ~= 200 or body ~= expected then
      wrong = wrong + 1
   end
end

function done(summary, latency, requests)
   local wrongReplies = 0
   for _, thread in ipairs(threads) do
      wrongReplies = wrongReplies + thread:get("wrong")
   end
   local errors = summary.errors
   io.write(string.format(
      '{"requests":%d,"wrongReplies":%d,"connectErrors":%d,"readErrors":%d,"writeErrors":%d,"timeouts":%d,' ..
      '"seconds":%f,"p50Milliseconds":%f,"p99Milliseconds":%f,"longestMilliseconds":%f}\n',
      summary.requests, wrongReplies, errors.connect, errors.read, errors.write, errors.timeout,
      summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
