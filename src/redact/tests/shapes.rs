//! Tokens that are known by their shape wherever they stand, and what only begins like one.

use super::{redacted, shown};

/// So many of what a token is made of.
fn made_of(alphabet: &str, length: usize) -> String {
    alphabet.chars().cycle().step_by(7).take(length).collect()
}

const ALL: &str = "aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uVwXyZ";
const LETTERS: &str = "aQbWcEdRfTgYhUiJkLmZnXoCpVqBsNrM";
const HEX: &str = "0a1b2c3d4e5f6789";

#[test]
fn tokens_of_providers_are_found_bare() {
    for (begins, rest) in [
        ("hf_", made_of(LETTERS, 34)),
        ("hf_", made_of(ALL, 34)),
        ("glpat-", made_of(LETTERS, 20)),
        ("dckr_pat_", made_of(ALL, 27)),
        ("dckr_pat_", made_of(ALL, 26) + "-"),
        ("dckr_oat_", made_of(ALL, 32)),
        ("NRAK-", made_of(&ALL.to_uppercase(), 27)),
        ("squ_", made_of(HEX, 40)),
        ("sqp_", made_of(HEX, 40)),
        ("sqa_", made_of(HEX, 40)),
        ("gsk_", made_of(ALL, 52)),
        ("xai-", made_of(ALL, 80)),
        ("pplx-", made_of(ALL, 48)),
        ("HRKU-", "90b3f81f-ad23-4861-8f87-e0edf3479972".to_owned()),
        ("HRKU-AA", made_of(ALL, 58)),
        ("pscale_pw_", made_of(ALL, 43)),
        ("pscale_tkn_", made_of(ALL, 43)),
        ("vercel_blob_rw_", made_of(ALL, 16) + "_" + &made_of(ALL, 30)),
        ("fo1_", made_of(ALL, 43)),
        ("fm2_", made_of(ALL, 150) + "/+=="),
        ("pat", made_of(ALL, 14) + "." + &made_of(HEX, 64)),
        ("$2b$12$", made_of(ALL, 53)),
        ("$2y$10$", made_of(ALL, 52) + "."),
        ("$6$", made_of(ALL, 16) + "$" + &made_of(ALL, 86)),
        ("$6$rounds=5000$", made_of(ALL, 8) + "$" + &made_of(ALL, 86)),
        ("$5$", made_of(ALL, 16) + "$" + &made_of(ALL, 43)),
        ("$1$", made_of(ALL, 8) + "$" + &made_of(ALL, 22)),
        ("$apr1$", made_of(ALL, 8) + "$" + &made_of(ALL, 22)),
        ("$y$j9T$", made_of(ALL, 22) + "$" + &made_of(ALL, 43)),
        ("$argon2id$v=19$m=65536,t=3,p=4$", made_of(ALL, 22) + "$" + &made_of(ALL, 43)),
    ] {
        for (before, behind) in
            [("use ", ", please"), ("", ""), ("bob:", ":1\n"), ("[\"", "\"]"), ("is ", ".\n")]
        {
            let text = format!("{before}{begins}{rest}{behind}");
            let once = redacted(&text);
            let left = shown(&once);
            let mark = left.strip_prefix(before).and_then(|left| left.strip_suffix(behind));
            assert!(mark.is_some_and(|mark| mark.starts_with('[') && mark.ends_with(']')), "{text}: {left}");
            assert_eq!(redacted(&once), once);
        }
    }
}

/// Whoever reads it sees where it went.
#[test]
fn of_a_webhook_the_host_stays() {
    let uuid = "3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab";
    let hook = format!("{uuid}@{uuid}/IncomingWebhook/{}/{uuid}", made_of(HEX, 32));
    let flow = "workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01\
                &sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=";
    for (before, secret, kind) in [
        ("https://acme.webhook.office.com/webhookb2/", &hook, "webhook"),
        ("https://outlook.office.com/webhook/", &hook, "webhook"),
        (
            "https://hooks.slack.com/services/",
            &"T00000000/B00000000/abc123DEF456ghi789JKL012".to_owned(),
            "webhook",
        ),
        (&format!("https://prod-12.westus.logic.azure.com:443/{flow}"), &made_of(ALL, 43), "secret"),
    ] {
        let once = redacted(&format!("POST {before}{secret} 200"));
        assert_eq!(shown(&once), format!("POST {before}[{kind}] 200"));
        assert_eq!(redacted(&once), once);
    }
}

#[test]
fn what_only_begins_like_a_token_stays() {
    for text in [
        "hf_transformers_model_name_for_the_tests hf_hub_download hf_getTheModelNameFromTheHubForAllOfUs",
        "glpat-xxxxxxxxxxxxxxxxxxxx glpat-your-token-goes-here-now glpat-YOUR_TOKEN_GOES_HERE",
        "squ_are sqp_total gsk_test xai-grok-2 pplx-api pplx-7b-online NRAK-XXXX HRKU-AA fm2_synth LFM2_5",
        "vercel_blob_rw_test dckr_pat_example pscale_tkn_example fo1_bar",
        "path/to/file pattern.of.names patches/1234 com.example.pattern patient.record.number.12345.of.file.abc",
        "patternsOfNames1.some.package.of.java.with.dots.that.is.as.long.as.one.token.is.in.bytes.x",
        "$1$2 '$1$' replace(/a/g, '$1$2$3') $6$ cost $5$10 x$2a$1 $2a$10$short $apr1$abc$def $y$1",
        "https://teams.microsoft.com/webhookb2/x https://learn.microsoft.com/webhook.office.com/webhookb2/intro",
        "https://hooks.slack.com/services/ https://discord.com/api/webhooks/123",
    ] {
        assert_eq!(redacted(text), text);
    }
}
