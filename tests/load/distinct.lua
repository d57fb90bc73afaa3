-- Titles by id, from FIRST up, each once.
local id = tonumber(os.getenv("FIRST"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
request = function()
  id = id + 1
  return wrk.format(nil, nil, nil, '{"query":"{ Media(id: ' .. id .. ') { id idMal title { romaji english native } format status episodes season seasonYear averageScore genres coverImage { large } siteUrl } }"}')
end
