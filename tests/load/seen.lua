-- The same body every time.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
wrk.body = '{"query":"query ($user: Int) { Page(perPage: 20) { mediaList(userId: $user, sort: UPDATED_TIME_DESC) { id mediaId progress status score repeat media { id title { romaji english } episodes nextAiringEpisode { episode airingAt } } } } }","variables":{"user":1}}'
