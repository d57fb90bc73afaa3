-- A body never seen before, every time.
local count = 0
local start = os.time() * 1000000
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, '{"query":"query ($user: Int) { p' .. ("%d"):format(start + count) .. ': Page(perPage: 20) { mediaList(userId: $user, sort: UPDATED_TIME_DESC) { id mediaId progress status score repeat media { id title { romaji english } episodes nextAiringEpisode { episode airingAt } } } } }","variables":{"user":1}}')
end
