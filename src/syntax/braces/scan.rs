//! Where braces stand, and what stands around them: less than the grammar knows, and fast.
//!
//! In a text that the grammar reads without a finding this sees the same braces as the grammar. In others the two may see
//! texts and comments end elsewhere, which is why what is made of this is held against the grammar.

/// A stretch of text that matters for braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `(` or `[`
    OpenBracket,
    /// `)` or `]`
    CloseBracket,
    /// The end of a line.
    Break,
    /// A comment or documentation.
    Comment,
    /// A text in quotes, or anything else that is no white space.
    Code,
    /// A text over several lines that has no end: nobody knows what is in it.
    Endless,
}

/// One of them, with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) sort: Sort,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Goes through a text; white space is left out.
pub(super) struct Scan<'t> {
    text: &'t str,
    at: usize,
    line_start: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Scan<'t> {
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Scan { text, at: start, line_start: start }
    }

    fn rest(&self, from: usize) -> &'t [u8] {
        self.text.as_bytes().get(from..).unwrap_or_default()
    }

    fn starts(&self, with: &[u8]) -> bool {
        self.rest(self.at).starts_with(with)
    }

    fn line_end(&self, from: usize) -> usize {
        self.rest(from).iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(self.text.len(), |length| from + length)
    }

    /// Where what begins here ends, if that is a comment.
    fn comment_end(&self) -> Option<usize> {
        let is_apart = || {
            let before = self.text.as_bytes().get(self.line_start..self.at).and_then(<[u8]>::last);
            before.is_none_or(|b| matches!(b, b' ' | b'\t'))
        };
        if self.starts(b"//") || (self.starts(b"#") || self.starts(b"%%")) && is_apart() {
            return Some(self.line_end(self.at));
        }
        [("/*", "*/"), ("<!--", "-->")].into_iter().find_map(|(open, close)| {
            let inside = self.text.get(self.at..)?.strip_prefix(open)?;
            let end = inside.find(close)?;
            let nested = inside.get(..end)?.contains(open);
            (!nested).then_some(self.at + open.len() + end + close.len())
        })
    }

    fn text_in_quotes(&self) -> (Sort, usize) {
        if self.starts(b"\"\"\"") {
            let inside = self.at + 3;
            let length = self.text.get(inside..).and_then(|inside| inside.find("\"\"\""));
            return length.map_or((Sort::Endless, self.text.len()), |length| (Sort::Code, inside + length + 3));
        }
        let mut bytes = self.rest(self.at).iter().enumerate().skip(1);
        while let Some((length, byte)) = bytes.next() {
            match byte {
                b'"' => return (Sort::Code, self.at + length + 1),
                b'\n' | b'\r' => break,
                b'\\' if self.rest(self.at + length + 1).first().is_some_and(|b| !matches!(b, b'\n' | b'\r')) => {
                    bytes.next();
                }
                _ => {}
            }
        }
        (Sort::Code, self.open_text_end())
    }

    /// A text without its closing quote ends with its line; a title, before the block.
    fn open_text_end(&self) -> usize {
        let end = self.line_end(self.at);
        let before = self.text.get(self.line_start..self.at).unwrap_or_default();
        let inside = self.text.get(self.at..end).unwrap_or_default();
        if before.contains('=') {
            return end;
        }
        inside.find('{').map_or(end, |length| self.at + length)
    }
}

impl Iterator for Scan<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        while self.rest(self.at).first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
            self.at += 1;
        }
        let start = self.at;
        let (sort, end) = match self.rest(start).first()? {
            b'{' => (Sort::Open, start + 1),
            b'}' => (Sort::Close, start + 1),
            b'(' | b'[' => (Sort::OpenBracket, start + 1),
            b')' | b']' => (Sort::CloseBracket, start + 1),
            b'\r' if self.starts(b"\r\n") => (Sort::Break, start + 2),
            b'\n' | b'\r' => (Sort::Break, start + 1),
            b'"' => self.text_in_quotes(),
            first => match self.comment_end() {
                Some(end) => (Sort::Comment, end),
                None if matches!(first, b'/' | b'#' | b'%' | b'<') => (Sort::Code, start + 1),
                None => {
                    let length = self.rest(start).iter().position(|b| is_sign(*b));
                    (Sort::Code, length.map_or(self.text.len(), |length| start + length))
                }
            },
        };
        self.at = end;
        if sort == Sort::Break {
            self.line_start = end;
        }
        Some(Stretch { sort, start, end })
    }
}

/// What ends a run of other bytes.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'"' | b'/' | b'#' | b'%' | b'<'
    )
}

/// Whether each brace has its partner.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for stretch in Scan::new(text) {
        match stretch.sort {
            Sort::Open => depth += 1,
            Sort::Close if depth == 0 => return false,
            Sort::Close => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// Whether a change from one stretch to another, each with some bytes around it, can move no brace into a text or a comment
/// or out of it, and is none.
pub(super) fn is_harmless(text: &str) -> bool {
    let matters = |b: u8| {
        matches!(
            b,
            b'{' | b'}' | b'"' | b'\\' | b'/' | b'*' | b'#' | b'%' | b'<' | b'!' | b'-' | b'>' | b'=' | b'\n' | b'\r'
        )
    };
    text.is_ascii() && !text.bytes().any(matters)
}
