//! What docket says of certificates: how long a portal's own is good, and what is in a file of them.

use std::path::Path;

use jiff::Timestamp;
use reqwest::Certificate;

use super::Error;

/// The certificates in a PEM file; fails when there are none.
pub(super) fn bundle(file: &Path) -> Result<Vec<Certificate>, Error> {
    let unusable = |why: String| Error::File { path: file.to_owned(), why };
    let pem = std::fs::read(file).map_err(|error| unusable(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(error.to_string()))?;
    if certificates.is_empty() {
        return Err(unusable("there is no PEM certificate in it".to_owned()));
    }
    Ok(certificates)
}

/// How many certificates there are in a PEM file; fails when there are none.
pub fn certificates_in(file: &Path) -> Result<usize, Error> {
    bundle(file).map(|certificates| certificates.len())
}

/// Until when a certificate (X.509, DER) is good; `None` when it can't be read. Whether it is to be trusted
/// is another matter, which has been settled by then.
///
/// RFC 5280, 4.1: `Certificate` begins with `TBSCertificate`, and this with an optional version (tag 0), the
/// serial number, the algorithm, the issuer and the validity, which is two times.
pub(super) fn good_until(der: &[u8]) -> Option<Timestamp> {
    const SEQUENCE: u8 = 0x30;
    const VERSION: u8 = 0xa0;
    let (SEQUENCE, certificate, _) = element(der)? else { return None };
    let (SEQUENCE, mut rest, _) = element(certificate)? else { return None };
    if let (VERSION, _, after) = element(rest)? {
        rest = after;
    }
    for _ in ["serial number", "algorithm", "issuer"] {
        rest = element(rest)?.2;
    }
    let (SEQUENCE, validity, _) = element(rest)? else { return None };
    let (_, _, end) = element(validity)?;
    let (tag, end, _) = element(end)?;
    time(tag, std::str::from_utf8(end).ok()?)
}

/// The first element of a DER text: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], mut rest) = der.split_first_chunk()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        let (bytes, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if bytes.len() > 4 {
            return None;
        }
        length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        rest = after;
    }
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}

/// `UTCTime`, whose years are those from 1950 to 2049, or `GeneralizedTime`; both in UTC.
fn time(tag: u8, text: &str) -> Option<Timestamp> {
    let full = match tag {
        0x17 if text.get(..2)? >= "50" => format!("19{text}"),
        0x17 => format!("20{text}"),
        0x18 => text.to_owned(),
        _ => return None,
    };
    let moment = jiff::civil::DateTime::strptime("%Y%m%d%H%M%SZ", full).ok()?;
    moment.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::*;

    fn der(pem: &str) -> Vec<u8> {
        let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        base64::engine::general_purpose::STANDARD.decode(base64).unwrap()
    }

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/tls");
        let pem = std::fs::read_to_string(folder.join("portal.pem")).unwrap();
        let der = der(&pem);
        let end = good_until(&der).unwrap();
        assert_eq!(end.to_string(), "2126-10-30T00:47:34Z");
        for cut in 0..der.len() / 2 {
            // Whatever stands there, it comes back.
            let _ = good_until(&der[..cut]);
            let _ = good_until(&der[cut..]);
        }
        assert_eq!(good_until(&der[..20]), None);
        assert_eq!(good_until(b"no certificate"), None);
    }

    #[test]
    fn both_kinds_of_time_are_understood() {
        let time = |tag, text| time(tag, text).map(|time| time.to_string());
        assert_eq!(time(0x17, "491231235959Z").as_deref(), Some("2049-12-31T23:59:59Z"));
        assert_eq!(time(0x17, "500101000000Z").as_deref(), Some("1950-01-01T00:00:00Z"));
        assert_eq!(time(0x18, "20991231235959Z").as_deref(), Some("2099-12-31T23:59:59Z"));
        for (tag, text) in [(0x17, "4912312359Z"), (0x18, "99991231"), (0x02, "20991231235959Z"), (0x17, "")]
        {
            assert_eq!(time(tag, text), None, "{text}");
        }
    }
}
