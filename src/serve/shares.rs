//! How much of something each client has, so that none has all of it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What clients have of one thing: connections, queries.
#[derive(Debug, Clone, Default)]
pub struct Shares(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One of a client's, given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    shares: Shares,
    client: IpAddr,
}

impl Shares {
    /// One more for a client, who may have `most`.
    ///
    /// # Errors
    /// How many it has, where that is as many as it may.
    pub fn take(&self, client: IpAddr, most: usize) -> Result<Share, usize> {
        let client = household(client);
        let mut counts = self.counts();
        let count = counts.entry(client).or_default();
        if *count >= most {
            return Err(*count);
        }
        *count += 1;
        Ok(Share { shares: self.clone(), client })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut counts = self.shares.counts();
        if let Some(count) = counts.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.client);
            }
        }
    }
}

/// A client of IPv6 has a network of addresses, not one.
fn household(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => {
            const NETWORK: u128 = !0 << 64;
            Ipv6Addr::from(u128::from(address) & NETWORK).into()
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_its_share_and_gives_it_back() {
        let shares = Shares::default();
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let first = shares.take(address("192.0.2.1"), 1).expect("the first");
        assert_eq!(shares.take(address("192.0.2.1"), 1).err(), Some(1));
        assert_eq!(shares.take(address("::ffff:192.0.2.1"), 1).err(), Some(1));
        assert!(shares.take(address("192.0.2.2"), 1).is_ok());
        drop(first);
        let _network = shares.take(address("2001:db8::1"), 1).expect("again");
        assert!(shares.take(address("192.0.2.1"), 1).is_ok());
        assert_eq!(shares.take(address("2001:db8::ffff:1"), 1).err(), Some(1));
        assert!(shares.take(address("2001:db8:0:1::1"), 1).is_ok());
    }
}
