-- The store, one DuckDB file. Claimed and confirmed never share a table.
-- Times: a row's period says what it describes; `published` when it became known; the vintage when we retrieved it.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    citation TEXT NOT NULL,
    doi TEXT,
    url TEXT,
    licence TEXT NOT NULL,
    redistribute TEXT NOT NULL,
    commercial TEXT NOT NULL,
    needs TEXT NOT NULL,
    first_year INTEGER,
    last_year INTEGER
);

CREATE TABLE vintages (
    vintage TEXT PRIMARY KEY,      -- source@sha of its first bytes' hash, or snapshot version
    source TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    retrieved TIMESTAMP NOT NULL
);

CREATE TABLE raw_files (
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,            -- inside the store's folder
    bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    origin TEXT NOT NULL,          -- URL or file name as given
    retrieved TIMESTAMP NOT NULL
);

CREATE TABLE indicators (
    indicator TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    family TEXT NOT NULL,
    source TEXT NOT NULL,
    unit TEXT NOT NULL,
    sign INTEGER NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    absence_means_none BOOLEAN NOT NULL,
    lag_years DOUBLE NOT NULL,
    note TEXT
);

CREATE TABLE readings (
    state TEXT NOT NULL,
    pole TEXT NOT NULL,
    indicator TEXT NOT NULL,
    year INTEGER NOT NULL,
    value DOUBLE NOT NULL,
    sd DOUBLE,
    detail TEXT,
    vintage TEXT NOT NULL          -- no primary key: its index would be ten times the size of the rows
);

CREATE TABLE rollcalls (
    rcid INTEGER PRIMARY KEY, session INTEGER, date DATE, year INTEGER, symbol TEXT, title TEXT,
    important BOOLEAN, issues TEXT, yes INTEGER, "no" INTEGER, abstain INTEGER,
    text INTEGER                   -- rcid of the first vote on the same text, null where it came up once
);
CREATE TABLE votes (rcid INTEGER NOT NULL, state TEXT NOT NULL, vote TINYINT NOT NULL);
CREATE TABLE ideal_points (state TEXT, year INTEGER, point DOUBLE, q05 DOUBLE, q95 DOUBLE, n_votes INTEGER);
CREATE TABLE conflict_years (
    state TEXT, year INTEGER, conflict_id INTEGER, type INTEGER, intensity INTEGER, opponent TEXT
);
CREATE TABLE troops (host TEXT, year INTEGER, troops INTEGER);
CREATE TABLE deals (
    deal TEXT PRIMARY KEY, supplier TEXT, recipient TEXT, weapon TEXT, designation TEXT, category TEXT, order_year INTEGER,
    status TEXT, number INTEGER, delivered TEXT, value_usd DOUBLE, value_source TEXT, note TEXT, citation TEXT
);
CREATE TABLE facts (fact TEXT PRIMARY KEY, date TEXT, states TEXT, kind TEXT, text TEXT, citation TEXT);

CREATE TABLE articles (
    article TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,          -- of the raw file
    title TEXT, outlet TEXT, url TEXT, author TEXT, language TEXT,
    published TEXT, published_precision TEXT,
    retrieved TIMESTAMP NOT NULL,
    text TEXT NOT NULL,
    notes TEXT,
    reader TEXT NOT NULL,          -- version of the reader that coded it
    parties JSON,                  -- everybody named, with why each was matched
    copy_of TEXT                   -- the earliest kept article that this one nearly repeats; null where it stands alone
);

-- To find near-repeats without reading every text again: a MinHash signature an article, and the hashes of its bands.
CREATE TABLE article_marks (article TEXT PRIMARY KEY, shingles INTEGER NOT NULL, signature BLOB NOT NULL);
CREATE TABLE article_bands (article TEXT NOT NULL, band INTEGER NOT NULL, key UBIGINT NOT NULL);

CREATE TABLE claims (
    claim TEXT PRIMARY KEY,
    article TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    source TEXT, source_phrase TEXT, source_sector TEXT,
    target TEXT, target_phrase TEXT, target_sector TEXT,
    event TEXT NOT NULL, cameo_root TEXT NOT NULL, quad INTEGER NOT NULL,
    kind TEXT, modality TEXT NOT NULL, attributed_to TEXT,
    date TEXT, date_precision TEXT NOT NULL,
    amount DOUBLE, currency TEXT, weapons TEXT, supplier TEXT, recipient TEXT,
    prediction BOOLEAN NOT NULL,
    body JSON NOT NULL             -- the whole claim with all spans
);

CREATE TABLE claim_status (        -- one history an evaluation; the latest `since` of a claim is the one in force
    claim TEXT NOT NULL,
    standing TEXT NOT NULL,        -- reported, corroborated, confirmed, contradicted, withdrawn, unresolved
    answer TEXT NOT NULL,          -- what the record says, in one phrase
    evidence TEXT NOT NULL,        -- the rows that say so, or why none can
    since TIMESTAMP NOT NULL,      -- when this store came to the view
    step INTEGER NOT NULL DEFAULT 0,
    known_on TEXT NOT NULL DEFAULT '', -- ISO date from which the evidence was public
    PRIMARY KEY (claim, since, step)
);

CREATE TABLE events (              -- one row an event, however many claims report it
    event_id TEXT PRIMARY KEY,
    source TEXT, target TEXT, event TEXT NOT NULL, cameo_root TEXT NOT NULL, quad INTEGER NOT NULL,
    date TEXT, date_precision TEXT NOT NULL,
    topic TEXT,                    -- what kind of event between whom
    weapons TEXT,
    first_day TEXT, last_day TEXT  -- within these days, both included
);
CREATE TABLE event_claims (event_id TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (event_id, claim));

CREATE TABLE ledger (              -- questions and their resolutions; append-only, each entry holds the hash of the one before
    entry INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,            -- register, resolve
    question TEXT NOT NULL,
    body TEXT NOT NULL,            -- canonical JSON
    entered TEXT NOT NULL,         -- ISO 8601, UTC
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE realignments (        -- turns as each edition of readings and detector showed them
    turn TEXT NOT NULL,            -- state, year in which it was first placed, poles
    edition INTEGER NOT NULL,
    mark TEXT NOT NULL,            -- hash of the edition's readings and detector
    recorded TIMESTAMP NOT NULL,
    status TEXT NOT NULL,          -- new, holding, withdrawn
    state TEXT NOT NULL, year INTEGER NOT NULL, away_from TEXT NOT NULL, toward TEXT NOT NULL,
    probability DOUBLE NOT NULL, expected_false DOUBLE NOT NULL, because TEXT NOT NULL,
    shift DOUBLE, lo90 DOUBLE, hi90 DOUBLE, p_shift DOUBLE, year_lo90 INTEGER, year_hi90 INTEGER, own DOUBLE, shared DOUBLE,
    PRIMARY KEY (turn, edition)
);
CREATE TABLE watches (             -- states whose turns somebody wants to be told of
    state TEXT PRIMARY KEY,
    poles TEXT NOT NULL,           -- comma list, empty for all
    since TIMESTAMP NOT NULL,
    told INTEGER NOT NULL          -- the last edition told of
);

CREATE TABLE runs (
    run TEXT PRIMARY KEY,          -- hash of inputs, settings, versions and seed
    kind TEXT NOT NULL,
    inputs JSON NOT NULL,
    settings JSON NOT NULL,
    versions JSON NOT NULL,
    seed INTEGER NOT NULL,
    finished TIMESTAMP NOT NULL,
    seconds DOUBLE NOT NULL,
    path TEXT                      -- result file inside the store's folder
);

-- A reading with its four times. Nothing is published before its period ends.
CREATE VIEW readings_known AS
SELECT r.*, make_date(r.year, 1, 1) AS period_start, make_date(r.year, 12, 31) AS period_end,
       r.year + CAST(ceil(i.lag_years) AS INTEGER) AS published_year, v.retrieved -- the lag counts from 31 December
FROM readings r JOIN indicators i USING (indicator) JOIN vintages v USING (vintage);
