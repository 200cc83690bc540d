import CLuaShim

/// `pairs` in a fixed order: the list part, then numbers, then strings by their bytes, then booleans.
///
/// Lua draws a new hash seed in every process, so its own order over names differs from run to run, and with it
/// everything that a script computes in that order. The same seed must give the same bytes.
enum OrderedPairs {
  static let source = """
    local original, next, rawget, rawlen, type = pairs, next, rawget, rawlen, type
    local getmetafield, sort, math_type = ..., table.sort, math.type
    local rank = { number = 1, string = 2, boolean = 3 }

    local function precedes(a, b)
      local kind, other = type(a), type(b)
      if kind ~= other then return (rank[kind] or 4) < (rank[other] or 4) end
      if kind == "number" or kind == "string" then return a < b end
      if kind == "boolean" then return not a and b end
      return false
    end

    function pairs(t)
      -- What is no plain table, or says itself how it is walked, is none of ours.
      if type(t) ~= "table" or getmetafield(t, "__pairs") ~= nil then return original(t) end
      local count, keys, size = rawlen(t), nil, 0
      for key in next, t do
        if math_type(key) ~= "integer" or key < 1 or key > count then
          keys = keys or {}
          size = size + 1
          keys[size] = key
        end
      end
      if size > 1 then sort(keys, precedes) end
      local index = 0
      return function()
        while index < count do
          index = index + 1
          local value = rawget(t, index)
          if value ~= nil then return index, value end
        end
        while index < count + size do
          index = index + 1
          local key = keys[index - count]
          local value = rawget(t, key)
          if value ~= nil then return key, value end
        end
      end, t, nil
    end
    """
}
