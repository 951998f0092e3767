/* rungs-form-fields.c: what can be added to an opt-in form, and what can be done with its fields
 * and their choices. */

#include "rungs-form-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field.h"
#include "rungs-form-words.h"

static const RungsOptInKind QUESTIONS[]
  = { RUNGS_OPT_IN_CHOICE, RUNGS_OPT_IN_CHOICES, RUNGS_OPT_IN_CHECK, RUNGS_OPT_IN_TEXT,
      RUNGS_OPT_IN_LONG,   RUNGS_OPT_IN_NUMBER,  RUNGS_OPT_IN_DATE };

/* ---- what can be added */

static gboolean
is_asked (RungsFormDocument *document,
          const char        *key)
{
  return rungs_form_document_find (document, key, NULL) >= 0;
}

GPtrArray *
rungs_form_fields_picks (RungsFormDocument *document)
{
  GPtrArray *picks = rungs_picks_new ();
  const char *const *columns = rungs_opt_in_columns ();
  GPtrArray *own = rungs_form_document_get_facts (document)->fields;

  for (guint i = 0; columns[i] != NULL; i++)
    if (!is_asked (document, columns[i]))
      g_ptr_array_add (picks, rungs_pick_new (columns[i], rungs_opt_in_column_words (columns[i]),
                                              _ ("The Lead")));
  for (guint i = 0; i < own->len; i++)
    {
      const RungsField *field = g_ptr_array_index (own, i);
      g_autofree char *key = g_strdup_printf ("field:%s", field->key);

      if (!is_asked (document, key))
        g_ptr_array_add (picks, rungs_pick_new (key, field->label, _ ("Your Own Fields")));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autofree char *value
        = g_strdup_printf ("question:%s", rungs_opt_in_kind_to_text (QUESTIONS[i]));

      g_ptr_array_add (picks, rungs_pick_new (value, rungs_form_kind_words (QUESTIONS[i]),
                                              _ ("A New Question")));
    }
  return picks;
}

/* ---- fields as JSON */

static JsonNode *
object_new (void)
{
  return json_node_init_object (json_node_alloc (), json_object_new ());
}

static JsonNode *
field_new (const char     *key,
           RungsOptInKind  kind,
           const char     *label)
{
  JsonNode *field = object_new ();

  rungs_form_json_put (field, "key", rungs_form_json_text (key));
  rungs_form_json_put (field, "kind", rungs_form_json_text (rungs_opt_in_kind_to_text (kind)));
  rungs_form_json_put (field, "label", rungs_form_json_text (label));
  return field;
}

static void
append_choice (JsonNode   *field,
               const char *value,
               const char *label)
{
  JsonNode *choice = object_new ();

  rungs_form_json_put (choice, "value", rungs_form_json_text (value));
  rungs_form_json_put (choice, "label", rungs_form_json_text (label));
  rungs_form_json_insert (field, "choices", G_MAXUINT, choice);
}

static RungsOptInKind
kind_of (RungsFieldKind kind)
{
  switch (kind)
    {
    case RUNGS_FIELD_LONG:
      return RUNGS_OPT_IN_LONG;
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_MONEY:
      return RUNGS_OPT_IN_NUMBER;
    case RUNGS_FIELD_DATE:
      return RUNGS_OPT_IN_DATE;
    case RUNGS_FIELD_YESNO:
      return RUNGS_OPT_IN_CHECK;
    case RUNGS_FIELD_ONE:
      return RUNGS_OPT_IN_CHOICE;
    case RUNGS_FIELD_SEVERAL:
      return RUNGS_OPT_IN_CHOICES;
    case RUNGS_FIELD_PHONE:
      return RUNGS_OPT_IN_TEL;
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_LINK:
    default:
      return RUNGS_OPT_IN_TEXT;
    }
}

/* One of the business's own, with what can be chosen of it. */
static JsonNode *
own_field_new (RungsFormDocument *document,
               const char        *key)
{
  GPtrArray *own = rungs_form_document_get_facts (document)->fields;

  for (guint i = 0; i < own->len; i++)
    {
      const RungsField *field = g_ptr_array_index (own, i);
      JsonNode *made;

      if (!g_str_equal (field->key, key + strlen ("field:")))
        continue;
      made = field_new (key, kind_of (field->kind), field->label);
      for (guint j = 0; j < field->choices->len; j++)
        {
          const RungsFieldChoice *choice = g_ptr_array_index (field->choices, j);

          if (choice->retired_at == 0)
            append_choice (made, choice->key, choice->label);
        }
      return made;
    }
  return NULL;
}

/* Whether the draft, or what was published once, asks for it: what it means stays the same. */
static gboolean
was_asked (RungsFormDocument *document,
           const char        *key)
{
  GPtrArray *versions = rungs_form_document_get_facts (document)->versions;

  for (guint i = 0; i < versions->len; i++)
    {
      const RungsOptInVersion *version = g_ptr_array_index (versions, i);

      if (rungs_opt_in_find_field (version->definition, key) != NULL)
        return TRUE;
    }
  return is_asked (document, key);
}

static char *
dup_free_question (RungsFormDocument *document)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *key = g_strdup_printf ("question:q%u", n);

      if (!was_asked (document, key))
        return g_steal_pointer (&key);
    }
}

static JsonNode *
question_new (RungsFormDocument *document,
              RungsOptInKind     kind)
{
  g_autofree char *key = dup_free_question (document);
  JsonNode *field = field_new (key, kind, _ ("New question"));

  if (rungs_opt_in_kind_has_choices (kind))
    {
      append_choice (field, "c1", _ ("First choice"));
      append_choice (field, "c2", _ ("Second choice"));
    }
  return field;
}

static JsonNode *
picked_new (RungsFormDocument *document,
            const char        *value)
{
  RungsOptInKind kind = RUNGS_OPT_IN_TEXT;

  if (g_str_has_prefix (value, "field:"))
    return own_field_new (document, value);
  if (!g_str_has_prefix (value, "question:"))
    return field_new (value, rungs_opt_in_column_kind (value), rungs_opt_in_column_words (value));
  rungs_opt_in_kind_from_text (value + strlen ("question:"), &kind);
  return question_new (document, kind);
}

/* ---- what is done with fields */

static char *
insert (RungsFormDocument *document,
        const char        *label,
        JsonNode          *field,
        const char        *behind)
{
  int place = behind != NULL ? rungs_form_document_find (document, behind, NULL) : -1;
  JsonNode *root = rungs_form_document_begin (document);
  g_autofree char *key = g_strdup (rungs_form_json_get_text (field, "key"));

  rungs_form_json_insert (root, "fields", place >= 0 ? (guint) place + 1 : G_MAXUINT, field);
  return rungs_form_document_end (document, label, NULL, root) ? g_steal_pointer (&key) : NULL;
}

char *
rungs_form_fields_add (RungsFormDocument *document,
                       const char        *value,
                       const char        *behind)
{
  JsonNode *field = picked_new (document, value);

  return field != NULL ? insert (document, _ ("new field"), field, behind) : NULL;
}

char *
rungs_form_fields_duplicate (RungsFormDocument *document,
                             const char        *key)
{
  g_autofree char *where = g_strdup_printf ("fields.%s", key);
  g_autofree char *path = rungs_form_document_dup_path (document, where);
  g_autofree char *copied = NULL;
  JsonNode *field;

  if (path == NULL || !g_str_has_prefix (key, "question:"))
    return NULL;
  copied = dup_free_question (document);
  field = rungs_form_json_copy (
    rungs_form_json_find (rungs_form_document_get_root (document), path));
  rungs_form_json_put (field, "key", rungs_form_json_text (copied));
  return insert (document, _ ("copy of a field"), field, key);
}

/* Of all languages, what stands below `rest`. */
static void
forget_translations (RungsFormDocument *document,
                     JsonNode          *root,
                     const char        *rest)
{
  GPtrArray *variants = rungs_form_document_get_opt_in (document)->variants;

  for (guint i = 0; i < variants->len; i++)
    {
      const RungsOptInVariant *variant = g_ptr_array_index (variants, i);
      g_autofree char *path = g_strdup_printf ("languages.%s.%s", variant->language, rest);

      rungs_form_json_put (root, path, NULL);
    }
}

void
rungs_form_fields_remove (RungsFormDocument *document,
                          const char        *key)
{
  g_autofree char *where = g_strdup_printf ("fields.%s", key);
  g_autofree char *path = rungs_form_document_dup_path (document, where);
  JsonNode *root;

  if (path == NULL)
    return;
  root = rungs_form_document_begin (document);
  rungs_form_json_put (root, path, NULL);
  forget_translations (document, root, where);
  rungs_form_document_end (document, _ ("removal of a field"), NULL, root);
}

/* ---- what is done with choices */

char *
rungs_form_fields_add_choice (RungsFormDocument *document,
                              const char        *key)
{
  int place = rungs_form_document_find (document, key, NULL);
  g_autofree char *path = g_strdup_printf ("fields.%d", place);
  JsonNode *root;

  if (place < 0)
    return NULL;
  root = rungs_form_document_begin (document);
  for (guint n = 1;; n++)
    {
      g_autofree char *value = g_strdup_printf ("c%u", n);

      if (rungs_form_document_find (document, key, value) >= 0)
        continue;
      append_choice (rungs_form_json_find (root, path), value, _ ("New choice"));
      return rungs_form_document_end (document, _ ("new choice"), NULL, root)
               ? g_steal_pointer (&value)
               : NULL;
    }
}

void
rungs_form_fields_move_choice (RungsFormDocument *document,
                               const char        *key,
                               const char        *value,
                               int                by)
{
  int field = rungs_form_document_find (document, key, NULL);
  int choice = rungs_form_document_find (document, key, value);
  g_autofree char *path = g_strdup_printf ("fields.%d.choices", field);
  JsonNode *root;

  if (choice < 0 || choice + by < 0)
    return;
  root = rungs_form_document_begin (document);
  rungs_form_json_move (root, path, (guint) choice, (guint) (choice + by));
  rungs_form_document_end (document, _ ("move of a choice"), NULL, root);
}

void
rungs_form_fields_remove_choice (RungsFormDocument *document,
                                 const char        *key,
                                 const char        *value)
{
  int field = rungs_form_document_find (document, key, NULL);
  int choice = rungs_form_document_find (document, key, value);
  g_autofree char *path = g_strdup_printf ("fields.%d.choices.%d", field, choice);
  g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", key, value);
  JsonNode *root;

  if (choice < 0)
    return;
  root = rungs_form_document_begin (document);
  rungs_form_json_put (root, path, NULL);
  forget_translations (document, root, where);
  rungs_form_document_end (document, _ ("removal of a choice"), NULL, root);
}
