-- The public selection of cached.lua in a spelling never seen before, every time: another comment, the other order of
-- arguments or of members.
local selection = '{ pageInfo { total hasNextPage } media(%s) { id idMal title { romaji english native } format status episodes season seasonYear averageScore genres coverImage { large } siteUrl } }'
local spellings = {}
for _, page in ipairs({ "page: $page, perPage: 50", "perPage: 50, page: $page" }) do
  for _, media in ipairs({ "type: ANIME, sort: $sort", "sort: $sort, type: ANIME" }) do
    local query = '"query":"query ($page: Int, $sort: [MediaSort]) { # %d\\n Page(' .. page .. ') ' .. selection:format(media) .. ' }"'
    table.insert(spellings, '{' .. query .. ',"variables":{"page":1,"sort":["POPULARITY_DESC"]}}')
    table.insert(spellings, '{"variables":{"sort":["POPULARITY_DESC"],"page":1},' .. query .. '}')
  end
end
local count = 0
local start = os.time() * 1000000
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, spellings[count % #spellings + 1]:format(start + count))
end
