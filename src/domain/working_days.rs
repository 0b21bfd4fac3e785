//! The Chinese working-day calendar: weekends, public holidays and make-up days.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Days on which the calendar differs from Monday to Friday. Published each autumn by the State Council for
/// the next year; the service keeps it and booths receive it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WorkingDays {
    /// Weekdays on which nobody works.
    pub holidays: Vec<Date>,
    /// Weekend days on which everybody works (调休).
    pub make_up_days: Vec<Date>,
}

impl WorkingDays {
    /// Somebody reviews on this day.
    pub fn is_working(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if weekend {
            self.make_up_days.contains(&day)
        } else {
            !self.holidays.contains(&day)
        }
    }

    /// The day by which a review promised within `days` working days is due: the day of submission does not count.
    pub fn due(&self, submitted: Date, days: u32) -> Date {
        let mut day = submitted;
        let mut left = days;
        while left > 0 {
            let Ok(next) = day.tomorrow() else { return day };
            day = next;
            left -= u32::from(self.is_working(day));
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_and_holidays_are_skipped_and_make_up_days_count() {
        let plain = WorkingDays::default();
        assert_eq!(plain.due(date(2026, 11, 20), 2), date(2026, 11, 24)); // Friday -> Tuesday
        let golden_week = WorkingDays {
            holidays: (1..=7).map(|day| date(2026, 10, day)).collect(),
            make_up_days: vec![date(2026, 10, 10)],
        };
        assert_eq!(golden_week.due(date(2026, 9, 30), 3), date(2026, 10, 10));
    }
}
