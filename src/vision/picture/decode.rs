//! Bytes to a picture, suspiciously: the size is checked before memory is taken, the end before it is believed.
//!
//! A lenient JPEG decoder fills the missing half of a cut-off portrait with grey and says nothing, so the markers
//! are walked first and the end marker must be there.

use super::extent::walked;
use super::{LARGEST_PICTURE_PX, Picture, PictureError, orient::upright};
use image::{DynamicImage, ImageDecoder, codecs::png::PngDecoder, metadata::Orientation};
use std::io::Cursor;
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::JpegDecoder;

/// Memory that the PNG decoder may take: four channels of sixteen bits at the largest size.
const PNG_MEMORY_BYTES: u64 = LARGEST_PICTURE_PX as u64 * 8;

pub(super) fn file(bytes: &[u8]) -> Result<Picture, PictureError> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => {
            Err(PictureError::Unsupported("HEIC"))
        }
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Err(PictureError::Unsupported("WebP")),
        _ => Err(PictureError::Unknown),
    }
}

fn is_heic(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"]
        .iter()
        .any(|known| brand.starts_with(*known))
}

pub(super) fn camera_frame(bytes: &[u8]) -> Result<Picture, PictureError> {
    let extent = walked(bytes)?;
    jpeg_pixels(&bytes[..extent.believed()]).map(|(picture, _)| picture)
}

fn jpeg(bytes: &[u8]) -> Result<Picture, PictureError> {
    let extent = walked(bytes)?;
    let (picture, orientation) = jpeg_pixels(&bytes[..extent.believed()])?;
    Ok(upright(picture, orientation))
}

fn jpeg_pixels(bytes: &[u8]) -> Result<(Picture, Orientation), PictureError> {
    let options = DecoderOptions::new_fast()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(true);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder
        .decode_headers()
        .map_err(|_| PictureError::Damaged)?;
    let (width, height) = decoder
        .info()
        .map(|i| (usize::from(i.width), usize::from(i.height)))
        .unwrap_or_default();
    allowed(width, height)?;
    let rgb = decoder.decode().map_err(|_| PictureError::Damaged)?;
    let orientation = decoder
        .exif()
        .and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok((
        Picture::from_rgb(width, height, rgb)?,
        orientation.unwrap_or(Orientation::NoTransforms),
    ))
}

fn allowed(width: usize, height: usize) -> Result<(), PictureError> {
    let pixels = width.saturating_mul(height);
    if pixels == 0 || pixels > LARGEST_PICTURE_PX {
        Err(PictureError::Size { width, height })
    } else {
        Ok(())
    }
}

fn png(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(PNG_MEMORY_BYTES);
    let mut decoder =
        PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|_| PictureError::Damaged)?;
    let (width, height) = decoder.dimensions();
    allowed(width as usize, height as usize)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| PictureError::Damaged)?;
    let rgb = if decoded.color().has_alpha() {
        on_white(&decoded)
    } else {
        decoded.into_rgb8().into_raw()
    };
    Ok(upright(
        Picture::from_rgb(width as usize, height as usize, rgb)?,
        orientation,
    ))
}

fn on_white(decoded: &DynamicImage) -> Vec<u8> {
    let laid =
        |v: u8, a: u8| ((u32::from(v) * u32::from(a) + 255 * u32::from(255 - a) + 127) / 255) as u8;
    let rgba = decoded.to_rgba8();
    rgba.pixels()
        .flat_map(|p| {
            [
                laid(p.0[0], p.0[3]),
                laid(p.0[1], p.0[3]),
                laid(p.0[2], p.0[3]),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage, Rgba, RgbaImage};

    fn sample() -> RgbImage {
        RgbImage::from_fn(64, 48, |x, y| {
            image::Rgb([(x * 3) as u8, (y * 5) as u8, ((x * y) % 251) as u8])
        })
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn jpeg_bytes() -> Vec<u8> {
        encoded(&DynamicImage::ImageRgb8(sample()), ImageFormat::Jpeg)
    }

    #[test]
    fn a_whole_jpeg_is_read_and_stale_bytes_after_it_are_ignored() {
        let mut bytes = jpeg_bytes();
        let clean = Picture::decode(&bytes).unwrap();
        assert_eq!((clean.width(), clean.height()), (64, 48));
        bytes.extend([0x12; 3000]);
        assert!(Picture::decode_mjpeg(&bytes).unwrap() == clean);
    }

    #[test]
    fn every_cut_of_a_jpeg_is_refused() {
        let bytes = jpeg_bytes();
        for length in (0..bytes.len()).step_by(7) {
            assert!(
                Picture::decode(&bytes[..length]).is_err(),
                "{length} of {} bytes",
                bytes.len()
            );
        }
    }

    #[test]
    fn a_jpeg_cut_and_closed_again_is_refused() {
        let bytes = jpeg_bytes();
        let mut half = bytes[..bytes.len() * 2 / 3].to_vec();
        half.extend([0xff, 0xd9]);
        assert_eq!(Picture::decode(&half), Err(PictureError::Damaged));
        assert_eq!(Picture::decode_mjpeg(&half), Err(PictureError::Damaged));
    }

    #[test]
    fn a_jpeg_that_would_decode_to_noise_is_refused() {
        use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
        let encode = |optimized: bool| {
            let mut bytes = Vec::new();
            let mut encoder = Encoder::new(&mut bytes, 90);
            encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
            // this encoder writes a scan a colour when it optimizes its tables
            encoder.set_optimized_huffman_tables(optimized);
            encoder
                .encode(sample().as_raw(), 64, 48, ColorType::Rgb)
                .unwrap();
            bytes
        };
        assert!(Picture::decode(&encode(false)).is_ok());
        assert!(matches!(
            Picture::decode(&encode(true)),
            Err(PictureError::Unsupported(_))
        ));
    }

    #[test]
    fn pngs_of_every_depth_agree() {
        let plain = DynamicImage::ImageRgb8(sample());
        let eight = Picture::decode(&encoded(&plain, ImageFormat::Png)).unwrap();
        let sixteen = DynamicImage::ImageRgb16(plain.to_rgb16());
        assert!(Picture::decode(&encoded(&sixteen, ImageFormat::Png)).unwrap() == eight);
        let grey = Picture::decode(&encoded(
            &DynamicImage::ImageLuma8(plain.to_luma8()),
            ImageFormat::Png,
        ))
        .unwrap();
        assert_eq!(grey.rgb()[0], grey.rgb()[2]);
    }

    #[test]
    fn transparency_is_laid_on_white() {
        let ghost = RgbaImage::from_pixel(3, 2, Rgba([10, 20, 30, 0]));
        let picture =
            Picture::decode(&encoded(&DynamicImage::ImageRgba8(ghost), ImageFormat::Png)).unwrap();
        assert!(picture.rgb().iter().all(|v| *v == 255));
    }

    #[test]
    fn a_cut_png_and_other_files_are_refused() {
        let bytes = encoded(&DynamicImage::ImageRgb8(sample()), ImageFormat::Png);
        assert_eq!(
            Picture::decode(&bytes[..bytes.len() / 2]),
            Err(PictureError::Damaged)
        );
        assert_eq!(Picture::decode(b"GIF89a"), Err(PictureError::Unknown));
        assert_eq!(Picture::decode(b""), Err(PictureError::Unknown));
        assert_eq!(
            Picture::decode(b"\0\0\0\x18ftypheic\0\0"),
            Err(PictureError::Unsupported("HEIC"))
        );
    }

    #[test]
    fn a_jpeg_that_claims_a_huge_size_is_refused_before_it_is_decoded() {
        let mut bytes = jpeg_bytes();
        let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(
            Picture::decode(&bytes),
            Err(PictureError::Size {
                width: 65535,
                height: 65535
            })
        );
    }
}
