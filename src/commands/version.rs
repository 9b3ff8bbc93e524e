//! `docket --version --verbose`

/// What this docket is and what it was built from and with, a line each.
pub(crate) fn version() -> String {
    let features = if cfg!(feature = "portal") { "portal" } else { "none: the client alone" };
    format!(
        "docket {}\ncommit    {}\ntarget    {}\nfeatures  {features}\nrustc     {}\n",
        env!("CARGO_PKG_VERSION"),
        env!("DOCKET_COMMIT"),
        env!("DOCKET_TARGET"),
        env!("DOCKET_RUSTC"),
    )
}
