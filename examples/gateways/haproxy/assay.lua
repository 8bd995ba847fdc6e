-- Asks Assay who is signed in, for HAProxy from 2.6 with Lua, which has no question to another server of its own:
--   http-request lua.assay ADDRESS CLIENT
-- A request goes on with Assay's headers and without Assay's cookies, or is answered here. Whatever is not a clear yes is a no.

local said_by_assay = { "authorization", "x-auth-subject", "x-auth-email", "x-auth-tenant", "x-auth-roles", "x-auth-omitted" }
local told_to_the_client = { "location", "x-auth-login" }

local function application_cookies(text)
  local kept = {}
  for cookie in text:gmatch("[^;%s][^;]*") do
    if not cookie:gsub("^__%a+%-", ""):match("^assay_%l+=") then kept[#kept + 1] = cookie end
  end
  return table.concat(kept, "; ")
end

-- All headers of a name as one; HTTP/1 may have more than one Cookie.
local function joined(txn, name)
  local values, headers = {}, txn.http:req_get_headers()[name] or {}
  for at = 0, #headers do values[#values + 1] = headers[at] end
  return table.concat(values, "; ")
end

-- One value of each name; nil takes the header away.
local function set(txn, name, value)
  txn.http:req_del_header(name)
  if value then txn.http:req_add_header(name, value) end
end

local function answer(txn, status, headers)
  headers["cache-control"] = { "no-store" }
  txn:done(txn:reply({ status = status, headers = headers }))
end

core.register_action("assay", { "http-req" }, function(txn, address, client)
  local cookie = joined(txn, "cookie")
  local scheme = txn.sf:ssl_fc() == "1" and "https" or "http"
  local asked = core.httpclient():get({
    url = "http://" .. address .. "/gateway/verify?client=" .. client .. "&mode=page",
    headers = {
      ["cookie"] = { cookie },
      ["accept"] = { txn.sf:req_fhdr("accept") },
      ["x-original-url"] = { scheme .. "://" .. txn.sf:req_fhdr("host") .. txn.sf:pathq() },
    },
    -- Milliseconds; of each of the four tries that HAProxy 2.6 makes.
    timeout = 1500,
  })
  local given = asked and asked.headers or {}
  if asked and asked.status == 200 and given["authorization"] then
    for _, name in ipairs(said_by_assay) do set(txn, name, given[name] and given[name][0]) end
    local kept = application_cookies(cookie)
    set(txn, "cookie", kept ~= "" and kept or nil)
  elseif asked and (asked.status == 302 or asked.status == 401 or asked.status == 403) then
    local headers = {}
    for _, name in ipairs(told_to_the_client) do
      if given[name] then headers[name] = { given[name][0] } end
    end
    answer(txn, asked.status, headers)
  else
    answer(txn, 503, { ["retry-after"] = { "5" } })
  end
end, 2)
