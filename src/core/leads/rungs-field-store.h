/* rungs-field-store.h: fields of the business's own ("Dog's name"), and their values. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsFieldKind:
 * @RUNGS_FIELD_TEXT: any text
 * @RUNGS_FIELD_NUMBER: a decimal number, stored with a point: "12.5"
 * @RUNGS_FIELD_DATE: "YYYY-MM-DD"
 * @RUNGS_FIELD_YESNO: "yes" or "no"
 */
typedef enum
{
  RUNGS_FIELD_TEXT,
  RUNGS_FIELD_NUMBER,
  RUNGS_FIELD_DATE,
  RUNGS_FIELD_YESNO,
} RungsFieldKind;

const char *rungs_field_kind_to_text (RungsFieldKind kind);
gboolean rungs_field_kind_from_text (const char     *text,
                                     RungsFieldKind *kind);

typedef struct
{
  gint64 id;
  char *key;   /* (owned) a-z, 0-9, _: how messages and rules name it */
  char *label; /* (owned) how people read it */
  RungsFieldKind kind;
} RungsField;

void rungs_field_free (RungsField *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsField, rungs_field_free)

/* A value a lead has. */
typedef struct
{
  gint64 field;
  char *key;   /* (owned) */
  char *label; /* (owned) */
  char *value; /* (owned) */
} RungsFieldValue;

void rungs_field_value_free (RungsFieldValue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFieldValue, rungs_field_value_free)

/* A key made from a label: "Dog's name" → "dogs_name"; "field" where nothing is left of it. */
char *rungs_field_key_from_label (const char *label);

/* `key` NULL: made from the label. Returns: the id; 0 on error: INVALID, CONFLICT (the key is
 * taken). */
gint64 rungs_field_add (RungsDb         *db,
                        const char      *key,
                        const char      *label,
                        RungsFieldKind   kind,
                        gint64           now,
                        GError         **error);

gboolean rungs_field_rename (RungsDb     *db,
                             gint64       field,
                             const char  *label,
                             GError     **error);

/* With the values of all leads. */
gboolean rungs_field_delete (RungsDb  *db,
                             gint64    field,
                             GError  **error);

/* Errors: NOT_FOUND. */
RungsField *rungs_field_load_by_key (RungsDb     *db,
                                     const char  *key,
                                     GError     **error);

/* Returns: (transfer full) (element-type RungsField): by label. */
GPtrArray *rungs_field_list (RungsDb  *db,
                             GError  **error);

/* `value` as this kind of field stores it: "1,5" → "1.5", "Ja" → "yes", "21.11.2026" →
 * "2026-11-21". Errors: INVALID. */
char *rungs_field_normalize (RungsFieldKind   kind,
                             const char      *value,
                             GError         **error);

/* NULL or "" takes the value away. Adds the event field.changed where it changed. Errors:
 * INVALID. */
gboolean rungs_field_set_value (RungsDb     *db,
                                gint64       lead,
                                gint64       field,
                                const char  *value,
                                gint64       now,
                                GError     **error);

/* Returns: (transfer full) (element-type RungsFieldValue): the values of a lead, by label. */
GPtrArray *rungs_field_values (RungsDb  *db,
                               gint64    lead,
                               GError  **error);

G_END_DECLS
