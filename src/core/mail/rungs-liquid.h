/* rungs-liquid.h: the merge language, in which a message says where a lead's name goes.
 *
 * A subset of Liquid: `{{ lead.first_name | default: "there" }}`, `{% if %}`, `{% for %}`. No C
 * library of it exists. Where it is silent, liquidjs is the judge, and a test holds the two against
 * each other.
 *
 * Tags: if elsif else unless case when for (limit, offset, reversed, ranges, break, continue, else,
 * forloop) assign capture increment decrement cycle comment raw, and {% # a comment %}; {%- and -%}
 * eat the white space beside them. Operators: == != < > <= >= contains not and or; the last two
 * group from the right.
 *
 * What differs, always on purpose:
 *   * a template that is wrong (unknown tag, unknown filter, words too many) is refused, not
 *     guessed at;
 *   * sizes are counted in characters, not in UTF-16 units;
 *   * `truncatewords` adds nothing to a text that has only so many words (as Shopify's has it);
 *   * dates are shown in the zone of the business, and a date without a time is midnight there;
 *   * dividing by zero is an error, not “Infinity”; a map prints as nothing;
 *   * what `capture`, `escape`, `escape_once` and `newline_to_br` made is not escaped a second
 *     time;
 *   * `money` is ours: {{ 4900 | money: "EUR" }} gives 49.00 EUR. */

#pragma once

#include "mail/rungs-liquid-value.h"

G_BEGIN_DECLS

/* What the text of a template is, and so what is done to the values that it prints: in HTML they
 * are escaped; in Markdown every sign that could mean something is, and their white space is
 * evened; in plain text they stand as they are, and `escape` and `newline_to_br` do nothing. `|
 * raw` at the end lets a value through untouched. In Markdown a line of nothing but {% tags %}
 * leaves no empty line. */
typedef enum
{
  RUNGS_LIQUID_TO_TEXT,
  RUNGS_LIQUID_TO_HTML,
  RUNGS_LIQUID_TO_MARKDOWN,
} RungsLiquidOutput;

/* Stands around each value in Markdown output, and behind each colon in one, so that none of it can
 * mean anything or make an address: U+FDD0, which Unicode keeps for such uses. Who prints the
 * Markdown drops it. */
#define RUNGS_LIQUID_GUARD "\xEF\xB7\x90"

/* Bounds that no honest message meets; beyond them reading or rendering ends in INVALID. */
#define RUNGS_LIQUID_MAX_SOURCE (1024 * 1024)
#define RUNGS_LIQUID_MAX_DEPTH 64
#define RUNGS_LIQUID_MAX_OUTPUT (4 * 1024 * 1024)
#define RUNGS_LIQUID_MAX_ITEMS 10000
#define RUNGS_LIQUID_MAX_MEMORY (32 * 1024 * 1024)
#define RUNGS_LIQUID_MAX_STEPS 1000000

/* A template that was read. Never changes: any number of threads may render it at once. */
typedef struct _RungsLiquid RungsLiquid;

/* A variable that a template uses. `path` is as it would be written, "lead.fields.dog", with "[]"
 * for each item of a list that is gone through: "lead.products[].name". Where a part is only known
 * later (`lead[x]`) the path ends before it. */
typedef struct
{
  char *path; /* (owned) */
  guint line;
  guint column;
  gboolean is_bare; /* somewhere it is put out without a default, and outside of any condition */
} RungsLiquidVariable;

void rungs_liquid_variable_free (RungsLiquidVariable *self);

/* Errors: INVALID, beginning "Line 2, column 5: " (columns are characters, from 1). */
RungsLiquid *rungs_liquid_parse (const char         *source,
                                 RungsLiquidOutput   output,
                                 GError            **error);
RungsLiquid *rungs_liquid_ref (RungsLiquid *self);
void rungs_liquid_unref (RungsLiquid *self);

/* `data` is a map. `now` is what "now" and "today" mean, `zone` (NULL: UTC) where dates are shown.
 * Returns NULL with INVALID, worded as above. */
char *rungs_liquid_render (RungsLiquid       *self,
                           RungsLiquidValue   data,
                           gint64             now,
                           GTimeZone         *zone,
                           GError           **error);

/* (element-type RungsLiquidVariable): each path once, where it stands first, in the order of the
 * text. Names that the template itself gives (assign, capture, for, increment) are not among
 * them. */
GPtrArray *rungs_liquid_list_variables (RungsLiquid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLiquid, rungs_liquid_unref)

G_END_DECLS
