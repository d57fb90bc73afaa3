// Exercises the AniList sandbox with ani-client: sandbox.mjs API_URL ACCESS_TOKEN
// Prints, by the call's name, a number or text of each answer, or the error that it ended in.
import { AniListClient, AiringSort, MediaListSort, MediaSeason, MediaType } from 'ani-client'

const [apiUrl, token] = process.argv.slice(2)
const options = { apiUrl, cache: { enabled: false }, rateLimit: { enabled: false, maxRetries: 0 } }
const client = new AniListClient(options)
const owner = new AniListClient({ ...options, token })
const all = {
  relations: true,
  characters: { perPage: 25, sort: true, voiceActors: true },
  staff: { perPage: 25, sort: true },
  studios: true,
  recommendations: { perPage: 10 },
  tags: true,
  genres: true,
  externalLinks: true,
  stats: true,
  streamingEpisodes: true,
  rankings: true,
  nextAiring: true,
  airingSchedule: true,
}

const calls = {
  media: async () => (await client.getMedia(1)).title.romaji,
  everythingOfMedia: async () => (await client.getMedia(5114, all)).id,
  mediaByMalId: async () => (await client.getMediaByMalId(20583, MediaType.ANIME)).id,
  mediaBatch: async () => (await client.getMediaBatch([1, 6, 19])).map((media) => media.id),
  search: async () => (await client.searchMedia({ query: 'Bebop', type: MediaType.ANIME, perPage: 5 })).results[0].id,
  searchByGenres: async () => (await client.searchMedia({ genres: ['Action'], perPage: 5 })).results.length,
  trending: async () => (await client.getTrending(MediaType.ANIME, 1, 5)).results.length,
  popular: async () => (await client.getPopular(MediaType.ANIME, 1, 5)).results.length,
  topRated: async () => (await client.getTopRated(MediaType.MANGA, 1, 5)).results.length,
  season: async () =>
    (await client.getMediaBySeason({ season: MediaSeason.SPRING, seasonYear: 2009, perPage: 5 })).results.length,
  planning: async () => typeof (await client.getPlanning({ perPage: 5 })).pageInfo.total,
  recentManga: async () => (await client.getRecentlyUpdatedManga({ perPage: 5 })).results.length,
  recommendations: async () => typeof (await client.getRecommendations(1, { perPage: 5 })).pageInfo.hasNextPage,
  aired: async () => Array.isArray((await client.getAiredEpisodes({ perPage: 5, sort: [AiringSort.TIME_DESC] })).results),
  week: async () => Object.keys(await client.getWeeklySchedule()).length,
  genres: async () => (await client.getGenres()).includes('Action'),
  tags: async () => Array.isArray(await client.getTags()),
  user: async () => (await client.getUser('rin')).id,
  userById: async () => (await client.getUser(5300101)).name,
  searchUsers: async () => (await client.searchUsers({ query: 'ri', perPage: 5 })).results[0].name,
  list: async () =>
    (await client.getUserMediaList({ userName: 'rin', type: MediaType.ANIME, perPage: 50, sort: [MediaListSort.UPDATED_TIME_DESC] }))
      .results.length,
  ownList: async () =>
    (await owner.getUserMediaList({ userName: 'rin', type: MediaType.ANIME, perPage: 5 })).results.length,
  favourites: async () => Array.isArray((await client.getUserFavorites('rin')).anime),
  searchCharacters: async () => Array.isArray((await client.searchCharacters({ query: 'a', perPage: 5 })).results),
  searchStaff: async () => Array.isArray((await client.searchStaff({ query: 'a', perPage: 5 })).results),
  searchStudios: async () => Array.isArray((await client.searchStudios({ query: 'a', perPage: 5 })).results),
  threads: async () => Array.isArray((await client.getRecentThreads({ perPage: 5 })).results),
  viewer: async () => (await owner.raw('{ Viewer { name } }')).Viewer.name,
  missing: async () => client.getMedia(999999999).then(() => 'found', (error) => `${error.status} ${error.message}`),
  nobody: async () => client.raw('{ Viewer { name } }').then(() => 'found', (error) => `${error.status} ${error.message}`),
}

const said = {}
for (const [name, call] of Object.entries(calls)) {
  try {
    said[name] = await call()
  } catch (error) {
    said[name] = `failed: ${error.status} ${error.message}`
  }
}

console.log(JSON.stringify(said))
