PRAGMA user_version = 9;
BEGIN TRANSACTION;
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
CREATE TABLE drafts (draft_id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
INSERT INTO "drafts" VALUES('menu-change','menu-change','{"customer_name":"見本 花子"}','2026-04-01T09:00:00.000000+09:00');
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
INSERT INTO "fuel_prices" VALUES(1,'見本電力','見本','2026-03','hand','-1.20','0',NULL,'見本の検針票','2026-04-01T09:00:00.000000+09:00');
CREATE TABLE inbox (
        receipt_number TEXT PRIMARY KEY NOT NULL,
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
        search_text TEXT NOT NULL
    , status_is_old INTEGER NOT NULL DEFAULT 0, status_look INTEGER NOT NULL DEFAULT 0, seen_to INTEGER NOT NULL DEFAULT 0) STRICT
    ;
INSERT INTO "inbox" VALUES('R1','10',NULL,NULL,'','',0,'{}',NULL,1,'','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00',NULL,NULL,'r1',0,0,0);
CREATE TABLE inbox_history (
        id INTEGER PRIMARY KEY,
        receipt_number TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "inbox_history" VALUES(1,'R1','2026-04-01T09:00:00.000000+09:00','new','','10');
CREATE TABLE login_stops (
        id INTEGER PRIMARY KEY,
        service TEXT NOT NULL,
        salt BLOB NOT NULL,
        digest BLOB NOT NULL,
        message TEXT NOT NULL,
        refused_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "login_stops" VALUES(1,'kansai',X'00',X'01','見本の言葉','2026-04-01T09:00:00.000000+09:00');
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
INSERT INTO "outbox" VALUES(1,'b16b04b0-d9b1-44f1-9cfa-34e730e3d3d7','outage',0,'0600000000000000000123','{"customer_name":"見本 太郎","equipment_class":"PE301","extra":{},"kind":"outage","selection_code":"PS301","supply_point_address":"大阪府大阪市見本町0-0-0","supply_point_number":"0600000000000000000123"}','queued','2026-04-01T09:00:00.000000+09:00','2026-04-01T09:00:00.000000+09:00',0,'','','','','',NULL,NULL,0);
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
INSERT INTO "outbox_events" VALUES(1,'b16b04b0-d9b1-44f1-9cfa-34e730e3d3d7','2026-04-01T09:00:00.000000+09:00','','queued',0,'','');
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
INSERT INTO "ui_state" VALUES('golden','v9');
CREATE INDEX inbox_by_registration ON inbox (registered_on DESC, receipt_number DESC);
CREATE INDEX inbox_unread ON inbox (receipt_number) WHERE unread = 1;
CREATE INDEX inbox_by_supply_point ON inbox (supply_point_number);
CREATE INDEX inbox_by_visit ON inbox (visit_on) WHERE visit_on IS NOT NULL;
CREATE INDEX inbox_history_by_receipt ON inbox_history (receipt_number, id);
CREATE TRIGGER inbox_history_is_not_rewritten BEFORE UPDATE ON inbox_history
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER inbox_history_is_not_deleted BEFORE DELETE ON inbox_history
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE INDEX outbox_by_state ON outbox (state, urgency, position);
CREATE INDEX outbox_by_supply_point ON outbox (supply_point_number);
CREATE INDEX outbox_by_receipt ON outbox (receipt_number) WHERE receipt_number <> '';
CREATE TRIGGER outbox_attempts_are_not_deleted BEFORE DELETE ON outbox_attempts
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE INDEX outbox_events_by_item ON outbox_events (item_id, id);
CREATE TRIGGER outbox_events_are_not_rewritten BEFORE UPDATE ON outbox_events
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER outbox_events_are_not_deleted BEFORE DELETE ON outbox_events
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER quotes_are_not_rewritten BEFORE UPDATE ON quotes
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE INDEX login_stops_by_service ON login_stops (service, id);
CREATE TRIGGER outbox_attempts_are_not_rewritten BEFORE UPDATE ON outbox_attempts
    BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE INDEX catalogue_by_key ON catalogue (topic, key, id);
CREATE INDEX inbox_by_status_look ON inbox (status_look);
CREATE INDEX matched_bills_by_customer ON matched_bills (customer, id);
COMMIT;
