-- One of a thousand bodies of a caller's selection, the next one every time: all of them are known soon, and no two
-- that are under way at once are the same, so none shares an upstream call with another.
local bodies = {}
for user = 1, 1000 do
  bodies[user] = '{"query":"query ($user: Int) { Page(perPage: 20) { mediaList(userId: $user, sort: UPDATED_TIME_DESC) { id mediaId progress status score repeat media { id title { romaji english } episodes nextAiringEpisode { episode airingAt } } } } }","variables":{"user":' .. user .. '}}'
end
local count = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, bodies[count % #bodies + 1])
end
