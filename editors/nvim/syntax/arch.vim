" Colours for .arch files, in Vim and in Neovim. No word of the language is reserved: a keyword is one only where a name,
" a title or a block follows it. The language server knows more, and its colours go over these.
if exists('b:current_syntax') || expand('%:t') ==# '.arch-inventory'
  finish
endif

syntax case match
syntax sync minlines=200

" Names, and the keys of properties.
syntax match archName "\<[[:alpha:]_][[:alnum:]_.-]*" contained
syntax match archKey "\<[[:alpha:]_][[:alnum:]_.-]*\ze\s*=[^=>]"
syntax match archSection "\<[[:alpha:]_][[:alnum:]_.-]*\ze\s*{"
syntax match archFunction "\<[[:alpha:]_][[:alnum:]_.-]*\ze("
syntax match archKind ":\s*\zs[[:alpha:]_][[:alnum:]_.-]*"

" Declarations: a keyword with the name after it.
syntax match archKeyword "\<\%(service\|external\|person\|architecture\|group\|kind\|view\|scenario\|environment\|rule\|decision\|example\|extend\|pattern\|use\|property\)\ze\s\+[[:alpha:]_]" nextgroup=archDeclared skipwhite
syntax match archDeclared "\<[[:alpha:]_][[:alnum:]_.-]*" contained
syntax match archKeyword "\<\%(meter\|limit\)\ze\s\+\""
syntax match archKeyword "\<wire\ze\s\+[[:alpha:]_*]"
syntax match archKeyword "\<meta\ze\s*{"
syntax match archStatement "\<\%(via\|as\|is\|follows\|without\|note\)\ze\s\+[[:alpha:]_]"
syntax match archStatement "\<\%(alt\|opt\|loop\|par\|else\|and\)\ze\s*[\"{]"
syntax match archStatement "\s\zs\%(only\|never\|retired\|soft\|hard\)\ze\s*\%({\|//\|$\)"
syntax match archStatement "\s\zs\%(through\)\ze\s\+[[:alpha:]_]"

" Arrows, with the name after them, which may look like a keyword.
syntax match archArrow "->\|=>\|\~>\|<-" nextgroup=archName skipwhite
syntax match archOperator "==\|!=\|<=\|>=\|[+*&@]"

syntax keyword archBoolean true false
syntax match archNumber "\<\d[0-9_]*\%(\.\d[0-9_]*\)\?" nextgroup=archUnit
syntax match archUnit "%\|\s*\%(of\>\|via\>\|as\>\|soft\>\|hard\>\)\@![[:alpha:]µμ]\+\%(/\a\+\)\?\|/\a\+" contained
syntax match archDate "\<\d\{4}-\d\d-\d\d\>"

syntax match archAttribute "@[[:alpha:]_][[:alnum:]_.-]*"
syntax match archEscape "\\[nt\"\\]\|\\u{\x\{1,6}}" contained
syntax region archString start=+"+ skip=+\\.+ end=+"\|$+ contains=archEscape
syntax region archString start=+"""+ end=+"""+

syntax match archComment "//.*" contains=archTodo,@Spell
syntax match archDoc "\%(///\%([^/]\|$\)\@=\|//!\).*" contains=archCode,archLink,archTodo,@Spell
syntax match archComment "////.*" contains=@Spell
syntax match archCode "`[^`]\+`" contained
syntax match archLink "\[`\?[[:alpha:]_][[:alnum:]_.-]*`\?\]" contained
syntax keyword archTodo TODO FIXME XXX contained

syntax region archBlock start="{" end="}" transparent fold

highlight default link archKeyword Keyword
highlight default link archStatement Statement
highlight default link archDeclared Identifier
highlight default link archKey Identifier
highlight default link archSection Identifier
highlight default link archKind Type
highlight default link archFunction Function
highlight default link archArrow Operator
highlight default link archOperator Operator
highlight default link archBoolean Boolean
highlight default link archNumber Number
highlight default link archUnit Type
highlight default link archDate Number
highlight default link archAttribute PreProc
highlight default link archString String
highlight default link archEscape SpecialChar
highlight default link archComment Comment
highlight default link archDoc SpecialComment
highlight default link archCode Special
highlight default link archLink Underlined
highlight default link archTodo Todo

let b:current_syntax = 'arch'
