#!/usr/bin/env bash
# One person's whole visit, checked step by step: sign in, read the profile and a title, refresh, log out.
#
#   samples/tour.sh [BASE]     BASE is the address DevHost prints; http://localhost:8000 when left out
#
# Needs bash, curl and coreutils. Plays the mobile client against a DevHost with its AniList sandbox.
set -euo pipefail

base=${1:-http://localhost:8000}
client=animesync-mobile
# Nobody has to listen there: curl reads the address of the redirect and does not follow it.
redirect=http://127.0.0.1:45678/callback
user=${SANDBOX_USER:-rin}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
# RFC 7636 section 4.2: base64url of the SHA-256 of the verifier.
challenge_of() { printf '%b' "$(printf %s "$1" | sha256sum | cut -c1-64 | sed 's/../\\x&/g')" | base64 | tr '+/' '-_' | tr -d '=\n'; }
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$scratch/body"; }
parameter() { sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p" <<<"$2"; }

call() { # call EXPECTED_STATUS CURL_ARGUMENTS... : leaves the answer in $scratch/body and shows it
  local expected=$1 status
  shift
  status=$(curl -sS -o "$scratch/body" -w '%{http_code}' "$@") || fail "no answer from $base: is DevHost running?"
  # Tokens are for the client, not for a screen.
  sed -E 's/("(access|refresh)_token":"[^"]{8})[^"]*/\1…/g; s/^(.{300}).*/\1…/' "$scratch/body"
  echo "-> $status"
  [ "$status" = "$expected" ] || fail "expected $expected"
}

next() { # next CURL_ARGUMENTS... : where the answer redirects to
  curl -sS -o /dev/null -w '%{redirect_url}' -b "$scratch/cookies" -c "$scratch/cookies" "$@"
}

step "Discover the endpoints (RFC 8414)"
call 200 "$base/.well-known/oauth-authorization-server"
authorize=$(member authorization_endpoint)
token=$(member token_endpoint)

step "Ask to sign in, with PKCE"
verifier=$(random)
state=$(random)
anilist=$(next -G "$authorize" -d response_type=code -d "client_id=$client" --data-urlencode "redirect_uri=$redirect" \
  -d "state=$state" -d "code_challenge=$(challenge_of "$verifier")" -d code_challenge_method=S256)
echo "-> $anilist"
[[ $anilist == *"/api/v2/oauth/authorize?"* ]] || fail "expected a redirect to AniList"

step "Approve at AniList as $user"
callback=$(next "$anilist&sandbox_user=$user")
[[ $callback == "${authorize%/authorize}/callback?"* ]] || fail "expected a redirect to the callback, got: $callback"
echo "-> back to ${callback%%\?*}"

step "Receive a one-time code"
answer=$(next "$callback")
[[ $answer == "$redirect?"* ]] || fail "expected a redirect to the client, got: $answer"
[ "$(parameter state "$answer")" = "$state" ] || fail "the state is not the one that was sent"
code=$(parameter code "$answer")
echo "-> $redirect?code=${code:0:8}…"

step "Exchange it for tokens"
call 200 "$token" -d grant_type=authorization_code -d "client_id=$client" --data-urlencode "redirect_uri=$redirect" \
  -d "code=$code" -d "code_verifier=$verifier"
access=$(member access_token)
refresh=$(member refresh_token)

step "Read the profile"
call 200 "$base/api/v1/me" -H "Authorization: Bearer $access"
[ "$(member name)" = "$user" ] || fail "expected the profile of $user"

step "Ask AniList through /graphql"
call 200 "$base/graphql" -H "Authorization: Bearer $access" -H 'Content-Type: application/json' \
  -d '{"query":"query ($id: Int) { Media(id: $id, type: ANIME) { id title { romaji } episodes } }","variables":{"id":1}}'
[ "$(member romaji)" = "Cowboy Bebop" ] || fail "expected Cowboy Bebop"

step "Read the same as REST, and a list"
call 200 "$base/api/v1/anime/1" -H "Authorization: Bearer $access"
[ "$(member romaji)" = "Cowboy Bebop" ] || fail "expected Cowboy Bebop"
call 200 "$base/api/v1/anime?ids=20,21,5114" -H "Authorization: Bearer $access"
ids=$(grep -o '{"id":[0-9]*' "$scratch/body" | tr -dc '0-9\n' | paste -sd,)
[ "$ids" = 20,21,5114 ] || fail "expected 20, 21 and 5114 in this order"

step "Refresh"
call 200 "$token" -d grant_type=refresh_token -d "client_id=$client" -d "refresh_token=$refresh"
access=$(member access_token)
refresh=$(member refresh_token)
call 200 "$base/api/v1/me" -H "Authorization: Bearer $access"

step "Log out"
call 204 -X POST "$base/auth/logout" -H "Authorization: Bearer $access"
call 400 "$token" -d grant_type=refresh_token -d "client_id=$client" -d "refresh_token=$refresh"
[ "$(member error)" = invalid_grant ] || fail "expected invalid_grant"
# Within a second every process knows that the session is over.
for _ in $(seq 50); do
  status=$(curl -sS -o /dev/null -w '%{http_code}' "$base/api/v1/me" -H "Authorization: Bearer $access")
  [ "$status" = 401 ] && break
  sleep 0.2
done
[ "$status" = 401 ] || fail "the access token outlived its session"
echo "-> the access token is refused"

printf '\nThe tour is complete.\n'
