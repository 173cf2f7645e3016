-- Starts the language server for .arch files. `vim.g.archc_lsp = false`, set before, leaves that to you.
if vim.g.loaded_archc then
  return
end
vim.g.loaded_archc = true

if vim.g.archc_lsp ~= false then
  require('archc').setup()
end
