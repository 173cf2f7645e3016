-- A session of Neovim with the language server: everything that an editor without a plugin for archc gets.
--
--   ARCHC=target/debug/archc nvim --headless --clean -c 'luafile tests/conformance/neovim.lua'
--
-- in a folder with `main.arch`, as tests/archc/neovim.rs writes it. Prints a line for each check; the exit code is 1 if one fails.
-- A check of something that the server does not offer says so.

local TIMEOUT = 60000
local lines = {}

local function say(text)
  table.insert(lines, text)
end

local function finish(code)
  io.stdout:write(table.concat(lines, '\n') .. '\n')
  io.stdout:flush()
  vim.cmd(code == 0 and 'qall!' or 'cquit')
end

local function expect(what, is, wanted)
  if not vim.deep_equal(is, wanted) then
    error(string.format('%s: %s is not %s', what, vim.inspect(is), vim.inspect(wanted)), 0)
  end
end

local function wait(what, test)
  if not vim.wait(TIMEOUT, test, 20) then
    error('waited in vain for ' .. what, 0)
  end
end

local client, buffer

-- ---- What the checks are made of ----------------------------------------------------------------------------------------

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

--- Puts the cursor on the first place of a word, and so many bytes into it.
local function go_to(word, inside)
  local all = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  for number, line in ipairs(all) do
    local at = line:find(word, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 + (inside or 0) })
      return
    end
  end
  error('there is no ' .. word, 0)
end

local function here()
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

local function ask(method, params)
  local answers, reason = vim.lsp.buf_request_sync(buffer, method, params, TIMEOUT)
  local answer = answers and answers[client.id]
  if not answer then
    error(method .. ': ' .. tostring(reason), 0)
  end
  if answer.error then
    error(method .. ': ' .. vim.inspect(answer.error), 0)
  end
  return answer.result
end

--- The findings that Neovim shows, by line.
local function findings()
  local shown = {}
  for _, finding in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(shown, string.format('%d %s', finding.lnum + 1, finding.message:match('[^\n]*')))
  end
  table.sort(shown)
  return shown
end

local function replace(first, last, new)
  vim.api.nvim_buf_set_lines(buffer, first - 1, last, false, new)
end

-- ---- Checks: a name, what the server has to offer for it, and what is done ----------------------------------------------

local checks = {
  {
    'diagnostics', 'textDocumentSync', function()
      wait('the findings at the start', function() return #findings() == 1 end)
      expect('the findings', findings(), { '6 there is no element `ordres`' })
      expect('the way to count', client.offset_encoding, 'utf-16')
    end,
  },
  {
    'code action', 'codeActionProvider', function()
      go_to('ordres')
      local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
      local shown = vim.lsp.diagnostic.get_line_diagnostics(buffer)
      params.context = { diagnostics = shown }
      local found
      for _, action in ipairs(ask('textDocument/codeAction', params) or {}) do
        if action.title == 'Replace `ordres` with `orders`' then
          found = action
        end
      end
      if not found then
        error('it is not offered to mend the name', 0)
      end
      if not found.edit then
        found = ask('codeAction/resolve', found)
      end
      vim.lsp.util.apply_workspace_edit(found.edit, client.offset_encoding)
      expect('the mended line', vim.api.nvim_buf_get_lines(buffer, 5, 6, false), { '  web -> orders "🚀 orders"' })
    end,
  },
  {
    'change', 'textDocumentSync', function()
      replace(6, 6, { '  web -> orders "🚀 orders"' })
      wait('the finding to go', function() return #findings() == 0 end)
      -- Behind a character of two units.
      local line = '  web -> orders "🚀 orders'
      vim.api.nvim_buf_set_text(buffer, 5, #line, 5, #line, { ' here' })
      vim.api.nvim_buf_set_text(buffer, 5, #line, 5, #line + 5, { '' })
      replace(6, 6, { '  web -> order' })
      wait('the new finding', function() return #findings() == 1 end)
      replace(6, 6, { '  web -> orders "🚀 orders"' })
      wait('the new finding to go', function() return #findings() == 0 end)
    end,
  },
  {
    'definition', 'definitionProvider', function()
      go_to('-> orders', 4)
      local found = ask('textDocument/definition', here())
      found = found[1] or found
      local range = found.targetSelectionRange or found.range
      expect('the file', vim.uri_to_fname(found.targetUri or found.uri), vim.api.nvim_buf_get_name(buffer))
      expect('the line', range.start.line, 3)
      vim.lsp.util.jump_to_location(found, client.offset_encoding)
      expect('the word', vim.fn.expand('<cword>'), 'orders')
    end,
  },
  {
    'references', 'referencesProvider', function()
      go_to('service orders', 8)
      local params = here()
      params.context = { includeDeclaration = true }
      expect('their number', #ask('textDocument/references', params), 3)
    end,
  },
  {
    'hover', 'hoverProvider', function()
      go_to('service orders', 8)
      local shown = vim.lsp.util.convert_input_to_markdown_lines(ask('textDocument/hover', here()).contents)
      if not table.concat(shown, '\n'):find('Buys and pays', 1, true) then
        error('the documentation is not in ' .. vim.inspect(shown), 0)
      end
    end,
  },
  {
    'completion', 'completionProvider', function()
      replace(6, 6, { '  web -> ord' })
      vim.api.nvim_win_set_cursor(0, { 6, 12 })
      local found = ask('textDocument/completion', here())
      local labels = {}
      for _, item in ipairs(found.items or found) do
        labels[item.label] = true
      end
      expect('what is offered', labels['orders'], true)
      replace(6, 6, { '  web -> orders "🚀 orders"' })
    end,
  },
  {
    'rename', 'renameProvider', function()
      go_to('service orders', 8)
      local params = here()
      params.newName = 'sales'
      vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', params), client.offset_encoding)
      expect('the declaration', text():find('service sales: aws.sqs', 1, true) ~= nil, true)
      expect('the edge', text():find('web -> sales "🚀 orders"', 1, true) ~= nil, true)
      expect('the link', text():find('[`sales`]', 1, true) ~= nil, true)
      wait('no finding', function() return #findings() == 0 end)
    end,
  },
  {
    'format', 'documentFormattingProvider', function()
      replace(5, 5, { '      external   web   "🚀🚀"   {tags=[a,b]}' })
      local format = vim.lsp.buf.format or function() vim.lsp.buf.formatting_sync(nil, TIMEOUT) end
      format({ timeout_ms = TIMEOUT })
      expect('the line', vim.api.nvim_buf_get_lines(buffer, 4, 5, false), { '  external web "🚀🚀" { tags = [a, b] }' })
    end,
  },
  {
    'symbols', 'documentSymbolProvider', function()
      local items = vim.lsp.util.symbols_to_items(ask('textDocument/documentSymbol', here()), buffer)
      expect('their number', #items, 3)
    end,
  },
  {
    'folds', 'foldingRangeProvider', function()
      expect('where the block folds', ask('textDocument/foldingRange', here())[1].startLine, 1)
    end,
  },
  {
    'colours', 'semanticTokensProvider', function()
      expect('five numbers a word', #ask('textDocument/semanticTokens/full', here()).data % 5, 0)
    end,
  },
  {
    'files outside', 'textDocumentSync', function()
      local edge = vim.api.nvim_buf_get_lines(buffer, 5, 6, false)[1]
      replace(6, 6, { edge, '  web -> stock' })
      wait('the finding', function() return #findings() == 1 end)
      vim.fn.writefile({ 'extend shop {', '  service stock: aws.sqs', '}' }, 'stock.arch')
      wait('the file to be seen', function() return #findings() == 0 end)
    end,
  },
}

-- ---- The session ----------------------------------------------------------------------------------------------------------

local function run()
  local plugin = os.getenv('ARCHC_NVIM')
  if plugin then
    vim.g.archc_command = os.getenv('ARCHC')
    vim.opt.runtimepath:prepend(plugin)
    vim.cmd('filetype on')
    vim.cmd('runtime! ftdetect/*.vim plugin/archc.lua')
  end
  vim.cmd('edit main.arch')
  buffer = vim.api.nvim_get_current_buf()
  if plugin then
    expect('the file type', vim.bo.filetype, 'arch')
    wait('the plugin to start the server', function() return next(vim.lsp.buf_get_clients(buffer)) ~= nil end)
    client = select(2, next(vim.lsp.buf_get_clients(buffer)))
  else
    local id = vim.lsp.start_client({ name = 'archc', cmd = { os.getenv('ARCHC'), 'lsp' }, root_dir = vim.fn.getcwd() })
    wait('the server', function() return vim.lsp.buf_is_attached(buffer, id) or vim.lsp.buf_attach_client(buffer, id) end)
    client = vim.lsp.get_client_by_id(id)
  end
  wait('its introduction', function() return client.initialized end)
  for _, check in ipairs(checks) do
    local name, offer, work = unpack(check)
    if client.server_capabilities[offer] then
      work()
      say(name .. ': fine')
    else
      say(name .. ': not offered')
    end
  end
  client.stop()
  wait('the server to end', function() return client.is_stopped() end)
end

local fine, reason = pcall(run)
if not fine then
  say(tostring(reason))
end
finish(fine and 0 or 1)
