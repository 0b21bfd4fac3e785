//! The working-day calendar of 2026, from the State Council's notice on public holidays of that year
//! (国务院办公厅关于2026年部分节假日安排的通知, published November 2025). A later year comes with its own notice.

use crate::domain::working_days::WorkingDays;
use jiff::civil::{Date, date};

/// First and last day of each holiday of 2026.
const HOLIDAYS: [(Date, Date); 7] = [
    (date(2026, 1, 1), date(2026, 1, 3)),   // New Year
    (date(2026, 2, 15), date(2026, 2, 23)), // Spring Festival
    (date(2026, 4, 4), date(2026, 4, 6)),   // Qingming
    (date(2026, 5, 1), date(2026, 5, 5)),   // Labour Day
    (date(2026, 6, 19), date(2026, 6, 21)), // Dragon Boat Festival
    (date(2026, 9, 25), date(2026, 9, 27)), // Mid-Autumn Festival
    (date(2026, 10, 1), date(2026, 10, 7)), // National Day
];
/// Weekend days on which people work instead.
const MAKE_UP_DAYS: [Date; 6] = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
];

/// The calendar of 2026.
pub(super) fn of_2026() -> WorkingDays {
    let days = |(first, last): (Date, Date)| {
        first
            .series(jiff::Span::new().days(1))
            .take_while(move |day| *day <= last)
    };
    WorkingDays {
        holidays: HOLIDAYS.into_iter().flat_map(days).collect(),
        make_up_days: MAKE_UP_DAYS.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn make_up_days_are_weekends_and_the_year_has_its_holidays() {
        let calendar = of_2026();
        assert_eq!(calendar.holidays.len(), 3 + 9 + 3 + 5 + 3 + 3 + 7);
        let plain = WorkingDays::default();
        assert!(
            calendar
                .make_up_days
                .iter()
                .all(|day| !plain.is_working(*day) && calendar.is_working(*day))
        );
        assert!(!calendar.is_working(date(2026, 10, 7)) && calendar.is_working(date(2026, 10, 8)));
    }
}
