//! A file with every setting in it, to begin one's own from.

use std::fmt::Write as _;

use super::table::SETTINGS;
use crate::lang::Lang;

/// Every setting with what it is for and what it can be, each behind a `#` at its default.
pub fn document(lang: Lang) -> String {
    let mut text = String::from(lang.of(
        "# zhaidu 的设置。去掉一行开头的 # 就能改它；没有写的照默认。\n\
         # 优先的次序：命令行的选项、环境变量（ZHAIDU_ 加大写的名字）、这个文件。\n",
        "# Settings of zhaidu. Take the # away before a line to change it.\n\
         # An option on the command line goes before a variable of the environment\n\
         # (ZHAIDU_ and the name in capitals), and that before this file.\n",
    ));
    for setting in SETTINGS {
        let (help, values) = (setting.help(lang), setting.kind.values(lang));
        // A string takes everything.
        let _ = write!(text, "\n# {help}\n# {values}\n#{} = {}\n", setting.name, setting.default);
    }
    text
}
