//! The form of a finished file: what a standard asks of the bytes themselves, whoever is in the picture.
//!
//! The engine asks this of what it has just encoded, the service of what arrives, in the same words. It looks at no
//! face; that part of the check stands in `recheck`.

use super::recheck::CheckError;
use crate::standard::Preset;
use crate::vision::Picture;

/// A file of the right form.
pub struct Form {
    /// The decoded picture.
    pub picture: Picture,
    /// Density in its header, in dots per inch.
    pub density_dpi: u16,
}

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const FRAME_BASELINE: u8 = 0xc0;
const SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;
const FIRST_AFTER_JFIF: u8 = 0xe1;
const LAST_APPLICATION: u8 = 0xef;

/// Reads a finished file; the error names the first thing that is not as the standard wants it.
pub fn form(bytes: &[u8], preset: &Preset) -> Result<Form, CheckError> {
    let picture = Picture::decode(bytes)?;
    if (picture.width(), picture.height()) != (preset.width_px, preset.height_px) {
        return Err(CheckError::Wrong("size in pixels"));
    }
    if !preset.file_bytes.contains(&bytes.len()) {
        return Err(CheckError::Wrong("size in bytes"));
    }
    let density_dpi = density(bytes).ok_or(CheckError::Wrong("header"))?;
    if density_dpi != preset.density_dpi {
        return Err(CheckError::Wrong("density"));
    }
    if !is_plain(bytes) {
        return Err(CheckError::Wrong("contents beside the picture"));
    }
    Ok(Form {
        picture,
        density_dpi,
    })
}

/// The density in the JFIF header, in dots per inch.
fn density(jpeg: &[u8]) -> Option<u16> {
    match jpeg {
        [
            0xff,
            START,
            0xff,
            0xe0,
            _,
            _,
            b'J',
            b'F',
            b'I',
            b'F',
            0,
            _,
            _,
            1,
            x1,
            x0,
            y1,
            y0,
            ..,
        ] => {
            let (x, y) = (
                u16::from_be_bytes([*x1, *x0]),
                u16::from_be_bytes([*y1, *y0]),
            );
            (x == y).then_some(x)
        }
        _ => None,
    }
}

/// One baseline scan, neither notes nor profiles before it, no filling behind it.
fn is_plain(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    let mut baseline = false;
    while let [0xff, marker, high, low, ..] = rest {
        match *marker {
            COMMENT | FIRST_AFTER_JFIF..=LAST_APPLICATION => return false,
            SCAN => return baseline && jpeg.ends_with(&[0xff, END]),
            FRAME_BASELINE => baseline = true,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::GRADUATION;

    const GOLDEN: &[u8] = include_bytes!("../../tests/fixtures/golden/0030.jpg");

    fn wrong(bytes: &[u8]) -> String {
        match form(bytes, &GRADUATION) {
            Err(CheckError::Wrong(what)) => what.to_owned(),
            Err(other) => other.to_string(),
            Ok(_) => "nothing".to_owned(),
        }
    }

    /// The golden photo with bytes put in after its JFIF header.
    fn with(segment: &[u8]) -> Vec<u8> {
        [&GOLDEN[..20], segment, &GOLDEN[20..]].concat()
    }

    #[test]
    fn a_finished_photo_is_of_the_right_form() {
        let form = form(GOLDEN, &GRADUATION).unwrap();
        assert_eq!((form.picture.width(), form.density_dpi), (480, 300));
    }

    #[test]
    fn each_fault_of_form_is_named() {
        let other_density = [&GOLDEN[..14], &[0, 72, 0, 72], &GOLDEN[18..]].concat();
        let filled = [GOLDEN, &[0; 900]].concat();
        assert_eq!(wrong(&other_density), "density");
        assert_eq!(wrong(&filled), "contents beside the picture");
        assert_eq!(
            wrong(&with(b"\xff\xfe\x00\x06name")),
            "contents beside the picture"
        );
        assert_eq!(
            wrong(&with(b"\xff\xe1\x00\x08Exif\0\0")),
            "contents beside the picture"
        );
        assert_eq!(wrong(&[GOLDEN, &[0; 4000]].concat()), "size in bytes");
        assert!(wrong(&GOLDEN[..20_000]).contains("cut off"));
    }

    #[test]
    fn another_standard_asks_for_another_size() {
        let cet = crate::standard::Preset::by_name("cet").unwrap();
        assert!(matches!(
            form(GOLDEN, cet),
            Err(CheckError::Wrong("size in pixels"))
        ));
    }
}
