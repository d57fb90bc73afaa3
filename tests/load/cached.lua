-- A public selection, the same body every time.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
wrk.body = '{"query":"query ($page: Int, $sort: [MediaSort]) { Page(page: $page, perPage: 50) { pageInfo { total hasNextPage } media(type: ANIME, sort: $sort) { id idMal title { romaji english native } format status episodes season seasonYear averageScore genres coverImage { large } siteUrl } } }","variables":{"page":1,"sort":["POPULARITY_DESC"]}}'
