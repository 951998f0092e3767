/* rungs-field-store.h: fields of the business's own ("Dog's name"), and their values. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-field.h"

G_BEGIN_DECLS

/* A value a lead has. */
typedef struct
{
  gint64 field;
  char *key;   /* (owned) */
  char *label; /* (owned) */
  RungsFieldKind kind;
  char *currency;    /* (owned) (nullable): of money */
  char *value;       /* (owned) as it is stored */
  char *text;        /* (owned) as people and files read it: rungs_field_format() */
  gboolean retired;  /* the field is no longer offered */
} RungsFieldValue;

void rungs_field_value_free (RungsFieldValue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFieldValue, rungs_field_value_free)

/* ---- fields */

/* Adds one behind the others. `key` NULL: made from the label. `currency` of money: NULL: that of
 * the business; of other kinds NULL. Returns: the id; 0 on error: INVALID, CONFLICT (the key is
 * taken). */
gint64 rungs_field_add_with (RungsDb         *db,
                             const char      *key,
                             const char      *label,
                             RungsFieldKind   kind,
                             const char      *currency,
                             gint64           now,
                             GError         **error);

/* The same, without a currency of its own. */
gint64 rungs_field_add (RungsDb         *db,
                        const char      *key,
                        const char      *label,
                        RungsFieldKind   kind,
                        gint64           now,
                        GError         **error);

/* The key, and so all rules and messages, stay as they are. */
gboolean rungs_field_rename (RungsDb     *db,
                             gint64       field,
                             const char  *label,
                             GError     **error);

/* Puts it at `place` among the fields in use: 0 is the first; past the end is the last. */
gboolean rungs_field_move (RungsDb  *db,
                           gint64    field,
                           guint     place,
                           GError  **error);

/* Forms do not offer it any more; what leads have of it stays, is shown and exported, and rules
 * still answer. `now` 0 brings it back, behind the others. */
gboolean rungs_field_retire (RungsDb  *db,
                             gint64    field,
                             gint64    now,
                             GError  **error);

/* How many leads have a value. */
gboolean rungs_field_count_values (RungsDb  *db,
                                   gint64    field,
                                   gint64   *count,
                                   GError  **error);

/* Returns: (transfer full) (element-type gint64 gint64): how many leads have a value of each field,
 * by its id, counted in one go; fields that nobody has are not in it. */
GHashTable *rungs_field_count_all (RungsDb  *db,
                                   GError  **error);

/* With its choices and the values of all leads; rungs-field-snapshot-store.h can undo that. Errors:
 * NOT_FOUND. */
gboolean rungs_field_delete (RungsDb  *db,
                             gint64    field,
                             GError  **error);

/* Errors: NOT_FOUND. */
RungsField *rungs_field_load (RungsDb  *db,
                              gint64    field,
                              GError  **error);

RungsField *rungs_field_load_by_key (RungsDb     *db,
                                     const char  *key,
                                     GError     **error);

/* Returns: (transfer full) (element-type RungsField): all, in their order, the retired ones last.
 * */
GPtrArray *rungs_field_list (RungsDb  *db,
                             GError  **error);

/* Returns: (transfer full) (element-type RungsField): what forms offer, in order. */
GPtrArray *rungs_field_list_in_use (RungsDb  *db,
                                    GError  **error);

/* ---- values of leads */

/* What rungs_field_read() makes of `text`; NULL or "" takes the value away. Adds the event
 * field.changed, with both values as people read them, where it changed. Errors: INVALID. */
gboolean rungs_field_set_value (RungsDb     *db,
                                gint64       lead,
                                gint64       field,
                                const char  *text,
                                gint64       now,
                                GError     **error);

/* Returns: (transfer full) (element-type RungsFieldValue): the values of a lead, in the order of
 * the fields, those of retired ones last. */
GPtrArray *rungs_field_values (RungsDb  *db,
                               gint64    lead,
                               GError  **error);

G_END_DECLS
