//! Messages over standard input and output. A message that cannot be read is answered, and the next one is taken: only
//! when nobody can know where the next one begins, that is the end.

use std::io::{self, BufRead, Read as _, Write as _};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, ErrorCode, Message};
use serde::de::IgnoredAny;
use serde_json::json;

/// How long a line of a header may be.
const MAX_HEADER: u64 = 4096;

/// The threads behind a connection.
#[derive(Debug)]
pub struct Stdio {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

impl Stdio {
    /// Begins to read and write. What comes waits to be taken, so that a server that is busy sees at once what has come in
    /// the meantime.
    ///
    /// # Errors
    /// The system starts no threads.
    pub fn start() -> io::Result<(Connection, Stdio)> {
        let (sender, outgoing) = unbounded();
        let (incoming, receiver) = unbounded();
        let reader = thread::Builder::new().name("reader".to_owned());
        let reader = reader.spawn(move || read(io::stdin().lock(), &incoming))?;
        let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || write(&outgoing))?;
        Ok((Connection { sender, receiver }, Stdio { reader, writer }))
    }

    /// Waits until all is written, after the connection is gone.
    ///
    /// # Errors
    /// Says why it came to an end before its time.
    pub fn join(self) -> io::Result<()> {
        for thread in [self.reader, self.writer] {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread has failed")))?;
        }
        Ok(())
    }
}

fn write(messages: &Receiver<Message>) -> io::Result<()> {
    for message in messages {
        message.write(&mut io::stdout().lock())?;
    }
    Ok(())
}

fn read(mut input: impl BufRead, messages: &Sender<Message>) -> io::Result<()> {
    while let Some(content) = content(&mut input)? {
        match serde_json::from_slice::<Message>(&content) {
            Ok(message) => {
                let is_last = matches!(&message, Message::Notification(it) if it.method == "exit");
                if messages.send(message).is_err() || is_last {
                    return Ok(());
                }
            }
            Err(reason) => refuse(&content, &reason)?,
        }
    }
    Ok(())
}

/// Answers what is no message. It has no number that could be named.
fn refuse(content: &[u8], reason: &serde_json::Error) -> io::Result<()> {
    let is_json = serde_json::from_slice::<IgnoredAny>(content).is_ok();
    let (code, message) = if is_json {
        (ErrorCode::InvalidRequest, "this is neither a request nor a notification nor a response".to_owned())
    } else {
        (ErrorCode::ParseError, format!("this is no JSON: {reason}"))
    };
    let error = json!({ "code": code as i32, "message": message });
    let answer = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    let mut output = io::stdout().lock();
    write!(output, "Content-Length: {}\r\n\r\n{answer}", answer.len())?;
    output.flush()
}

/// The content of the next message; none at the end of the input.
fn content(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let broken = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut length: Option<u64> = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() && is_first {
            return Ok(None);
        }
        is_first = false;
        let line = line.strip_suffix(b"\n").ok_or_else(|| broken("a message begins with no header"))?;
        let line = std::str::from_utf8(line).map_err(|_| broken("a header is no text"))?.trim_end_matches('\r');
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| broken("a header has no `:`"))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length = Some(value.trim().parse().map_err(|_| broken("`Content-Length` is no number"))?);
        }
    }
    let length = length.ok_or_else(|| broken("a message has no `Content-Length`"))?;
    let mut content = Vec::new();
    input.by_ref().take(length).read_to_end(&mut content)?;
    if content.len() as u64 != length {
        return Err(broken("the input ends in the middle of a message"));
    }
    Ok(Some(content))
}
