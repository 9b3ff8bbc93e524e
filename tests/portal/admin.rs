//! What the operator does: users, accounts, imports.

use crate::common::{TestPortal, options};
use docket::account::{Account, Environment, Plan};
use docket::case::Role;
use docket::portal::admin::{self, NewUser};
use docket::portal::{Clock, Portal};
use docket::secret::Secret;

fn user(email: &str, accounts: &[&str]) -> NewUser {
    NewUser {
        email: email.to_owned(),
        name: None,
        role: Role::Customer,
        language: Some("de".to_owned()),
        accounts: accounts.iter().map(|id| (*id).to_owned()).collect(),
        password: None,
    }
}

#[tokio::test]
async fn users_are_added_disabled_and_let_in_again() {
    let portal = TestPortal::new().await;
    let added = admin::add_user(&portal.portal, user("Zoe@Example.com", &["2001", "1001"])).await.unwrap();
    assert_eq!(
        (added.email.as_str(), added.accounts),
        ("zoe@example.com", vec!["1001".into(), "2001".into()])
    );
    assert!(!added.has_password && !added.disabled);
    for (new, message) in [
        (user("zoe@example.com", &[]), "there is a user zoe@example.com already"),
        (user("zoe", &[]), "`zoe` is not an e-mail address"),
        (user("max@example.com", &["9"]), "there is no account 9"),
        (
            NewUser { password: Some(Secret::new("short")), ..user("max@example.com", &[]) },
            "a password has at least 8 characters",
        ),
    ] {
        assert_eq!(admin::add_user(&portal.portal, new).await.unwrap_err().to_string(), message);
    }
    admin::set_password(&portal.portal, "zoe@example.com", Secret::new("sample-password")).await.unwrap();
    portal.get("zoe", "/v1/me").await.ok();
    admin::disable_user(&portal.portal, "ZOE@example.com", true).await.unwrap();
    assert_eq!(portal.get("zoe", "/v1/me").await.problem(), "login-required");
    let users = admin::list_users(&portal.portal).await.unwrap();
    assert_eq!(users.len(), 6);
    assert!(users.iter().any(|user| user.email == "zoe@example.com" && user.disabled));
    admin::disable_user(&portal.portal, "zoe@example.com", false).await.unwrap();
    portal.forget_tokens();
    portal.get("zoe", "/v1/me").await.ok();
    let error = admin::disable_user(&portal.portal, "max@example.com", true).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no user max@example.com");
}

#[tokio::test]
async fn accounts_are_added_and_get_members() {
    let portal = TestPortal::new().await;
    let account = |id: &str, products: &[&str]| Account {
        id: id.to_owned(),
        name: "Fabrikam".to_owned(),
        plan: Plan::Web,
        products: products.iter().map(|id| (*id).to_owned()).collect(),
        environment: Environment::Production,
        trial: false,
    };
    admin::add_account(&portal.portal, account("3001", &["clm"])).await.unwrap();
    for (new, message) in [
        (account("3001", &["clm"]), "there is an account 3001 already"),
        (
            account("3 1", &["clm"]),
            "an account's id has 1 to 64 letters, digits, dashes, dots and underscores",
        ),
        (account("3002", &[]), "an account has at least one product"),
    ] {
        assert_eq!(admin::add_account(&portal.portal, new).await.unwrap_err().to_string(), message);
    }
    let unknown = admin::add_account(&portal.portal, account("3002", &["clmm"])).await.unwrap_err();
    assert!(unknown.to_string().starts_with("`clmm` is not a product: choose from esignature"), "{unknown}");
    let members = ["kim@example.com".to_owned(), "lee@example.com".to_owned()];
    let entry = admin::set_members(&portal.portal, "3001", &members).await.unwrap();
    assert_eq!(entry.members, members);
    let entry = admin::set_members(&portal.portal, "3001", &members[1..]).await.unwrap();
    assert_eq!(entry.members, members[1..]);
    assert!(admin::set_members(&portal.portal, "3001", &["expert@example.com".to_owned()]).await.is_err());
    let accounts = admin::list_accounts(&portal.portal).await.unwrap();
    assert_eq!(accounts.last().map(|entry| entry.account.id.as_str()), Some("3001"));
}

#[tokio::test]
async fn an_import_is_all_or_nothing_and_names_the_entry() {
    let portal = TestPortal::new().await;
    let account = "[[account]]\nid = '3001'\nname = 'Fabrikam'\nproducts = ['clm']\nplan = 'web'\nenvironment = 'production'\n";
    let user = |email: &str, account: &str| {
        format!("[[user]]\nemail = '{email}'\nrole = 'customer'\naccounts = ['{account}']\n")
    };
    for (text, message) in [
        (
            format!("{account}{}", user("zoe@example.com", "9")),
            "user `zoe@example.com`: there is no account 9",
        ),
        (format!("{account}{account}"), "account `3001`: stands twice"),
        (account.replace("clm", "clmm"), "account `3001`: `clmm` is not a product"),
        (format!("{account}{}", user("zoe", "3001")), "user `zoe`: `zoe` is not an e-mail address"),
        (
            format!("{account}{}{}", user("zoe@example.com", "3001"), user("Zoe@example.com", "3001")),
            "user `Zoe@example.com`: stands twice",
        ),
        (account.replace("plan", "plam"), "unknown field `plam`"),
    ] {
        let error = admin::import(&portal.portal, &text).await.unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
    assert_eq!(admin::list_accounts(&portal.portal).await.unwrap().len(), 6);

    let text = format!("{account}{}password = 'sample-password'\n", user("zoe@example.com", "3001"));
    let done = admin::import(&portal.portal, &text).await.unwrap();
    assert_eq!((done.accounts, done.users), (1, 1));
    portal.get("zoe", "/v1/me").await.ok();
    // Once more, without the password: that one stays.
    let text = format!("{}{}", account.replace("web", "paid"), user("zoe@example.com", "3001"));
    admin::import(&portal.portal, &text).await.unwrap();
    portal.forget_tokens();
    let me = portal.get("zoe", "/v1/me").await.ok();
    assert_eq!(me["accounts"][0]["plan"], "paid");
}

#[tokio::test]
async fn the_sample_directory_is_loaded_once() {
    let portal = TestPortal::new().await;
    admin::set_members(&portal.portal, "2001", &[]).await.unwrap();
    portal.portal.close().await;
    let again = Portal::open(options(portal.directory.path()), Clock::system()).await.unwrap();
    let accounts = admin::list_accounts(&again).await.unwrap();
    let contoso = accounts.iter().find(|entry| entry.account.id == "2001").unwrap();
    assert!(contoso.members.is_empty());
}
