-- The language server of archc in Neovim 0.7 and newer.
local M = {}

--- How the server is run, and for what. `vim.g.archc_command` names another compiler than the one on the PATH.
function M.config()
  return {
    name = 'archc',
    cmd = { vim.g.archc_command or 'archc', 'lsp' },
    filetypes = { 'arch', 'toml', 'markdown' },
    root_dir = function(buffer, start_in)
      local root = M.root_of(vim.api.nvim_buf_get_name(buffer))
      if root then
        start_in(root)
      end
    end,
    -- The commands of lenses that `add_commands` runs; the preview is run by the server.
    init_options = { commands = { 'archc.showReferences', 'archc.showBill' } },
  }
end

--- The folder of the workspace that a file belongs to: the nearest with an `archc.toml`, else the repository's, else its own.
--- None of a file that the server has nothing to say of: it knows sources, `archc.toml`, and records and topics in Markdown.
function M.root_of(file)
  local is_source = file:match('%.arch$') ~= nil
  local is_markdown = file:match('%.md$') ~= nil or file:match('%.markdown$') ~= nil
  if not (is_source or is_markdown or vim.fn.fnamemodify(file, ':t') == 'archc.toml') then
    return nil
  end
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local settings = vim.fn.findfile('archc.toml', vim.fn.escape(folder, ' ') .. ';')
  if settings ~= '' then
    return vim.fn.fnamemodify(settings, ':p:h')
  end
  if is_markdown then
    return nil
  end
  local repository = vim.fn.finddir('.git', vim.fn.escape(folder, ' ') .. ';')
  if repository ~= '' then
    return vim.fn.fnamemodify(repository, ':p:h:h')
  end
  return folder
end

-- Clients by their root, for a Neovim that does not keep them itself.
local started = {}

local function start_alone(config, buffer)
  local id = started[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    started[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- Starts the server for a buffer, or joins the one that runs for its workspace.
function M.start(buffer)
  local config = M.config()
  local root = M.root_of(vim.api.nvim_buf_get_name(buffer))
  if not root then
    return
  end
  if vim.fn.executable(config.cmd[1]) ~= 1 then
    vim.notify_once('archc: `' .. config.cmd[1] .. '` is not on the PATH; set vim.g.archc_command', vim.log.levels.WARN)
    return
  end
  local client = { name = config.name, cmd = config.cmd, init_options = config.init_options }
  client.root_dir = root
  if vim.lsp.start then
    vim.lsp.start(client, { bufnr = buffer })
  else
    start_alone(client, buffer)
  end
end

--- What the server's lenses run: references as a list, and the bill of an architecture as a page.
local function add_commands()
  vim.lsp.commands['archc.showReferences'] = function(command, context)
    local encoding = vim.lsp.get_client_by_id(context.client_id).offset_encoding
    local items = vim.lsp.util.locations_to_items(command.arguments[3], encoding)
    vim.fn.setqflist({}, ' ', { title = 'References', items = items })
    vim.cmd('copen')
  end
  vim.lsp.commands['archc.showBill'] = function(command, context)
    local params = { textDocument = { uri = command.arguments[1] }, position = command.arguments[2] }
    vim.lsp.buf_request(context.bufnr, 'archc/bill', params, function(_, bill)
      if not bill then
        return
      end
      vim.cmd('new')
      vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
      vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(bill.markdown, '\n'))
      vim.bo.filetype, vim.bo.modifiable = 'markdown', false
    end)
  end
end

--- Starts the server whenever a file is opened that it knows.
function M.setup()
  add_commands()
  if vim.lsp.enable then
    vim.lsp.enable('archc')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    pattern = M.config().filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
end

return M
