-- A title by its id, the next one every time.
local ids = { 1, 6, 19, 20, 21, 30, 5114, 9253, 16498, 20464 }
local count = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, '{"query":"query ($id: Int) { Media(id: $id) { id idMal title { romaji english native } format status episodes season seasonYear averageScore genres coverImage { large } } }","variables":{"id":' .. ids[count % #ids + 1] .. '}}')
end
