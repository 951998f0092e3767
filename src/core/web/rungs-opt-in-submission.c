/* rungs-opt-in-submission.c: what was sent with a form of our own. */

#include "web/rungs-opt-in-submission.h"

#include <string.h>

#define TEXT_MOST 500
#define LONG_MOST 5000

GPtrArray *
rungs_opt_in_submission_read (const RungsRawDelivery  *raw,
                              GError                 **error)
{
  const char *body;
  gsize length = 0;

  g_return_val_if_fail (raw != NULL, NULL);

  body = g_bytes_get_data (raw->body, &length);
  return rungs_form_data_read (rungs_raw_delivery_get_header (raw, "Content-Type"),
                               body != NULL ? body : "", length, error);
}

static gboolean
is_chosen (GPtrArray  *fields,
           const char *name,
           const char *value)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (strcmp (field->name, name) == 0 && strcmp (field->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_choices (GPtrArray             *fields,
             const RungsOptInField *field)
{
  g_autoptr (GString) chosen = g_string_new (NULL);

  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];

      if (!is_chosen (fields, field->key, choice->value))
        continue;
      if (chosen->len > 0)
        g_string_append_c (chosen, ',');
      g_string_append (chosen, choice->value);
      if (field->kind == RUNGS_OPT_IN_CHOICE)
        break;
    }
  return chosen->len > 0 ? g_string_free (g_steal_pointer (&chosen), FALSE) : NULL;
}

static char *
dup_text (const char *value,
          gboolean    is_long)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  glong left = is_long ? LONG_MOST : TEXT_MOST;

  for (const char *at = valid; *at != '\0' && left > 0; at = g_utf8_next_char (at), left--)
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' || c == '\t')
        g_string_append_c (text, is_long ? (char) c : ' ');
      else if (!g_unichar_iscntrl (c))
        g_string_append_unichar (text, c);
    }
  g_strstrip (text->str);
  return *text->str != '\0' ? g_strdup (text->str) : NULL;
}

char *
rungs_opt_in_submission_dup_answer (GPtrArray             *fields,
                                    const RungsOptInField *field)
{
  const char *value;

  g_return_val_if_fail (fields != NULL && field != NULL, NULL);

  if (rungs_opt_in_kind_has_choices (field->kind))
    return dup_choices (fields, field);
  value = rungs_form_data_find (fields, field->key);
  if (value == NULL)
    return NULL;
  if (field->kind == RUNGS_OPT_IN_CHECK)
    return g_strdup (strcmp (value, "yes") == 0 ? "yes" : "no");
  return dup_text (value, field->kind == RUNGS_OPT_IN_LONG);
}
