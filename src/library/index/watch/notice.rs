//! What a person should know about watching.

use std::path::PathBuf;

use crate::lang::Lang;

/// Why changes are not all told at once. Each of these is said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The system watches no more folders for this user.
    TooManyFolders,
    /// The system watches for no more programs of this user.
    TooManyPrograms,
    /// A folder lies on a disk that others write to as well, of which the system does not hear.
    Remote(PathBuf),
    /// The system does not watch; why.
    Failed(String),
}

impl Notice {
    /// What happened, what follows from it, and what to do. Not sanitised.
    pub fn message(&self, lang: Lang) -> String {
        let (what, instead) = match lang {
            Lang::Zh => (self.chinese(), "改为每 10 秒查看一遍"),
            Lang::En => (self.english(), "looking every 10 seconds instead"),
        };
        let advice = match self {
            Self::TooManyFolders => Some("fs.inotify.max_user_watches=1048576"),
            Self::TooManyPrograms => Some("fs.inotify.max_user_instances=1024"),
            Self::Remote(_) | Self::Failed(_) => None,
        };
        match (advice, lang) {
            (None, Lang::Zh) => format!("{what}；{instead}"),
            (None, Lang::En) => format!("{what}; {instead}"),
            (Some(limit), Lang::Zh) => {
                format!(
                    "{what}；{instead}。要立刻得知变化，请管理员执行 sysctl {limit}，再重新开始"
                )
            }
            (Some(limit), Lang::En) => format!(
                "{what}; {instead}. To hear of changes at once, have the administrator run sysctl {limit} and start again"
            ),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::TooManyFolders => "文件夹太多，系统不再监视更多（max_user_watches）".to_owned(),
            Self::TooManyPrograms => {
                "监视文件的程序太多，系统不再接受（max_user_instances）".to_owned()
            }
            Self::Remote(path) => {
                format!("{} 在网络盘上，别处的改动系统得不到通知", path.display())
            }
            Self::Failed(why) => format!("系统无法监视文件夹（{why}）"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooManyFolders => {
                "there are more folders than the system watches (max_user_watches)".to_owned()
            }
            Self::TooManyPrograms => {
                "more programs watch folders than the system allows (max_user_instances)".to_owned()
            }
            Self::Remote(path) => format!(
                "{} lies on a network disk, and what others change there is not told",
                path.display()
            ),
            Self::Failed(why) => format!("the system does not watch folders ({why})"),
        }
    }

    /// The same kind of notice is given once.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
