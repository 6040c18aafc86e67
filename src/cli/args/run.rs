//! The commands that the interface begins with.

use clap::Args as ClapArgs;

use crate::app::action::Action;

/// What is done before the first key.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct RunArgs {
    /// Run a command of the interface at once, such as "sort date"; several in their order. zhaidu keys
    /// list names them
    #[arg(long = "run", value_name = "COMMAND", value_parser = command)]
    pub commands: Vec<Action>,
}

fn command(words: &str) -> Result<Action, String> {
    Action::parse(words).map_err(|unknown| match unknown.suggestion {
        Some(meant) => format!("no such command; did you mean \"{meant}\"?"),
        None => "no such command; zhaidu keys list names them".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_known_by_their_words() {
        for (words, expected) in [
            ("sort date", Ok("sort date")),
            (" sort   date ", Ok("sort date")),
            ("sort dat", Err("no such command; did you mean \"sort date\"?")),
            ("brew coffee", Err("no such command; zhaidu keys list names them")),
        ] {
            let found = command(words).map(Action::words);
            assert_eq!(found.as_ref().copied().map_err(String::as_str), expected, "{words}");
        }
    }
}
