//! What a catalogue has to be, and how one that is wrong is refused.

use super::*;

const GOOD: Texts = Texts {
    form: include_str!("data/form.toml"),
    products: "[[product]]\nid = \"rooms\"\nlabel = \"Rooms\"\nflow = 1\n",
    categories: "[[category]]\nproduct = \"rooms\"\nid = \"tasks\"\nlabel = \"Tasks\"\n\
                 subcategories = [{ id = \"other\", label = \"Something else\" }]\n",
    resources: "",
};

/// The error for `texts`, with its causes.
fn error(texts: &Texts) -> String {
    Catalogue::from_texts(texts).unwrap_err().to_string()
}

#[test]
fn the_embedded_catalogue_loads_and_is_complete() {
    let catalogue = Catalogue::embedded();
    let products: Vec<&str> =
        catalogue.form.field("product").unwrap().choices.iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!(
        products,
        ["esignature", "rooms", "clm", "protect-and-sign", "clm-cm", "insight-analyzer", "dsa", "hsm"]
    );
    for product in products {
        let query = ResourceQuery { product: Some(product.to_owned()), ..ResourceQuery::default() };
        let own = catalogue.resources.iter().filter(|a| a.fits(&query) && !a.places.is_empty()).count();
        assert!(own > 0, "{product} has no resources");
    }
    assert_eq!(catalogue.form.version.len(), 16);
    assert_eq!(catalogue, Catalogue::embedded());
}

#[test]
fn every_category_of_flow_1_says_whether_it_asks_for_the_user_impact() {
    let form = Catalogue::embedded().form;
    let flow_1 = ["esignature", "rooms", "clm"];
    for category in &form.field("category").unwrap().choices {
        let product = &category.when[0].0["product"][0];
        let says = category.attributes.contains_key("asks_user_impact");
        assert_eq!(says, flow_1.contains(&product.as_str()), "{} of {product}", category.id);
    }
}

#[test]
fn the_operators_limit_reaches_the_form_and_its_version() {
    let catalogue = Catalogue::embedded();
    let larger = catalogue.clone().with_max_attachment(1_000_000_000);
    assert_eq!(larger.form.field("attachment").unwrap().kind, Kind::File { max: 1_000_000_000 });
    assert_ne!(larger.form.version, catalogue.form.version);
    assert_eq!(catalogue.clone().with_max_attachment(25_000_000), catalogue);
}

#[test]
fn an_article_fits_its_places_and_what_lies_around_them() {
    let place = |product: &str, category: Option<&str>, subcategory: Option<&str>| Place {
        product: Some(product.to_owned()),
        category: category.map(str::to_owned),
        subcategory: subcategory.map(str::to_owned),
    };
    let article = |places| Article {
        resource: Resource {
            id: String::new(),
            title: String::new(),
            summary: String::new(),
            url: None,
            body: None,
        },
        places,
        assumed: false,
    };
    let query = |product: &str, category: Option<&str>, subcategory: Option<&str>| {
        let Place { product, category, subcategory } = place(product, category, subcategory);
        ResourceQuery { q: None, product, category, subcategory }
    };
    let signing = article(vec![place("esignature", Some("signing"), Some("access-code"))]);
    assert!(signing.fits(&ResourceQuery::default()));
    assert!(signing.fits(&query("esignature", None, None)));
    assert!(signing.fits(&query("esignature", Some("signing"), Some("access-code"))));
    assert!(!signing.fits(&query("esignature", Some("signing"), Some("other"))));
    assert!(!signing.fits(&query("rooms", None, None)));
    assert!(article(vec![]).fits(&query("rooms", None, None)));
    assert!(article(vec![Place::default()]).fits(&query("rooms", None, None)));
}

#[test]
fn a_directory_is_loaded_like_what_is_embedded() {
    let directory = tempfile::tempdir().unwrap();
    let files = [
        (FORM, include_str!("data/form.toml")),
        (PRODUCTS, include_str!("data/products.toml")),
        (CATEGORIES, include_str!("data/categories.toml")),
        (RESOURCES, include_str!("data/resources.toml")),
    ];
    for (name, text) in files {
        std::fs::write(directory.path().join(name), text).unwrap();
    }
    assert_eq!(Catalogue::from_dir(directory.path()).unwrap(), Catalogue::embedded());

    std::fs::remove_file(directory.path().join(RESOURCES)).unwrap();
    let missing = Catalogue::from_dir(directory.path()).unwrap_err().to_string();
    assert!(missing.starts_with("can't read ") && missing.ends_with("resources.toml"), "{missing}");
}

#[test]
fn what_does_not_fit_together_is_named() {
    assert!(Catalogue::from_texts(&GOOD).is_ok());
    let form = |from: &str, to: &str| {
        assert!(GOOD.form.contains(from), "{from}");
        error(&Texts { form: &GOOD.form.replacen(from, to, 1), ..GOOD })
    };
    let products = |text: &str| error(&Texts { products: &format!("{}{text}", GOOD.products), ..GOOD });
    let categories = |text: &str| error(&Texts { categories: &format!("{}{text}", GOOD.categories), ..GOOD });
    let resource = |place: &str| {
        let text = format!(
            "[[resource]]\nid = \"a\"\ntitle = \"A\"\nsummary = \"S\"\nbody = \"B\"\nfor = [{place}]\n"
        );
        error(&Texts { resources: &text, ..GOOD })
    };
    let found = [
        error(&Texts { products: "[[product]]\nid = \"x\"\nflow = 1\n\n", ..GOOD }),
        error(&Texts { products: "[[product]]\nid = \"x\"\nlabel = \"X\"\nflow = one\n", ..GOOD }),
        form("id = \"account\"", "id = \"steps\""),
        form("id = \"subject\"", "id = \"topic\""),
        form(
            "kind = { type = \"line\", max = 255 }\nneed = [{ need = \"required\" }]",
            "kind = { type = \"line\", max = 255 }\nneed = [{ need = \"optional\" }]",
        ),
        form("kind = { type = \"time\", past = true }", "kind = { type = \"guid\" }"),
        form("kind = { type = \"guid\" }", "kind = { type = \"file\", max = 1 }"),
        form("default = \"en\"", "default = \"xx\""),
        form("{ id = \"fr\",", "{ id = \"en\","),
        form("{ id = \"fr\",", "{ id = \"F R\","),
        form("environment = [\"production\"]", "phone = [\"production\"]"),
        form("\n[[field]]\nid = \"phone\"", "\n[[field]]\nid = \"steps\""),
        products("[[product]]\nid = \"rooms\"\nlabel = \"Rooms\"\nflow = 1\n"),
        products("[[product]]\nid = \"hsm\"\nlabel = \"HSM\"\nflow = 2\n"),
        error(&Texts { products: "[[product]]\nid = \"rooms\"\nlabel = \"Rooms\"\nflow = 3\n", ..GOOD }),
        categories("[[category]]\nproduct = \"room\"\nid = \"x\"\nlabel = \"X\"\nsubcategories = []\n"),
        categories("[[category]]\nproduct = \"rooms\"\nid = \"x\"\nlabel = \"X\"\nsubcategories = []\n"),
        categories("[[category]]\nproduct = \"rooms\"\nid = \"tasks\"\nlabel = \"X\"\nsubcategories = []\n"),
        resource("{ product = \"room\" }"),
        resource("{ product = \"rooms\", category = \"forms\" }"),
        resource("{ product = \"rooms\", category = \"tasks\", subcategory = \"x\" }"),
        resource("{ category = \"tasks\" }"),
        resource("{ products = \"rooms\" }"),
    ];
    insta::assert_snapshot!(found.join("\n"), @r"
    products.toml, line 1: missing field `label`
    products.toml, line 4: string values must be quoted, expected literal string
    form.toml, field `account`: is missing, and whoever has several accounts has to choose
    form.toml, field `topic`: a case has no such field; its fields are account, product, category, subcategory, subject, description, occurred_at, envelope_id, user_impact, environment, business_impact, attachment, contact_method, phone, language, occurred_before, product_version, browser, steps
    form.toml, field `subject`: has to be required whatever the other answers are
    form.toml, field `occurred_at`: has to be a time
    form.toml, field `envelope_id`: `attachment` has to be a file, and nothing else can be
    form.toml, the form: the default of `language` isn't one of its choices
    form.toml, field `language`: `en` stands twice
    form.toml, field `language`: `F R` can't be an id: it takes small letters, digits, and single - or _ between them
    form.toml, the form: the field `business_impact` depends on `phone`, which isn't a field before it
    form.toml, the form: the field `steps` stands twice
    products.toml, the products: `rooms` stands twice
    products.toml, product `hsm`: has no categories in categories.toml, so no case could be opened for it
    products.toml, product `rooms`: flow is 1 or 2, not 3
    categories.toml, category `x` of `room`: there is no product `room` in products.toml
    categories.toml, category `x` of `rooms`: has no subcategories, so no case could be opened in it
    categories.toml, the categories of `rooms`: `tasks` stands twice
    resources.toml, resource `a`: there is no product `room`
    resources.toml, resource `a`: `rooms` has no category `forms`
    resources.toml, resource `a`: `tasks` of `rooms` has no sub-category `x`
    resources.toml, resource `a`: a category needs its product beside it, and a sub-category its category
    resources.toml, line 6: unknown field `products`, expected one of `product`, `category`, `subcategory`
    ");
}
