//! What the service is told when it starts. Students and schools are not configured but stored.

use jiff::SignedDuration;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Where to listen, where the data is, what the phone pages say.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Folder of the database and the keys.
    pub data: PathBuf,
    /// How phones reach the service; `None` means the address it listens on.
    pub public_url: Option<String>,
    /// Who is paid, as phones and booths show it.
    pub payee: String,
    /// The merchant's file of WeChat Pay; `None` takes no money and says so.
    pub wechat_pay: Option<PathBuf>,
    /// The mini program's file; `None` believes the browser and says so.
    pub wechat_login: Option<PathBuf>,
    /// How long a payment code works.
    pub payment_validity: SignedDuration,
    /// How long a sign-in code works.
    pub sign_in_validity: SignedDuration,
    /// How long a reviewer stays logged in.
    pub session_length: SignedDuration,
}

impl Config {
    /// The usual configuration for a data folder.
    pub fn new(listen: SocketAddr, data: PathBuf) -> Self {
        Self {
            listen,
            data,
            public_url: None,
            payee: "毕业图像采集 Graduation portraits".to_owned(),
            wechat_pay: None,
            wechat_login: None,
            payment_validity: SignedDuration::from_mins(15),
            sign_in_validity: SignedDuration::from_mins(5),
            session_length: SignedDuration::from_hours(12),
        }
    }

    /// Makes the data folder where it is missing; only its owner may look into one that was made here.
    pub fn make_folder(data: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(data)
    }

    /// The database inside the data folder.
    pub fn database(data: &Path) -> PathBuf {
        data.join("service.db")
    }
}
