/* rungs-liquid-value.h: what a template works on: texts, numbers, lists and maps. */

#pragma once

#include <json-glib/json-glib.h>

#include "mail/rungs-arena.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LIQUID_NIL,
  RUNGS_LIQUID_BOOLEAN,
  RUNGS_LIQUID_INTEGER,
  RUNGS_LIQUID_NUMBER,
  RUNGS_LIQUID_STRING,
  RUNGS_LIQUID_LIST,
  RUNGS_LIQUID_MAP,
  RUNGS_LIQUID_EMPTY, /* the literals `empty` and `blank`, which only comparisons understand */
  RUNGS_LIQUID_BLANK,
} RungsLiquidKind;

typedef struct _RungsLiquidValue RungsLiquidValue;
typedef struct _RungsLiquidPair RungsLiquidPair;

/* Passed by value and never freed: what it points to lives in an arena, in a template or in static
 * memory. All zero is nil. */
struct _RungsLiquidValue
{
  guint8 kind;
  guint8
      is_markup; /* a string that is in the language of the output already, and not escaped again */
  guint32 capacity; /* of a list or map that is still being filled */
  gsize length;     /* bytes of a string, items of a list, pairs of a map */
  union
  {
    gboolean boolean;
    gint64 integer;
    double number;
    const char *string; /* UTF-8, not always NUL-terminated */
    RungsLiquidValue *items;
    RungsLiquidPair *pairs;
  };
};

struct _RungsLiquidPair
{
  const char *key;
  gsize key_length;
  RungsLiquidValue value;
};

#define RUNGS_LIQUID_NIL_VALUE ((RungsLiquidValue){ .kind = RUNGS_LIQUID_NIL })

RungsLiquidValue rungs_liquid_boolean (gboolean boolean);
RungsLiquidValue rungs_liquid_integer (gint64 integer);

/* An integer where it is a whole number that a double holds exactly. */
RungsLiquidValue rungs_liquid_number (double number);

/* Both lend `text`; NULL is nil. */
RungsLiquidValue rungs_liquid_string (const char *text);
RungsLiquidValue rungs_liquid_string_of (const char *text,
                                         gsize       length);

/* An empty list or map, and what is put into it. `key` is lent. A key that is there is put again,
 * and then found first by its earlier value: do not. */
RungsLiquidValue rungs_liquid_list (void);
RungsLiquidValue rungs_liquid_map (void);
void rungs_liquid_list_add (RungsLiquidValue *list,
                            RungsArena       *arena,
                            RungsLiquidValue  item);
void rungs_liquid_map_put (RungsLiquidValue *map,
                           RungsArena       *arena,
                           const char       *key,
                           RungsLiquidValue  value);

/* The whole tree copied into `arena`. */
RungsLiquidValue rungs_liquid_from_json (JsonNode   *node,
                                         RungsArena *arena);

/* NULL where there is none of that key, or `map` is no map. */
const RungsLiquidValue *
rungs_liquid_map_get (const RungsLiquidValue *map,
                      const char             *key,
                      gsize                   key_length);

/* Everything but nil and false is true. */
gboolean rungs_liquid_is_true (RungsLiquidValue value);

/* As JavaScript's === has it, lists item by item; `empty` and `blank` equal what is so. */
gboolean rungs_liquid_equal (RungsLiquidValue a,
                             RungsLiquidValue b);

/* Whether the two have an order, and which: less than, equal to or more than 0. Two strings are
 * compared by code point; else both as numbers. */
gboolean rungs_liquid_compare (RungsLiquidValue  a,
                               RungsLiquidValue  b,
                               int              *order);

/* The number that it is or reads as; FALSE where it is none. */
gboolean rungs_liquid_to_double (RungsLiquidValue  value,
                                 double           *number);

/* As text: nil and maps are empty, a list is its items one after another, a number is as short as
 * can be read back exactly (ECMA-262, Number::toString). A string is itself. */
RungsLiquidValue rungs_liquid_to_string (RungsLiquidValue  value,
                                         RungsArena       *arena);

/* White space as templates and filters understand it (ECMA-262, WhiteSpace and LineTerminator). */
gboolean rungs_liquid_is_space (gunichar character);

/* The part of a string without white space at its start, its end, or both. */
RungsLiquidValue rungs_liquid_trim (RungsLiquidValue string,
                                    gboolean         start,
                                    gboolean         end);

G_END_DECLS
