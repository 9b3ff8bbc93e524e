//! Chance that can be had again.

/// A stream of numbers that its seed settles (SplitMix64).
pub(crate) struct Chance {
    state: u64,
    /// What it began with.
    pub(crate) seed: u64,
}

impl Chance {
    /// The seed that `DOCKET_FAULTS_SEED` names, or another one each time.
    pub(crate) fn from_environment() -> Self {
        let seed = std::env::var("DOCKET_FAULTS_SEED").ok().map(|seed| seed.parse().expect("a number"));
        let seed = seed.unwrap_or_else(|| {
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).unwrap();
            u64::from_le_bytes(bytes) >> 16
        });
        Self { state: seed, seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A stream of its own for somebody else.
    pub(crate) fn split(&mut self) -> Self {
        Self { state: self.next(), seed: self.seed }
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Bytes that nothing else has.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count.div_ceil(8)).flat_map(|_| self.next().to_le_bytes()).take(count).collect()
    }
}

/// How many faults there are to be: what `DOCKET_FAULTS` says, or `few`.
pub(crate) fn faults(few: u64) -> u64 {
    std::env::var("DOCKET_FAULTS").ok().map_or(few, |count| count.parse().expect("a number"))
}
