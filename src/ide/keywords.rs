//! What the words of the language do.

/// A word of the language.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What it does, in Markdown.
    pub doc: &'static str,
    /// How it is used.
    pub example: &'static str,
}

/// The word as it is known to the language.
pub fn keyword(word: &str) -> Option<&'static Word> {
    WORDS.iter().find(|it| it.word == word)
}

const fn word(word: &'static str, doc: &'static str, example: &'static str) -> Word {
    Word { word, doc, example }
}

/// All words, by the order of the alphabet.
const WORDS: &[Word] = &[
    word("->", "Data moves from the left to the right. `via` names what carries it.", "apps -> stream \"PUT records\""),
    word(
        "<-",
        "A reply, in a scenario: the right answers an earlier step of the left.",
        "shop => stock\nshop <- stock \"ok\"",
    ),
    word(
        "=>",
        "The left calls the right and waits for the answer. Data moves along it, too.",
        "web => api \"place order\"",
    ),
    word(
        "~>",
        "A side channel: it triggers, watches or describes, and carries no data. It is drawn dotted; `rate` says how often it \
         fires.",
        "schedule ~> job { rate = 24/d }",
    ),
    word(
        "allow",
        "Lets a finding of one rule stand where the next statement is. The reason is for readers; after the day in `until`, \
         the finding comes back.",
        "@allow(wiring/unknown, \"agreed with the vendor\", until = 2027-06-30)\nservice box: aws.sqs",
    ),
    word(
        "alt",
        "Steps of which one branch happens. Its title is the condition, and `else` begins the next branch.",
        "alt \"in stock\" {\n  shop => stock \"reserve\"\n} else \"sold out\" {\n  shop -> customer \"regret\"\n}",
    ),
    word(
        "and",
        "Begins the next branch of a `par`. All branches happen, beside each other.",
        "par {\n  shop -> mail\n} and {\n  shop -> stock\n}",
    ),
    word(
        "architecture",
        "Declares one system: it has one page and one diagram. All names in it are its own; others say `NAME.element`.",
        "architecture clicks \"Click Analytics\" {\n  external apps\n  service stream: aws.kinesis.stream\n  apps -> stream\n}",
    ),
    word(
        "as",
        "Names an instance of a pattern. Without it, the instance has the name of the pattern.",
        "use archive(web) as clicks",
    ),
    word(
        "decision",
        "Records why something is built as it is. It has a status and a date, and stands on the pages of what it affects.",
        "decision count_on_flink \"Count with Flink\" {\n  status = accepted\n  affects = [flink]\n}",
    ),
    word(
        "else",
        "Begins the next branch of an `alt`. Its title is the condition.",
        "alt \"in stock\" {\n  shop => stock\n} else {\n  shop -> customer\n}",
    ),
    word(
        "environment",
        "Says what differs from the base: values, loads, and with `without` what is not there. `archc check --env NAME` looks \
         at it.",
        "environment staging {\n  scale = 5%\n  lake.raw.retention = 7 d\n}",
    ),
    word(
        "example",
        "Tries a rule on a small architecture. `example bad` must break the rule, `example good` must not.",
        "example bad {\n  external web\n  service db: aws.rds\n  web -> db\n}",
    ),
    word(
        "extend",
        "Adds to an architecture or a group that is declared elsewhere. The file that declares it need not change.",
        "extend shop {\n  service mail: aws.ses\n}",
    ),
    word(
        "external",
        "Declares a system that others run. Loads begin there: `emits` says how much it sends.",
        "external apps \"Mobile Apps\" { emits = 1_000/s of 1 KB, peak = 3x }",
    ),
    word(
        "follows",
        "Holds an architecture to what a pattern asks for. What it lacks is a finding.",
        "architecture shop follows data_lake { … }",
    ),
    word(
        "group",
        "Draws a boundary around elements. What it says of `owner`, `region` and `account` holds for everything inside.",
        "group ingest \"Ingestion\" {\n  owner = \"team-data\"\n  service stream: aws.kinesis.stream\n}",
    ),
    word(
        "hard",
        "Says of a limit that nobody raises it. `soft` limits can be raised on request.",
        "limit \"records a second\" in.rate <= 1_000/s hard",
    ),
    word(
        "is",
        "Names what a kind inherits from, or an environment. The child has all of it and says what differs.",
        "kind team.bucket is aws.s3 { … }",
    ),
    word(
        "kind",
        "Declares a kind of service: its properties, what it is billed on, and its limits. It inherits from the kind after \
         `is`.",
        "kind team.bucket is aws.s3 \"Team Bucket\" {\n  require = [owner]\n}",
    ),
    word(
        "limit",
        "Declares a quota of a kind, held against the load at the peak. `hard` ones cannot be raised, `soft` ones can.",
        "limit \"records a second\" in.rate <= shards * 1_000/s hard {\n  source = \"AWS quotas\"\n  read = 2026-11-17\n}",
    ),
    word(
        "loop",
        "Steps that happen again and again. Its title says how often or how long.",
        "loop \"every minute\" {\n  poller => queue \"poll\"\n}",
    ),
    word(
        "meta",
        "Holds free facts: a key and a value, which the compiler does not read. They stand on the page.",
        "meta { wiki = \"https://wiki.example.com/orders\" }",
    ),
    word(
        "meter",
        "Declares what a kind is billed on: a quantity, and after `@` the price. The quantity of a month of 730 h is billed.",
        "meter \"Requests\" = in.rate @ aws.sqs.requests",
    ),
    word(
        "never",
        "Says of a wire that it cannot work. Edges like it are errors.",
        "wire team.bucket -> external never { source = \"policy 7\" }",
    ),
    word("note", "Puts a text over participants of a scenario.", "note shop, stock \"nightly\""),
    word("of", "Joins a rate and the size of one record to a load.", "emits = 5_000/s of 1 KB"),
    word(
        "only",
        "Says of a wire that it works, and that the list of targets is complete. Other targets are errors.",
        "wire aws.firehose -> aws.s3, aws.redshift only { source = \"AWS docs\" }",
    ),
    word(
        "opt",
        "Steps that happen or do not. Its title is the condition.",
        "opt \"with a voucher\" {\n  shop => vouchers\n}",
    ),
    word(
        "par",
        "Steps that happen beside each other. `and` begins the next branch.",
        "par {\n  shop -> mail\n} and {\n  shop -> stock\n}",
    ),
    word(
        "pattern",
        "Declares a piece of architecture that is built again and again, with parameters. `use` puts an instance into an \
         architecture; names inside see nothing outside but the parameters.",
        "pattern archive(source: external, keep: duration = 30 d) {\n  service raw: aws.s3 { retention = keep }\n  source -> raw \
         via aws.firehose\n}",
    ),
    word(
        "person",
        "Declares people who use the system. They are drawn as such and cost nothing.",
        "person analysts \"Analysts\"",
    ),
    word(
        "property",
        "Declares a property that a kind understands: its type, and after `=` its default. The block gives the range.",
        "property memory: size = 128 MB { min = 128 MB, max = 10_240 MB }",
    ),
    word(
        "retired",
        "Says of a wire that it worked once. Edges like it are findings.",
        "wire aws.kinesis.stream -> aws.sns retired",
    ),
    word(
        "rule",
        "Declares a rule of your own: what it denies, requires or limits is written as selectors. Its findings have the code \
         `rule/NAME`.",
        "rule no_direct_store {\n  deny = external -> category(store)\n  because = \"stores are not reachable from outside\"\n}",
    ),
    word(
        "scenario",
        "Tells what happens, step by step, as a sequence diagram. Each step follows a declared edge.",
        "scenario order \"An order\" {\n  customer => api \"place order\"\n  api -> queue\n}",
    ),
    word(
        "service",
        "Declares something that you run; the kind after the colon decides what it costs, can take and connects to. \
         `archc kinds` lists the kinds.",
        "service raw: aws.s3 \"Raw Zone\" { retention = 30 d }",
    ),
    word(
        "soft",
        "Says of a limit that the provider raises it on request. `hard` limits cannot be raised.",
        "limit \"concurrent runs\" in.rate <= 1_000/s soft",
    ),
    word(
        "through",
        "Says of a wire that it needs another kind between the two. The finding names it.",
        "wire aws.sns -> aws.mwaa through aws.lambda",
    ),
    word(
        "use",
        "Puts an instance of a pattern into an architecture, as a group. The arguments stand for its parameters.",
        "use archive(web, keep = 7 d) as clicks",
    ),
    word(
        "via",
        "Names what carries an edge: a kind, or a service that is declared elsewhere. It is a real service for checks and \
         bills, and is drawn as the label.",
        "stream -> raw via aws.firehose \"Firehose\"",
    ),
    word(
        "view",
        "Declares one more diagram: what a selection shows. It stands on the page and in `diagrams/views/`.",
        "view ingestion \"Ingestion\" { show = upstream(raw) }",
    ),
    word(
        "wire",
        "Declares a fact about what kinds can connect to. `only`, `never`, `retired` and `through` say what it means; without \
         one, it works.",
        "wire aws.firehose -> aws.s3 {\n  source = \"AWS docs\"\n  read = 2026-11-17\n}",
    ),
    word(
        "without",
        "Says what is not there in an environment. What it names goes with all its edges.",
        "environment dev {\n  without reports, alarms\n}",
    ),
];
