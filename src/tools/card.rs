//! `gradbooth card`: the calibration card as a page to print, in its true size. It draws and measures nothing else.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::vision::measuring::{Card, PATCH_COLOURS};

/// Make the calibration card, a page to print on A4
#[derive(Debug, Args)]
pub struct CardArgs {
    /// Where to write the SVG page
    #[arg(long, value_name = "FILE", default_value = "gradbooth-card.svg")]
    pub out: PathBuf,
}

/// A4 upright.
const PAGE_MM: (f32, f32) = (210.0, 297.0);
/// Where the code begins on the page.
const CODE_AT_MM: (f32, f32) = (45.0, 40.0);
/// The line to check the printer with.
const CHECK_LINE_MM: f32 = 100.0;

/// Writes the page. 0: written; 2: it could not be.
pub fn run(args: &CardArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let Ok(code) = QrCode::encode_text(Card::TEXT, QrCodeEcc::Medium) else {
        writeln!(err, "the code cannot be drawn")?;
        return Ok(2);
    };
    if let Err(error) = fs::write(&args.out, page(&code)) {
        writeln!(err, "{}: {error}", args.out.display())?;
        return Ok(2);
    }
    writeln!(
        out,
        "{}: print it on A4 at 100 %, check that the line is {CHECK_LINE_MM} mm long, glue it on stiff board",
        args.out.display()
    )?;
    Ok(0)
}

fn page(code: &QrCode) -> String {
    let (width, height) = PAGE_MM;
    let (left, top) = CODE_AT_MM;
    let side = Card::SIDE_CM * 10.0;
    let module = side / code.size() as f32;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\""
    );
    for (x, y) in (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))) {
        if code.get_module(x, y) {
            let (x, y) = (left + x as f32 * module, top + y as f32 * module);
            // writing into a string cannot fail
            let _written = write!(svg, "M{x:.3} {y:.3}h{module:.3}v{module:.3}h-{module:.3}z");
        }
    }
    svg.push_str("\"/>\n");
    for (row, colours) in Card::ROWS.iter().zip(PATCH_COLOURS) {
        for (column, [r, g, b]) in colours.into_iter().enumerate() {
            let (x, y) = (left + Card::patch_left(column) * side, top + row * side);
            let _written = writeln!(
                svg,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"rgb({r},{g},{b})\"/>",
                0.2 * side,
                Card::PATCH_HEIGHT * side
            );
        }
    }
    let line = top + 1.72 * side;
    let _written = writeln!(
        svg,
        "<path stroke=\"#000\" stroke-width=\".4\" fill=\"none\" d=\"M{left} {line}h{CHECK_LINE_MM}m0 -3v6M{left} {}v6\"/>\n\
         <text x=\"{left}\" y=\"{}\" font-family=\"sans-serif\" font-size=\"5\">{CHECK_LINE_MM} mm · gradbooth</text>\n</svg>",
        line - 3.0,
        line + 9.0
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_code_in_its_size_and_ten_patches() {
        let folder = tempfile::tempdir().unwrap();
        let args = CardArgs {
            out: folder.path().join("card.svg"),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(run(&args, &mut out, &mut err).unwrap(), 0);
        let svg = fs::read_to_string(&args.out).unwrap();
        assert!(svg.contains("width=\"210mm\"") && svg.contains("M45.000 40.000"));
        assert_eq!(svg.matches("rgb(").count(), 10);
        let lost = CardArgs {
            out: folder.path().join("no/such/folder/card.svg"),
        };
        assert_eq!(run(&lost, &mut out, &mut err).unwrap(), 2);
    }
}
