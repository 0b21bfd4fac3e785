//! The service: is it there, does it know this booth, and do the clocks agree?

use super::{Check, Line, said};
use crate::config::{Config, KeyFault, load_booth_key};
use crate::domain::{Language, SignInId};
use crate::wire::{BoothKey, RefusalCode, SignInState, paths};
use crate::workers::http::{PATIENCE, ServiceClient, Trouble};
use jiff::SignedDuration;

/// More, and the times on the screen and in the records are wrong.
const MOST_APART: SignedDuration = SignedDuration::from_mins(2);

pub fn key(config: &Config, language: Language) -> (Option<BoothKey>, Line) {
    let place = config.key_file.display();
    let enrol = said!(
        language,
        "enrol the booth at the service: gradbooth-review enrol-booth",
        "请在审核服务登记本设备:gradbooth-review enrol-booth"
    );
    match load_booth_key(&config.key_file) {
        Ok((key, false)) => {
            let name = &key.name;
            let line = Line::good(
                Check::Key,
                said!(language, "this is booth {name}", "本设备是 {name}"),
            );
            (Some(key), line)
        }
        Ok((key, true)) => {
            let is = said!(
                language,
                "others may read {place}",
                "其他账户可以读取 {place}"
            );
            let line = Line::attention(
                Check::Key,
                is,
                said!(language, "chmod 600 {place}", "请执行 chmod 600 {place}"),
            );
            (Some(key), line)
        }
        Err(KeyFault::File(cause)) => {
            let is = said!(
                language,
                "{place} cannot be read: {cause}",
                "无法读取 {place}:{cause}"
            );
            (None, Line::broken(Check::Key, is, enrol))
        }
        Err(fault @ (KeyFault::NotAKey | KeyFault::Damaged(_))) => (
            None,
            Line::broken(
                Check::Key,
                said!(language, "{place}: {fault}", "{place} 已损坏"),
                enrol,
            ),
        ),
    }
}

pub fn service(config: &Config, key: Option<&BoothKey>, language: Language) -> Vec<Line> {
    let Some(key) = key else { return Vec::new() };
    let url = &config.service_url;
    let client = match ServiceClient::new(url, key) {
        Ok(client) => client,
        Err(error) => {
            let is = said!(
                language,
                "{error}: is the package ca-certificates installed?",
                "{error}:是否安装了 ca-certificates?"
            );
            return vec![Line::broken(
                Check::Service,
                is,
                said!(
                    language,
                    "install ca-certificates",
                    "请安装 ca-certificates"
                ),
            )];
        }
    };
    match client.health() {
        Err(trouble) => vec![away(trouble, url, language)],
        Ok(ahead) => {
            let here = Line::good(
                Check::Service,
                said!(language, "{url} answers", "{url} 有应答"),
            );
            let lines = [
                Some(here),
                Some(enrolment(&client, language)),
                ahead.map(|ahead| clock(ahead, language)),
            ];
            lines.into_iter().flatten().collect()
        }
    }
}

fn away(trouble: Trouble, url: &str, language: Language) -> Line {
    let remedy = match trouble {
        Trouble::Certificate => said!(
            language,
            "set the clock right; else have the service's certificate renewed. Nothing is sent until then",
            "请校准时钟;否则请更新服务证书。在此之前不会发送任何数据"
        ),
        Trouble::NotTheService => said!(
            language,
            "the network wants a log-in first, or service.url is wrong",
            "网络需要先登录,或 service.url 有误"
        ),
        Trouble::Unreachable
        | Trouble::Silent
        | Trouble::Later(_)
        | Trouble::Unauthorized
        | Trouble::Refused(_) => said!(
            language,
            "see to the network cable and service.url; the booth works on and delivers later",
            "请检查网线和 service.url;设备可继续工作,稍后自动上传"
        ),
    };
    Line::attention(
        Check::Service,
        said!(language, "{url}: {trouble}", "{url}:无法使用({trouble})"),
        remedy,
    )
}

/// Asks for a sign-in that nobody began: "not found" is the answer to a booth that the service knows.
fn enrolment(client: &ServiceClient, language: Language) -> Line {
    let path = paths::sign_in(SignInId::from_bytes([0; 16]));
    match client.get::<SignInState>(&path, PATIENCE) {
        Ok(_) | Err(Trouble::Refused(RefusalCode::NotFound)) => Line::good(
            Check::Enrolment,
            said!(language, "the service knows this booth", "服务认识本设备"),
        ),
        Err(Trouble::Unauthorized) => Line::broken(
            Check::Enrolment,
            said!(
                language,
                "the service does not know this booth",
                "服务不认识本设备"
            ),
            said!(
                language,
                "enrol it again; what waits is kept and sent then",
                "请重新登记;待上传的照片会保留并随后上传"
            ),
        ),
        Err(trouble) => Line::attention(
            Check::Enrolment,
            said!(language, "not known: {trouble}", "未知:{trouble}"),
            said!(language, "try again later", "请稍后再试"),
        ),
    }
}

fn clock(ahead: SignedDuration, language: Language) -> Line {
    let seconds = ahead.as_secs();
    let is = said!(
        language,
        "{seconds} s behind the service's",
        "比服务时间慢 {seconds} 秒"
    );
    if ahead.abs() <= MOST_APART {
        return Line::good(Check::Clock, is);
    }
    let remedy = said!(
        language,
        "turn on network time: sudo timedatectl set-ntp true",
        "请开启网络校时:sudo timedatectl set-ntp true"
    );
    Line::attention(Check::Clock, is, remedy)
}
