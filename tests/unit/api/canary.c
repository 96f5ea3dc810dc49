/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/api/canary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/hooks/subscribe.h"
#include "gazetteer/edit/editor.h"
#include "gazetteer/index/build.h"
#include "gazetteer/store/handle.h"
#include "gazetteer/store/review.h"
#include "gazetteer/store/secrecy.h"
#include "gazetteer/store/trail.h"

#define EDITORS (GAZ_ROLE_EDITOR | GAZ_ROLE_ADMIN)
#define SURVEYORS (GAZ_ROLE_SURVEYOR | GAZ_ROLE_ADMIN)

static char secret[API_SUBSCRIBE_SECRET_BYTES];

struct canary CANARIES[] = {
    {"a marker's code", "3133099Q", SURVEYORS, true},
    {"a marker's longitude", "121.2345671", SURVEYORS, true},
    {"a marker's latitude", "30.7654329", SURVEYORS, true},
    {"a manager of a marker", "界桩管护人戊", SURVEYORS, false},
    {"what an applicant handed in", "申请材料己", 0, false},
    {"a telephone of a source's row", "13900000042", 0, false},
    {"who has edited", "编辑员庚", EDITORS, true},
    {"the reason of a change", "来文辛字第九号", EDITORS, true},
    {"whose key it is", "密钥持有人壬", 0, false},
    {"whose webhook it is", "订阅部门癸", GAZ_ROLE_ADMIN, true},
    {"where it goes", "hooks.canary.example", GAZ_ROLE_ADMIN, true},
    {"an address of the audit log", "198.51.100.77", 0, false},
    {"the secret of a signature", secret, 0, false},
    {"a secret place", "密测巷", GAZ_ROLE_ADMIN, true},
    {"its spelling", "Mìcè", GAZ_ROLE_ADMIN, false},
    {"its former name", "旧密测弄", GAZ_ROLE_ADMIN, true},
    {"its longitude", "121.0777123", GAZ_ROLE_ADMIN, true},
    {"what is told of it", "密测沿革", GAZ_ROLE_ADMIN, true},
    {"a place in a secret place", "密中测园", GAZ_ROLE_ADMIN, true},
    {"a secret address", "演示路7711号", GAZ_ROLE_ADMIN, true},
    {"what became secret later", "后密测亭", GAZ_ROLE_ADMIN, true},
    {"what was moved out of a secret place", "密测巷5号", GAZ_ROLE_ADMIN, true},
    {"what was deleted under a secret place", "密测巷9号", GAZ_ROLE_ADMIN,
     true},
    {"a change that ends in a secret place", "并入密处", GAZ_ROLE_ADMIN, true},
    {"a claim about a secret place", "密处建于", GAZ_ROLE_ADMIN, true},
    {"a review of a secret place", "密处待审", GAZ_ROLE_ADMIN, true},
    {"why it was graded", "定密理由甲", GAZ_ROLE_ADMIN, true},
    {NULL, NULL, 0, false},
};

/* What the world is made with. */
struct maker {
    struct gaz_ctx *ctx;
    struct canary_world *world;
    struct gaz_store *store;
    int64_t source;
};

static const struct gaz_source SOURCE = {.key = "t",
                                         .title = "test",
                                         .origin = "test",
                                         .edition = "1",
                                         .licence = "CC0-1.0"};

static void check(struct gaz_ctx *ctx, gaz_status status)
{
    if (status == GAZ_OK)
        return;
    (void)fprintf(stderr, "canary: %s\n", gaz_ctx_failure(ctx));
    abort();
}

static void run_sql(const struct maker *maker, const char *sql)
{
    check(maker->ctx, gaz_sqlite_exec(maker->ctx, maker->store->db, sql));
}

/* ---- what is not public ---- */

static void put_hook(const struct maker *maker)
{
    struct gaz_hook hook = {.name = "订阅部门癸",
                            .url = "https://hooks.canary.example/in",
                            .roles = GAZ_ROLE_READER,
                            .since = -1};
    check(maker->ctx, api_subscribe_make(maker->ctx, &hook, secret));
    (void)snprintf(maker->world->hook, sizeof(maker->world->hook), "%s",
                   hook.id);
    check(maker->ctx, gaz_hook_put(maker->ctx, maker->store, &hook));
    run_sql(maker, "UPDATE webhook SET paused = 1");
}

static void put_record(const struct maker *maker)
{
    const struct gaz_record record = {.kind = GAZ_ENTRY_PLACE,
                                      .key = "canary",
                                      .verbatim =
                                          "{\"联系电话\": \"13900000042\"}"};
    int64_t row;
    bool is_new;
    const long long town = (long long)maker->world->town;
    check(maker->ctx,
          gaz_store_put_record(maker->ctx, maker->store, maker->source, &record,
                               &row, &is_new));
    run_sql(maker,
            gaz_arena_printf(
                &maker->ctx->arena,
                "INSERT INTO attribute (about, name, source, value, record)"
                " VALUES (%lld, 'applicant', %lld, '申请材料己', %lld);"
                "UPDATE record SET about = %lld WHERE id = %lld",
                town, (long long)maker->source, (long long)row, town,
                (long long)row));
}

static void put_secrets(const struct maker *maker)
{
    const struct gaz_trail_entry trail = {.what = "denied",
                                          .who = "密钥持有人壬",
                                          .address = "198.51.100.77",
                                          .path = "/"};
    put_hook(maker);
    put_record(maker);
    check(maker->ctx, gaz_trail_put(maker->ctx, maker->store, &trail));
    run_sql(maker,
            "INSERT INTO boundary_line (code, section, level, name, edition,"
            "  status) VALUES ('3133', '310116-330482', 1, '沪浙线', '1',"
            "  'agreed');"
            "INSERT INTO boundary_marker (line, code, type, manager, geom)"
            " SELECT id, '3133099Q', 'Q', '界桩管护人戊',"
            "  MakePoint(121.2345671, 30.7654329, 4490) FROM boundary_line");
}

static void put_edit(struct gaz_ctx *ctx, struct canary_world *world)
{
    struct gaz_editor *editor;
    struct gaz_editor_answer answer;
    const struct gaz_editor_by by = {.who = "编辑员庚",
                                     .key = "",
                                     .why = "来文辛字第九号",
                                     .source = &SOURCE,
                                     .verbatim = "{}",
                                     .seen = -1};
    const struct gaz_name name = {.text = "乍浦", .kind = GAZ_NAME_SHORT};
    check(ctx, gaz_editor_open(ctx, world->db, &editor));
    check(ctx,
          gaz_editor_add_name(ctx, editor, &by, world->town, &name, &answer));
    if (answer.verdict != GAZ_EDITOR_DONE)
        abort();
    world->group = answer.first;
    gaz_editor_close(editor);
}

static void make_keys(const struct maker *maker)
{
    for (int i = 0; i < CANARY_ROLES; i++) {
        struct gaz_key key = {.name = "密钥持有人壬", .roles = 1U << i};
        check(maker->ctx,
              api_keyring_make(maker->ctx, maker->world->keys[i], &key));
        check(maker->ctx, gaz_store_put_key(maker->ctx, maker->store, &key));
    }
}

/* ---- what is public ---- */

static gaz_id put_place(const struct maker *maker, struct gaz_place place,
                        const char *name)
{
    const struct gaz_name names[] = {{.text = name, .source = maker->source}};
    gaz_id id;
    place.names = names;
    place.name_count = 1;
    place.is_synthetic = true;
    place.position = (struct gaz_position){.coord = {121.05, 30.62},
                                           .method = GAZ_METHOD_SYNTHETIC,
                                           .accuracy_m = 100,
                                           .source = maker->source};
    check(maker->ctx, gaz_store_put_place(maker->ctx, maker->store, &place, "t",
                                          name, 0, &id));
    return id;
}

static gaz_id put_address(const struct maker *maker, gaz_id parent,
                          const char *text, double lon)
{
    const struct gaz_address address = {
        .text = text,
        .parent = parent,
        .number = "1号",
        .number_value = 1,
        .is_synthetic = true,
        .source = maker->source,
        .position = {.coord = {lon, 30.63},
                     .method = GAZ_METHOD_SYNTHETIC,
                     .accuracy_m = 5,
                     .source = maker->source}};
    gaz_id id;
    check(maker->ctx, gaz_store_put_address(maker->ctx, maker->store, &address,
                                            "t", text, 0, &id));
    return id;
}

static void put_places(const struct maker *maker)
{
    struct canary_world *world = maker->world;
    const gaz_id province =
        put_place(maker,
                  (struct gaz_place){.level = GAZ_LEVEL_PROVINCE,
                                     .category = GAZ_CATEGORY_PROVINCE,
                                     .code = "33"},
                  "浙江省");
    const gaz_id county =
        put_place(maker,
                  (struct gaz_place){.level = GAZ_LEVEL_COUNTY,
                                     .category = GAZ_CATEGORY_COUNTY,
                                     .code = "330482",
                                     .parent = province},
                  "平湖市");
    world->town = put_place(maker,
                            (struct gaz_place){.level = GAZ_LEVEL_TOWN,
                                               .category = GAZ_CATEGORY_TOWN,
                                               .code = "330482101",
                                               .parent = county},
                            "乍浦镇");
    world->road = put_place(maker,
                            (struct gaz_place){.category = GAZ_CATEGORY_ROAD,
                                               .parent = world->town},
                            "演示路");
    world->door =
        put_address(maker, world->road, "浙江省平湖市乍浦镇演示路1号", 121.06);
}

/* ---- what was graded ---- */

static gaz_id put_secret_place(const struct maker *maker, gaz_id parent,
                               int category, const char *text)
{
    const struct gaz_name names[] = {
        {.text = text, .roman = "Mìcè", .source = maker->source},
        {.text = "旧密测弄", .kind = GAZ_NAME_FORMER, .source = maker->source}};
    const struct gaz_place place = {.category = category,
                                    .parent = parent,
                                    .names = names,
                                    .name_count = 2,
                                    .is_synthetic = true,
                                    .grade = GAZ_GRADE_SECRET,
                                    .history = "密测沿革",
                                    .position = {.coord = {121.0777123, 30.64},
                                                 .method = GAZ_METHOD_SYNTHETIC,
                                                 .accuracy_m = 5,
                                                 .source = maker->source}};
    gaz_id id;
    check(maker->ctx, gaz_store_put_place(maker->ctx, maker->store, &place, "t",
                                          text, 0, &id));
    return id;
}

/* An address of a secret road that moved to a public one, and one that is gone:
 * the journal still has what they were. */
static void put_traces(const struct maker *maker, gaz_id lane)
{
    struct gaz_address moved = {.text = "乍浦镇演示路5号",
                                .parent = maker->world->road,
                                .number = "5号",
                                .number_value = 5,
                                .is_synthetic = true,
                                .source = maker->source};
    const gaz_id gone = put_address(maker, lane, "乍浦镇密测巷9号", 121.071);
    moved.id = put_address(maker, lane, "乍浦镇密测巷5号", 121.072);
    check(maker->ctx, gaz_store_put_address(maker->ctx, maker->store, &moved,
                                            "t", "moved", 0, &moved.id));
    run_sql(maker, gaz_arena_printf(&maker->ctx->arena,
                                    "DELETE FROM address WHERE id = %lld",
                                    (long long)gone));
}

static void put_facts(const struct maker *maker, gaz_id lane)
{
    const struct gaz_claim claim = {.place = lane,
                                    .property = "built",
                                    .value = "密处建于1900",
                                    .source_title = "t",
                                    .source = maker->source};
    const struct gaz_change change = {.kind = GAZ_CHANGE_MERGE,
                                      .date = 20010000,
                                      .basis = GAZ_BASIS_DOCUMENT,
                                      .from = maker->world->road,
                                      .to = lane,
                                      .note = "并入密处",
                                      .source = maker->source};
    const struct gaz_review review = {.kind = "finding",
                                      .a = 77,
                                      .rule = "N05",
                                      .severity = GAZ_SEVERITY_WARNING,
                                      .band = "review",
                                      .zh = "密处待审",
                                      .en = "secret review",
                                      .about = lane,
                                      .subject = "place",
                                      .state = "open"};
    bool is_new = true;
    check(maker->ctx, gaz_store_put_claim(maker->ctx, maker->store, &claim, 0));
    check(maker->ctx,
          gaz_store_put_change(maker->ctx, maker->store, &change, 0));
    check(maker->ctx,
          gaz_review_put(maker->ctx, maker->store, &review, 1, &is_new));
}

static void put_graded(const struct maker *maker)
{
    struct canary_world *world = maker->world;
    const gaz_id lane =
        put_secret_place(maker, world->town, GAZ_CATEGORY_ROAD, "密测巷");
    const struct gaz_address door = {.text = "浙江省平湖市乍浦镇演示路7711号",
                                     .parent = world->road,
                                     .number = "7711号",
                                     .number_value = 7711,
                                     .is_synthetic = true,
                                     .grade = GAZ_GRADE_INTERNAL,
                                     .source = maker->source};
    gaz_id id;
    world->lane = lane;
    (void)put_place(
        maker,
        (struct gaz_place){.category = GAZ_CATEGORY_ESTATE, .parent = lane},
        "密中测园");
    (void)put_address(maker, lane, "浙江省平湖市乍浦镇密测巷1号", 121.07);
    check(maker->ctx, gaz_store_put_address(maker->ctx, maker->store, &door,
                                            "t", "secret", 0, &id));
    id = put_place(maker,
                   (struct gaz_place){.category = GAZ_CATEGORY_MEMORIAL,
                                      .parent = world->town},
                   "后密测亭");
    check(maker->ctx, gaz_secrecy_set(maker->ctx, maker->store, id,
                                      GAZ_GRADE_SECRET, "定密理由甲"));
    put_traces(maker, lane);
    put_facts(maker, lane);
}

void canary_open(struct gaz_ctx *ctx, struct canary_world *world)
{
    struct maker maker = {.ctx = ctx, .world = world};
    struct gaz_build_stats stats;
    *world = (struct canary_world){.folder = "/tmp/diming-canary-XXXXXX"};
    if (!mkdtemp(world->folder))
        abort();
    (void)snprintf(world->db, sizeof(world->db), "%.40s/a.db", world->folder);
    (void)snprintf(world->snapshot, sizeof(world->snapshot), "%.40s/a.snap",
                   world->folder);
    check(ctx, gaz_store_open(ctx, world->db, GAZ_STORE_WRITE, &maker.store));
    check(ctx, gaz_store_begin(ctx, maker.store));
    check(ctx, gaz_store_put_source(ctx, maker.store, &SOURCE, &maker.source));
    put_places(&maker);
    put_secrets(&maker);
    put_graded(&maker);
    make_keys(&maker);
    check(ctx, gaz_store_commit(ctx, maker.store));
    put_edit(ctx, world);
    check(ctx, gaz_build_snapshot(ctx, maker.store, world->snapshot, &stats));
    gaz_store_close(maker.store);
}

bool canary_close(const struct canary_world *world)
{
    char command[CANARY_PATH_BYTES + 8];
    (void)snprintf(command, sizeof(command), "rm -rf %s", world->folder);
    return system(command) == 0;
}

static bool holds(const char *text, size_t size, const char *word)
{
    const size_t len = strlen(word);
    const char *end = text + size;
    const char *at = text;
    while ((size_t)(end - at) >= len &&
           (at = memchr(at, word[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= len && memcmp(at, word, len) == 0)
            return true;
        at++;
    }
    return false;
}

const struct canary *canary_next(const char *text, size_t size,
                                 const struct canary *last)
{
    const struct canary *at = last ? last + 1 : CANARIES;
    for (; at->label; at++)
        if (holds(text, size, at->word))
            return at;
    return NULL;
}
