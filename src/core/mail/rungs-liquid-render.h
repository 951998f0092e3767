/* rungs-liquid-render.h: the state of one rendering. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid-node.h"

G_BEGIN_DECLS

typedef struct _RungsLiquidScope RungsLiquidScope;

struct _RungsLiquidRender
{
  RungsLiquid *template;
  RungsArena *arena; /* (owned) all values that are made on the way */
  GString *out;      /* (owned) */
  GError *error;     /* (owned) (nullable) the first thing that went wrong; rendering ends */
  gsize at;          /* where in the source we are, for the error */

  RungsLiquidValue data;
  RungsLiquidValue assigned; /* maps */
  RungsLiquidValue counters;
  RungsLiquidScope *loops; /* (nullable) the innermost `for` */
  RungsLiquidValue cycles; /* map of turn to number */

  gint64 now;
  GTimeZone *zone;
  guint64 steps;
  gsize captured; /* bytes of output that captures hold */
  enum
  {
    RUNGS_LIQUID_GOES_ON,
    RUNGS_LIQUID_BREAKS,
    RUNGS_LIQUID_CONTINUES,
  } jump;
};

/* A `for` on its way. */
struct _RungsLiquidScope
{
  RungsLiquidScope *outer; /* (nullable) */
  const char *name;
  gsize name_length;
  RungsLiquidValue item;
  RungsLiquidValue forloop;
};

/* Ends the rendering in an error, unless one is set already. */
void rungs_liquid_render_fail (RungsLiquidRender *self,
                               const char        *format,
                               ...)
    G_GNUC_PRINTF (2, 3);

/* Counts `size` bytes of work; FALSE, with the error set, where the template does too much. */
gboolean rungs_liquid_render_charge (RungsLiquidRender *self,
                                     gsize              size);

/* How much text a value holds, roughly: what handling it costs. */
gsize rungs_liquid_weight (RungsLiquidValue value);

/* Whether something of `size` bytes, or items, may be made; sets the error where not. */
gboolean rungs_liquid_render_allows (RungsLiquidRender *self,
                                     gsize              size);
gboolean rungs_liquid_render_allows_items (RungsLiquidRender *self,
                                           gsize              n_items);

/* The value as a string; empty, with the error set, where that would be too long. */
RungsLiquidValue rungs_liquid_render_string (RungsLiquidRender *self,
                                             RungsLiquidValue   value);

/* A string that is the copy of `text`. */
RungsLiquidValue rungs_liquid_render_take (RungsLiquidRender *self,
                                           const GString     *text);

/* `value.key`: of a map, of a list by its index (negative from the end), and size, first, last. */
RungsLiquidValue
rungs_liquid_get_key (RungsLiquidRender *self,
                      RungsLiquidValue   value,
                      RungsLiquidValue   key);

/* What an expression, or one with filters, gives. */
RungsLiquidValue rungs_liquid_evaluate (RungsLiquidRender           *self,
                                        const RungsLiquidExpression *expression);
RungsLiquidValue rungs_liquid_evaluate_filtered (RungsLiquidRender         *self,
                                                 const RungsLiquidFiltered *filtered);

/* Goes through a chain of nodes, up to an error, a `break` or a `continue`. */
void rungs_liquid_render_nodes (RungsLiquidRender     *self,
                                const RungsLiquidNode *nodes);

/* Adds the string as the output wants it. */
void rungs_liquid_escape (RungsLiquidOutput  output,
                          GString           *out,
                          RungsLiquidValue   string);

G_END_DECLS
