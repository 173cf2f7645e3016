//! Holds the steps of a scenario against what is declared, and replies against what was asked.

use super::answers::{Answers, Outcome};
use super::routes::Routes;
use super::{Form, Fragment, Item, Message, Mistake, Sequence};
use crate::syntax::ast::Arrow;

/// Finds the edges that steps follow, and what is wrong.
pub(super) fn verify(sequence: &mut Sequence<'_>, routes: &Routes) {
    let mut verifier = Verifier { routes, answers: Answers::new(), mistakes: Vec::new() };
    verifier.items(&mut sequence.items);
    sequence.mistakes.append(&mut verifier.mistakes);
}

struct Verifier<'r> {
    routes: &'r Routes,
    answers: Answers,
    mistakes: Vec<Mistake>,
}

impl Verifier<'_> {
    fn items(&mut self, items: &mut [Item]) {
        for item in items {
            match item {
                Item::Message(message) if message.arrow == Arrow::Reply => self.reply(message),
                Item::Message(message) => self.step(message),
                Item::Fragment(fragment) => self.fragment(fragment),
                Item::Note(_) => {}
            }
        }
    }

    fn step(&mut self, message: &mut Message) {
        message.edge = self.routes.edge(message.from, message.arrow, message.to);
        let may_answer = self.answers.waits(message.to, message.from);
        self.answers.ask(message.from, message.to);
        if message.edge.is_none() {
            self.mistakes.push(Mistake::UndeclaredEdge { step: message.clone(), may_answer });
        }
    }

    fn reply(&mut self, message: &Message) {
        if self.answers.waits(message.to, message.from) {
            self.answers.answer(message.to, message.from);
        } else {
            self.mistakes.push(Mistake::UnaskedReply(message.clone()));
        }
    }

    fn fragment(&mut self, fragment: &mut Fragment) {
        if fragment.form == Form::Par {
            // All of it happens, and nobody knows in which order.
            return fragment.branches.iter_mut().for_each(|branch| self.items(&mut branch.items));
        }
        let mut outcome = Outcome::default();
        for branch in &mut fragment.branches {
            self.answers.begin();
            self.items(&mut branch.items);
            self.answers.end(&mut outcome);
        }
        let may_do_nothing = fragment.form != Form::Alt || fragment.branches.len() == 1;
        self.answers.settle(outcome, may_do_nothing);
    }
}
