//! The booth's records: the database, what waits in it, and room to go on.

use super::{Check, Line, said};
use crate::clock;
use crate::config::Config;
use crate::domain::Language;
use crate::store;
use crate::store::{
    Counts, DATABASE_NAME, Health, KeyPlace, RESERVE_MB, StateKey, Store, StoreError, free_mb,
};
use std::path::Path;

/// Not even a day.
const LEAST_MB: u64 = 150;
/// Something that waits so long has somebody waiting for it.
const LONG_WAITED_HOURS: i64 = 4;

pub fn records(config: &Config, language: Language) -> Vec<Line> {
    let folder = &config.state_folder;
    let place = folder.display();
    if !folder.join(DATABASE_NAME).exists() {
        return vec![Line::good(
            Check::Records,
            said!(
                language,
                "none yet in {place}; the booth makes them at its first start",
                "{place} 中还没有记录,首次启动时建立"
            ),
        )];
    }
    let place = KeyPlace::of_this_process(&config.state_key_file);
    let looked = StateKey::read(&place).and_then(|key| Store::look(folder, &key));
    match looked {
        Ok((health, counts)) => vec![
            state_key_line(&place, language),
            health_line(&health, language),
            queue_line(counts, language),
        ],
        Err(error) => vec![trouble(&error, language)],
    }
}

/// Copies what students confirmed out of records that may not open any more. Needs no key.
pub fn salvage(state_folder: &Path, out: &Path, language: Language) -> Line {
    let place = out.display();
    match store::salvage(state_folder, out) {
        Ok(found) => {
            let (saved, damaged) = (found.saved.len(), found.damaged);
            let is = said!(
                language,
                "{saved} unsent or kept submissions saved in {place}, {damaged} are damaged",
                "已将 {saved} 份照片抢救到 {place},另有 {damaged} 份已损坏"
            );
            let remedy = said!(
                language,
                "bring the folder to the service: gradbooth-review import-bundle {place}",
                "请将该目录带到审核服务:gradbooth-review import-bundle {place}"
            );
            Line::attention(Check::Records, is, remedy)
        }
        Err(error) => trouble(&error, language),
    }
}

fn state_key_line(place: &KeyPlace, language: Language) -> Line {
    let is = match place {
        KeyPlace::Credentials(_) => said!(
            language,
            "the key of the records is a credential of systemd",
            "记录密钥由 systemd 凭据提供"
        ),
        KeyPlace::File(path) => {
            let path = path.display();
            said!(
                language,
                "the key of the records is the file {path}: whoever takes the whole disk has it; a credential sealed by the TPM is safer",
                "记录密钥是文件 {path}:拿走整个磁盘的人也能得到它;使用 TPM 密封的凭据更安全"
            )
        }
    };
    Line::good(Check::StateKey, is)
}

fn health_line(health: &Health, language: Language) -> Line {
    let mb = health.bytes.div_ceil(1_000_000);
    if health.is_whole {
        return Line::good(
            Check::Records,
            said!(language, "whole, {mb} MB", "完好,{mb} MB"),
        );
    }
    damaged(language)
}

fn damaged(language: Language) -> Line {
    Line::broken(
        Check::Records,
        said!(language, "the database is damaged", "数据库已损坏"),
        said!(
            language,
            "do not delete it: unsent submissions can be saved from it with gradbooth doctor --salvage DIR. Copy the state folder and call the service",
            "请勿删除:用 gradbooth doctor --salvage 目录 可以抢救其中未上传的照片。请复制整个状态目录并联系服务人员"
        ),
    )
}

fn queue_line(counts: Counts, language: Language) -> Line {
    let Counts {
        queued,
        held,
        oldest,
    } = counts;
    let hours = oldest.map_or(0, |oldest| clock::utc().duration_since(oldest).as_hours());
    let is = said!(
        language,
        "{queued} wait to be sent, {held} held, the oldest for {hours} h",
        "{queued} 份待上传,{held} 份被搁置,最早的已等待 {hours} 小时"
    );
    if held > 0 {
        let remedy = said!(
            language,
            "the service refused {held}: see why in the attendant's mode, then try again or call the service",
            "服务拒绝了 {held} 份:请在管理模式中查看原因,重试或联系服务人员"
        );
        return Line::attention(Check::Queue, is, remedy);
    }
    if hours >= LONG_WAITED_HOURS {
        let remedy = said!(
            language,
            "see to the network: nothing is lost meanwhile",
            "请检查网络;照片不会丢失"
        );
        return Line::attention(Check::Queue, is, remedy);
    }
    Line::good(Check::Queue, is)
}

fn trouble(error: &StoreError, language: Language) -> Line {
    let again = said!(
        language,
        "see to the folder and its permissions",
        "请检查目录及其权限"
    );
    match error {
        StoreError::InUse { .. } => Line::good(
            Check::Records,
            said!(
                language,
                "in use by the running booth; stop it to have them looked into",
                "正在被运行中的程序使用;停止后才能检查"
            ),
        ),
        StoreError::Damaged | StoreError::Unreadable(_) => damaged(language),
        StoreError::Foreign { .. } => Line::broken(
            Check::Records,
            said!(language, "{error}", "{error}(不是本程序的数据库)"),
            said!(
                language,
                "move it away and start the booth; if it was the booth's own, it is damaged: keep it and call the service",
                "请移走该文件后再启动;如果它原是本程序的文件,则已损坏,请保留并联系服务人员"
            ),
        ),
        StoreError::Newer { .. } => Line::broken(
            Check::Records,
            said!(language, "{error}", "{error}(由更新的版本写成)"),
            said!(
                language,
                "install the newer gradbooth again",
                "请重新安装较新的版本"
            ),
        ),
        StoreError::Key { path, cause } => {
            let path = path.display();
            Line::broken(
                Check::StateKey,
                said!(
                    language,
                    "the key of the records cannot be used: {path}: {cause}",
                    "记录密钥无法使用:{path}:{cause}"
                ),
                said!(
                    language,
                    "bring the key file back from where it was; the booth never makes another one for records that exist",
                    "请恢复原来的密钥文件;已有记录时程序不会另造密钥"
                ),
            )
        }
        StoreError::WrongKey => Line::broken(
            Check::StateKey,
            said!(
                language,
                "the records were sealed with another key",
                "记录是用另一把密钥加密的"
            ),
            said!(
                language,
                "bring back the key file that belongs to these records. What waits to be sent can be saved without it: gradbooth doctor --salvage DIR",
                "请恢复与这些记录对应的密钥文件。没有它也能抢救待上传的照片:gradbooth doctor --salvage 目录"
            ),
        ),
        StoreError::DiskFull => Line::broken(
            Check::Records,
            said!(language, "{error}", "磁盘已满"),
            said!(language, "make room on the disk", "请清理磁盘"),
        ),
        StoreError::Folder(cause) => Line::broken(
            Check::Records,
            said!(language, "{error}: {cause}", "无法使用状态目录:{cause}"),
            again,
        ),
        StoreError::Sqlite(cause) => Line::broken(
            Check::Records,
            said!(language, "{error}: {cause}", "数据库无法使用:{cause}"),
            again,
        ),
        StoreError::Unlawful(_) => Line::broken(Check::Records, error.to_string(), again),
    }
}

/// Room on the disk of the state folder; nothing where the system does not say.
pub fn disk(folder: &Path, language: Language) -> Option<Line> {
    let existing = folder.ancestors().find(|folder| folder.exists())?;
    let mb = free_mb(existing)?;
    let remedy = said!(
        language,
        "make room, or let the booth deliver what waits",
        "请清理磁盘,或等待照片上传完成"
    );
    Some(match mb {
        ..LEAST_MB => Line::broken(
            Check::Disk,
            said!(language, "only {mb} MB free", "仅剩 {mb} MB"),
            remedy,
        ),
        LEAST_MB..RESERVE_MB => {
            let is = said!(
                language,
                "{mb} MB free, less than 500 submissions need",
                "剩余 {mb} MB,不足 500 份照片"
            );
            Line::attention(Check::Disk, is, remedy)
        }
        RESERVE_MB.. => Line::good(Check::Disk, said!(language, "{mb} MB free", "剩余 {mb} MB")),
    })
}
