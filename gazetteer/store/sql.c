/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/sql.h"

/* Upserts end in WHERE (new) IS NOT (old): what is put again unchanged writes
 * no row, so the triggers write no journal either. `record` is left out of the
 * comparison: it says who changed the row last. */

#define PLACE_COLUMNS                                                          \
    "SELECT p.id, p.code, COALESCE(d.level, 0), p.category, p.status,"         \
    "  p.valid_from, p.valid_to, p.basis, COALESCE(d.is_statistical, 0),"      \
    "  p.is_synthetic, p.parent, COALESCE(q.code, p.parent_code), p.method,"   \
    "  p.accuracy_m, p.position_source, p.geom, AsBinary(a.geom),"             \
    "  COALESCE(a.is_schematic, 0), p.address, p.meaning, p.origin,"           \
    "  p.history, COALESCE(u.start, 0), COALESCE(u.odd_side, 0), u.rule,"      \
    "  COALESCE(s.grade, 0)"                                                   \
    " FROM place p LEFT JOIN division d ON d.place = p.id"                     \
    " LEFT JOIN place q ON q.id = p.parent"                                    \
    " LEFT JOIN place_area a ON a.place = p.id"                                \
    " LEFT JOIN numbering u ON u.place = p.id"                                 \
    " LEFT JOIN secrecy s ON s.about = p.id "

#define KNOWN_COLUMNS                                                          \
    "SELECT id, status, valid_from, valid_to, is_synthetic, method,"           \
    "  accuracy_m, position_source, geom, place, source, text, parent,"        \
    "  number, number_value, tail FROM address "

#define ADDRESS_COLUMNS                                                        \
    "SELECT id, text, parent, number, number_value, tail, place, method,"      \
    "  accuracy_m, position_source, geom, status, valid_from, valid_to,"       \
    "  source, is_synthetic,"                                                  \
    "  COALESCE((SELECT grade FROM secrecy WHERE about = address.id), 0)"      \
    " FROM address "

const char *const GAZ_SQL[GAZ_SQL_COUNT] = {
    [GAZ_SQL_SAVEPOINT] = "SAVEPOINT put",
    [GAZ_SQL_RELEASE] = "RELEASE put",
    [GAZ_SQL_UNDO] = "ROLLBACK TO put",
    [GAZ_SQL_PUT_SOURCE] =
        "INSERT INTO source"
        "  (key, title, origin, edition, licence, credit, url, grade)"
        " VALUES (:key, :title, :origin, :edition, :licence, :credit, :url,"
        "  :grade)"
        " ON CONFLICT (key) DO UPDATE SET title = excluded.title,"
        "  origin = excluded.origin, edition = excluded.edition,"
        "  licence = excluded.licence, credit = excluded.credit,"
        "  url = excluded.url, grade = excluded.grade",
    [GAZ_SQL_PUT_RECORD] =
        "INSERT INTO record (source, key, edition, hash, kind, file, line,"
        "  payload)"
        " VALUES (:source, :key,"
        "  (SELECT edition FROM source WHERE id = :source), :hash, :kind,"
        "  :file, :line, :payload)",
    [GAZ_SQL_PUT_PLACE] =
        "INSERT INTO place (id, maker, code, category, status, valid_from,"
        "  valid_to, basis, is_synthetic, parent, parent_code, method,"
        "  accuracy_m, position_source, address, meaning, origin, history,"
        "  record, geom)"
        " VALUES (:id, :maker, :code, :category, :status, :valid_from,"
        "  :valid_to, :basis, :is_synthetic, :parent, :parent_code, :method,"
        "  :accuracy_m, :position_source, :address, :meaning, :origin,"
        "  :history, :record, :geom)"
        " ON CONFLICT (id) DO UPDATE SET code = excluded.code,"
        "  category = excluded.category, status = excluded.status,"
        "  valid_from = excluded.valid_from, valid_to = excluded.valid_to,"
        "  basis = excluded.basis, is_synthetic = excluded.is_synthetic,"
        "  parent = excluded.parent, parent_code = excluded.parent_code,"
        "  method = excluded.method, accuracy_m = excluded.accuracy_m,"
        "  position_source = excluded.position_source,"
        "  address = excluded.address, meaning = excluded.meaning,"
        "  origin = excluded.origin, history = excluded.history,"
        "  record = COALESCE(excluded.record, record), geom = excluded.geom"
        " WHERE (code, category, status, valid_from, valid_to, basis,"
        "  is_synthetic, parent, parent_code, method, accuracy_m,"
        "  position_source, address, meaning, origin, history, geom)"
        " IS NOT (excluded.code, excluded.category, excluded.status,"
        "  excluded.valid_from, excluded.valid_to, excluded.basis,"
        "  excluded.is_synthetic, excluded.parent, excluded.parent_code,"
        "  excluded.method, excluded.accuracy_m, excluded.position_source,"
        "  excluded.address, excluded.meaning, excluded.origin,"
        "  excluded.history, excluded.geom)",
    [GAZ_SQL_PUT_DIVISION] =
        "INSERT INTO division (place, level, is_statistical)"
        " VALUES (:place, :level, :is_statistical)"
        " ON CONFLICT (place) DO UPDATE SET level = excluded.level,"
        "  is_statistical = excluded.is_statistical"
        " WHERE (level, is_statistical)"
        " IS NOT (excluded.level, excluded.is_statistical)",
    [GAZ_SQL_DROP_DIVISION] = "DELETE FROM division WHERE place = :place",
    [GAZ_SQL_PUT_NUMBERING] =
        "INSERT INTO numbering (place, start, odd_side, rule)"
        " VALUES (:place, :start, :odd_side, :rule)"
        " ON CONFLICT (place) DO UPDATE SET start = excluded.start,"
        "  odd_side = excluded.odd_side, rule = excluded.rule"
        " WHERE (start, odd_side, rule)"
        " IS NOT (excluded.start, excluded.odd_side, excluded.rule)",
    [GAZ_SQL_RAISE_GRADE] =
        "INSERT INTO secrecy (about, grade, record)"
        " VALUES (:about, :grade, :record)"
        " ON CONFLICT (about) DO UPDATE SET grade = excluded.grade,"
        "  why = NULL, record = excluded.record"
        " WHERE excluded.grade > grade",
    [GAZ_SQL_DROP_NUMBERING] = "DELETE FROM numbering WHERE place = :place",
    [GAZ_SQL_INSERT_NAME] =
        "INSERT INTO name (place, ordinal, text, roman, kind, valid_from,"
        "  valid_to, basis, source)"
        " VALUES (:place, :ordinal, :text, :roman, :kind, :valid_from,"
        "  :valid_to, :basis, :source)",
    [GAZ_SQL_UPDATE_NAME] =
        "UPDATE name SET ordinal = :ordinal, roman = :roman,"
        "  valid_from = :valid_from, valid_to = :valid_to, basis = :basis,"
        "  source = :source"
        " WHERE id = :id",
    [GAZ_SQL_DROP_NAME] = "DELETE FROM name WHERE id = :id",
    [GAZ_SQL_PUT_CODE] =
        "INSERT INTO place_code (place, scheme, value, valid_from, valid_to)"
        " VALUES (:place, :scheme, :value, :valid_from, :valid_to)"
        " ON CONFLICT (place, scheme, value) DO UPDATE"
        "  SET valid_from = excluded.valid_from, valid_to = excluded.valid_to"
        " WHERE (valid_from, valid_to)"
        " IS NOT (excluded.valid_from, excluded.valid_to)",
    [GAZ_SQL_ADOPT_ORPHANS] =
        "UPDATE place SET parent = :parent, parent_code = NULL"
        " WHERE parent_code = :code AND parent IS NULL AND id <> :parent",
    [GAZ_SQL_PUT_AREA] =
        "INSERT INTO place_area (place, is_schematic, geom)"
        " VALUES (:place, :is_schematic, :geom)"
        " ON CONFLICT (place) DO UPDATE"
        "  SET is_schematic = excluded.is_schematic, geom = excluded.geom"
        " WHERE (is_schematic, geom)"
        " IS NOT (excluded.is_schematic, excluded.geom)",
    [GAZ_SQL_DROP_AREA] = "DELETE FROM place_area WHERE place = :place",
    [GAZ_SQL_PUT_ADDRESS] =
        "INSERT INTO address (id, maker, text, parent, number, number_value,"
        "  tail, place, status, valid_from, valid_to, is_synthetic, method,"
        "  accuracy_m, position_source, source, record, geom)"
        " VALUES (:id, :maker, :text, :parent, :number, :number_value, :tail,"
        "  :place, :status, :valid_from, :valid_to, :is_synthetic, :method,"
        "  :accuracy_m, :position_source, :source, :record, :geom)"
        " ON CONFLICT (id) DO UPDATE SET text = excluded.text,"
        "  parent = excluded.parent, number = excluded.number,"
        "  number_value = excluded.number_value, tail = excluded.tail,"
        "  place = excluded.place, status = excluded.status,"
        "  valid_from = excluded.valid_from, valid_to = excluded.valid_to,"
        "  is_synthetic = excluded.is_synthetic, method = excluded.method,"
        "  accuracy_m = excluded.accuracy_m,"
        "  position_source = excluded.position_source,"
        "  source = excluded.source,"
        "  record = COALESCE(excluded.record, record), geom = excluded.geom"
        " WHERE (text, parent, number, number_value, tail, place, status,"
        "  valid_from, valid_to, is_synthetic, method, accuracy_m,"
        "  position_source, source, geom)"
        " IS NOT (excluded.text, excluded.parent, excluded.number,"
        "  excluded.number_value, excluded.tail, excluded.place,"
        "  excluded.status, excluded.valid_from, excluded.valid_to,"
        "  excluded.is_synthetic, excluded.method, excluded.accuracy_m,"
        "  excluded.position_source, excluded.source, excluded.geom)",
    [GAZ_SQL_PUT_CLAIM] =
        "INSERT INTO claim (id, place, subject, property, value, value_date,"
        "  source_title, source_url, grade, is_preferred, source, record)"
        " VALUES (:id, :place, :subject, :property, :value, :value_date,"
        "  :source_title, :source_url, :grade, :is_preferred, :source,"
        "  :record)"
        " ON CONFLICT (id) DO UPDATE SET place = excluded.place,"
        "  subject = excluded.subject, property = excluded.property,"
        "  value = excluded.value, value_date = excluded.value_date,"
        "  source_title = excluded.source_title,"
        "  source_url = excluded.source_url, grade = excluded.grade,"
        "  is_preferred = excluded.is_preferred, source = excluded.source,"
        "  record = COALESCE(excluded.record, record)"
        " WHERE (place, subject, property, value, value_date, source_title,"
        "  source_url, grade, is_preferred, source)"
        " IS NOT (excluded.place, excluded.subject, excluded.property,"
        "  excluded.value, excluded.value_date, excluded.source_title,"
        "  excluded.source_url, excluded.grade, excluded.is_preferred,"
        "  excluded.source)",
    [GAZ_SQL_PUT_HERITAGE] =
        "INSERT INTO heritage (place, designation, type, grade, batch, claim)"
        " VALUES (:place, :designation, :type, :grade, :batch, :claim)"
        " ON CONFLICT (place) DO UPDATE SET"
        "  designation = excluded.designation, type = excluded.type,"
        "  grade = excluded.grade, batch = excluded.batch,"
        "  claim = excluded.claim"
        " WHERE (designation, type, grade, batch, claim)"
        " IS NOT (excluded.designation, excluded.type, excluded.grade,"
        "  excluded.batch, excluded.claim)",
    [GAZ_SQL_PUT_CHANGE] =
        "INSERT INTO change (id, kind, date, basis, from_place, to_place,"
        "  from_code, to_code, note, source, record)"
        " VALUES (:id, :kind, :date, :basis, :from_place, :to_place,"
        "  :from_code, :to_code, :note, :source, :record)"
        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
        "  date = excluded.date, basis = excluded.basis,"
        "  from_place = excluded.from_place, to_place = excluded.to_place,"
        "  from_code = excluded.from_code, to_code = excluded.to_code,"
        "  note = excluded.note, source = excluded.source,"
        "  record = COALESCE(excluded.record, record)"
        " WHERE (kind, date, basis, from_place, to_place, from_code, to_code,"
        "  note, source)"
        " IS NOT (excluded.kind, excluded.date, excluded.basis,"
        "  excluded.from_place, excluded.to_place, excluded.from_code,"
        "  excluded.to_code, excluded.note, excluded.source)",
    [GAZ_SQL_PUT_LINE] =
        "INSERT INTO line (key, name, code, kind, level, is_schematic,"
        "  is_synthetic, left_place, right_place, source, record, geom)"
        " VALUES (:key, :name, :code, :kind, :level, :is_schematic,"
        "  :is_synthetic, :left_place, :right_place, :source, :record,"
        "  GeomFromWKB(:wkb, 4490))"
        " ON CONFLICT (key) DO UPDATE SET name = excluded.name,"
        "  code = excluded.code, kind = excluded.kind,"
        "  level = excluded.level, is_schematic = excluded.is_schematic,"
        "  is_synthetic = excluded.is_synthetic,"
        "  left_place = excluded.left_place,"
        "  right_place = excluded.right_place, source = excluded.source,"
        "  record = COALESCE(excluded.record, record), geom = excluded.geom"
        " WHERE (name, code, kind, level, is_schematic, is_synthetic,"
        "  left_place, right_place, source, geom)"
        " IS NOT (excluded.name, excluded.code, excluded.kind,"
        "  excluded.level, excluded.is_schematic, excluded.is_synthetic,"
        "  excluded.left_place, excluded.right_place, excluded.source,"
        "  excluded.geom)",
    [GAZ_SQL_PUT_ISSUE] =
        "INSERT INTO issue (record, about, rule, severity, message,"
        "  message_en, field, evidence)"
        " SELECT :record, :about, :rule, :severity, :message, :message_en,"
        "  :field, :evidence"
        " WHERE NOT EXISTS (SELECT 1 FROM issue WHERE record IS :record"
        "  AND (about, rule, message, field)"
        "  IS (:about, :rule, :message, :field))",
    [GAZ_SQL_PUT_IMPORT] =
        "INSERT INTO import_log"
        "  (source, file, read, stored, merged, unchanged, rejected,"
        "   first_record, last_record)"
        " VALUES (:source, :file, :read, :stored, :merged, :unchanged,"
        "  :rejected, :first_record, :last_record)",
    [GAZ_SQL_PUT_ATTRIBUTE] =
        "INSERT INTO attribute (about, name, source, value, record)"
        " VALUES (:about, :name, :source, :value, :record)"
        " ON CONFLICT (about, name, source) DO UPDATE"
        "  SET value = excluded.value, record = excluded.record"
        " WHERE value <> excluded.value",
    [GAZ_SQL_PUT_QUALITY_RUN] =
        "INSERT INTO quality_run"
        "  (day, scope, places, addresses, errors, warnings, hints, waived)"
        " VALUES (:day, :scope, :places, :addresses, :errors, :warnings,"
        "  :hints, :waived)",
    [GAZ_SQL_PUT_QUALITY_INDICATOR] =
        "INSERT INTO quality_indicator"
        "  (run, rule, tested, found, value, target)"
        " VALUES (:run, :rule, :tested, :found, :value, :target)",
    [GAZ_SQL_REVIEW_HOLDER] =
        "SELECT id, state FROM review WHERE kind = :kind AND a = :a"
        " AND b = :b",
    [GAZ_SQL_PUT_REVIEW] =
        "INSERT INTO review (kind, a, b, rule, score, severity, band, message,"
        "  message_en, about, other, subject, fix_field, fix, is_automatic,"
        "  evidence, rank, seen, code)"
        " VALUES (:kind, :a, :b, :rule, :score, :severity, :band, :zh, :en,"
        "  :about, :other, :subject, :fix_field, :fix, :is_automatic,"
        "  :evidence, :rank, :seen, COALESCE((WITH RECURSIVE"
        "   up (code, parent, depth) AS (SELECT code, parent, 0 FROM place"
        "     WHERE id = :about"
        "     OR id = (SELECT parent FROM address WHERE id = :about)"
        "    UNION ALL SELECT p.code, p.parent, depth + 1"
        "     FROM up JOIN place p ON p.id = up.parent WHERE depth < 8)"
        "   SELECT code FROM up WHERE code <> '' ORDER BY depth LIMIT 1), ''))",
    [GAZ_SQL_RENEW_REVIEW] =
        "UPDATE review SET score = :score, severity = :severity, band = :band,"
        "  message = :zh, message_en = :en, fix_field = :fix_field, fix = :fix,"
        "  is_automatic = :is_automatic, evidence = :evidence, rank = :rank,"
        "  seen = :seen"
        " WHERE id = :id",
    [GAZ_SQL_SEE_REVIEW] = "UPDATE review SET seen = :seen WHERE id = :id",
    [GAZ_SQL_QUALITY_PAST] =
        "SELECT day, rule, value, id FROM"
        "  (SELECT r.day, i.rule, i.value, r.id"
        "   FROM quality_run r JOIN quality_indicator i ON i.run = r.id"
        "   WHERE r.scope = :scope AND i.value IS NOT NULL"
        "   ORDER BY r.id DESC, i.rule LIMIT :most)"
        " ORDER BY id, rule",
    [GAZ_SQL_QUALITY_RUNS] =
        "SELECT * FROM (SELECT id, at, day, places, addresses, errors,"
        "  warnings, hints FROM quality_run WHERE scope = :scope"
        "  ORDER BY id DESC LIMIT :most) ORDER BY id",
    [GAZ_SQL_LINK_RECORD] =
        "UPDATE record SET about = :about WHERE id = :id AND about IS NOT"
        "  :about",
    [GAZ_SQL_SOURCE_ID] = "SELECT id FROM source WHERE key = :key",
    [GAZ_SQL_RECORD_ID] = "SELECT id FROM record"
                          " WHERE key = :key AND source = :source"
                          "  AND hash = :hash",
    [GAZ_SQL_ID_HOLDER] =
        "SELECT 'place', maker, (SELECT text FROM name"
        "  WHERE place = :id AND ordinal = 0) FROM place WHERE id = :id"
        " UNION ALL SELECT 'address', maker, text FROM address WHERE id = :id"
        " UNION ALL SELECT 'redirect', '', '' FROM merged_id"
        "  WHERE merged = :id LIMIT 1",
    [GAZ_SQL_NAME_ROWS] =
        "SELECT id, text, roman, kind, valid_from, valid_to, basis, source,"
        "  ordinal"
        " FROM name WHERE place = :place ORDER BY ordinal, id",
    [GAZ_SQL_MULTIPOLYGON] =
        "SELECT CastToMultiPolygon(GeomFromWKB(:wkb, 4490))",
    [GAZ_SQL_ADDRESS_TWIN] =
        KNOWN_COLUMNS "WHERE parent IS :parent AND number = :number"
                      "  AND tail = :tail AND text = :text ORDER BY id LIMIT 1",
    [GAZ_SQL_ADDRESS_MERGED] =
        KNOWN_COLUMNS "WHERE id = (SELECT kept FROM address_redirect"
                      "  WHERE text = :text AND parent IS :parent"
                      "  ORDER BY merged LIMIT 1)",
    [GAZ_SQL_CLAIM_ID] =
        /* What the same record said before, else the same words. */
    "SELECT c.id, 0 FROM record r JOIN record s"
    "  ON s.key = r.key AND s.source = r.source"
    "  JOIN claim c ON c.record = s.id WHERE r.id = :record"
    " UNION ALL SELECT id, 1 FROM claim"
    "  WHERE place = :place AND property = :property AND value = :value"
    "  AND (value_date, source_title) IS (:value_date, :source_title)"
    " ORDER BY 2, 1 LIMIT 1",
    [GAZ_SQL_CHANGE_ID] =
        "SELECT c.id, 0 FROM record r JOIN record s"
        "  ON s.key = r.key AND s.source = r.source"
        "  JOIN change c ON c.record = s.id WHERE r.id = :record"
        " UNION ALL SELECT id, 1 FROM change"
        "  WHERE kind = :kind AND date = :date"
        "  AND (from_place, to_place, from_code, to_code)"
        "  IS (:from_place, :to_place, :from_code, :to_code)"
        " ORDER BY 2, 1 LIMIT 1",
    [GAZ_SQL_DESIGNATION] =
        "SELECT c.is_preferred FROM heritage h JOIN claim c ON c.id = h.claim"
        " WHERE h.place = :place AND h.claim <> :claim",
    [GAZ_SQL_CANDIDATES] =
        "SELECT place FROM place_code WHERE value = :code"
        " UNION SELECT n.place FROM name n JOIN place p ON p.id = n.place"
        "  WHERE n.text = :name AND p.parent IS :parent"
        "  AND (:parent IS NOT NULL OR p.parent_code IS :parent_code)"
        " ORDER BY 1 LIMIT :limit",
    [GAZ_SQL_PLACE] = PLACE_COLUMNS "WHERE p.id = :id",
    [GAZ_SQL_PLACE_NAMES] =
        "SELECT text, roman, kind, valid_from, valid_to, basis, source"
        " FROM name WHERE place = :place ORDER BY ordinal, id",
    [GAZ_SQL_CODE_OWNER] =
        /* Of several bodies with one code: the current one, then the latest. */
    "SELECT p.id FROM place_code c JOIN place p ON p.id = c.place"
    " WHERE c.value = :code"
    " ORDER BY p.status = 2, c.valid_to <> 0, c.valid_from DESC, p.id"
    " LIMIT 1",
    [GAZ_SQL_NAME_OWNER] =
        "SELECT DISTINCT n.place FROM name n JOIN place p ON p.id = n.place"
        " WHERE n.text = :name AND (:category = 0 OR p.category = :category)"
        "  AND (:ancestor IS NULL OR EXISTS ("
        "   WITH RECURSIVE up (id, steps) AS ("
        "    SELECT p.parent, 1"
        "    UNION ALL SELECT q.parent, steps + 1"
        "     FROM up JOIN place q ON q.id = up.id WHERE steps < 16)"
        "   SELECT 1 FROM up WHERE up.id = :ancestor))"
        " ORDER BY n.place LIMIT 1",
    [GAZ_SQL_RECORD_OWNER] =
        "SELECT COALESCE((SELECT kept FROM redirect WHERE merged = r.about),"
        "  r.about) AS owner"
        " FROM record r WHERE r.key = :key AND EXISTS ("
        "  SELECT 1 FROM place WHERE id = owner)"
        " ORDER BY r.id DESC LIMIT 1",
    [GAZ_SQL_REDIRECT] = "SELECT kept FROM redirect WHERE merged = :id",
    [GAZ_SQL_ADDRESS_OF_CODE] =
        "SELECT d.id FROM attribute a JOIN address d"
        "  ON d.id = COALESCE((SELECT kept FROM address_redirect"
        "   WHERE merged = a.about), a.about)"
        " WHERE a.name = 'address_code' AND a.value = :code"
        " ORDER BY d.status, d.id LIMIT 1",
    [GAZ_SQL_ADDRESS_KNOWN] = KNOWN_COLUMNS "WHERE id = :id",
    [GAZ_SQL_IMPORT_RECORDS] =
        "SELECT DISTINCT COALESCE((SELECT kept FROM merged_id"
        "  WHERE merged = r.about), r.about) AS id"
        " FROM record r WHERE r.id BETWEEN :first AND :last"
        "  AND r.about IS NOT NULL ORDER BY id",
    [GAZ_SQL_NEWEST_RECORD] = "SELECT COALESCE(MAX(id), 0) FROM record",
    [GAZ_SQL_SCAN_SOURCES] =
        "SELECT id, key, title, origin, edition, licence, credit, url, grade"
        " FROM source ORDER BY id",
    [GAZ_SQL_SCAN_PLACES] = PLACE_COLUMNS "ORDER BY p.id",
    [GAZ_SQL_SCAN_ADDRESSES] = ADDRESS_COLUMNS "ORDER BY id",
    [GAZ_SQL_ADDRESS] =
        ADDRESS_COLUMNS "WHERE id = COALESCE((SELECT kept"
                        " FROM address_redirect WHERE merged = :id), :id)",
    [GAZ_SQL_ADDRESSES_BESIDE] =
        ADDRESS_COLUMNS "WHERE id IN (SELECT :about"
                        " UNION SELECT id FROM address WHERE parent = :about"
                        " UNION SELECT id FROM address WHERE place = :about"
                        " UNION SELECT b.id FROM address a JOIN address b"
                        "  ON b.parent = a.parent WHERE a.id = :about"
                        " UNION SELECT b.id FROM address a JOIN address b"
                        "  ON b.place = a.place WHERE a.id = :about)"
                        " ORDER BY id",
    [GAZ_SQL_SCAN_CLAIMS] =
        "SELECT place, subject, property, value, value_date, source_title,"
        "  source_url, grade, is_preferred, source"
        " FROM claim ORDER BY id",
    [GAZ_SQL_SCAN_CHANGES] =
        /* A place that came after the change is found by its code now. */
    "SELECT kind, date, basis,"
    "  COALESCE(from_place, (SELECT place FROM place_code"
    "   WHERE value = from_code ORDER BY valid_to <> 0, place LIMIT 1)),"
    "  COALESCE(to_place, (SELECT place FROM place_code"
    "   WHERE value = to_code ORDER BY valid_to <> 0, place LIMIT 1)),"
    "  from_code, to_code, note, source"
    " FROM change ORDER BY id",
    [GAZ_SQL_SCAN_LINES] =
        "SELECT name, code, kind, level, is_schematic, is_synthetic,"
        "  AsBinary(geom), left_place, right_place, source"
        " FROM line ORDER BY id",
    [GAZ_SQL_SCAN_REDIRECTS] = "SELECT merged, kept FROM merged_id"
                               " ORDER BY merged",
    [GAZ_SQL_SCAN_ATTRIBUTES] =
        "SELECT COALESCE((SELECT kept FROM merged_id WHERE merged = a.about),"
        "  a.about) AS id, a.name, a.value, a.source"
        " FROM attribute a ORDER BY id, a.name, a.source",
    [GAZ_SQL_SCAN_IMPORTS] =
        "SELECT i.id, i.at, s.key, i.file, i.read, i.stored, i.merged,"
        "  i.rejected, i.first_record, i.last_record, i.source"
        " FROM import_log i LEFT JOIN source s ON s.id = i.source"
        " ORDER BY i.id DESC",
};
