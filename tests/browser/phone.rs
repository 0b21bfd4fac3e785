//! One student with a phone, from the sign-in to the free retake; every page readable without sideways scrolling, with
//! buttons for thumbs, nothing from elsewhere, and small.

use crate::bench::{Bench, jpeg};
use crate::driver::{Browser, Window};
use gradbooth::domain::standing::day_in_china;
use gradbooth::domain::{
    Collection, DecisionId, EducationCategory, EntitlementSource, Language, NotApprovedReason,
    Order, OrderId, ReviewDecision, SignInId,
};
use gradbooth::review::store::{catalogue, decisions};
use gradbooth::vision::Picture;
use gradbooth::vision::codes::{Effort, Luma, read_codes};
use gradbooth::wire::offline::receipt;
use gradbooth::wire::{Manifest, SignInRequest, SignInState, paths};

/// The longest names of real schools and booths.
const LONG_ZH: &str =
    "中国科学院大学与内蒙古师范大学鸿德学院联合培养2027届毕业生学历证书电子图像采集（补拍）";
const LONG_EN: &str = "Graduation certificate portrait of the University of Electronic Science and Technology, Zhongshan Institute, class of 2027 (second round)";
const BOOTH: &str =
    "番禺校区图书馆南翼三层自助打印区旁 2 号 South Campus Library, third floor, number 2";

/// What a page says in each language.
type Both<'a> = [&'a str; 2];

struct Visit {
    bench: Bench,
    browser: Browser,
    language: &'static str,
    index: usize,
}

impl Visit {
    fn begin(index: usize) -> Self {
        let bench = Bench::new();
        let collection = Collection {
            title_zh: LONG_ZH.into(),
            title_en: LONG_EN.into(),
            ..bench.collection(EducationCategory::Regular)
        };
        bench
            .store()
            .write_now(|tx| {
                tx.execute("UPDATE booths SET name = ?1", [BOOTH])?;
                catalogue::put(tx, &collection, catalogue::Admits::Everyone)
            })
            .unwrap();
        Self {
            bench,
            browser: Browser::open(Window::Phone),
            language: ["zh-CN", "en"][index],
            index,
        }
    }

    fn opens(&self, path: &str) {
        let url = format!("{}{path}?lang={}", self.bench.url, self.language);
        self.browser.go(&url);
    }

    fn sees(&self, words: Both<'_>) {
        self.browser.waits_for(words[self.index]);
    }

    /// The page as it is now is one for a phone.
    fn looks(&self, name: &str) -> Vec<u8> {
        let browser = &self.browser;
        let number = |script: &str| browser.eval(script).as_f64().unwrap();
        let width = number("return document.documentElement.scrollWidth");
        assert!(width <= 360.0, "{name} is {width} wide");
        let wide = "return [...document.querySelectorAll('main *')].filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.right > innerWidth + 1 }).map(e => e.outerHTML.slice(0, 80))";
        assert_eq!(browser.eval(wide), serde_json::json!([]), "{name}");
        let thumbs = "return [...document.querySelectorAll('main button, main a.button, main input:not([type=hidden])')].filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))";
        assert_eq!(browser.eval(thumbs), serde_json::json!([]), "{name}");
        let small = "return [...document.querySelectorAll('main *')].filter(e => e.childElementCount == 0 && e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 13).map(e => e.outerHTML.slice(0, 80))";
        assert_eq!(browser.eval(small), serde_json::json!([]), "{name}");
        let foreign = "return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin + '/'))";
        assert_eq!(browser.eval(foreign), serde_json::json!([]), "{name}");
        let bytes = number(
            "return [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].reduce((n, r) => n + r.decodedBodySize, 0)",
        );
        assert!(bytes < 120_000.0, "{name} takes {bytes} bytes");
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{name}");
        browser.picture(&format!("{name}-{}", self.language))
    }

    fn signs_in(&self) {
        let id = SignInId::from_bytes([1; 16]);
        let request = SignInRequest {
            id,
            language: Language::Chinese,
        };
        let offered = self.bench.booth("POST", paths::SIGN_INS).json(&request);
        assert_eq!(offered.send().unwrap().status(), 200);
        self.opens(&format!("/s/{id}"));
        self.sees(["微信快速登录", "WeChat quick login"]);
        self.looks("1-sign-in");
        self.browser.touch("main form button");
        self.sees(["授权手机号", "Authorize your phone number"]);
        self.looks("2-number");
        // a number that is none: the page says so and goes on asking
        self.browser.types("input[name=number]", "12");
        self.browser.touch("main form button");
        self.sees(["请填写完整的手机号", "whole number"]);
        self.browser.types("input[name=number]", "+44 20 7946 0958");
        self.browser.touch("main form button");
        self.sees(["已登录", "Signed in"]);
        self.looks("3-signed-in");
        let state: SignInState = self.bench.get(&paths::sign_in(id));
        assert!(matches!(state, SignInState::Confirmed { .. }), "{state:?}");
    }

    fn pays(&self) -> Order {
        let order = Order {
            id: OrderId::from_bytes([0xa7; 16]),
            ..self.bench.order(7)
        };
        assert_eq!(self.bench.put_order(&order).status(), 200);
        self.opens(&format!("/p/{}", order.id));
        self.sees(["立即支付", "Pay now"]);
        let text = self.browser.text();
        assert!(text.contains([LONG_ZH, LONG_EN][self.index]) && text.contains(BOOTH));
        self.looks("4-pay");
        self.browser.touch("form[action$='/pay'] button");
        self.sees(["已支付", "Paid"]);
        let shot = self.looks("5-receipt");
        receipt_is_read(&shot);
        // the page shows it again whenever it is opened
        self.opens(&format!("/p/{}", order.id));
        receipt_is_read(&self.looks("5-receipt-again"));
        order
    }

    fn sends_an_album_picture(&self, order: &Order) {
        self.opens(&format!("/p/{}/status", order.id));
        self.sees(["尚未提交", "Not submitted yet"]);
        self.looks("6-status-nothing");
        self.browser.touch("a[href$='/album']");
        self.sees(["发送到采集亭", "Send to the booth"]);
        self.looks("7-album");
        let file = self.bench.folder.path().join("mine.jpg");
        std::fs::write(&file, jpeg(900, 1200)).unwrap();
        self.browser
            .types("input[type=file]", file.to_str().unwrap());
        let today = day_in_china(gradbooth::clock::utc());
        self.browser.eval(&format!(
            "document.querySelector('input[type=date]').value = '{today}'"
        ));
        self.browser.touch("main form button");
        self.sees(["照片已收到", "Your picture is here"]);
        self.looks("8-album-sent");
        let path = paths::album(&order.student, &order.collection);
        assert_eq!(self.bench.booth("GET", &path).send().unwrap().status(), 200);
    }

    fn is_not_approved(&self, order: &Order) {
        let manifest = Manifest {
            student: order.student.clone(),
            ..self.bench.manifest_for(
                7,
                order.collection.clone(),
                EducationCategory::Regular,
                EntitlementSource::Order { order: order.id },
            )
        };
        assert_eq!(self.bench.put(&manifest).status(), 200);
        self.opens(&format!("/p/{}/status", order.id));
        self.sees(["审核中", "Under review"]);
        self.looks("9-under-review");
        let decision = ReviewDecision::NotApproved {
            reasons: NotApprovedReason::ALL.to_vec(),
            note: "x".repeat(300),
        };
        self.bench
            .store()
            .write_now(|tx| {
                let id = DecisionId::from_bytes([3; 16]);
                decisions::decide(tx, id, manifest.id, &decision, "reviewer")
            })
            .unwrap();
        self.opens(&format!("/p/{}/status", order.id));
        self.sees(["免费重拍", "Retake free"]);
        self.looks("10-not-approved");
    }

    fn asks_for_help(&self, order: &Order) {
        self.opens(&format!("/p/{}/help", order.id));
        self.browser.types("textarea", "My name is wrong 名字不对");
        self.looks("11-help");
        self.browser.touch("main form button");
        self.sees(["等待回复", "Waiting for an answer"]);
        self.looks("12-help-asked");
    }
}

/// The booth's own reader finds the receipt in what the phone's screen shows.
fn receipt_is_read(shot: &[u8]) {
    let picture = Picture::decode(shot).unwrap();
    let codes = read_codes(&Luma::of(&picture), Effort::Picture);
    let texts: Vec<&str> = codes.iter().filter_map(|code| code.text()).collect();
    assert!(
        texts.iter().any(|text| text.starts_with(receipt::PREFIX)),
        "{texts:?}"
    );
}

fn whole_way(index: usize) {
    let visit = Visit::begin(index);
    visit.signs_in();
    let order = visit.pays();
    visit.sends_an_album_picture(&order);
    visit.is_not_approved(&order);
    visit.asks_for_help(&order);
    visit.opens("/p/nothing");
    visit.sees(["没有这个页面", "There is no such page"]);
    visit.looks("13-nothing-here");
}

#[test]
fn a_student_goes_the_whole_way_on_a_phone_in_chinese() {
    whole_way(0);
}

#[test]
fn a_student_goes_the_whole_way_on_a_phone_in_english() {
    whole_way(1);
}
