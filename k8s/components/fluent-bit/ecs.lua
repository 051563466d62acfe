-- Gives fields of a record the names of the Elastic Common Schema where the service cannot, and makes labels fit for it. Fluent Bit calls ecs().

local CONTEXT = { traceId = "trace.id", spanId = "span.id", requestId = "http.request.id" }

-- A label "app" beside a label "app.kubernetes.io/name" would be a text and an object of the same name.
local function without_dots(labels)
  local safe = {}
  for key, value in pairs(labels) do
    safe[(tostring(key):gsub("%.", "_"))] = value
  end
  return safe
end

function ecs(tag, timestamp, record)
  local context = record["mdc"]
  if type(context) == "table" then
    for key, name in pairs(CONTEXT) do
      if context[key] ~= nil then
        record[name] = context[key]
        context[key] = nil
      end
    end
    if next(context) == nil then record["mdc"] = nil end
  end
  -- What is no JSON of a service, such as an engine's line, is the message as it is.
  if record["message"] == nil and record["log"] ~= nil then
    record["message"] = record["log"]
    record["log"] = nil
  end
  local kubernetes = record["kubernetes"]
  if type(kubernetes) == "table" and type(kubernetes["labels"]) == "table" and next(kubernetes["labels"]) ~= nil then
    kubernetes["labels"] = without_dots(kubernetes["labels"])
  end
  return 2, timestamp, record
end
