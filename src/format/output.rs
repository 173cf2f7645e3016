//! The text in the making: lines, their indent, and how wide they get.

/// Blanks for each level.
const INDENT: &str = "  ";

#[derive(Debug, Default)]
pub(super) struct Output {
    text: String,
    /// The level of the current line.
    level: usize,
    /// Where the current line begins.
    line_start: usize,
    /// Whether there is something on the current line.
    begun: bool,
    /// Whether that is a comment, which goes on to the end of the line.
    after_comment: bool,
}

impl Output {
    /// Goes to the beginning of a line.
    pub(super) fn line(&mut self, level: usize) {
        if self.begun {
            self.text.push('\n');
        }
        self.line_start = self.text.len();
        self.level = level;
        self.begun = false;
        self.after_comment = false;
    }

    /// Goes to the beginning of a line, with a blank one above it.
    pub(super) fn line_after_blank(&mut self, level: usize) {
        self.line(level);
        self.text.push('\n');
        self.line_start = self.text.len();
    }

    pub(super) fn level(&self) -> usize {
        self.level
    }

    /// Whether there is something on the current line.
    pub(super) fn is_begun(&self) -> bool {
        self.begun
    }

    pub(super) fn ends_with_brace(&self) -> bool {
        self.text.ends_with('{')
    }

    pub(super) fn is_after_comment(&self) -> bool {
        self.after_comment
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Goes on with the line. Texts over several lines get the line ends of the file, which are no part of what they say.
    pub(super) fn push(&mut self, word: &str) {
        if word.contains("\r\n") {
            let with_feeds = word.replace("\r\n", "\n");
            if !with_feeds.contains('\r') {
                return self.push(&with_feeds);
            }
        }
        if !self.begun {
            self.text.extend(std::iter::repeat_n(INDENT, self.level));
        }
        self.text.push_str(word);
        self.begun = true;
        if let Some(at) = word.rfind('\n') {
            self.line_start = self.text.len() - word.len() + at + 1;
        }
    }

    /// Ends the line with a comment.
    pub(super) fn comment(&mut self, comment: &str) {
        if self.begun {
            self.push("  ");
        }
        self.push(comment);
        self.after_comment = true;
    }

    /// Lines as they were; nothing goes on with the last of them.
    pub(super) fn verbatim(&mut self, lines: &str) {
        self.text.push_str(lines);
        self.begun = true;
    }

    /// The width of the line with its indent; of a line that is much too wide, no more than tells that.
    pub(super) fn column(&self) -> usize {
        if !self.begun {
            return self.level * INDENT.len();
        }
        let line = self.text.get(self.line_start..).unwrap_or_default();
        line.chars().take(super::WIDTH + 1).count()
    }

    /// Tries to go on with the line, and takes it back if `write` says that it does not fit.
    pub(super) fn attempt(&mut self, write: impl FnOnce(&mut Output) -> bool) -> bool {
        let (length, line_start, begun) = (self.text.len(), self.line_start, self.begun);
        let done = write(self);
        if !done {
            self.text.truncate(length);
            (self.line_start, self.begun) = (line_start, begun);
        }
        done
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
