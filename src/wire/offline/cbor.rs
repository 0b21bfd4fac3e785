//! The little of CBOR (RFC 8949) that receipts, vouchers and keysets are made of: whole numbers, byte and text strings,
//! arrays, maps and tags of a known size. Reading is strict: the shortest form only, definite lengths only, nothing
//! after the end, so that nothing has two spellings. It allocates nothing, recurses nowhere, and every length is
//! checked against what is there. (A whole CBOR library reads far more than this, and has to be told not to.)

/// Writes in the deterministic form.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub fn number(mut self, value: u64) -> Self {
        self.head(0, value);
        self
    }

    /// A negative number: -1 is `below(0)`.
    pub fn below(mut self, minus_one_minus: u64) -> Self {
        self.head(1, minus_one_minus);
        self
    }

    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.head(2, bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    pub fn text(mut self, text: &str) -> Self {
        self.head(3, text.len() as u64);
        self.0.extend(text.as_bytes());
        self
    }

    /// So many values follow.
    pub fn array(mut self, values: usize) -> Self {
        self.head(4, values as u64);
        self
    }

    /// So many pairs follow; the caller keeps their order.
    pub fn map(mut self, pairs: usize) -> Self {
        self.head(5, pairs as u64);
        self
    }

    pub fn tag(mut self, tag: u64) -> Self {
        self.head(6, tag);
        self
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }

    fn head(&mut self, major: u8, value: u64) {
        let bytes = value.to_be_bytes();
        let (low, tail): (u8, &[u8]) = match value {
            0..24 => (value as u8, &[]),
            24..0x100 => (24, &bytes[7..]),
            0x100..0x1_0000 => (25, &bytes[6..]),
            0x1_0000..0x1_0000_0000 => (26, &bytes[4..]),
            _ => (27, &bytes),
        };
        self.0.push((major << 5) | low);
        self.0.extend(tail);
    }
}

/// Reads what [`Writer`] wrote; `None` at the first thing that does not fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn number(&mut self) -> Option<u64> {
        self.head(0)
    }

    pub fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.head(2)?).ok()?;
        self.take(length)
    }

    /// A byte string of exactly this length.
    pub fn exactly<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes()?.try_into().ok()
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.head(3)?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// An array of at most so many values: how many.
    pub fn array_up_to(&mut self, most: u64) -> Option<u64> {
        self.head(4).filter(|values| *values <= most)
    }

    pub fn array(&mut self, values: u64) -> Option<()> {
        (self.head(4)? == values).then_some(())
    }

    pub fn map(&mut self, pairs: u64) -> Option<()> {
        (self.head(5)? == pairs).then_some(())
    }

    /// This number and no other: the key of a map.
    pub fn key(&mut self, key: u64) -> Option<()> {
        (self.number()? == key).then_some(())
    }

    /// This negative number and no other.
    pub fn key_below(&mut self, minus_one_minus: u64) -> Option<()> {
        (self.head(1)? == minus_one_minus).then_some(())
    }

    pub fn tag(&mut self, tag: u64) -> Option<()> {
        (self.head(6)? == tag).then_some(())
    }

    /// Nothing may follow.
    pub fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn head(&mut self, major: u8) -> Option<u64> {
        let (&first, rest) = self.0.split_first()?;
        if first >> 5 != major {
            return None;
        }
        let (length, least) = match first & 31 {
            low @ 0..24 => {
                self.0 = rest;
                return Some(u64::from(low));
            }
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            _ => return None,
        };
        let (digits, rest) = rest.split_at_checked(length)?;
        let value = digits
            .iter()
            .fold(0_u64, |value, digit| (value << 8) | u64::from(*digit));
        self.0 = rest;
        (value >= least).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_longer_spelling_of_the_same_number_is_refused() {
        assert_eq!(Reader::new(&[0x17]).number(), Some(23));
        assert_eq!(Reader::new(&[0x18, 24]).number(), Some(24));
        for spelled in [&[0x18, 23][..], &[0x19, 0, 24], &[0x1f], &[0x1c], &[0x18]] {
            assert_eq!(Reader::new(spelled).number(), None, "{spelled:x?}");
        }
        assert_eq!(
            Reader::new(&[0x5b, 255, 255, 255, 255, 255, 255, 255, 255]).bytes(),
            None
        );
        assert_eq!(Reader::new(&[0x62, 0xff, 0xff]).text(), None, "not UTF-8");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in any::<u64>(), bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let written = Writer::default().tag(18).array(2).number(number).bytes(&bytes).done();
            let mut reader = Reader::new(&written);
            prop_assert!(reader.tag(18).is_some() && reader.array(2).is_some());
            prop_assert_eq!(reader.number(), Some(number));
            prop_assert_eq!(reader.bytes(), Some(&bytes[..]));
            prop_assert!(reader.end().is_some());
        }
    }
}
