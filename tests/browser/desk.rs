//! The finance office at its desk: looks at the books, finds an order, gives money back.

use crate::bench::Bench;
use crate::driver::{Browser, Window};
use gradbooth::domain::OrderState;
use gradbooth::wire::{OrderStatus, paths};

#[test]
fn the_finance_office_gives_money_back() {
    let bench = Bench::new();
    let browser = Browser::open(Window::Desk);
    let orders: Vec<_> = (1..6).map(|byte| bench.order(byte)).collect();
    for order in &orders {
        assert_eq!(bench.put_order(order).status(), 200);
    }
    for order in &orders[..3] {
        let pay = format!("{}/p/{}/pay", bench.url, order.id);
        assert_eq!(bench.http.post(pay).send().unwrap().status(), 303);
    }
    let passwords = std::fs::read_to_string(bench.folder.path().join("demo-passwords.txt"));
    let passwords = passwords.unwrap();
    let line = passwords
        .lines()
        .find_map(|line| line.strip_prefix("finance\t"));
    browser.go(&format!("{}/login?lang=en", bench.url));
    browser.types("input[name=name]", "finance");
    browser.types("input[name=password]", line.unwrap());
    browser.touch("main form button");
    browser.waits_for("Money, orders and rights agree.");
    browser.picture("books-en");
    browser.types("input[name=find]", &orders[0].id.short());
    browser.touch("form.find button");
    browser.touch("a.row");
    browser.waits_for("Give the money back");
    browser.picture("book-order-en");
    browser.touch("input[value=unusable]");
    browser.touch("form.refund button");
    browser.waits_for("Refund decided");
    let status: OrderStatus = bench.get(&paths::order(orders[0].id));
    assert_eq!(status.state, OrderState::Refunded);
    browser.go(&format!("{}/books?lang=zh-CN", bench.url));
    browser.waits_for("已退款");
    browser.picture("books-zh-CN");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
