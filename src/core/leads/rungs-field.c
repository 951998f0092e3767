/* rungs-field.c: fields of the business's own, and their choices. */

#include "leads/rungs-field.h"

#include <string.h>

#include "base/rungs-names.h"

#define KEY_MAX 40

static const char *const KINDS[] = { "text",  "long", "number",  "money", "date",
                                     "yesno", "one",  "several", "phone", "link" };

G_STATIC_ASSERT (G_N_ELEMENTS (KINDS) == RUNGS_FIELD_KINDS);

const char *
rungs_field_kind_to_text (RungsFieldKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), KINDS[0]);

  return KINDS[kind];
}

gboolean
rungs_field_kind_from_text (const char     *text,
                            RungsFieldKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

gboolean
rungs_field_kind_has_choices (RungsFieldKind kind)
{
  return kind == RUNGS_FIELD_ONE || kind == RUNGS_FIELD_SEVERAL;
}

void
rungs_field_choice_free (RungsFieldChoice *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self);
}

RungsFieldChoice *
rungs_field_choice_copy (const RungsFieldChoice *self)
{
  RungsFieldChoice *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->label = g_strdup (self->label);
  return copy;
}

void
rungs_field_free (RungsField *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self->currency);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

RungsField *
rungs_field_copy (const RungsField *self)
{
  RungsField *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->label = g_strdup (self->label);
  copy->currency = g_strdup (self->currency);
  copy->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  for (guint i = 0; i < self->choices->len; i++)
    g_ptr_array_add (copy->choices,
                     rungs_field_choice_copy (g_ptr_array_index (self->choices, i)));
  return copy;
}

char *
rungs_field_key_from_label (const char *label)
{
  g_autofree char *ascii = g_str_to_ascii (label, "C");
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0' && key->len < KEY_MAX; at++)
    {
      if (g_ascii_isalnum (*at))
        g_string_append_c (key, g_ascii_tolower (*at));
      else if (*at != '\'' && *at != '?' && key->len > 0 && key->str[key->len - 1] != '_')
        g_string_append_c (key, '_');
    }
  while (key->len > 0 && key->str[key->len - 1] == '_')
    g_string_truncate (key, key->len - 1);
  return g_strdup (key->len > 0 ? key->str : "field");
}

const RungsFieldChoice *
rungs_field_find_choice (const RungsField *self,
                         const char       *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->choices, i);

      if (g_str_equal (choice->key, key))
        return choice;
    }
  return NULL;
}

gboolean
rungs_field_value_holds (const char *value,
                         const char *choice)
{
  gsize size;

  g_return_val_if_fail (choice != NULL, FALSE);

  size = strlen (choice);
  for (const char *at = value; at != NULL; at = strchr (at, ','))
    {
      at += *at == ',';
      if (strncmp (at, choice, size) == 0 && (at[size] == '\0' || at[size] == ','))
        return TRUE;
    }
  return FALSE;
}
