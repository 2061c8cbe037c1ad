PRAGMA user_version = 16;
BEGIN TRANSACTION;
CREATE TABLE bulk_batches (
        batch_id TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        headings TEXT NOT NULL,
        fields TEXT NOT NULL,
        common TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;
INSERT INTO "bulk_batches" (batch_id, kind, source, headings, fields, common, created_at) VALUES('golden','menu-change','','["供給地点特定番号","需要者名"]','["supply_point_number","customer_name"]','{}','2026-04-01T09:00:00.000000+09:00');
CREATE TABLE bulk_rows (
        batch_id TEXT NOT NULL REFERENCES bulk_batches (batch_id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        cells TEXT NOT NULL,
        item_id TEXT,
        PRIMARY KEY (batch_id, line)
    ) STRICT;
INSERT INTO "bulk_rows" (batch_id, line, cells, item_id) VALUES('golden',2,'["0600000000000000000017","見本 花子"]',NULL);
CREATE TABLE catalogue (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        key TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        payload TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE closed_windows (
        id INTEGER PRIMARY KEY,
        starts_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        note TEXT NOT NULL,
        CHECK (starts_at < ends_at)
    ) STRICT
    ;
CREATE VIRTUAL TABLE customer_grams USING fts5 (text, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
INSERT INTO customer_grams (rowid, text) VALUES(1,'0 00 000 000000 000001 000012 000123 001 01 012 06 060 060000 1 12 123 2 23 3 6 60 600 600000 大 大阪 大阪市 大阪府 太 太郎 市 市見 市見本 府 府大 府大阪 本 本太 本太郎 本町 本町0 町 町0 町00 見 見本 見本太 見本町 郎 阪 阪市 阪市見 阪府 阪府大');
CREATE TABLE customers (
        customer_id INTEGER PRIMARY KEY AUTOINCREMENT,
        supply_point_number TEXT NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        reading TEXT NOT NULL,
        phone TEXT NOT NULL,
        postcode TEXT NOT NULL,
        address TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        search_text TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "customers" (customer_id, supply_point_number, name, name_key, reading, phone, postcode, address, seen_at, search_text) VALUES(1,'0600000000000000000123','見本 太郎','見本太郎','','','','大阪府大阪市見本町0-0-0','2026-04-01T09:00:00.000000+09:00','0600000000000000000123
見本太郎
大阪府大阪市見本町000');
CREATE TABLE drafts (draft_id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
INSERT INTO "drafts" (draft_id, kind, fields, saved_at) VALUES('menu-change','menu-change','{"customer_name":"見本 花子"}','2026-04-01T09:00:00.000000+09:00');
CREATE TABLE fuel_prices (
        id INTEGER PRIMARY KEY,
        company TEXT NOT NULL,
        contract_class TEXT NOT NULL,
        bill_month TEXT NOT NULL,
        origin TEXT NOT NULL,
        per_kwh TEXT NOT NULL,
        fixed TEXT NOT NULL,
        subsidy TEXT,
        source TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        UNIQUE (company, contract_class, bill_month, origin)
    ) STRICT
    ;
INSERT INTO "fuel_prices" (id, company, contract_class, bill_month, origin, per_kwh, fixed, subsidy, source, noted_at) VALUES(1,'見本電力','見本','2026-03','hand','-1.20','0',NULL,'見本の検針票','2026-04-01T09:00:00.000000+09:00');
CREATE TABLE "inbox" (
        receipt_number TEXT NOT NULL UNIQUE,
        work_stage TEXT NOT NULL,
        registered_on TEXT,
        visit_on TEXT,
        selection_code TEXT NOT NULL,
        supply_point_number TEXT NOT NULL,
        has_message INTEGER NOT NULL,
        extra TEXT NOT NULL,
        kind TEXT,
        unread INTEGER NOT NULL,
        previous_stage TEXT NOT NULL,
        first_seen_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        synced_at TEXT NOT NULL,
        status TEXT,
        status_at TEXT,
        search_text TEXT NOT NULL,
        status_is_old INTEGER NOT NULL DEFAULT 0,
        status_look INTEGER NOT NULL DEFAULT 0,
        seen_to INTEGER NOT NULL DEFAULT 0,
        newest_message TEXT NOT NULL DEFAULT '',
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        is_read INTEGER NOT NULL AS (unread = 0),
        kind_key TEXT NOT NULL AS (COALESCE(kind, '')),
        visit_key TEXT NOT NULL AS (COALESCE(visit_on, '9')),
        registered_key TEXT NOT NULL AS (COALESCE(registered_on, '')),
        needs_action INTEGER NOT NULL AS (has_message = 1 AND (unread = 1 OR status_at IS NULL OR status_is_old = 1)),
        is_outage INTEGER NOT NULL AS (kind IS 'outage'),
        may_have_news INTEGER NOT NULL AS (has_message = 1 OR status_is_old = 1 OR kind IS 'outage')
    , note TEXT NOT NULL DEFAULT '', noted_at TEXT, tags TEXT NOT NULL DEFAULT '', follow_up_on TEXT, customer_name TEXT NOT NULL DEFAULT '', supply_point_address TEXT NOT NULL DEFAULT '', moved_on TEXT NOT NULL DEFAULT '', name_key TEXT NOT NULL AS (COALESCE(NULLIF(customer_name, ''), char(1114111))), address_key TEXT NOT NULL AS (COALESCE(NULLIF(supply_point_address, ''), char(1114111)))) STRICT
    ;
INSERT INTO "inbox" (receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, has_message, extra, kind, unread, previous_stage, first_seen_at, changed_at, synced_at, status, status_at, search_text, status_is_old, status_look, seen_to, newest_message, id, note, noted_at, tags, follow_up_on, customer_name, supply_point_address, moved_on) VALUES('R1','10',NULL,NULL,'','',0,'{}',NULL,1,'','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00',NULL,NULL,'r1',0,0,0,'',1,'見本のメモ','2026-04-01T09:00:00.000000+09:00','見本','2026-04-02','','','2026-04-01');
CREATE TABLE inbox_counts (name TEXT PRIMARY KEY NOT NULL, entries INTEGER NOT NULL) STRICT;
INSERT INTO "inbox_counts" (name, entries) VALUES('all',1);
INSERT INTO "inbox_counts" (name, entries) VALUES('unread',1);
INSERT INTO "inbox_counts" (name, entries) VALUES('needs_action',0);
INSERT INTO "inbox_counts" (name, entries) VALUES('outage',0);
CREATE TABLE inbox_days (
        work_stage TEXT NOT NULL, moved_on TEXT NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (work_stage, moved_on)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "inbox_days" (work_stage, moved_on, entries) VALUES('10','2026-04-01',1);
CREATE VIRTUAL TABLE inbox_grams USING fts5 (text, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
INSERT INTO inbox_grams (rowid, text) VALUES(1,'1 r r1');
CREATE TABLE inbox_history (
        id INTEGER PRIMARY KEY,
        receipt_number TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "inbox_history" (id, receipt_number, at, kind, before, after) VALUES(1,'R1','2026-04-01T09:00:00.000000+09:00','new','','10');
CREATE TABLE login_stops (
        id INTEGER PRIMARY KEY,
        service TEXT NOT NULL,
        salt BLOB NOT NULL,
        digest BLOB NOT NULL,
        message TEXT NOT NULL,
        refused_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "login_stops" (id, service, salt, digest, message, refused_at) VALUES(1,'kansai',X'00',X'01','見本の言葉','2026-04-01T09:00:00.000000+09:00');
CREATE TABLE matched_bills (
        id INTEGER PRIMARY KEY,
        matched_at TEXT NOT NULL,
        customer TEXT NOT NULL,
        payload TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE outbox (
        position INTEGER PRIMARY KEY,
        item_id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        supply_point_number TEXT NOT NULL,
        application TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'rejected', 'unknown', 'ask', 'cancelled')),
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        receipt_number TEXT NOT NULL,
        reception_message TEXT NOT NULL,
        failure_code TEXT NOT NULL,
        failure_message TEXT NOT NULL,
        not_before TEXT,
        owner TEXT, by_status INTEGER NOT NULL DEFAULT 0
    ) STRICT
    ;
INSERT INTO "outbox" (position, item_id, kind, urgency, supply_point_number, application, state, created_at, changed_at, attempts, request_id, receipt_number, reception_message, failure_code, failure_message, not_before, owner, by_status) VALUES(1,'b16b04b0-d9b1-44f1-9cfa-34e730e3d3d7','outage',0,'0600000000000000000123','{"customer_name":"見本 太郎","equipment_class":"PE301","extra":{},"kind":"outage","selection_code":"PS301","supply_point_address":"大阪府大阪市見本町0-0-0","supply_point_number":"0600000000000000000123"}','queued','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00',0,'','','','','',NULL,NULL,0);
CREATE TABLE outbox_attempts (
        item_id TEXT NOT NULL REFERENCES outbox (item_id),
        attempt INTEGER NOT NULL,
        request_id TEXT NOT NULL UNIQUE,
        payload TEXT NOT NULL,
        envelope BLOB NOT NULL,
        envelope_sha256 TEXT NOT NULL,
        owner TEXT NOT NULL,
        at TEXT NOT NULL, inbox_seen INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (item_id, attempt)
    ) STRICT
    ;
CREATE TABLE outbox_events (
        id INTEGER PRIMARY KEY,
        item_id TEXT NOT NULL REFERENCES outbox (item_id),
        at TEXT NOT NULL,
        from_state TEXT NOT NULL,
        to_state TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        code TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "outbox_events" (id, item_id, at, from_state, to_state, attempt, code, detail) VALUES(1,'b16b04b0-d9b1-44f1-9cfa-34e730e3d3d7','2026-04-01T09:00:00.000000+09:00','','queued',0,'','');
CREATE TABLE quotes (
        position INTEGER PRIMARY KEY,
        quote_id TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        title TEXT NOT NULL,
        engine_version TEXT NOT NULL,
        inputs TEXT NOT NULL,
        plan TEXT NOT NULL,
        result TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE supplements (
        plan TEXT PRIMARY KEY NOT NULL,
        payload TEXT NOT NULL,
        saved_at TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE ui_state (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
INSERT INTO "ui_state" (key, value) VALUES('golden','v16');
CREATE INDEX catalogue_by_key ON catalogue (topic, key, id);
CREATE INDEX customers_by_name ON customers (name_key, customer_id) WHERE supply_point_number = '';
CREATE INDEX customers_by_point ON customers (supply_point_number, customer_id);
CREATE INDEX inbox_by_address ON inbox (address_key, receipt_number DESC);
CREATE INDEX inbox_by_follow_up ON inbox (follow_up_on, receipt_number DESC) WHERE follow_up_on IS NOT NULL;
CREATE INDEX inbox_by_kind ON inbox (kind_key, receipt_number DESC);
CREATE INDEX inbox_by_message ON inbox (newest_message, receipt_number DESC);
CREATE INDEX inbox_by_movement ON inbox (moved_on, receipt_number);
CREATE INDEX inbox_by_name ON inbox (name_key, receipt_number DESC);
CREATE INDEX inbox_by_need_of_a_look ON inbox (work_stage, may_have_news, status_look, is_outage DESC, registered_key DESC);
CREATE INDEX inbox_by_reading ON inbox (is_read, receipt_number DESC);
CREATE INDEX inbox_by_registration ON inbox (registered_key, receipt_number);
CREATE INDEX inbox_by_stage ON inbox (work_stage, receipt_number DESC);
CREATE INDEX inbox_by_status_look ON inbox (status_look);
CREATE INDEX inbox_by_supply_point ON inbox (supply_point_number, receipt_number DESC);
CREATE INDEX inbox_by_tags ON inbox (tags) WHERE tags <> '';
CREATE INDEX inbox_by_visit ON inbox (visit_key, receipt_number DESC, registered_key);
CREATE INDEX inbox_history_by_receipt ON inbox_history (receipt_number, id);
CREATE INDEX inbox_needing_action ON inbox (registered_key, receipt_number) WHERE needs_action = 1;
CREATE INDEX inbox_outages ON inbox (registered_key, receipt_number) WHERE is_outage = 1;
CREATE INDEX inbox_unmoved ON inbox (work_stage, moved_on);
CREATE INDEX inbox_unread ON inbox (registered_key, receipt_number) WHERE unread = 1;
CREATE INDEX login_stops_by_service ON login_stops (service, id);
CREATE INDEX matched_bills_by_customer ON matched_bills (customer, id);
CREATE INDEX outbox_by_receipt ON outbox (receipt_number) WHERE receipt_number <> '';
CREATE INDEX outbox_by_state ON outbox (state, urgency, position);
CREATE INDEX outbox_by_supply_point ON outbox (supply_point_number);
CREATE INDEX outbox_events_by_item ON outbox_events (item_id, id);
CREATE TRIGGER inbox_counts_what_changes AFTER UPDATE OF kind, unread, has_message, status_at, status_is_old ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries + CASE name WHEN 'unread' THEN NEW.unread - OLD.unread
            WHEN 'needs_action' THEN NEW.needs_action - OLD.needs_action ELSE NEW.is_outage - OLD.is_outage END
        WHERE name <> 'all';
    END;
CREATE TRIGGER inbox_counts_what_comes AFTER INSERT ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries + CASE name WHEN 'all' THEN 1 WHEN 'unread' THEN NEW.unread
            WHEN 'needs_action' THEN NEW.needs_action ELSE NEW.is_outage END;
    END;
CREATE TRIGGER inbox_counts_what_goes AFTER DELETE ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries - CASE name WHEN 'all' THEN 1 WHEN 'unread' THEN OLD.unread
            WHEN 'needs_action' THEN OLD.needs_action ELSE OLD.is_outage END;
    END;
CREATE TRIGGER inbox_days_what_comes AFTER INSERT ON inbox BEGIN
        INSERT INTO inbox_days VALUES (NEW.work_stage, NEW.moved_on, 1)
        ON CONFLICT (work_stage, moved_on) DO UPDATE SET entries = entries + 1;
    END;
CREATE TRIGGER inbox_days_what_goes AFTER DELETE ON inbox BEGIN
        UPDATE inbox_days SET entries = entries - 1 WHERE work_stage = OLD.work_stage AND moved_on = OLD.moved_on;
    END;
CREATE TRIGGER inbox_days_what_moves AFTER UPDATE OF work_stage, moved_on ON inbox
    WHEN NEW.work_stage <> OLD.work_stage OR NEW.moved_on <> OLD.moved_on BEGIN
        UPDATE inbox_days SET entries = entries - 1 WHERE work_stage = OLD.work_stage AND moved_on = OLD.moved_on;
        INSERT INTO inbox_days VALUES (NEW.work_stage, NEW.moved_on, 1)
        ON CONFLICT (work_stage, moved_on) DO UPDATE SET entries = entries + 1;
    END;
CREATE TRIGGER inbox_history_is_not_deleted BEFORE DELETE ON inbox_history
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER inbox_history_is_not_rewritten BEFORE UPDATE ON inbox_history
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER outbox_attempts_are_not_deleted BEFORE DELETE ON outbox_attempts
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER outbox_attempts_are_not_rewritten BEFORE UPDATE ON outbox_attempts
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER outbox_events_are_not_deleted BEFORE DELETE ON outbox_events
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER outbox_events_are_not_rewritten BEFORE UPDATE ON outbox_events
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER quotes_are_not_rewritten BEFORE UPDATE ON quotes
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TABLE quote_drafts (
        draft_id TEXT PRIMARY KEY NOT NULL,
        customer TEXT NOT NULL,
        content TEXT NOT NULL,
        saved_at TEXT NOT NULL
    ) STRICT;
INSERT INTO "quote_drafts" VALUES('points','見本 花子','[]','2026-04-01T09:00:00.000000+09:00');
COMMIT;
