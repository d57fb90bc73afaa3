// Reads anime with ani-client: ani-client.mjs API_URL ACCESS_TOKEN
import { AniListClient, MediaType } from 'ani-client'

const [apiUrl, token] = process.argv.slice(2)
const client = new AniListClient({ apiUrl, token, rateLimit: { maxRetries: 0 } })
const media = await client.getMedia(1)
const page = await client.searchMedia({ query: 'Bebop', type: MediaType.ANIME, perPage: 5 })

console.log(JSON.stringify({
  title: media.title.romaji,
  episodes: media.episodes,
  found: page.results.map((one) => one.id),
}))
