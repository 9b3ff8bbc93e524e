//! `docket case new --generate-skeleton`: a file to fill in.

use super::super::Desk;
use crate::failure::Failure;
use crate::rules::{self, Applies, Draft, Field, Kind as FieldKind};
use crate::ui::text;

/// A commented YAML file with every field that applies to what was `given`. Filled in or not, `--from`
/// reads it; what was given stands in it.
pub(super) fn skeleton(desk: &Desk, given: &[(&'static str, String)]) -> Result<String, Failure> {
    let form = desk.current_form()?;
    let context = desk.context()?;
    let mut draft = Draft::default();
    if context.only_account().is_none()
        && let Some(account) = desk.account_id()?
    {
        draft.set("account", account);
    }
    for (field, answer) in given {
        draft.set(field, answer.clone());
    }
    let mut out = String::from(
        "# A new support case. Fill it in and file it with:\n#   docket case new --from FILE\n\
         # A line with a leading # is left out.\n",
    );
    for field in &form.fields {
        let applies = rules::applies(&form, &context, &draft, &field.id);
        if applies == Applies::No {
            continue;
        }
        let choices = rules::offered(&form, &context, &draft, &field.id);
        out.push('\n');
        out.push_str(&comment(
            field,
            applies,
            &choices.into_iter().map(|choice| choice.id).collect::<Vec<_>>(),
        ));
        out.push_str(&line(field, applies, draft.text(&field.id)));
    }
    out.push_str(
        "\n# Further files, sent right after the case was opened; and who else may see it.\n\
         #attach: []\n#watch: []\n",
    );
    Ok(out)
}

fn comment(field: &Field, applies: Applies, choices: &[String]) -> String {
    let need = match applies {
        Applies::Required => "required",
        Applies::Optional => "optional",
        Applies::No | Applies::NotYet => "depends on the answers above",
    };
    let mut comment = format!("# {} ({need})\n", text::clean_line(&field.label));
    for line in text::clean(&field.help).lines() {
        comment.push_str(&format!("# {line}\n"));
    }
    if let FieldKind::Time { .. } = field.kind {
        comment.push_str(
            "# Like 2026-11-20T09:30:00Z, 2026-11-20 09:30, 2026-11-20, yesterday 14:00 or 2h ago.\n",
        );
    }
    if !choices.is_empty() {
        comment.push_str(&format!("# One of: {}\n", text::clean_line(&choices.join(", "))));
    }
    comment
}

/// The member itself; a JSON string is a YAML string too.
fn line(field: &Field, applies: Applies, answer: Option<&str>) -> String {
    let name = &field.id;
    match answer {
        Some(answer) => format!("{name}: {}\n", serde_json::Value::from(answer)),
        None if applies == Applies::Required => format!("{name}:\n"),
        None => format!("#{name}:\n"),
    }
}
