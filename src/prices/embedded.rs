//! The prices that ship with the compiler.

/// Makes the list of the embedded files from their paths under `src/prices`.
macro_rules! embedded {
    ($($path:literal,)+) => {
        &[$(($path, include_str!(concat!("../prices/", $path))),)+]
    };
}

/// The path and the text of each file with prices.
pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
    embedded! {
        "aws/compute.toml",
        "aws/data.toml",
        "aws/network.toml",
        "aws/storage.toml",
    }
}
