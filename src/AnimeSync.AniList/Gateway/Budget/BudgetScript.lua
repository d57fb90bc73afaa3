-- One question to the budget that all processes share. Times are microseconds, tokens millionths of a permit; what the
-- numbers mean is said in BudgetRules.cs, and LocalBudget.cs counts the same way for one process.
local key = KEYS[1]
local is_report, me = ARGV[1] == 'report', ARGV[2]
local given = {}
for index = 3, #ARGV do given[index] = tonumber(ARGV[index]) end
local demand = { given[3], given[4], given[5] }
local assumed, wanted_burst, sharers = given[6], given[7], given[8]
local told, is_told_news, freeze, is_freeze_news = given[9], given[10] == 1, given[11], given[12] == 1
local is_refused, hold, is_apart, seen = given[13] == 1, given[14], given[15] == 1, given[16]

local PERMIT, SECOND, REFILL_SECONDS = 1000000, 1000000, 61
local DEMAND_LIFE, PROCESS_LIFE, RESERVATION = 2 * SECOND, 60 * SECOND, 250000
local SHORTEST_RETRY, LONGEST_RETRY = 5000, SECOND
local STRIDES = { 1, 2, 6 }

-- A key of another type, left by other software, is worth less than the limit it would break.
local stored = redis.pcall('HGETALL', key)
if stored.err then
  if not string.find(stored.err, 'WRONGTYPE', 1, true) then return stored end
  redis.call('DEL', key)
  stored = {}
end
local old = {}
for index = 1, #stored, 2 do old[stored[index]] = stored[index + 1] end
local function number(name) return tonumber(old[name]) or 0 end
local function numbers(name)
  local list = {}
  for value in string.gmatch(old[name] or '', '%d+') do list[#list + 1] = tonumber(value) end
  return list
end

-- When the server's clock steps back, this one stands still for a moment and goes on from there.
local time = redis.call('TIME')
local at, skew = number('at'), number('skew')
local now = (given[17] or time[1] * 1000000 + time[2]) + skew
if now < at then
  skew = skew + at - now
  now = at
end

-- Every permit has a number, from 2. A process that saw a higher one, or any while there is none, knows that this Redis has lost what it once counted.
local taken = number('taken')
local is_lost = not (tonumber(old.at) and tonumber(old.tokens)) or taken < seen

local header = number('header')
local lowered, lowered_at = number('lowered'), number('lowered_at')
local burst_cap, burst_until = number('burst_cap'), number('burst_until')
local frozen_until = number('frozen_until')
local full, limit, burst, rate
local function settle(moment)
  full = header > 0 and header or assumed
  while lowered > 0 and lowered < full and moment - lowered_at >= 300 * SECOND do
    lowered = lowered + math.max(1, math.floor(lowered / 10))
    lowered_at = lowered_at + 300 * SECOND
  end
  if lowered >= full then lowered = 0 end
  if burst_until <= moment then burst_until = 0 end
  limit = lowered > 0 and lowered or full
  burst = math.max(1, math.min(wanted_burst, math.floor(limit / 2)))
  -- A burst that is halved as a penalty must not make the rest faster.
  rate = math.max(1, limit - burst)
  if burst_until > 0 then burst = math.min(burst, burst_cap) end
end

local tokens = number('tokens')
local function time_to_gain(wanted)
  return math.max(0, math.ceil((wanted - tokens) * REFILL_SECONDS / rate))
end

-- Until it opens the bucket is empty and gains nothing.
local closed_until = number('closed_until')
local gaining = math.max(0, now - math.max(at, closed_until))
settle(at)
if gaining >= time_to_gain(burst * PERMIT) then
  tokens = burst * PERMIT
else
  tokens = tokens + math.floor(gaining * rate / REFILL_SECONDS)
end
-- What a process merely remembers counts where nothing else is known.
if header == 0 and not is_told_news then header = told end
settle(now)
local full_before, before = full, limit
if is_told_news then header = told end
settle(now)

-- Others may have counted for themselves until now, each with a burst of 1, and may do so for two more seconds. A minute
-- whose first x seconds were theirs holds n + (limit - n) * (x + 2) / 61 of n processes. With n - burst owed, and a start
-- two seconds later, (limit - burst) * (58 - x) / 61 from here on keep that below the limit for every x. Whose calls those
-- were is not in the list of calls, nor is what a Redis forgot, so for a minute the list is no guard.
local blind_until, dropped_until = number('blind_until'), number('dropped_until')
if is_lost or is_apart then
  local owed, overlap = 0, 0
  if is_apart or seen > 0 then
    if sharers > 1 then owed, overlap = math.max(0, sharers - burst) * PERMIT, 2 * SECOND end
    blind_until = now + (REFILL_SECONDS + 2) * SECOND
  end
  tokens = math.min(is_lost and 0 or tokens, -owed)
  closed_until = math.max(closed_until, now + math.max(freeze, hold, overlap))
end
if is_lost then taken = math.max(taken, seen, 1) end

local second = math.floor(now / SECOND)
local calls, window, minute = {}, 0, 0
local call_list = numbers('calls')
for index = 1, #call_list - 1, 2 do
  local when, count = call_list[index], call_list[index + 1]
  if when > second - 61 then
    calls[#calls + 1] = { when, count }
    window = window + count
    if when > second - 60 then minute = minute + count end
  end
end

local was_frozen = frozen_until > now
if freeze > 0 and (is_freeze_news or is_lost) then frozen_until = math.max(frozen_until, now + freeze) end
if is_refused and not was_frozen then
  lowered_at = now
  if minute >= 20 then
    lowered = math.min(limit, math.max(15, minute - 1))
  else
    burst_cap, burst_until = math.max(1, math.floor(burst / 2)), now + 3600 * SECOND
  end
  settle(now)
end
tokens = math.min(tokens, burst * PERMIT)

-- A bucket keeps to a limit that stays. After a drop the list of calls does, and must be complete.
if limit < before or full < full_before or (is_lost and is_told_news and seen > 0) then
  dropped_until = now + REFILL_SECONDS * SECOND
  if blind_until > now then
    tokens = math.min(tokens, 0)
    closed_until = math.max(closed_until, blind_until)
  end
end

local function window_wait()
  local left, wait = window, 0
  for _, call in ipairs(calls) do
    if left < limit then break end
    left = left - call[2]
    wait = (call[1] + 61) * SECOND - now
  end
  return wait
end

-- Turns are virtual times: of the three lanes, then how far they have come; the same in each lane for its processes.
local turns = numbers('turns')
for index = 1, 7 do turns[index] = turns[index] or 0 end
local processes, mine = {}, nil
local entry = '(%w+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)'
for id, a, b, c, live_until, x, y, z in string.gmatch(old.processes or '', entry) do
  live_until = tonumber(live_until)
  if live_until + PROCESS_LIFE > now then
    local process = { id = id, live_until = live_until, users = { 0, 0, 0 }, turns = {} }
    if live_until > now then process.users = { tonumber(a), tonumber(b), tonumber(c) } end
    process.turns = { tonumber(x), tonumber(y), tonumber(z) }
    processes[#processes + 1] = process
    if id == me then mine = process end
  end
end

local function lane_waits(lane)
  for _, process in ipairs(processes) do
    if process.users[lane] > 0 then return true end
  end
  return false
end
local function lowest_lane(waits)
  local lowest
  for lane = 1, 3 do
    if waits(lane) and (not lowest or turns[lane] < turns[lowest]) then lowest = lane end
  end
  return lowest
end
local function lowest_process(lane)
  local lowest
  for _, process in ipairs(processes) do
    if process.users[lane] > 0 then
      local difference = lowest and process.turns[lane] - lowest.turns[lane] or -1
      if difference < 0 or (difference == 0 and process == mine) then lowest = process end
    end
  end
  return lowest
end

local granted, retry = 0, LONGEST_RETRY
local reserved_until = number('reserved_until')

local function register()
  if not mine then
    mine = { id = me, users = { 0, 0, 0 }, turns = { 0, 0, 0 } }
    processes[#processes + 1] = mine
  end
  local lowest = lowest_lane(lane_waits)
  local floor = lowest and turns[lowest] or turns[4]
  for lane = 1, 3 do
    if demand[lane] > 0 and mine.users[lane] == 0 then
      local first = lowest_process(lane)
      if not first then turns[lane] = math.max(turns[lane], floor) end
      mine.turns[lane] = math.max(mine.turns[lane], first and first.turns[lane] or turns[4 + lane])
    end
  end
  mine.users = demand
  mine.live_until = now + DEMAND_LIFE
end

local function grant(lane)
  granted, retry, reserved_until = lane, 0, 0
  tokens = tokens - PERMIT
  taken = taken + 1
  window = window + 1
  if #calls > 0 and calls[#calls][1] == second then
    calls[#calls][2] = calls[#calls][2] + 1
  else
    calls[#calls + 1] = { second, 1 }
  end
  turns[4] = math.max(turns[4], turns[lane])
  turns[lane] = turns[lane] + STRIDES[lane]
  turns[4 + lane] = math.max(turns[4 + lane], mine.turns[lane])
  mine.turns[lane] = mine.turns[lane] + math.max(1, math.floor(1000000 / mine.users[lane]))
  mine.users[lane] = mine.users[lane] - 1
end

local function others_waiting()
  local users = 0
  for _, process in ipairs(processes) do
    if process ~= mine then users = users + process.users[1] + process.users[2] + process.users[3] end
  end
  return users
end

if not is_report then
  register()
  local my_lane = lowest_lane(function(lane) return demand[lane] > 0 end)
  if my_lane then
    local due_lane = lowest_lane(lane_waits)
    local due = lowest_process(due_lane)
    local wait = math.max(frozen_until - now, time_to_gain(PERMIT) + math.max(0, closed_until - now), window_wait())
    if wait > 0 then
      reserved_until = 0
      -- Whose turn it is asks first, so that nothing has to be kept for it.
      retry = due == mine and wait or wait + 10000
    elseif due == mine then
      grant(due_lane)
    elseif math.min(math.floor(tokens / PERMIT), limit - window) > others_waiting() then
      grant(my_lane)
    elseif reserved_until > 0 and reserved_until <= now then
      -- It did not come. It is forgotten until it asks again, or every permit would wait for it.
      due.users = { 0, 0, 0 }
      grant(my_lane)
    else
      if reserved_until == 0 then reserved_until = now + RESERVATION end
      retry = math.min(reserved_until - now, math.max(20000, time_to_gain((math.floor(tokens / PERMIT) + 1) * PERMIT)))
    end
  end
  if granted == 0 then retry = math.max(SHORTEST_RETRY, math.min(LONGEST_RETRY, retry)) end
end

local function text(value) return string.format('%.0f', value) end
local function join(list)
  local words = {}
  for index, value in ipairs(list) do words[index] = text(value) end
  return table.concat(words, ' ')
end
local call_words, process_words = {}, {}
for index, call in ipairs(calls) do call_words[index] = join(call) end
for index, process in ipairs(processes) do
  process_words[index] =
    table.concat({ process.id, join(process.users), text(process.live_until), join(process.turns) }, ' ')
end
redis.call('HSET', key, 'at', text(now), 'skew', text(skew), 'tokens', text(tokens), 'taken', text(taken),
  'header', text(header), 'lowered', text(lowered), 'lowered_at', text(lowered_at), 'burst_cap', text(burst_cap),
  'burst_until', text(burst_until), 'frozen_until', text(frozen_until),
  'blind_until', text(blind_until), 'closed_until', text(closed_until), 'dropped_until', text(dropped_until), 'calls', table.concat(call_words, ' '),
  'turns', join(turns), 'processes', table.concat(process_words, ' '), 'reserved_until', text(reserved_until))
redis.call('PEXPIRE', key, 7200000)

local available = math.max(0, math.min(math.floor(tokens / PERMIT), limit - window))
local frozen_for = math.max(0, frozen_until - now)
local hold_for = math.max(window_wait(), dropped_until - now, closed_until - now)
return { granted - 1, retry, limit, burst, header, available, frozen_for, hold_for, taken }
