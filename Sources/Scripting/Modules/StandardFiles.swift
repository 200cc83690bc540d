import CLuaShim

/// io.stdout, io.stderr and io.stdin as the session's own: a notebook's kernel writes to its server's log and reads from
/// nowhere, so that what scripts write there must become events, and what they read a question to the user.
enum StandardFiles {
  static func install(in machine: LuaMachine, context: RunContext) {
    let channel = NativeFunction(machine: machine, name: "io") { stack in
      switch stack.displayText(at: 1) {
      case "output": context.emit(.output(stack.displayText(at: 2)))
      case "error": context.emit(.errorOutput(stack.displayText(at: 2)))
      default:
        guard let ask = context.ask else { throw InputError.noUser }
        stack.push(try ask())
        return 1
      }
      return 0
    }
    StandardOverrides.run(source, in: machine) { flnft_push_function(machine.state, machine.register(channel)) }
  }

  /// Formats are those of the reference manual, section 6.8. An answer is a line; a file of the user's would not end,
  /// so that "a" gives what one answer holds.
  private static let source = """
    local channel = ...
    local files = getmetatable(io.stdout).__index
    local write, read, lines, read_input, lines_of = files.write, files.read, files.lines, io.read, io.lines
    local pending = ""

    local function ask() pending = pending .. channel("input") .. "\\n" end

    local function take(count)
      local text = pending:sub(1, count)
      pending = pending:sub(count + 1)
      return text
    end

    local readers = {
      l = function()
        if pending == "" then ask() end
        return (take(pending:find("\\n", 1, true)):sub(1, -2))
      end,
      L = function()
        if pending == "" then ask() end
        return take(pending:find("\\n", 1, true))
      end,
      a = function()
        if pending == "" then ask() end
        return take(#pending)
      end,
      n = function()
        while not pending:find("%S") do
          pending = ""
          ask()
        end
        local first, last = pending:find("^%s*[%w.+-]+")
        if not first then return nil end
        local text = take(last):gsub("^%s+", "")
        -- The end of an answer is none: the next question is to be asked.
        if not pending:find("%S") then pending = "" end
        return tonumber(text)
      end,
    }

    local function answer(...)
      local formats = table.pack(...)
      if formats.n == 0 then formats = { "l", n = 1 } end
      local results = {}
      for i = 1, formats.n do
        local format = formats[i]
        if math.type(format) == "integer" then
          while #pending < format do ask() end
          results[i] = take(format)
        else
          local reader = type(format) == "string" and readers[format:gsub("^%*", ""):sub(1, 1)]
          if not reader then error(("bad argument #%d to 'read' (invalid format)"):format(i), 3) end
          results[i] = reader()
          if results[i] == nil then return table.unpack(results, 1, i) end
        end
      end
      return table.unpack(results, 1, formats.n)
    end

    local function answers(...)
      local formats = table.pack(...)
      return function() return answer(table.unpack(formats, 1, formats.n)) end
    end

    function files.read(file, ...)
      if file == io.stdin then return answer(...) end
      return read(file, ...)
    end

    function files.lines(file, ...)
      if file == io.stdin then return answers(...) end
      return lines(file, ...)
    end

    function io.read(...)
      if io.input() == io.stdin then return answer(...) end
      return read_input(...)
    end

    function io.lines(name, ...)
      if name == nil and io.input() == io.stdin then return answers(...) end
      return lines_of(name, ...)
    end

    function files.write(file, ...)
      if file ~= io.stdout and file ~= io.stderr then return write(file, ...) end
      local place = file == io.stderr and "error" or "output"
      for i = 1, select("#", ...) do
        local value = select(i, ...)
        local kind = type(value)
        if kind ~= "string" and kind ~= "number" then
          error(("bad argument #%d to 'write' (string expected, got %s)"):format(i, kind), 2)
        end
        channel(place, tostring(value))
      end
      return file
    end
    """
}
