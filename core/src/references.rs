//! Where the address of a reference leads.

use crate::primitive::{has_scheme, is_id};
use crate::scan::{Refused, Seen};
use crate::tables::Tables;

/// What an address names.
pub enum Leads {
    /// A type of resource, by its number.
    To(u16),
    /// Something of which the address tells no type.
    Elsewhere,
}

/// Tell where an address leads that is not of something contained; refused where that is strange.
pub fn leads(tables: &Tables, address: &[u8]) -> Seen<Leads> {
    if let Some(rest) = address.strip_prefix(b"http://").or(address.strip_prefix(b"https://")) {
        return Ok(served(rest)
            .and_then(|name| tables.resource(name))
            .map_or(Leads::Elsewhere, Leads::To));
    }
    if has_scheme(address) {
        return Ok(Leads::Elsewhere);
    }
    let mut parts = address.split(|byte| *byte == b'/');
    let (name, id) = (parts.next().unwrap_or(&[]), parts.next().unwrap_or(&[]));
    let is_whole = match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => true,
        (Some(b"_history"), Some(version), None) => is_id(version),
        _ => false,
    };
    if !is_whole || !is_id(id) {
        return Err(Refused);
    }
    tables.resource(name).map(Leads::To).ok_or(Refused)
}

/// The type that an address on a server names: after its host, and before an id.
fn served(rest: &[u8]) -> Option<&[u8]> {
    let mut parts = rest.rsplit(|byte| *byte == b'/');
    let (mut id, mut name) = (parts.next()?, parts.next()?);
    if name == b"_history" {
        (id, name) = (parts.next()?, parts.next()?);
    }
    parts.next()?;
    is_id(id).then_some(name)
}

/// Whether an address has no meaning outside of its Bundle.
pub fn is_urn(address: &[u8]) -> bool {
    address.starts_with(b"urn:uuid:") || address.starts_with(b"urn:oid:")
}

/// The type and the id that an address on a server ends in.
pub fn served_as(address: &[u8]) -> Option<&[u8]> {
    let rest = address.strip_prefix(b"http://").or(address.strip_prefix(b"https://"))?;
    let id = rest.rsplit(|byte| *byte == b'/').next()?;
    let name = rest.rsplit(|byte| *byte == b'/').nth(1)?;
    rest.rsplit(|byte| *byte == b'/').nth(2)?;
    let is_name =
        name.len() > 1 && name[0].is_ascii_uppercase() && name.iter().all(u8::is_ascii_alphabetic);
    (is_name && is_id(id)).then(|| &rest[rest.len() - id.len() - name.len() - 1..])
}
