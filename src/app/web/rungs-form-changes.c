/* rungs-form-changes.c: what another definition of an opt-in form changes. */

#include "rungs-form-changes.h"

#include <glib/gi18n.h>

#include "rungs-form-json.h"
#include "rungs-form-words.h"

static void G_GNUC_PRINTF (2, 3)
add (GPtrArray  *changes,
     const char *format,
     ...)
{
  va_list list;

  va_start (list, format);
  g_ptr_array_add (changes, g_strdup_vprintf (format, list));
  va_end (list);
}

/* ---- members, as they are written */

static JsonNode *
read_definition (const RungsOptIn *definition)
{
  g_autofree char *text = rungs_opt_in_write (definition);

  return json_from_string (text, NULL);
}

static char *
dup_member (JsonNode   *root,
            const char *path)
{
  JsonNode *node = rungs_form_json_find (root, path);

  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("");
}

static gboolean
differs (JsonNode   *before,
         JsonNode   *after,
         const char *path)
{
  g_autofree char *one = dup_member (before, path);
  g_autofree char *other = dup_member (after, path);

  return !g_str_equal (one, other);
}

/* ---- fields */

/* Returns: (transfer full) (nullable): the field of that key as it is written. */
static char *
dup_field (JsonNode         *root,
           const RungsOptIn *definition,
           const char       *key)
{
  for (guint i = 0; i < definition->fields->len; i++)
    {
      const RungsOptInField *field = g_ptr_array_index (definition->fields, i);
      g_autofree char *path = g_strdup_printf ("fields.%u", i);

      if (g_str_equal (field->key, key))
        return dup_member (root, path);
    }
  return NULL;
}

static void
add_gone (GPtrArray        *changes,
          const RungsOptIn *before,
          const RungsOptIn *after)
{
  for (guint i = 0; i < before->fields->len; i++)
    {
      const RungsOptInField *field = g_ptr_array_index (before->fields, i);

      if (rungs_opt_in_find_field (after, field->key) == NULL)
        add (changes, _ ("“%s” is asked no more."), field->label);
    }
}

/* New fields, and those that are asked otherwise. Whether one of either is among them (out). */
static gboolean
add_fields (GPtrArray        *changes,
            const RungsOptIn *before,
            const RungsOptIn *after,
            JsonNode         *from,
            JsonNode         *to)
{
  guint n = changes->len;

  for (guint i = 0; i < after->fields->len; i++)
    {
      const RungsOptInField *field = g_ptr_array_index (after->fields, i);
      g_autofree char *was = dup_field (from, before, field->key);
      g_autofree char *is = dup_field (to, after, field->key);

      if (was == NULL)
        add (changes, _ ("“%s” is asked, too."), field->label);
      else if (!g_str_equal (was, is))
        add (changes, _ ("“%s” is asked otherwise."), field->label);
    }
  return changes->len > n;
}

/* ---- languages */

static void
add_languages (GPtrArray        *changes,
               const RungsOptIn *before,
               const RungsOptIn *after)
{
  g_autoptr (GPtrArray) were = rungs_opt_in_languages (before);
  g_autoptr (GPtrArray) are = rungs_opt_in_languages (after);

  for (guint i = 0; i < are->len; i++)
    if (!g_ptr_array_find_with_equal_func (were, are->pdata[i], g_str_equal, NULL))
      add (changes, _ ("It can be read in one more language: %s."),
           rungs_form_language_words (are->pdata[i]));
  for (guint i = 0; i < were->len; i++)
    if (!g_ptr_array_find_with_equal_func (are, were->pdata[i], g_str_equal, NULL))
      add (changes, _ ("It cannot be read in this language any more: %s."),
           rungs_form_language_words (were->pdata[i]));
}

/* ---- all of it */

static void
add_members (GPtrArray *changes,
             JsonNode  *from,
             JsonNode  *to)
{
  static const struct
  {
    const char *path;
    const char *words;
  } MEMBERS[] = {
    { "title", N_ ("Its heading is another.") },
    { "intro", N_ ("The text above the fields is another.") },
    { "button", N_ ("Its button says something else.") },
    { "consent.wording",
      N_ ("Visitors agree to other words. Who agreed before has agreed to those before.") },
    { "consent.required", N_ ("Whether one must agree is decided otherwise.") },
    { "consent.purpose", N_ ("The consent is for another purpose.") },
    { "thanks", N_ ("What is seen when it was sent is another.") },
    { "double", N_ ("Whether the address must be confirmed is decided otherwise.") },
    { "confirm_message", N_ ("Another message asks to confirm.") },
    { "then", N_ ("What happens with the lead is another.") },
    { "most", N_ ("Other numbers of questions are asked at once.") },
    { "protect", N_ ("It is protected otherwise.") },
    { "style", N_ ("It looks different.") },
    { "language", N_ ("Its own language is another.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if (differs (from, to, MEMBERS[i].path))
      add (changes, "%s", _ (MEMBERS[i].words));
}

GPtrArray *
rungs_form_changes (const RungsOptIn *before,
                    const RungsOptIn *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) from = read_definition (before);
  g_autoptr (JsonNode) to = read_definition (after);
  gboolean others;

  add_gone (changes, before, after);
  others = changes->len > 0;
  others |= add_fields (changes, before, after, from, to);
  if (!others && differs (from, to, "fields"))
    add (changes, "%s", _ ("Its fields stand in another order."));
  add_members (changes, from, to);
  add_languages (changes, before, after);
  if (changes->len == 0 && differs (from, to, "languages"))
    add (changes, "%s", _ ("Its translations are others."));
  return changes;
}
