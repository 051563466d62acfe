-- Takes personal data and secrets out of every field of a log record. The keys and the two literals are those of service-kit's redaction; what is
-- recognised in free text is its plain and grouped forms (not full-width ones). Fluent Bit calls redact().
-- Classes are written out: %w is another set of bytes in another locale, and Chinese text is made of such bytes.

local FILTERED = "[FILTERED]"
local REDACTED = "[REDACTED]"

-- A key that ends with one of these names a secret; the first that fits counts.
local SECRET_KEYS = {
  "authorization", "password", "passwd", "secret", "client_secret", "api_key", "api-key", "apikey",
  "access_token", "refresh_token", "token", "location",
}

local function is_user_key(key)
  return key == "userid" or key == "user_id" or key:find("%-userid$") ~= nil or key:find("%-user_id$") ~= nil
end

local function is_secret_key(key)
  for _, name in ipairs(SECRET_KEYS) do
    if key:sub(-#name) == name then return true end
  end
  return false
end

-- ISO 7064 MOD 11-2 over 17 digits, and a date of birth that can be one.
local WEIGHTS = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }
local CHECKS = "10X98765432"

local function is_resident_id(id)
  local sum = 0
  for i = 1, 17 do sum = sum + tonumber(id:sub(i, i)) * WEIGHTS[i] end
  local month, day = tonumber(id:sub(11, 12)), tonumber(id:sub(13, 14))
  local year = tonumber(id:sub(7, 10))
  return CHECKS:sub(sum % 11 + 1, sum % 11 + 1) == id:sub(18):upper()
    and year >= 1880 and year <= 2100 and month >= 1 and month <= 12 and day >= 1 and day <= 31
end

local function passes_luhn(digits)
  local sum, double = 0, false
  for i = #digits, 1, -1 do
    local digit = tonumber(digits:sub(i, i))
    if double then
      digit = digit * 2
      if digit > 9 then digit = digit - 9 end
    end
    sum = sum + digit
    double = not double
  end
  return sum % 10 == 0
end

-- A run of digits, perhaps in groups, that nothing else of a number or a word touches.
local function redact_number(before, run, after)
  if before:find("[A-Za-z0-9.]") or after:find("[A-Za-z0-9]") then return nil end
  local compact = run:gsub("[ %-]", "")
  if #compact == 18 and compact:find("^%d+[%dXx]$") and is_resident_id(compact) then return REDACTED end
  if compact:find("[Xx]") then return nil end
  local mobile = compact:gsub("^0086", ""):gsub("^86", "")
  if #mobile == 11 and mobile:find("^1[3-9]") then return REDACTED end
  if #compact >= 12 and #compact <= 19 and compact:find("^[2-6]") and passes_luhn(compact) then return REDACTED end
  return nil
end

local function redact_numbers(text)
  local out, at = {}, 1
  while true do
    local first, last = text:find("%d[%d %-]*[%dXx]", at)
    if not first then break end
    local before = first > 1 and text:sub(first - 1, first - 1) or ""
    local run = text:sub(first, last)
    local whole = redact_number(before == "+" and "" or before, run, text:sub(last + 1, last + 1))
    if whole then
      out[#out + 1] = text:sub(at, first - 1) .. whole
      at = last + 1
    else
      -- Not as one number: each part between spaces by itself.
      local stop = text:find(" ", first, true)
      if not stop or stop > last then stop = last end
      local part = text:sub(first, stop):gsub(" $", "")
      local alone = part ~= run and redact_number(before == "+" and "" or before, part, text:sub(first + #part, first + #part))
      out[#out + 1] = text:sub(at, first - 1) .. (alone or part)
      at = first + #part
    end
  end
  out[#out + 1] = text:sub(at)
  return table.concat(out)
end

local function redact_pair(key, assigned, value)
  local lower = key:lower()
  if value:sub(1, 1) == "[" then return nil end
  if is_user_key(lower) then return key .. assigned .. FILTERED end
  if is_secret_key(lower) and value:lower() ~= "bearer" and value:lower() ~= "basic" then return key .. assigned .. REDACTED end
  return nil
end

local function redact_scheme(scheme, gap, credentials)
  local lower = scheme:lower()
  if (lower == "bearer" or lower == "basic") and #credentials >= 6 then
    return scheme .. " " .. REDACTED
  end
  return nil
end

function redact_text(text)
  text = text:gsub("%-%-%-%-%-BEGIN [A-Z ]-PRIVATE KEY%-%-%-%-%-[^%-]*%-%-%-%-%-END [A-Z ]-PRIVATE KEY%-%-%-%-%-", REDACTED)
  text = text:gsub("%-%-%-%-%-BEGIN [A-Z ]-PRIVATE KEY%-%-%-%-%-[^%-]*", REDACTED)
  text = text:gsub("eyJ[A-Za-z0-9_%-]+%.[A-Za-z0-9_%-]+[A-Za-z0-9_%-.]*", REDACTED)
  text = text:gsub("([A-Za-z]+)(%s+)([A-Za-z0-9_.~+/=%-]+)", redact_scheme)
  text = text:gsub("([A-Za-z0-9_%-]+)(\"?%s*[=:]%s*[\"']?)([^%s\"',;&})]+)", redact_pair)
  text = text:gsub("[A-Za-z0-9._%%+'%-]+@[A-Za-z0-9%-]+%.[A-Za-z0-9.%-]*[A-Za-z0-9]", REDACTED)
  return redact_numbers(text)
end

local function redact_field(key, value)
  if type(value) == "string" then
    local lower = type(key) == "string" and key:lower() or ""
    if is_user_key(lower) then return FILTERED end
    if is_secret_key(lower) then return REDACTED end
    return redact_text(value)
  end
  if type(value) == "table" then
    for name, inner in pairs(value) do value[name] = redact_field(name, inner) end
  end
  return value
end

-- What Kubernetes says of the pod is not what the pod said.
function redact(tag, timestamp, record)
  for key, value in pairs(record) do
    if key ~= "kubernetes" then record[key] = redact_field(key, value) end
  end
  return 2, timestamp, record
end
