//! The panes: which one has the focus, how large each is, which are hidden.

use super::Model;
use crate::app::{
    action::{Pane, PaneChange, Step},
    layout::{Choice, PANES, SizeClass},
};

impl Model {
    pub(in crate::app) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        self.page.is_on &= self.page_goes_with(pane);
        self.skim.is_left &= pane != Pane::List;
        if matches!(pane, Pane::List | Pane::Reader) {
            self.upper = pane;
        }
        let choice = self.choice_mut();
        choice.unhide(pane);
        choice.zoomed = choice.zoomed.map(|_| pane);
    }

    pub(super) fn focus_next(&mut self, step: Step) {
        let narrow = self.size_class() == SizeClass::Narrow;
        let screen = self.screen();
        let here = self.focus as usize;
        let mut around = (1..PANES.len()).map(|distance| match step {
            Step::Next => PANES[(here + distance) % PANES.len()],
            Step::Previous => PANES[(here + PANES.len() - distance) % PANES.len()],
        });
        let reachable = |pane: &Pane| narrow || screen.place(*pane).is_some();
        if let Some(pane) = around.find(reachable) {
            self.focus_on(pane);
        }
    }

    pub(super) fn zoom(&mut self) {
        if matches!(self.size_class(), SizeClass::Narrow | SizeClass::Tiny) {
            let alone = self.lang.of("窗口窄，一次只有一个窗格", "the only pane there is room for");
            self.notice = Some(alone.into());
            return;
        }
        let focus = self.focus;
        let zoomed = &mut self.choice_mut().zoomed;
        *zoomed = if zoomed.is_some() { None } else { Some(focus) };
    }

    pub(super) fn change_pane(&mut self, change: PaneChange) {
        let (class, focus) = (self.size_class(), self.focus);
        match change {
            PaneChange::Grow => self.choice_mut().resize(class, focus, 50),
            PaneChange::Shrink => self.choice_mut().resize(class, focus, -50),
            PaneChange::Reset => *self.choice_mut() = Choice::default(),
            PaneChange::Hide if self.can_hide(focus) => {
                self.choice_mut().hide(focus);
                let wide_list = class == SizeClass::Wide && focus == Pane::List;
                self.focus_on(if wide_list { Pane::Reader } else { self.upper });
            }
            PaneChange::Hide => {
                let stays = self.lang.of("这个窗格不能隐藏", "this pane cannot be hidden");
                self.notice = Some(stays.into());
            }
        }
    }

    fn can_hide(&self, pane: Pane) -> bool {
        match self.size_class() {
            SizeClass::Wide => pane != Pane::Reader,
            SizeClass::Normal => matches!(pane, Pane::Sentences | Pane::Keywords),
            SizeClass::Narrow | SizeClass::Tiny => false,
        }
    }
}
