//! Passwords: argon2id, a few at a time.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::problem::Problem;
use crate::secret::Secret;

/// What a password costs whoever guesses, and the portal too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PasswordCost {
    /// argon2id with 19 MiB and two passes, as OWASP recommends.
    #[default]
    Full,
    /// Next to nothing: for tests alone.
    Nothing,
}

/// Hashes and checks passwords. Only a few run at once, since each takes memory.
#[derive(Debug, Clone)]
pub(super) struct Passwords {
    cost: PasswordCost,
    turns: Arc<Semaphore>,
    nobody: Arc<OnceLock<String>>,
}

impl Passwords {
    pub(super) fn new(cost: PasswordCost) -> Self {
        let at_once = std::thread::available_parallelism().map_or(2, usize::from);
        Self { cost, turns: Arc::new(Semaphore::new(at_once)), nobody: Arc::default() }
    }

    fn argon2(cost: PasswordCost) -> Argon2<'static> {
        let params = match cost {
            PasswordCost::Full => Params::default(),
            PasswordCost::Nothing => Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default(),
        };
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    /// The PHC string under which a password is kept.
    pub(super) async fn hash(&self, password: Secret) -> Result<String, Problem> {
        let cost = self.cost;
        self.in_turn(move || hash(cost, &password)).await?
    }

    /// Whether the password is right. Where there is none to compare with, it takes as long to say no.
    pub(super) async fn verify(&self, password: Secret, hashed: Option<String>) -> Result<bool, Problem> {
        let (cost, nobody) = (self.cost, Arc::clone(&self.nobody));
        self.in_turn(move || {
            let known = hashed.is_some();
            let hashed = match hashed {
                Some(hashed) => hashed,
                None => match nobody.get() {
                    Some(hashed) => hashed.clone(),
                    None => {
                        let hashed = hash(cost, &Secret::new("nobody's"))?;
                        nobody.get_or_init(|| hashed).clone()
                    }
                },
            };
            let right = Self::argon2(cost).verify_password(password.reveal().as_bytes(), hashed.as_str());
            Ok(right.is_ok() && known)
        })
        .await?
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Problem::internal)?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(Problem::internal)
    }
}

fn hash(cost: PasswordCost, password: &Secret) -> Result<String, Problem> {
    let hash = Passwords::argon2(cost).hash_password(password.reveal().as_bytes());
    hash.map(|hash| hash.to_string()).map_err(Problem::internal)
}
