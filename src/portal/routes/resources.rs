//! Self-service articles.

use axum::Json;
use axum::extract::{Path, State};

use crate::api::body::ResourceQuery;
use crate::api::problem::Kind;
use crate::portal::Portal;
use crate::portal::catalogue::{Article, Place};
use crate::portal::extract::{Caller, Query};
use crate::portal::problem::Problem;
use crate::resource::Resource;

/// `GET /v1/resources`
pub(super) async fn list(
    State(portal): State<Portal>,
    _: Caller,
    Query(query): Query<ResourceQuery>,
) -> Json<Vec<Resource>> {
    let words: Vec<String> =
        query.q.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase).collect();
    let articles = portal.0.catalogue.resources.iter();
    let mut found: Vec<&Article> =
        articles.filter(|article| article.fits(&query) && has_all(&article.resource, &words)).collect();
    found.sort_by_key(|article| {
        std::cmp::Reverse((closeness(article, &query), prominence(&article.resource, &words)))
    });
    Json(found.into_iter().map(|article| Resource { body: None, ..article.resource.clone() }).collect())
}

fn has_all(resource: &Resource, words: &[String]) -> bool {
    let text = [resource.title.as_str(), &resource.summary, resource.body.as_deref().unwrap_or_default()];
    let text = text.join("\n").to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// How much an article is about the words: those of its title count most.
fn prominence(resource: &Resource, words: &[String]) -> usize {
    let (title, summary) = (resource.title.to_lowercase(), resource.summary.to_lowercase());
    let within = |text: &str| words.iter().filter(|word| text.contains(word.as_str())).count();
    2 * within(&title) + within(&summary)
}

/// How many of product, category and sub-category the article was written for.
fn closeness(article: &Article, query: &ResourceQuery) -> usize {
    let of_place = |place: &Place| {
        let pairs = [
            (&place.product, &query.product),
            (&place.category, &query.category),
            (&place.subcategory, &query.subcategory),
        ];
        let contradicts = pairs.iter().any(|(own, asked)| own.is_some() && asked.is_some() && own != asked);
        let agrees = pairs.iter().filter(|(own, asked)| own.is_some() && own == asked).count();
        if contradicts { 0 } else { agrees }
    };
    article.places.iter().map(of_place).max().unwrap_or(0)
}

/// `GET /v1/resources/{id}`
pub(super) async fn show(
    State(portal): State<Portal>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Json<Resource>, Problem> {
    let article = portal.0.catalogue.resources.iter().find(|article| article.resource.id == id);
    match article {
        Some(article) => Ok(Json(article.resource.clone())),
        None => Err(Problem::new(Kind::NotFound, "there is no such article")),
    }
}
