//! The lists beside the corpus: what was planted in each file, and what has to stay.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One secret at one place of one file; a value that comes again has a line for each place.
#[derive(Debug, Clone, Deserialize)]
pub struct Canary {
    pub value: String,
    pub kind: String,
    pub file: String,
    #[serde(rename = "where")]
    pub place: String,
    pub encoding: String,
    /// What a value that is too short to be looked for alone is looked for with.
    #[serde(default)]
    pub context: Vec<String>,
}

/// A value that a file keeps.
#[derive(Debug, Clone, Deserialize)]
pub struct Ordinary {
    pub file: String,
    pub value: String,
}

/// A file of the corpus with its lists.
#[derive(Debug)]
pub struct Sheet {
    pub name: String,
    pub path: PathBuf,
    pub canaries: Vec<Canary>,
    pub ordinary: Vec<String>,
}

impl Sheet {
    /// How many different values were planted.
    pub fn planted(&self) -> usize {
        self.values().len()
    }

    /// The places of each value.
    pub fn values(&self) -> BTreeMap<&str, Vec<&Canary>> {
        let mut values: BTreeMap<&str, Vec<&Canary>> = BTreeMap::new();
        for canary in &self.canaries {
            values.entry(&canary.value).or_default().push(canary);
        }
        values
    }

    pub fn bytes(&self) -> Vec<u8> {
        fs::read(&self.path).unwrap()
    }
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redact")
}

/// Every file of the corpus, in the order of its name.
pub fn corpus() -> Vec<Sheet> {
    let (canaries, ordinary) = (lines::<Canary>("canaries.ndjson"), lines::<Ordinary>("ordinary.ndjson"));
    files("corpus")
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let canaries = canaries.iter().filter(|canary| canary.file == name).cloned().collect();
            let ordinary =
                ordinary.iter().filter(|value| value.file == name).map(|value| value.value.clone());
            let ordinary = ordinary.collect();
            Sheet { name, path, canaries, ordinary }
        })
        .collect()
}

/// Every file with nothing to hide.
pub fn control() -> Vec<PathBuf> {
    files("control")
}

fn files(of: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder().join(of)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn lines<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
