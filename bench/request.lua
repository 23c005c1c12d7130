-- Arguments after the address: method, path, form (URL-encoded), number of posts that take what is written, cookies.
-- {post} and {unique} in path and form are filled for every request; without them one request is made once.
-- The cookies, one a line, take turns in requests that are filled.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local counter, posts, method, path, form, prepared, cookies = 0, 1, "GET", "/", "", nil, {}

function init(args)
  method, path, form, posts = args[1], args[2], args[3] or "", tonumber(args[4] or "1")
  for cookie in (args[5] or ""):gmatch("[^\n]+") do
    cookies[#cookies + 1] = cookie
  end
  math.randomseed(os.time() * 100 + number)
  if not (path .. form):find("{", 1, true) then
    prepared = wrk.format(method, path, nil, form ~= "" and form or nil)
  end
end

local function unique()
  counter = counter + 1
  local random = math.random
  return string.format("%08x-%04x-4%03x-8%03x-%04x%08x", random(0, 0x7fffffff), random(0, 0xffff),
    random(0, 0xfff), number, random(0, 0xffff), counter)
end

local function fill(template)
  return (template:gsub("{post}", function() return tostring(math.random(1, posts)) end):gsub("{unique}", unique))
end

function request()
  if prepared then
    return prepared
  end
  if #cookies > 0 then
    wrk.headers["Cookie"] = cookies[counter % #cookies + 1]
  end
  return wrk.format(method, fill(path), nil, form ~= "" and fill(form) or nil)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
