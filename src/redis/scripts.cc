#include "redis/scripts.h"

namespace keisei::redis {

Keys::Keys(const std::string& prefix)
    : epoch(prefix + ":epoch"),
      lease(prefix + ":lease"),
      air(prefix + ":air"),
      present(prefix + ":present"),
      inputs(prefix + ":inputs"),
      bytes(prefix + ":bytes"),
      answers(prefix + ":answers:"),
      sent(prefix + ":sent:") {}

namespace {

// KEYS[1] is the epoch, ARGV[1] whose word this is. A server that knows only an older epoch has
// lost what it knew: epochs come from nowhere else.
const std::string kIsStudio = R"(
local function is_studio()
  local newest = tonumber(redis.call('GET', KEYS[1]) or 0)
  local mine = tonumber(ARGV[1])
  if newest > mine then return false end
  if newest < mine then redis.call('SET', KEYS[1], ARGV[1]) end
  return true
end
)";

// An input's fields are, in this order: edge, number, type, data.
const std::string kAnswerOne = R"(
local function answer(inputs, bytes, id, outcome, epoch, answers, remembered)
  local found = redis.call('XRANGE', inputs, id, id)
  redis.pcall('XACK', inputs, epoch, id)
  if #found == 0 then return end
  local input = found[1][2]
  redis.call('XDEL', inputs, id)
  if redis.call('XLEN', inputs) == 0 then
    redis.call('DEL', bytes)
  else
    redis.call('DECRBY', bytes, #(input[8] or ''))
  end
  local to = answers .. (input[2] or '')
  redis.call('XADD', to, '*', 'number', input[4] or '0', 'outcome', outcome, 'epoch', epoch)
  redis.call('EXPIRE', to, remembered)
end
)";

}  // namespace

const std::string kTakeOver = kAnswerOne + R"(
local holder = redis.call('GET', KEYS[2])
local is_other = holder and holder ~= ARGV[1]
if is_other and ARGV[3] ~= '1' then return 0 end
local old = redis.call('GET', KEYS[1])
if old then
  if is_other then
    local handed = redis.pcall('XPENDING', KEYS[3], old, '-', '+', 1000000)
    for _, one in ipairs(handed) do
      answer(KEYS[3], KEYS[4], one[1], 'old_studio', old, ARGV[4], ARGV[5])
    end
  end
  redis.pcall('XGROUP', 'DESTROY', KEYS[3], old)
end
local epoch = math.max(tonumber(old or 0) + 1, tonumber(redis.call('TIME')[1]))
local text = string.format('%.0f', epoch)
redis.call('SET', KEYS[1], text)
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('XGROUP', 'CREATE', KEYS[3], text, '0', 'MKSTREAM')
return epoch
)";

const std::string kRenew = kIsStudio + R"(
if not is_studio() then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.pcall('XGROUP', 'CREATE', KEYS[3], ARGV[1], '0', 'MKSTREAM')
if redis.call('HGET', KEYS[4], 'epoch') ~= ARGV[1] then return 2 end
return 1
)";

const std::string kResign = kIsStudio + R"(
if is_studio() and redis.call('GET', KEYS[2]) == ARGV[2] then redis.call('DEL', KEYS[2]) end
return 1
)";

const std::string kSay = kIsStudio + R"(
if not is_studio() then return 0 end
local id = ARGV[1] .. '-' .. ARGV[2]
local said = redis.pcall('XADD', KEYS[2], 'MAXLEN', ARGV[3], id, ARGV[4], ARGV[5])
if type(said) == 'table' and said.err then
  if string.find(said.err, 'equal or smaller', 1, true) then return 1 end
  return said
end
local outcome = 1
if ARGV[4] == 'frames' then
  if redis.call('HGET', KEYS[3], 'epoch') ~= ARGV[1] then
    redis.call('DEL', KEYS[3])
    redis.call('HSET', KEYS[3], 'epoch', ARGV[1])
    outcome = 2
  end
  for i = 6, #ARGV, 3 do
    local from = tonumber(ARGV[i + 1])
    redis.call('HSET', KEYS[3], ARGV[i], string.sub(ARGV[5], from + 1, from + ARGV[i + 2]))
  end
end
return outcome
)";

const std::string kAnswer = kIsStudio + kAnswerOne + R"(
if not is_studio() then return 0 end
answer(KEYS[2], KEYS[3], ARGV[2], ARGV[3], ARGV[1], ARGV[4], ARGV[5])
return 1
)";

const std::string kSubmit = R"(
if tonumber(ARGV[1]) <= tonumber(redis.call('GET', KEYS[5]) or 0) then return 0 end
redis.call('SET', KEYS[5], ARGV[1], 'EX', ARGV[7])
if ARGV[8] ~= '' then redis.call('XTRIM', KEYS[4], 'MINID', ARGV[8]) end
local refusal
if redis.call('EXISTS', KEYS[1]) == 0 then
  refusal = 'no_studio'
elseif redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[5])
    or tonumber(redis.call('GET', KEYS[3]) or 0) + #ARGV[4] > tonumber(ARGV[6]) then
  refusal = 'full'
end
if refusal then
  redis.call('XADD', KEYS[4], '*', 'number', ARGV[1], 'outcome', refusal, 'epoch', '0')
  redis.call('EXPIRE', KEYS[4], ARGV[7])
  return 0
end
redis.call('XADD', KEYS[2], '*', 'edge', ARGV[2], 'number', ARGV[1], 'type', ARGV[3],
           'data', ARGV[4])
redis.call('INCRBY', KEYS[3], #ARGV[4])
return 1
)";

const std::string kCatchUp = R"(
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if ARGV[1] == '0-0' then
  local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
  if #oldest == 0 or string.match(oldest[1][1], '%-1$') then return false end
elseif ARGV[1] ~= '' then
  if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) == 1 then return false end
end
return {#newest == 1 and newest[1][1] or '0-0', redis.call('HGETALL', KEYS[2])}
)";

}  // namespace keisei::redis
