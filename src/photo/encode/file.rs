//! The bytes: one baseline scan of all colours (ITU-T T.81, annexes B and F), the density in a JFIF header (T.871), and
//! nothing else.

use super::block::{AREA, SIDE};
use super::huffman::{Counts, Table};
use super::rounding::Steps;

/// Frequencies from coarse to fine, as places in a block (T.81, figure A.6).
#[rustfmt::skip]
const ZIGZAG: [usize; AREA] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
    62, 63,
];
/// So many zeros in a row are one symbol.
const LONGEST_RUN: u8 = 16;
const RUN_OF_ZEROS: u8 = 0xf0;
const REST_IS_ZERO: u8 = 0x00;

/// One plane in whole steps.
pub struct Component {
    /// Blocks in a row.
    pub across: usize,
    /// Rows of blocks.
    pub down: usize,
    /// Row by row.
    pub blocks: Vec<Steps>,
}

/// What a file is made of.
pub struct Contents<'a> {
    /// Pixels each way; JPEG counts to 65535, and no preset comes near.
    pub size: [usize; 2],
    /// In its header.
    pub density_dpi: u16,
    /// Sizes of the steps of light and of colour.
    pub steps: &'a [[u8; AREA]; 2],
    /// Blocks of light each way for one of colour.
    pub unit: usize,
    /// Light and both colours.
    pub components: [Component; 3],
}

/// Writes it, with the codes that are best for it.
pub fn written(contents: &Contents<'_>) -> Vec<u8> {
    let mut counts = [Counts::NONE; TABLES];
    let mut symbols = Vec::new();
    contents.each_symbol(|table, symbol, extra, bits| {
        counts[table].add(symbol);
        symbols.push((table, symbol, extra, bits));
    });
    let tables = counts.map(|counts| Table::best(&counts));
    let mut bytes = head(contents, &tables);
    let mut scan = Scan {
        bytes: &mut bytes,
        waiting: 0,
        bits: 0,
    };
    for (table, symbol, extra, bits) in symbols {
        let (code, length) = tables[table].code(symbol);
        scan.put(u32::from(code) << bits | u32::from(extra), length + bits);
    }
    scan.end();
    bytes
}

/// For steps of blocks' means and of their frequencies, of light and of colour.
const TABLES: usize = 4;

impl Contents<'_> {
    /// Each symbol of the scan: its table, itself, and the bits after it.
    fn each_symbol(&self, mut take: impl FnMut(usize, u8, u16, u8)) {
        let [light, blue, red] = &self.components;
        let mut means = [0; 3];
        for place in 0..blue.across * blue.down {
            let (column, row) = (place % blue.across, place / blue.across);
            for part in 0..self.unit * self.unit {
                let (x, y) = (
                    column * self.unit + part % self.unit,
                    row * self.unit + part / self.unit,
                );
                symbols(
                    &light.blocks[y * light.across + x],
                    &mut means[0],
                    &mut take,
                );
            }
            symbols(&blue.blocks[place], &mut means[1], |kind, s, e, b| {
                take(2 + kind, s, e, b);
            });
            symbols(&red.blocks[place], &mut means[2], |kind, s, e, b| {
                take(2 + kind, s, e, b);
            });
        }
    }
}

/// The symbols of one block (T.81, F.1.2): `mean` is that of the block before.
fn symbols(block: &Steps, mean: &mut i16, mut take: impl FnMut(usize, u8, u16, u8)) {
    let (extra, bits) = magnitude(block[0] - *mean);
    *mean = block[0];
    take(0, bits, extra, bits);
    // most blocks are nothing but wall
    if block[1..].iter().fold(0, |any, value| any | value) == 0 {
        take(1, REST_IS_ZERO, 0, 0);
        return;
    }
    // a bit for each frequency that is there, so that zeros cost nothing
    let mut there = 0_u64;
    for (k, place) in ZIGZAG.iter().enumerate().skip(1) {
        there |= u64::from(block[*place] != 0) << k;
    }
    let mut next = 1;
    while there != 0 {
        let k = there.trailing_zeros();
        there &= there - 1;
        let mut zeros = (k - next) as u8;
        next = k + 1;
        while zeros >= LONGEST_RUN {
            take(1, RUN_OF_ZEROS, 0, 0);
            zeros -= LONGEST_RUN;
        }
        let (extra, bits) = magnitude(block[ZIGZAG[k as usize]]);
        take(1, zeros << 4 | bits, extra, bits);
    }
    if next < AREA as u32 {
        take(1, REST_IS_ZERO, 0, 0);
    }
}

/// A value's last bits and how many they are; of a negative one, those of the value less one.
fn magnitude(value: i16) -> (u16, u8) {
    let bits = 16 - value.unsigned_abs().leading_zeros();
    let value = value - i16::from(value < 0);
    ((value & ((1 << bits) - 1)) as u16, bits as u8)
}

/// Everything before the scan.
fn head(contents: &Contents<'_>, tables: &[Table; TABLES]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    let [density_high, density_low] = contents.density_dpi.to_be_bytes();
    let mut jfif = b"JFIF\0\x01\x01\x01".to_vec();
    jfif.extend([density_high, density_low, density_high, density_low, 0, 0]);
    segment(&mut bytes, 0xe0, &jfif);
    for (number, steps) in (0..).zip(contents.steps) {
        let in_order = ZIGZAG.map(|place| steps[place]);
        segment(&mut bytes, 0xdb, &[&[number], in_order.as_slice()].concat());
    }
    let [[width_high, width_low], [height_high, height_low]] =
        contents.size.map(|pixels| (pixels as u16).to_be_bytes());
    let unit = contents.unit as u8;
    let frame = [
        SIDE as u8,
        height_high,
        height_low,
        width_high,
        width_low,
        3, // components: number, samples each way, steps
        1,
        unit << 4 | unit,
        0,
        2,
        0x11,
        1,
        3,
        0x11,
        1,
    ];
    segment(&mut bytes, 0xc0, &frame);
    // numbers of tables: means 0 and 1, frequencies 16 and 17
    for (number, table) in [0x00, 0x10, 0x01, 0x11].into_iter().zip(tables) {
        segment(
            &mut bytes,
            0xc4,
            &[&[number], table.of_length.as_slice(), &table.symbols].concat(),
        );
    }
    segment(&mut bytes, 0xda, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    bytes
}

fn segment(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    bytes.extend([0xff, marker]);
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
}

/// Bits into bytes.
struct Scan<'a> {
    bytes: &'a mut Vec<u8>,
    waiting: u64,
    bits: u8,
}

impl Scan<'_> {
    fn put(&mut self, value: u32, bits: u8) {
        self.waiting = self.waiting << bits | u64::from(value);
        self.bits += bits;
        while self.bits >= 8 {
            self.bits -= 8;
            let byte = (self.waiting >> self.bits) as u8;
            self.bytes.push(byte);
            if byte == 0xff {
                // else it would be a marker
                self.bytes.push(0);
            }
        }
        self.waiting &= (1 << self.bits) - 1;
    }

    /// Fills the last byte with ones and ends the file.
    fn end(mut self) {
        self.put(0x7f, 7);
        self.bytes.extend([0xff, 0xd9]);
    }
}
