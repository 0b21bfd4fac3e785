//! What the finance office reads and writes as files: the books as CSV, and the bill of the provider. Text in and text
//! out; asks no database and decides nothing.

use super::store::books::{BillLine, BookRow};
use super::store::columns::word;

/// With a byte order mark, so that spreadsheets read it as UTF-8; amounts in yuan.
pub fn as_csv(rows: &[BookRow]) -> String {
    let mut text = String::from(
        "\u{feff}order,receipt,collection,made_at,asked,gateway,provider_number,paid,paid_at,billed,state,has_right,right_by,refund,refund_state\r\n",
    );
    for row in rows {
        let fields = [
            row.order.to_string(),
            row.receipt_number.clone(),
            row.collection.clone(),
            row.made_at.to_string(),
            yuan(row.asked_fen),
            row.gateway.clone(),
            row.provider_number.clone(),
            yuan(row.paid_fen),
            row.paid_at.map(|at| at.to_string()).unwrap_or_default(),
            row.billed_fen.map(yuan).unwrap_or_default(),
            word(&row.state).unwrap_or_default(),
            if row.right_by.is_empty() { "no" } else { "yes" }.to_owned(),
            row.right_by.clone(),
            yuan(row.refund_fen),
            row.refund_state.clone(),
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// Fen as yuan, `20.00`.
pub fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// A field that a spreadsheet reads as what it is: no formula, no break.
fn quoted(field: &str) -> String {
    let field = field.replace('"', "\"\"");
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{field}\"", if is_formula { "'" } else { "" })
}

/// The lines of a bill of WeChat Pay (交易账单): a header, values behind a backtick, and two lines of totals at the end.
/// `None` when it is no such bill.
pub fn bill_lines(text: &str) -> Option<Vec<BillLine>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let header: Vec<&str> = lines.next()?.split(',').map(str::trim).collect();
    let column = |name: &str| header.iter().position(|column| *column == name);
    let (number, order) = (column("微信订单号")?, column("商户订单号")?);
    let (paid, refunded) = (column("应结订单金额")?, column("退款金额")?);
    let mut found = Vec::new();
    for line in lines.take_while(|line| line.starts_with('`')) {
        let fields: Vec<&str> = line
            .split(',')
            .map(|field| field.trim_start_matches('`').trim())
            .collect();
        found.push(BillLine {
            provider_number: (*fields.get(number)?).to_owned(),
            order: (*fields.get(order)?).to_owned(),
            paid_fen: fen(fields.get(paid)?)?,
            refunded_fen: fen(fields.get(refunded)?)?,
        });
    }
    Some(found)
}

/// `20.00` in fen, without a float.
fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, "0"));
    let part = format!("{part:0<2}");
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if part.len() != 2 || !figures(whole) || !figures(&part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(100)?.checked_add(part.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_is_read_by_the_names_of_its_columns() {
        let bill = "\u{feff}交易时间,公众账号ID,微信订单号,商户订单号,交易状态,应结订单金额,退款金额\n`2026-11-24 16:00:00,`wx1,`4200001,`0202,`SUCCESS,`20.00,`0.00\n`2026-11-24 16:01:00,`wx1,`4200002,`0303,`REFUND,`0.00,`20.5\n总交易单数,应结订单总金额\n`2,`20.00\n";
        let lines = bill_lines(bill).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(
            (lines[0].provider_number.as_str(), lines[0].paid_fen),
            ("4200001", 2000)
        );
        assert_eq!(lines[1].refunded_fen, 2050);
        assert_eq!(bill_lines("name,amount\n`a,`1\n"), None);
    }

    #[test]
    fn an_amount_is_figures_and_nothing_else() {
        assert_eq!(fen("20"), Some(2000));
        for wrong in ["", "-1.00", "1.-5", "1.234", "9223372036854775807", "１"] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_spreadsheet_takes_no_field_for_a_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(quoted(""), "\"\"");
    }
}
