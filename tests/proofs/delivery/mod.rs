//! No submission lost, none doubled, none readable by a thief: the real booth in a process of its own, the real service,
//! and between them everything that goes wrong in a year at a campus. What is true afterwards is read from the two
//! databases and from nowhere else.
//!
//! | what is promised | shown by |
//! |---|---|
//! | 1 a kill at any instruction | `kills::killed_at_every_operation_nothing_is_lost`, `killed_at_random_moments_nothing_is_lost` |
//! | 2 a power cut | `kills::the_power_is_cut_at_every_operation_and_nothing_is_lost` |
//! | 3 one row an id | `service::sealed::sixteen_deliveries_at_once_..`, `service::delivery::sixty_four_deliveries_at_once_..` |
//! | 4 the same receipt bytes | `service::delivery::the_same_submission_gets_the_same_receipt_bytes_and_is_there_once` |
//! | 5, 18 the line cut at any byte | `lines::a_cut_line_costs_at_most_a_chunk` |
//! | 6, 7 5xx, 429, half bodies, portals | `lines::whoever_answers_in_the_services_place_is_never_believed`, `delivery::queue` |
//! | 8 certificates | `certificates::to_a_wrong_certificate_not_a_byte_is_said_and_nothing_is_lost` |
//! | 9 not known any more | `delivery::queue::a_revoked_booth_waits_and_says_so_and_drains_after_enrolment` |
//! | 10 one poison item | `delivery::queue::one_that_always_fails_never_blocks_the_others`, `a_refused_one_is_held_..` |
//! | 11 clocks | `histories`, `certificates` |
//! | 12, 21 full, read-only, failing disks | `histories`; no new session without room: `journeys::offline` |
//! | 13 every past file | `delivery::older`; newer ones: `store::opening::a_newer_schema_is_refused_and_left_as_it_was` |
//! | 14 flipped bytes | `flips::a_flipped_byte_is_never_delivered_and_the_rest_is_salvaged` |
//! | 15 a service restored from a backup | `store::catalogue::a_restored_service_is_offered_again_what_is_still_here` |
//! | 16 two processes | `kills::two_processes_never_work_on_one_queue` |
//! | 17 first complete contents win | `service::sealed::another_envelope_under_the_same_id_is_refused_and_both_are_kept` |
//! | 19 a verdict while offline | `service::delivery::a_verdict_comes_down_once_and_the_first_one_stands` |
//! | 20 a stick | `service::sealed::a_stick_and_a_later_delivery_are_the_same_submission` |
//! | 22 a month offline | `offline::a_month_offline_drains_whole_and_in_order`; the live view meanwhile: `cargo bench --bench queue` |
//! | nothing readable at any moment | `thief`, looked for by all of the above |

mod booth;
mod certificates;
mod child;
mod disk;
mod flips;
mod histories;
mod kills;
mod line;
mod lines;
mod office;
mod offline;
mod thief;
mod tls;
mod verdict;
