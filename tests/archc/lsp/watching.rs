//! Clients that cannot watch files: the server sees by itself what happens on the disk.

use std::fs;

use serde_json::json;

use super::client::Client;

const SHOP: &str = "\
//- shop/main.arch
architecture shop {
  external web
  web -> orders
}
//- shop/archc.toml
//- other/note.md
";
const SLIP: &str = "3:10-3:16 error name/unresolved: there is no element `orders` | \
                    help: declare it, such as `service orders: KIND`, `external orders` or `person orders`";

fn start() -> Client {
    let (client, _) = Client::start_with(SHOP, &json!({ "workspace": { "didChangeWatchedFiles": {} } }));
    assert!(client.requests.is_empty(), "a client that cannot watch is not asked to");
    client
}

#[test]
fn files_that_come_change_and_go_are_seen() {
    let mut client = start();
    let folder = client.folder.path().to_owned();
    client.wait_for("shop/main.arch", &[SLIP]);
    fs::write(folder.join("shop/more.arch"), "extend shop {\n  service orders: aws.sqs\n}\n").unwrap();
    client.wait_for("shop/main.arch", &[]);
    fs::write(folder.join("shop/more.arch"), "extend shop {\n  service order: aws.sqs\n}\n").unwrap();
    client.wait_for(
        "shop/main.arch",
        &["3:10-3:16 error name/unresolved: there is no element `orders` | help: did you mean `order`?"],
    );
    fs::remove_file(folder.join("shop/more.arch")).unwrap();
    client.wait_for("shop/main.arch", &[SLIP]);
}

#[test]
fn folders_that_come_and_vanish_are_seen() {
    let mut client = start();
    let folder = client.folder.path().to_owned();
    client.wait_for("shop/main.arch", &[SLIP]);
    fs::create_dir_all(folder.join("shop/deep/deeper")).unwrap();
    fs::write(folder.join("shop/deep/deeper/more.arch"), "extend shop {\n  service orders: aws.sqs\n}\n").unwrap();
    client.wait_for("shop/main.arch", &[]);
    fs::rename(folder.join("shop/deep"), folder.join("elsewhere")).unwrap();
    client.wait_for("shop/main.arch", &[SLIP]);
    fs::rename(folder.join("shop"), folder.join("store")).unwrap();
    client.wait_for("store/main.arch", &[SLIP]);
    client.wait_for("shop/main.arch", &[]);
    fs::remove_dir_all(folder.join("store")).unwrap();
    client.wait_for("store/main.arch", &[]);
}

#[test]
fn the_whole_folder_may_vanish_and_come_back() {
    let mut client = start();
    let folder = client.folder.path().to_owned();
    client.wait_for("shop/main.arch", &[SLIP]);
    let aside = tempfile::tempdir_in(folder.parent().unwrap()).unwrap();
    fs::rename(&folder, aside.path().join("away")).unwrap();
    client.wait_for("shop/main.arch", &[]);
    fs::rename(aside.path().join("away"), &folder).unwrap();
    client.wait_for("shop/main.arch", &[SLIP]);
}
