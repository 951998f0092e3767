-- wrk-form.lua: a form that is posted; at the end one line of JSON with what wrk measured.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"email": "lead@mail.example", "name": "Ann Example", "message": "' .. string.rep("x", 200) .. '"}'

function done (summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
                 + summary.errors.status + summary.errors.timeout
  print (string.format ('{"seconds": %f, "requests": %d, "failed": %d, "p50": %f, "p99": %f}',
                        summary.duration / 1e6, summary.requests, failed,
                        latency:percentile (50) / 1e3, latency:percentile (99) / 1e3))
end
