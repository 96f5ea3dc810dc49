/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/phrases.h"

#include "gazetteer/standardise/lexicon.h"

enum {
    UNITS_MAX =
        sizeof(((struct gaz_units *)0)->items) / sizeof(struct gaz_unit),
    MODIFIER_UNITS = 2,  /* of a word that joins a generic of one syllable */
    APART_MIN_UNITS = 3, /* of a name with its generic of one syllable */
    OLD = 0x53E4,        /* 古 */
};

struct phrase_word {
    int from; /* units [from, to) */
    int to;
    bool is_apart; /* the word before it is over a gap, or none */
    bool joins;    /* is written with the word before it */
};

struct phrase {
    const struct gaz_units *units;
    struct phrase_word words[UNITS_MAX];
    int count;
    bool ends_name; /* no generic stands behind the words */
};

static void add_word(struct phrase *phrase, int from, int to)
{
    const struct gaz_unit *items = phrase->units->items;
    bool is_apart = phrase->count == 0 || !items[from].is_han ||
                    !items[from - 1].is_han || items[from].is_first;
    phrase->words[phrase->count++] =
        (struct phrase_word){.from = from, .to = to, .is_apart = is_apart};
}

/* True when the stretch for the dictionary ends before this unit. */
static bool ends_stretch(const struct gaz_unit *unit)
{
    return !unit->is_han || unit->is_first || unit->word_units > 1;
}

/* Adds the dictionary's words of units [from, to). */
static void cut_stretch(struct phrase *phrase, struct gaz_unicode *unicode,
                        int from, int to)
{
    const struct gaz_units *units = phrase->units;
    size_t starts[UNITS_MAX];
    size_t origin = gaz_parts_offset(units, from);
    int count = gaz_unicode_words(unicode, units->text + origin,
                                  gaz_parts_offset(units, to) - origin, starts,
                                  UNITS_MAX);
    int begin = from;
    for (int i = 0, unit = from; i < count; i++) {
        while (unit < to && units->items[unit].at < origin + starts[i])
            unit++;
        bool is_start = unit > begin && unit < to &&
                        units->items[unit].at == origin + starts[i];
        if (is_start) {
            add_word(phrase, begin, unit);
            begin = unit;
        }
    }
    add_word(phrase, begin, to);
}

static void cut_words(struct phrase *phrase, struct gaz_unicode *unicode,
                      int begin, int end)
{
    const struct gaz_unit *items = phrase->units->items;
    for (int from = begin, to = begin; from < end; from = to) {
        to = from + 1;
        if (!items[from].is_han || items[from].word_units > 1) {
            if (items[from].is_han)
                to = from + items[from].word_units;
            add_word(phrase, from, to < end ? to : end);
            continue;
        }
        while (to < end && !ends_stretch(&items[to]))
            to++;
        cut_stretch(phrase, unicode, from, to);
    }
}

static bool is_single(const struct phrase_word *word,
                      const struct gaz_units *units)
{
    return word->to - word->from == 1 && units->items[word->from].is_han;
}

static uint32_t kinds_at(const struct phrase *phrase, int word)
{
    uint32_t kinds = gaz_parts_kinds(phrase->units, phrase->words[word].from,
                                     phrase->words[word].to);
    return kinds & GAZ_WORD_GENERIC ? kinds : 0;
}

static bool is_last(const struct phrase *phrase, int word)
{
    return phrase->ends_name && word + 1 == phrase->count;
}

/* What joins the word behind it: the modifiers of R2, and 古 of 古镇, which in
 * names of streets is the end of 内蒙古 too often. */
static bool leads(const struct phrase *phrase, int word)
{
    uint32_t c = phrase->units->items[phrase->words[word].from].code_point;
    return c == OLD || gaz_parts_is_modifier(c);
}

/* True for the 镇 of 新仓|镇 and the 市 of 平湖|市, a listed division. */
static bool ends_division(const struct phrase *phrase, int from, int word)
{
    const uint32_t divisions =
        GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY;
    int first = phrase->words[from].from;
    int end = phrase->words[word].to;
    uint32_t whole = gaz_parts_kinds(phrase->units, first, end);
    uint32_t kinds = kinds_at(phrase, word);
    return end - first >= APART_MIN_UNITS &&
           ((kinds & GAZ_WORD_TOWN) || (kinds & divisions & whole));
}

/* The 镇 at `at` stands apart from both sides. */
static void set_apart(struct phrase *phrase, int at)
{
    phrase->words[at].joins = false;
    if (at + 1 < phrase->count)
        phrase->words[at + 1].is_apart = true;
}

/* Where the single characters from `from` on end; a division ends them. */
static int run_end(const struct phrase *phrase, int from)
{
    int to = from + 1;
    while (to < phrase->count && !phrase->words[to].is_apart &&
           is_single(&phrase->words[to], phrase->units) &&
           !ends_division(phrase, from, to - 1))
        to++;
    return to;
}

/* Several single characters [from, to) are a name: 新|仓, 报|本|塔, 新|仓|镇.
 */
static void join_run(struct phrase *phrase, int from, int to)
{
    for (int i = from + 1; i < to; i++)
        phrase->words[i].joins = true;
    uint32_t kinds = kinds_at(phrase, to - 1);
    if (kinds & GAZ_WORD_VILLAGE) { /* R3: all of a village's name is joined */
        phrase->words[from].joins = !phrase->words[from].is_apart;
    } else if (ends_division(phrase, from, to - 1)) {
        set_apart(phrase, to - 1);
        if (to - from > APART_MIN_UNITS && leads(phrase, to - 2)) {
            phrase->words[to - 2].joins = false; /* 枫泾|古镇 */
            phrase->words[to - 1].joins = true;
        }
    } else if (kinds && is_last(phrase, to - 1) &&
               to - from >= APART_MIN_UNITS) {
        phrase->words[to - 1].joins = false;
    }
}

static void join_single(struct phrase *phrase, int at)
{
    struct phrase_word *word = &phrase->words[at];
    if (!word->is_apart && ends_division(phrase, at - 1, at)) {
        set_apart(phrase, at);
    } else if ((word->is_apart || leads(phrase, at)) &&
               at + 1 < phrase->count && !word[1].is_apart) {
        word[1].joins = true;
    } else if (!word->is_apart && is_last(phrase, at)) {
        /* As a generic it needs a specific before its modifier. */
        word->joins =
            word[-1].to - word[-1].from == MODIFIER_UNITS && word[-1].from > 0;
    } else {
        word->joins = !word->is_apart;
    }
}

void gaz_phrases_mark(struct gaz_units *units, struct gaz_unicode *unicode,
                      int begin, int end)
{
    struct phrase phrase = {.units = units, .ends_name = end == units->count};
    cut_words(&phrase, unicode, begin, end);
    for (int from = 0, to = 0; from < phrase.count; from = to) {
        to = from + 1;
        if (!is_single(&phrase.words[from], units))
            continue;
        to = run_end(&phrase, from);
        if (to - from > 1)
            join_run(&phrase, from, to);
        else
            join_single(&phrase, from);
    }
    for (int i = 0; i < phrase.count; i++)
        if (!phrase.words[i].joins)
            units->items[phrase.words[i].from].is_first = true;
}
