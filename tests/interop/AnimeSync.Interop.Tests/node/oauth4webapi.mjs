// The code flow with PKCE, refresh and revocation, in oauth4webapi's own words: oauth4webapi.mjs BASE REDIRECT_URI USER
import * as oauth from 'oauth4webapi'

const [base, redirectUri, user] = process.argv.slice(2)
const insecure = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(base)
const server = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
)
const client = { client_id: 'animesync-mobile' }
const authentication = oauth.None()
const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()

const authorize = new URL(server.authorization_endpoint)
authorize.search = new URLSearchParams({
  client_id: client.client_id,
  redirect_uri: redirectUri,
  response_type: 'code',
  state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
})
const answer = new URL(await approve(authorize))

const grant = await oauth.processAuthorizationCodeResponse(
  server,
  client,
  await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    oauth.validateAuthResponse(server, client, answer, state),
    redirectUri,
    verifier,
    insecure,
  ),
)
const refreshed = await refresh(grant.refresh_token)
const name = await nameOf(grant.access_token)
const nameAfterRefresh = await nameOf(refreshed.access_token)

await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, client, authentication, refreshed.refresh_token, insecure),
)
const afterRevocation = await refresh(refreshed.refresh_token).then(
  () => 'accepted',
  (refused) => refused.error,
)

console.log(JSON.stringify({ issuer: server.issuer, name, nameAfterRefresh, afterRevocation }))

async function refresh(token) {
  return oauth.processRefreshTokenResponse(
    server,
    client,
    await oauth.refreshTokenGrantRequest(server, client, authentication, token, insecure),
  )
}

async function nameOf(token) {
  const me = await oauth.protectedResourceRequest(
    token, 'GET', new URL('/api/v1/me', base), undefined, undefined, insecure)
  return (await me.json()).name
}

/** What a browser does: keeps cookies, follows redirects, and the person approves. */
async function approve(address) {
  const started = await fetch(address, { redirect: 'manual' })
  const cookie = started.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
  const approved = await fetch(`${started.headers.get('location')}&sandbox_user=${user}`, { redirect: 'manual' })
  const finished = await fetch(approved.headers.get('location'), { redirect: 'manual', headers: { cookie } })
  return finished.headers.get('location')
}
