//! One service, two booths, a provider, a student and a friend.

use super::history::{BoothNumber, Cut, Happening};
use super::provider::Provider;
use fastrand::Rng;
use gradbooth::domain::collection::{Background, ClearGlasses, PaymentTerms};
use gradbooth::domain::*;
use gradbooth::review::payment_keys::{PaymentKeys, root_file};
use gradbooth::review::payments::{PaymentError, Payments};
use gradbooth::review::receipts::{self, Shown};
use gradbooth::review::store::refunds::RefundReason;
use gradbooth::review::store::{self as books, Store as Service};
use gradbooth::session::{
    Answer, CodeText, PayProblem, PaymentNews, PaymentProof, QuestionId, Questions,
};
use gradbooth::store::{StateKey, Store};
use gradbooth::wire::offline::Voucher;
use gradbooth::wire::{BoothKey, KnownStudent, OrderStatus, ReviewSecretKey};
use gradbooth::workers::Facts;
use gradbooth::workers::backoff::Pace;
use gradbooth::workers::http::Trouble;
use gradbooth::workers::payment::{Line, OfflinePayment, Work};
use gradbooth::workers::service::{Rhythm, ServiceFact};
use jiff::civil::date;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const URL: &str = "https://photos.example.edu";
const VALIDITY: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

/// The line of a booth to the service, in this process.
#[derive(Clone)]
pub struct CutLine {
    service: Service,
    provider: Provider,
    booth: BoothId,
    cut: Arc<Mutex<Cut>>,
}

impl CutLine {
    fn payments(&self) -> Payments<'_> {
        Payments {
            store: &self.service,
            gateway: &self.provider,
            public_url: URL,
        }
    }

    fn ask<T>(
        &self,
        ask: impl FnOnce(Payments<'_>) -> Result<T, PaymentError>,
    ) -> Result<T, Trouble> {
        let cut = *self.cut.lock().unwrap();
        if cut == Cut::Before {
            return Err(Trouble::Unreachable);
        }
        let answer = ask(self.payments()).map_err(|error| match error {
            PaymentError::Store(books::StoreError::Refused(code, _)) => Trouble::Refused(code),
            PaymentError::Store(error) => panic!("{error}"),
            PaymentError::Silent(_) => Trouble::Later(None),
        });
        if cut == Cut::After {
            Err(Trouble::Silent)
        } else {
            answer
        }
    }
}

impl Line for CutLine {
    fn put(&self, order: &Order) -> Result<OrderStatus, Trouble> {
        self.ask(|payments| Ok(payments.open(order, self.booth, VALIDITY)?.status("payee")))
    }

    fn state(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.ask(|payments| Ok(payments.refresh(id)?.status("payee")))
    }

    fn close(&self, id: OrderId) -> Result<OrderStatus, Trouble> {
        self.ask(|payments| Ok(payments.close(id)?.status("payee")))
    }

    fn student(&self, student: &StudentRef) -> Result<KnownStudent, Trouble> {
        self.ask(|payments| {
            let entitlements = payments
                .store
                .read_now(|tx| books::entitlements::of_student(tx, student))?;
            Ok(KnownStudent {
                student: student.clone(),
                entitlements,
                submissions: Vec::new(),
            })
        })
    }
}

pub struct Booth {
    folder: tempfile::TempDir,
    key: BoothKey,
    pub store: Store,
    work: Work<CutLine>,
    facts: Receiver<ServiceFact>,
    line: CutLine,
    questions: Questions,
    /// The question of whoever stands there: what others are told is on no screen.
    asked: Option<QuestionId>,
    /// The order on the screen, and the code that is shown.
    order: Option<Order>,
    shown: Option<String>,
}

pub struct World {
    folder: tempfile::TempDir,
    pub service: Service,
    keys: PaymentKeys,
    pub provider: Provider,
    pub booths: Vec<Booth>,
    dice: Rng,
    pub student: StudentRef,
    pub friend: StudentRef,
    collection: Collection,
    /// Every order that the student has made in this history.
    pub orders: Vec<Order>,
    seen: Vec<OrderId>,
    voucher: String,
    /// What the camera or the keypad refused.
    pub refused: u64,
}

fn scratch() -> tempfile::TempDir {
    // many thousand commits: in memory where the system has such a folder
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

impl World {
    pub fn new() -> Self {
        let folder = scratch();
        let service = Service::open(&folder.path().join("service.db")).unwrap();
        let keys = PaymentKeys::open(folder.path(), &service).unwrap();
        let provider = Provider::default();
        let school = Institution {
            code: "10559".parse().unwrap(),
            name_zh: "学校".into(),
            name_en: String::new(),
            aliases: Vec::new(),
        };
        service
            .write_now(|tx| books::institutions::put(tx, &[school]).map(drop))
            .unwrap();
        let booths = (0..2)
            .map(|n| Booth::new(n, &service, &provider, &keys))
            .collect();
        Self {
            folder,
            service,
            keys,
            provider,
            booths,
            dice: Rng::with_seed(0),
            student: StudentRef::new(""),
            friend: StudentRef::new(""),
            collection: collection(0),
            orders: Vec::new(),
            seen: Vec::new(),
            voucher: String::new(),
            refused: 0,
        }
    }

    /// Another collection, student and friend: what was before plays no part.
    pub fn begin(&mut self, seed: u64) {
        self.dice = Rng::with_seed(!seed);
        self.student = StudentRef::new(format!("{:016x}", seed.wrapping_mul(2)));
        self.friend = StudentRef::new(format!("{:016x}", seed.wrapping_mul(2) | 1));
        self.collection = collection(seed);
        (self.orders, self.seen) = (Vec::new(), Vec::new());
        self.provider.book().cut = Cut::Whole;
        let id = VoucherId::from_bytes(self.bytes());
        self.put_collection();
        let of = self.collection.id.clone();
        self.service
            .write_now(|tx| books::vouchers::issue(tx, id, &of, "proof"))
            .unwrap();
        self.voucher = Voucher::new(id, &of, seconds()).sign(&self.keys.signing);
        for n in 0..self.booths.len() {
            *self.booths[n].line.cut.lock().unwrap() = Cut::Whole;
            (self.booths[n].order, self.booths[n].shown) = (None, None);
            self.syncs(n);
        }
    }

    fn put_collection(&self) {
        let admits = books::catalogue::Admits::Everyone;
        self.service
            .write_now(|tx| books::catalogue::put(tx, &self.collection, admits))
            .unwrap();
    }

    pub fn bytes(&mut self) -> [u8; 16] {
        self.dice.u128(..).to_be_bytes()
    }

    pub fn payments(&self) -> Payments<'_> {
        Payments {
            store: &self.service,
            gateway: &self.provider,
            public_url: URL,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm a happening")]
    pub fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Asks(n) => self.asks(n),
            Happening::Buys(n) => {
                self.asks(n);
                self.works(n);
                self.scans(n);
                if let Some(id) = self.seen.last() {
                    self.provider.pay(*id);
                }
            }
            Happening::Works(n) => self.works(n),
            Happening::GivesUp(n) => self.gives_up(n),
            Happening::Leaves(n) => {
                self.booths[n].work.nobody_waits();
                (self.booths[n].order, self.booths[n].shown) = (None, None);
            }
            Happening::Scans(n) => self.scans(n),
            Happening::Pays(which) => {
                if let Some(id) = pick(&self.seen, which) {
                    self.provider.pay(id);
                }
            }
            Happening::Notice(which) => self.notice(which),
            Happening::ShowsReceipt(n, which) => self.shows_receipt(n, which, false),
            Happening::FriendShowsCopy(n, which) => self.shows_receipt(n, which, true),
            Happening::TypesDigits(n, which) => {
                if let Some(digits) = self.page_of(which).and_then(|shown| shown.digits) {
                    self.proves(n, &PaymentProof::Digits(CodeText::new(digits)));
                }
            }
            Happening::GuessesDigits(n) => {
                let guess = format!("{:09}", self.dice.u32(0..1_000_000_000));
                self.proves(n, &PaymentProof::Digits(CodeText::new(guess)));
            }
            Happening::ShowsVoucher(n) => self.proves(
                n,
                &PaymentProof::Scanned(CodeText::new(self.voucher.clone())),
            ),
            Happening::FriendShowsVoucher(n) => {
                let voucher = self.voucher.clone();
                self.friend_shows(n, &voucher);
            }
            Happening::Cash(n) => {
                if let Some(order) = self.booths[n].order.clone() {
                    let question = self.booths[n].questions.draw();
                    self.booths[n].work.cash(question, &order);
                    self.hears(n);
                }
            }
            Happening::Syncs(n) => self.syncs(n),
            Happening::PowerFails(n) => self.power_fails(n),
            Happening::Line(n, cut) => *self.booths[n].line.cut.lock().unwrap() = cut,
            Happening::Provider(cut) => self.provider.book().cut = cut,
            Happening::PriceChanges => {
                self.collection.price_version += 1;
                self.collection.fee = Fee::from_fen(1000 + self.collection.price_version);
                self.put_collection();
            }
            Happening::KeysRotate => {
                let (data, revoke) = (self.folder.path(), self.dice.bool());
                PaymentKeys::rotate(data, &self.service, &root_file(data), revoke).unwrap();
                self.keys = PaymentKeys::open(data, &self.service).unwrap();
            }
            Happening::ClockJumps => {
                let all = |tx: &rusqlite::Transaction<'_>| {
                    Ok(tx.execute("UPDATE orders SET expires_ms = 0", [])?)
                };
                self.service.write_now(all).unwrap();
            }
            Happening::StaffRefunds(which) => {
                if let Some(order) = self.order(which) {
                    // a rule may say no: then nothing changes
                    let _ = self.service.write_now(|tx| {
                        books::settlement::refund(tx, order.id, RefundReason::Withdrawn, "desk")
                    });
                }
            }
            Happening::HandsIn => self.hands_in(),
            Happening::NotApproved => self.is_decided("not_approved"),
            Happening::Approved => self.is_decided("approved"),
            Happening::DeskWithdraws => self.desk_withdraws(),
            Happening::Sweeps => self.sweeps(),
        }
    }

    fn order(&self, which: usize) -> Option<Order> {
        (!self.orders.is_empty()).then(|| self.orders[which % self.orders.len()].clone())
    }

    fn asks(&mut self, n: BoothNumber) {
        let known = self.booths[n].store.catalogue().unwrap();
        let Some(known) = known.collection(&self.collection.id).cloned() else {
            return;
        };
        let order = Order {
            id: OrderId::from_bytes(self.bytes()),
            student: self.student.clone(),
            collection: known.id,
            fee: known.fee,
            price_version: known.price_version,
        };
        let booth = &mut self.booths[n];
        let question = booth.questions.draw();
        booth.asked = Some(question);
        booth.work.open(question, &order);
        let open = booth.store.open_orders().unwrap();
        let mine = open
            .into_iter()
            .map(|open| open.order)
            .find(|open| open.student == order.student);
        if let Some(order) = &mine
            && !self.orders.iter().any(|known| known.id == order.id)
        {
            self.orders.push(order.clone());
        }
        (booth.order, booth.shown) = (mine, None);
        self.hears(n);
    }

    fn works(&mut self, n: BoothNumber) {
        for _ in 0..3 {
            self.booths[n].work.ask_due();
        }
        self.hears(n);
    }

    fn gives_up(&mut self, n: BoothNumber) {
        if let Some(order) = self.booths[n].order.take() {
            let question = self.booths[n].questions.draw();
            self.booths[n].work.close(question, &order);
            self.works(n);
        }
    }

    /// What the worker has told: codes to show, what was refused.
    fn hears(&mut self, n: BoothNumber) {
        let booth = &mut self.booths[n];
        while let Ok(fact) = booth.facts.try_recv() {
            match fact {
                ServiceFact::Answer(
                    question,
                    Answer::Payment(PaymentNews::Offered(code) | PaymentNews::Offline(code)),
                ) if booth.asked == Some(question) => {
                    booth.shown = Some(code.url);
                }
                ServiceFact::Answer(_, Answer::Payment(PaymentNews::NotTaken(problem))) => {
                    self.refused += u64::from(problem != PayProblem::KeysTaken);
                }
                ServiceFact::StoreTrouble(trouble) => panic!("{trouble:?}"),
                _ => {}
            }
        }
    }

    fn scans(&mut self, n: BoothNumber) {
        let Some(shown) = self.booths[n].shown.clone() else {
            return;
        };
        if let Some(id) = shown.strip_prefix("pay:") {
            self.seen.push(id.parse().unwrap());
        } else if let Some(code) = shown.strip_prefix("HTTPS://PHOTOS.EXAMPLE.EDU/O/")
            && let Ok((id, _)) = self.payments().open_code(code, "127.0.0.1")
        {
            self.seen.push(id);
        } else if let Some((_, id)) = shown.split_once("/p/") {
            self.seen.push(id.parse().unwrap());
        }
    }

    fn notice(&mut self, which: usize) {
        let Some(id) = pick(&self.seen, which) else {
            return;
        };
        let paid = self
            .provider
            .book()
            .trades
            .get(&id)
            .and_then(|trade| trade.paid.clone());
        if let Some(evidence) = paid {
            // an order that the service does not know is refused, and the notice comes again
            let _ = self.payments().noticed(id, &evidence);
        }
    }

    /// The page of an order, as a phone opens it.
    fn page_of(&self, which: usize) -> Option<Shown> {
        let id = pick(&self.seen, which)?;
        let _ = self.payments().refresh(id);
        receipts::of(&self.service, &self.keys, 1, id).unwrap()
    }

    fn shows_receipt(&mut self, n: BoothNumber, which: usize, by_friend: bool) {
        let Some(shown) = self.page_of(which) else {
            return;
        };
        if by_friend {
            self.friend_shows(n, &shown.receipt);
        } else {
            self.proves(n, &PaymentProof::Scanned(CodeText::new(shown.receipt)));
        }
    }

    fn friend_shows(&mut self, n: BoothNumber, text: &str) {
        let order = Order {
            id: OrderId::from_bytes(self.bytes()),
            student: self.friend.clone(),
            collection: self.collection.id.clone(),
            fee: self.collection.fee,
            price_version: self.collection.price_version,
        };
        let booth = &mut self.booths[n];
        let question = booth.questions.draw();
        booth.work.open(question, &order);
        booth.work.prove(
            question,
            &order,
            &PaymentProof::Scanned(CodeText::new(text.to_owned())),
        );
        booth.work.close(question, &order);
        self.hears(n);
    }

    fn proves(&mut self, n: BoothNumber, proof: &PaymentProof) {
        let booth = &mut self.booths[n];
        if let Some(order) = booth.order.clone() {
            let question = booth.questions.draw();
            booth.work.prove(question, &order, proof);
            self.hears(n);
        }
    }

    fn syncs(&mut self, n: BoothNumber) {
        let booth = &self.booths[n];
        if *booth.line.cut.lock().unwrap() == Cut::Before {
            return;
        }
        for (place, report) in booth.store.unsent_payment_reports().unwrap() {
            match self.payments().report(booth.key.booth, &report) {
                Ok(_) if *booth.line.cut.lock().unwrap() == Cut::Whole => {
                    booth
                        .store
                        .payment_report_sent(place, gradbooth::clock::utc())
                        .unwrap();
                }
                Ok(_) | Err(PaymentError::Silent(_)) => return,
                Err(PaymentError::Store(error)) => panic!("{error}"),
            }
        }
        loop {
            let (epoch, cursor) = (self.service.epoch().unwrap(), booth.store.cursor().unwrap());
            let changes = self
                .service
                .read_now(|tx| books::changes::after(tx, epoch, &cursor, booth.key.booth))
                .unwrap();
            if let (Some(text), Some(root)) =
                (&changes.payment_keys, booth.key.payment_root().unwrap())
                && let Ok(keys) = gradbooth::wire::offline::Keyset::open(text, &root)
            {
                booth.store.keep_payment_keys(keys.number, text).unwrap();
            }
            booth
                .store
                .apply(&changes, gradbooth::clock::utc())
                .unwrap();
            if !changes.more {
                break;
            }
        }
    }

    fn power_fails(&mut self, n: BoothNumber) {
        let booth = self.booths.remove(n);
        self.booths.insert(n, booth.restarted());
    }

    fn sweeps(&self) {
        self.payments().close_expired().unwrap();
        self.payments().pay_back().unwrap();
    }

    /// Everything works again, and everybody waits until nothing changes any more.
    pub fn settles_down(&mut self) {
        self.provider.book().cut = Cut::Whole;
        for booth in &self.booths {
            *booth.line.cut.lock().unwrap() = Cut::Whole;
        }
        for _ in 0..2 {
            for n in 0..self.booths.len() {
                for order in self.booths[n].store.open_orders().unwrap() {
                    let question = self.booths[n].questions.draw();
                    self.booths[n].work.close(question, &order.order);
                }
                for _ in 0..6 {
                    self.booths[n].work.ask_due();
                }
                self.hears(n);
                self.syncs(n);
            }
            for id in self.seen.clone() {
                let _ = self.payments().close(id);
            }
            self.sweeps();
        }
        for n in 0..self.booths.len() {
            self.syncs(n);
        }
    }

    pub fn collection_id(&self) -> CollectionId {
        self.collection.id.clone()
    }
}

impl Booth {
    fn new(n: u8, service: &Service, provider: &Provider, keys: &PaymentKeys) -> Self {
        let (id, token) = (BoothId::from_bytes([n + 1; 16]), format!("token {n}"));
        let signing = ed25519_dalek::SigningKey::from_bytes(&[n + 1; 32]);
        let own = (token.as_str(), &signing.verifying_key());
        service
            .write_now(|tx| books::booths::enrol(tx, id, "booth", own))
            .unwrap();
        let list = PaymentKeys::list(service).unwrap().unwrap();
        let public = signing.verifying_key();
        let review = ReviewSecretKey::from_bytes(&[6; 32]).unwrap().public();
        let key = BoothKey::new(
            (id, "booth"),
            (token, &signing),
            (&public, &review),
            (1, &[1; 32]),
            &public,
        )
        .believing(&keys.root, list);
        let line = CutLine {
            service: service.clone(),
            provider: provider.clone(),
            booth: id,
            cut: Arc::default(),
        };
        Self::on(scratch(), key, line)
    }

    fn on(folder: tempfile::TempDir, key: BoothKey, line: CutLine) -> Self {
        let store = Store::open(folder.path(), &StateKey::from_bytes([3; 32])).unwrap();
        let (sender, facts) = sync_channel(4096);
        let rhythm = Rhythm {
            poll: Duration::ZERO,
            unattended_poll: Duration::ZERO,
            pull: Duration::ZERO,
            retry: Pace {
                least: Duration::ZERO,
                most: Duration::ZERO,
            },
        };
        let offline = OfflinePayment::of(&key, URL, 1_000_000_000).unwrap();
        let mut work = Work::new(
            store.clone(),
            line.clone(),
            Facts::new(sender, Arc::new(|| {})),
            rhythm,
            offline,
        );
        work.take_up();
        Self {
            folder,
            key,
            store,
            work,
            facts,
            line,
            questions: Questions::default(),
            asked: None,
            order: None,
            shown: None,
        }
    }

    pub const fn id(&self) -> BoothId {
        self.key.booth
    }

    /// Whatever was not durable is gone.
    fn restarted(self) -> Self {
        let Self {
            folder,
            key,
            store,
            work,
            facts,
            line,
            ..
        } = self;
        drop((store, work, facts));
        Self::on(folder, key, line)
    }
}

fn collection(seed: u64) -> Collection {
    Collection {
        id: CollectionId(format!("proof-{seed}")),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: String::new(),
        title_en: String::new(),
        opens: date(2020, 1, 1),
        closes: date(2100, 1, 1),
        fee: Fee::from_fen(1000),
        price_version: 1,
        terms: PaymentTerms {
            cash: true,
            ..PaymentTerms::default()
        },
        background: Background::LightBlue,
        straighten: false,
        glasses: ClearGlasses::Allowed,
        picture_age_days: gradbooth::domain::collection::RECENT_DAYS,
        album: false,
    }
}

fn seconds() -> u32 {
    u32::try_from(gradbooth::clock::utc().as_second()).unwrap()
}

fn pick(seen: &[OrderId], which: usize) -> Option<OrderId> {
    (!seen.is_empty()).then(|| seen[which % seen.len()])
}
