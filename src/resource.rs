//! Self-service articles.

use serde::{Deserialize, Serialize};

/// A self-service article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Unique within the portal.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What the reader will know.
    pub summary: String,
    /// Its page, if it has one.
    pub url: Option<String>,
    /// Plain text; left out in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}
