/* rungs-field.h: fields of the business's own ("Dog's name"): what they hold, and how it is read
 * and shown. rungs-field-store.h keeps them in the file. */

#pragma once

#include <glib.h>

#include "leads/rungs-phone-number.h"

G_BEGIN_DECLS

/**
 * RungsFieldKind: and how its values are stored; data/schema/006-field-kinds.sql tells it, too.
 * @RUNGS_FIELD_TEXT: any text
 * @RUNGS_FIELD_LONG: a text of several lines, parted by "\n"
 * @RUNGS_FIELD_NUMBER: a decimal number, stored with a point: "12.5"
 * @RUNGS_FIELD_MONEY: minor units of the currency of the field: "4900"
 * @RUNGS_FIELD_DATE: "YYYY-MM-DD"
 * @RUNGS_FIELD_YESNO: "yes" or "no"
 * @RUNGS_FIELD_ONE: one of the choices of the field: its key
 * @RUNGS_FIELD_SEVERAL: any number of them: their keys by the alphabet, parted by ","
 * @RUNGS_FIELD_PHONE: "+353861234567", or the digits where the country is not known, and " x12"
 * @RUNGS_FIELD_LINK: a URL of http, https or mailto
 */
typedef enum
{
  RUNGS_FIELD_TEXT,
  RUNGS_FIELD_LONG,
  RUNGS_FIELD_NUMBER,
  RUNGS_FIELD_MONEY,
  RUNGS_FIELD_DATE,
  RUNGS_FIELD_YESNO,
  RUNGS_FIELD_ONE,
  RUNGS_FIELD_SEVERAL,
  RUNGS_FIELD_PHONE,
  RUNGS_FIELD_LINK,
} RungsFieldKind;

#define RUNGS_FIELD_KINDS (RUNGS_FIELD_LINK + 1)

/* "text", "long", "number", "money", "date", "yesno", "one", "several", "phone", "link". */
const char *rungs_field_kind_to_text (RungsFieldKind kind);
gboolean rungs_field_kind_from_text (const char     *text,
                                     RungsFieldKind *kind);

/* Whether its values are choices. */
gboolean rungs_field_kind_has_choices (RungsFieldKind kind);

/* What can be chosen. */
typedef struct
{
  char *key;         /* (owned) a-z, 0-9, _: what values and rules hold; never changes */
  char *label;       /* (owned) how people read it; no two of a field are the same */
  gint64 retired_at; /* no longer offered; 0: in use */
} RungsFieldChoice;

void rungs_field_choice_free (RungsFieldChoice *self);
RungsFieldChoice *rungs_field_choice_copy (const RungsFieldChoice *self);

typedef struct
{
  gint64 id;
  char *key;                   /* (owned) a-z, 0-9, _: how messages and rules name it */
  char *label;                 /* (owned) how people read it */
  RungsFieldKind kind;
  char *currency;              /* (owned) (nullable): of money, else NULL */
  GPtrArray *choices;          /* (owned) (element-type RungsFieldChoice): in order, with those
                                * that are retired; empty, not NULL, where the kind has none */
  const RungsCountry *country; /* (nullable): the business's, for telephone numbers without one */
  gint64 retired_at;           /* no longer offered in forms; 0: in use */
} RungsField;

void rungs_field_free (RungsField *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsField, rungs_field_free)

RungsField *rungs_field_copy (const RungsField *self);

/* A key made from a label: "Dog's name" → "dogs_name"; "field" where nothing is left of it. */
char *rungs_field_key_from_label (const char *label);

/* Returns: (nullable): the choice of that key. */
const RungsFieldChoice *rungs_field_find_choice (const RungsField *self,
                                                 const char       *key);

/* Whether a value of the kind "several" holds the choice. */
gboolean rungs_field_value_holds (const char *value,
                                  const char *choice);

/* A text as a kind stores it that needs no field to be understood (text, long, number, date, yesno,
 * link): "1,5" → "1.5", "Ja" → "yes", "21.11.2026" and "21 Nov 2026" → "2026-11-21",
 * "rungs.app/a" → "https://rungs.app/a". Errors: INVALID. */
char *rungs_field_normalize (RungsFieldKind   kind,
                             const char      *text,
                             GError         **error);

/* What a person or a file says, as the field stores it. Money: "49", "49,00 €", "49.00 EUR";
 * choices by their label in any case, or by their key, several parted by semicolons, commas or line
 * ends (those that are retired, too: a lead may have them); telephone numbers of the business's
 * country unless they say another. What rungs_field_format() gives is read back as the same value.
 * Errors: INVALID, in words that name the text and what the field holds. */
char *rungs_field_read (const RungsField  *self,
                        const char        *text,
                        GError           **error);

/* A stored value for people and for files: "49.00 EUR", the labels of choices in their order with
 * "; " between; of all other kinds the value itself. A choice that is gone is told by its key. */
char *rungs_field_format (const RungsField *self,
                          const char       *value);

G_END_DECLS
