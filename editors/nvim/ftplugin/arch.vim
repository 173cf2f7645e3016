" Settings for .arch files, in Vim and in Neovim.
if exists('b:did_ftplugin') || expand('%:t') ==# '.arch-inventory'
  finish
endif
let b:did_ftplugin = 1

" Documentation and comments go on when a line is broken.
setlocal comments=:///,://!,:// commentstring=//\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2 smartindent
" A name may hold a hyphen.
setlocal iskeyword+=-
setlocal suffixesadd=.arch

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop<'
      \ . ' smartindent< iskeyword< suffixesadd<'
