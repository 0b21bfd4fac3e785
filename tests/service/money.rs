//! The finance office's commands, as the command line runs them.

use crate::bench::Bench;
use clap::Parser as _;
use gradbooth::domain::OrderState;
use gradbooth::review::commands::{Cli, CommandError, run};
use gradbooth::wire::{KnownStudent, OrderStatus, paths};
use std::path::Path;

/// Runs a command of the service's program; gives what it printed.
fn command(bench: &Bench, name: &str, rest: &[&str]) -> Result<String, CommandError> {
    let data = bench.folder.path().display().to_string();
    let words = ["gradbooth-review", name, "--data", &data];
    let mut out = Vec::new();
    run(Cli::parse_from(words.iter().chain(rest)), &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_order_is_in_the_books_and_its_money_goes_back_with_the_right() {
    let bench = Bench::new();
    let order = bench.order(1);
    bench.put_order(&order);
    let id = order.id.to_string();
    let unpaid = command(&bench, "refund", &[&id, "--why", "withdrawn"]);
    assert!(unpaid.is_err(), "nobody has paid");
    let pay = format!("{}/p/{id}/pay", bench.url);
    assert_eq!(bench.http.post(pay).send().unwrap().status(), 303);

    let csv = bench.folder.path().join("books.csv");
    let said = command(&bench, "reconcile", &["--out", text(&csv)]).unwrap();
    assert!(
        said.contains("agree") && said.contains("1 orders"),
        "{said}"
    );
    let books = std::fs::read_to_string(&csv).unwrap();
    let line = books.lines().find(|line| line.contains(&id)).unwrap();
    assert!(books.starts_with("\u{feff}order,receipt,"));
    assert!(
        line.contains("\"20.00\"") && line.contains("\"settled\",\"yes\""),
        "{line}"
    );

    for _ in 0..2 {
        // the same word again gives nothing back a second time
        let said = command(&bench, "refund", &[&id, "--why", "withdrawn"]).unwrap();
        assert!(
            said.contains("¥20.00 goes back through simulated"),
            "{said}"
        );
    }
    assert_eq!(bench.rows("refunds"), 1);
    let status: OrderStatus = bench.get(&paths::order(order.id));
    assert_eq!(status.state, OrderState::Refunded);
    let known: KnownStudent = bench.get(&paths::student(&order.student));
    assert!(known.entitlements.is_empty());
    command(&bench, "reconcile", &["--out", text(&csv)]).unwrap();
    let books = std::fs::read_to_string(&csv).unwrap();
    assert!(
        books.contains("\"refunded\",\"no\",\"\",\"20.00\""),
        "{books}"
    );
}

#[test]
fn a_bill_is_read_and_what_the_books_do_not_have_is_finances_to_settle() {
    let bench = Bench::new();
    let bill = bench.folder.path().join("bill.csv");
    let lines = "\u{feff}交易时间,公众账号ID,微信订单号,商户订单号,交易状态,应结订单金额,退款金额\n\
        `2026-11-24 16:00:00,`wx1,`4200001,`0202,`SUCCESS,`20.00,`0.00\n\
        总交易单数,应结订单总金额\n`1,`20.00\n";
    std::fs::write(&bill, lines).unwrap();
    for _ in 0..2 {
        let said = command(&bench, "read-bill", &[text(&bill)]).unwrap();
        assert!(said.starts_with("1 lines were read."), "{said}");
        let found = said.lines().filter(|line| line.contains("4200001"));
        assert_eq!(found.count(), 1, "{said}");
        assert!(said.contains("bill_without_payment\tfinance"), "{said}");
    }
    std::fs::write(&bill, "name,amount\n`a,`1\n").unwrap();
    let refused = command(&bench, "read-bill", &[text(&bill)]).unwrap_err();
    assert_eq!(refused.exit_code(), 2);
    let missing = bench.folder.path().join("no such bill");
    assert_eq!(
        command(&bench, "read-bill", &[text(&missing)])
            .unwrap_err()
            .exit_code(),
        2
    );
}

#[test]
fn vouchers_are_printed_once_they_count() {
    let bench = Bench::new();
    let collection = bench.order(1).collection.0;
    let page = bench.folder.path().join("vouchers.html");
    let print = |of: &str| {
        command(
            &bench,
            "issue-vouchers",
            &["--collection", of, "--count", "3", "--out", text(&page)],
        )
    };
    assert!(print("no such collection").is_err());
    assert!(!page.exists() && bench.rows("vouchers") == 0);
    assert!(print(&collection).unwrap().starts_with("3 vouchers"));
    let sheet = std::fs::read_to_string(&page).unwrap();
    assert_eq!(sheet.matches("<svg").count(), 3);
    assert_eq!(bench.rows("vouchers"), 3);
}
