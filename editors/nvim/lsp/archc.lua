-- What Neovim 0.11 and newer ask for: `vim.lsp.enable('archc')`.
return require('archc').config()
