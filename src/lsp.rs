//! The language server: the protocol between editors and [`ide`](crate::ide). It holds no logic of its own.
//!
//! One thread takes the messages in their order. All that lie there are taken at once, so that a burst of keystrokes is
//! analysed once, a request whose answer nobody waits for any more costs nothing, and an answer is always about the text
//! that its question was about. Another thread looks out for files that change, where the client cannot.

mod capabilities;
mod client;
mod diagnostics;
mod documents;
mod features;
mod lines;
mod position;
mod project;
mod requests;
mod session;
mod shipped;
mod stdio;
mod told;
mod uri;
mod watch;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use gen_lsp_types::{CancelParams, Id, InitializeParams};
use jiff::civil::Date;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};

pub use stdio::Stdio;

use session::Session;
use watch::Watch;

/// For how long nothing may come before other documents are refreshed: not while somebody types.
const PAUSE: Duration = Duration::from_millis(300);

/// How a server came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client asked for it, and then left.
    Properly,
    /// The client left without asking.
    Abruptly,
}

/// Serves a client until it leaves. `today` says which day it is, and `cache` is a folder for files that can be made again:
/// the texts that ship with the compiler are put there for editors to open.
pub fn serve(connection: &Connection, today: fn() -> Date, cache: Option<PathBuf>) -> Ended {
    let (id, params) = loop {
        let Ok((id, params)) = connection.initialize_start() else { return Ended::Abruptly };
        match serde_json::from_value::<InitializeParams>(params) {
            Ok(params) => break (id, params),
            // Whoever is refused may try again.
            Err(reason) => {
                let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, reason.to_string());
                let _ = connection.sender.send(refusal.into());
            }
        }
    };
    let session = Session::new(&params, today, cache);
    let _ = connection.sender.send(Response::new_ok(id, capabilities::result(&session.client)).into());
    let watch = if session.client.registrations().is_none() { Watch::start() } else { None };
    Server { connection, session, watch, is_shut_down: false, requests: 0, settings: HashSet::new() }.run()
}

/// What the server waits for.
enum News {
    Message(Message),
    /// Files have changed.
    Disk,
    /// Nothing has come for a while, and what other documents show may have changed.
    Pause,
}

struct Server<'c> {
    connection: &'c Connection,
    session: Session,
    watch: Option<Watch>,
    is_shut_down: bool,
    /// How many requests have been sent to the client.
    requests: i32,
    /// Those of them whose answers are waited for: the client's settings.
    settings: HashSet<RequestId>,
}

impl Server<'_> {
    fn run(mut self) -> Ended {
        self.session.watches = self.watch.is_some();
        self.look_out();
        while let Some(news) = self.wait() {
            let mut messages = Vec::new();
            match news {
                News::Message(first) => messages.push(first),
                News::Disk => self.files_changed(),
                News::Pause => self.session.refresh(),
            }
            messages.extend(self.connection.receiver.try_iter());
            let cancelled: HashSet<RequestId> = messages.iter().filter_map(cancelled).collect();
            for message in messages {
                match message {
                    Message::Request(request) => self.request(request, &cancelled),
                    Message::Notification(it) if it.method == "exit" => {
                        return if self.is_shut_down { Ended::Properly } else { Ended::Abruptly };
                    }
                    Message::Notification(notification) => self.notification(notification),
                    Message::Response(response) => self.response(response),
                }
            }
            self.ask();
            self.publish();
            self.look_out();
        }
        Ended::Abruptly
    }

    /// The next thing that happens; none if the client is gone.
    fn wait(&self) -> Option<News> {
        let never = crossbeam_channel::never();
        let disk = self.watch.as_ref().map_or(&never, Watch::news);
        let is_refresh_due = self.session.is_refresh_due();
        let pause = if is_refresh_due { crossbeam_channel::after(PAUSE) } else { crossbeam_channel::never() };
        crossbeam_channel::select! {
            recv(self.connection.receiver) -> message => message.ok().map(News::Message),
            recv(disk) -> _ => Some(News::Disk),
            recv(pause) -> _ => Some(News::Pause),
        }
    }

    /// Looks out for changes in the folders that matter now.
    fn look_out(&mut self) {
        let problem = self.watch.as_mut().and_then(|watch| watch.see_to(&self.session.roots()));
        if let Some(problem) = problem {
            self.log(&problem);
        }
    }

    /// Reads everything again, after it has been seen to that nothing new is missed.
    fn files_changed(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.look_again();
        }
        self.look_out();
        self.session.read_again();
    }

    fn log(&self, message: &str) {
        let message = serde_json::json!({ "type": 2, "message": message });
        self.send(Notification::new("window/logMessage".to_owned(), message).into());
    }

    fn request(&mut self, request: Request, cancelled: &HashSet<RequestId>) {
        let Request { id, method, params } = request;
        let answer = if self.is_shut_down {
            Err((ErrorCode::InvalidRequest as i32, "the server has been shut down".to_owned()))
        } else if cancelled.contains(&id) {
            Err((ErrorCode::RequestCanceled as i32, "cancelled".to_owned()))
        } else if method == "initialize" {
            Err((ErrorCode::InvalidRequest as i32, "the server has been initialized already".to_owned()))
        } else if method == "shutdown" {
            self.is_shut_down = true;
            Ok(serde_json::Value::Null)
        } else {
            // A mistake of ours in one answer is no reason to lose all others.
            let answer = catch_unwind(AssertUnwindSafe(|| requests::answer(&mut self.session, &method, params)));
            answer.unwrap_or_else(|_| Err((ErrorCode::InternalError as i32, format!("`{method}` failed"))))
        };
        let response = match answer {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code, message),
        };
        self.send(response.into());
    }

    fn notification(&mut self, notification: Notification) {
        if notification.method == "initialized" {
            if let Some(registration) = self.session.client.registrations() {
                self.requests += 1;
                let id = RequestId::from(self.requests);
                self.send(Request::new(id, "client/registerCapability".to_owned(), registration).into());
            }
            self.session.pull_settings();
            return;
        }
        if let Err(reason) = requests::notify(&mut self.session, &notification.method, notification.params) {
            self.log(&format!("{}: {reason}", notification.method));
        }
    }

    /// Takes the client's settings. Nothing else depends on what a client says to what it is told.
    fn response(&mut self, response: Response) {
        if !self.settings.remove(&response.id) {
            return;
        }
        let section = response.response_result.ok().and_then(|result| result.get(0).cloned());
        if let Some(section) = section.filter(serde_json::Value::is_object) {
            self.session.configure(&section);
        }
    }

    /// Asks the client what came up.
    fn ask(&mut self) {
        for (method, params) in std::mem::take(&mut self.session.asks) {
            self.requests += 1;
            let id = RequestId::from(self.requests);
            if method == client::CONFIGURATION {
                self.settings.insert(id.clone());
            }
            self.send(Request { id, method: method.to_owned(), params }.into());
        }
    }

    /// Tells the findings that have changed.
    fn publish(&mut self) {
        if self.is_shut_down {
            return;
        }
        let published = catch_unwind(AssertUnwindSafe(|| self.session.publish())).unwrap_or_default();
        for params in published {
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params).into());
        }
    }

    /// A client that is gone needs no answer; the next message is the end.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}

/// The request that a message says nobody waits for any more.
fn cancelled(message: &Message) -> Option<RequestId> {
    let Message::Notification(it) = message else { return None };
    if it.method != "$/cancelRequest" {
        return None;
    }
    let params: CancelParams = serde_json::from_value(it.params.clone()).ok()?;
    Some(match params.id {
        Id::Int(number) => number.into(),
        Id::String(text) => text.into(),
    })
}
