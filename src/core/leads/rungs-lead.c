/* rungs-lead.c: a person we know of. */

#include "leads/rungs-lead.h"

#include <string.h>

#define N_COLUMNS 13

/* One place for each of the columns a person can edit, in the order of rungs_lead_columns(). */
static const gsize OFFSETS[N_COLUMNS] = {
  G_STRUCT_OFFSET (RungsLead, email),     G_STRUCT_OFFSET (RungsLead, first_name),
  G_STRUCT_OFFSET (RungsLead, last_name), G_STRUCT_OFFSET (RungsLead, company),
  G_STRUCT_OFFSET (RungsLead, phone),     G_STRUCT_OFFSET (RungsLead, street),
  G_STRUCT_OFFSET (RungsLead, postcode),  G_STRUCT_OFFSET (RungsLead, city),
  G_STRUCT_OFFSET (RungsLead, region),    G_STRUCT_OFFSET (RungsLead, country),
  G_STRUCT_OFFSET (RungsLead, language),  G_STRUCT_OFFSET (RungsLead, zone),
  G_STRUCT_OFFSET (RungsLead, notes),
};

static const char *const COLUMNS[N_COLUMNS + 1] = {
  "email", "first_name", "last_name", "company", "phone", "street", "postcode",
  "city",  "region",     "country",   "language", "zone", "notes",  NULL,
};

static char **
text_of (const RungsLead *self,
         int              column)
{
  return G_STRUCT_MEMBER_P (self, OFFSETS[column]);
}

/* -1 where there is none of that name. */
static int
find_column (const char *name)
{
  for (int i = 0; i < N_COLUMNS; i++)
    if (strcmp (COLUMNS[i], name) == 0)
      return i;
  return -1;
}

RungsLead *
rungs_lead_new (void)
{
  RungsLead *self = g_new0 (RungsLead, 1);

  for (int i = 1; i < N_COLUMNS; i++)
    *text_of (self, i) = g_strdup ("");
  return self;
}

RungsLead *
rungs_lead_copy (const RungsLead *self)
{
  RungsLead *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->email_key = g_strdup (self->email_key);
  for (int i = 0; i < N_COLUMNS; i++)
    *text_of (copy, i) = g_strdup (*text_of (self, i));
  return copy;
}

void
rungs_lead_free (RungsLead *self)
{
  g_free (self->email_key);
  for (int i = 0; i < N_COLUMNS; i++)
    g_free (*text_of (self, i));
  g_free (self);
}

const char *const *
rungs_lead_columns (void)
{
  return COLUMNS;
}

const char *
rungs_lead_get (const RungsLead *self,
                const char      *column)
{
  int i;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  i = find_column (column);
  if (i < 0)
    return NULL;
  return *text_of (self, i) ? *text_of (self, i) : "";
}

static char *
on_one_line (const char *text)
{
  char *line = g_strdup (text);

  for (char *at = line; *at != '\0'; at++)
    if ((guchar) *at < ' ' || *at == 0x7f)
      *at = ' ';
  return g_strstrip (line);
}

gboolean
rungs_lead_set (RungsLead  *self,
                const char *column,
                const char *text)
{
  g_autofree char *value = NULL;
  int i;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (column != NULL, FALSE);

  i = find_column (column);
  if (i < 0)
    return FALSE;
  if (text == NULL)
    text = "";
  value = strcmp (column, "notes") == 0 ? g_strstrip (g_strdup (text)) : on_one_line (text);
  if (strcmp (column, "email") == 0 && *value == '\0')
    g_clear_pointer (&value, g_free);

  g_free (*text_of (self, i));
  *text_of (self, i) = g_steal_pointer (&value);
  return TRUE;
}

char *
rungs_lead_dup_name (const RungsLead *self)
{
  const char *both;

  g_return_val_if_fail (self != NULL, NULL);

  both = *self->first_name && *self->last_name ? " " : "";
  if (*self->first_name || *self->last_name)
    return g_strconcat (self->first_name, both, self->last_name, NULL);
  if (*self->company)
    return g_strdup (self->company);
  return g_strdup (self->email ? self->email : self->phone);
}
