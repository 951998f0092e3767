/* rungs-form-document.c: an opt-in form that is being written. */

#include "rungs-form-document.h"

struct _RungsFormDocument
{
  RungsDraft parent_instance;

  char *language;     /* (owned): "": the first */
  JsonNode *root;     /* (owned) (nullable): of the text */
  RungsOptIn *opt_in; /* (owned) (nullable): of the text */
};

G_DEFINE_FINAL_TYPE (RungsFormDocument, rungs_form_document, RUNGS_TYPE_DRAFT)

static gboolean
has_language (RungsFormDocument *self,
              const char        *language)
{
  g_autofree char *path = g_strdup_printf ("languages.%s", language);

  return rungs_form_json_find (self->root, path) != NULL;
}

/* Reads the text, which core has written. Without the file less is known to be wrong with it. */
static GPtrArray *
rungs_form_document_read (RungsDraft *draft,
                          const char *text,
                          GPtrArray  *checked)
{
  RungsFormDocument *self = RUNGS_FORM_DOCUMENT (draft);

  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->opt_in, rungs_opt_in_free);
  self->root = json_from_string (text, NULL);
  self->opt_in = rungs_opt_in_parse (text, NULL);
  if (*self->language != '\0' && !has_language (self, self->language))
    {
      g_free (self->language);
      self->language = g_strdup ("");
    }
  return rungs_draft_is_saved (draft) ? g_ptr_array_ref (checked)
                                      : rungs_opt_in_check (self->opt_in);
}

/* ---- edits */

JsonNode *
rungs_form_document_begin (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->root != NULL ? rungs_form_json_copy (self->root) : NULL;
}

gboolean
rungs_form_document_end (RungsFormDocument *self,
                         const char        *label,
                         const char        *place,
                         JsonNode          *root)
{
  g_autoptr (JsonNode) taken = root;
  g_autofree char *json = NULL;
  g_autoptr (RungsOptIn) opt_in = NULL;
  GError *error = NULL;

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), FALSE);

  if (taken == NULL)
    return FALSE;
  json = json_to_string (taken, FALSE);
  opt_in = rungs_opt_in_parse (json, &error);
  return rungs_draft_edit (RUNGS_DRAFT (self), label, place,
                           opt_in != NULL ? rungs_opt_in_write (opt_in) : NULL, error);
}

gboolean
rungs_form_document_put (RungsFormDocument *self,
                         const char        *label,
                         const char        *where,
                         JsonNode          *value)
{
  JsonNode *root = rungs_form_document_begin (self);
  g_autofree char *path = root != NULL ? rungs_form_document_dup_path (self, where) : NULL;

  if (path == NULL)
    {
      g_clear_pointer (&root, json_node_unref);
      g_clear_pointer (&value, json_node_unref);
      return FALSE;
    }
  rungs_form_json_put (root, path, value);
  return rungs_form_document_end (self, label, path, root);
}

/* ---- where members stand */

int
rungs_form_document_find (RungsFormDocument *self,
                          const char        *key,
                          const char        *value)
{
  const RungsOptInField *field = NULL;

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), -1);

  for (guint i = 0; self->opt_in != NULL && i < self->opt_in->fields->len; i++)
    {
      field = g_ptr_array_index (self->opt_in->fields, i);
      if (!g_str_equal (field->key, key))
        continue;
      if (value == NULL)
        return (int) i;
      for (guint j = 0; j < field->choices->len; j++)
        if (g_str_equal (((RungsOptInChoice *) field->choices->pdata[j])->value, value))
          return (int) j;
    }
  return -1;
}

/* Of a choice: its label is a text. */
static char *
dup_path_of_choice (RungsFormDocument *self,
                    int                field,
                    char             **names)
{
  int choice = rungs_form_document_find (self, names[1], names[3]);

  if (choice < 0)
    return NULL;
  if (names[4] == NULL && *self->language != '\0')
    return g_strdup_printf ("languages.%s.fields.%s.choices.%s", self->language, names[1],
                            names[3]);
  return g_strdup_printf ("fields.%d.choices.%d.%s", field, choice,
                          names[4] != NULL ? names[4] : "label");
}

static char *
dup_path_of_field (RungsFormDocument *self,
                   char             **names)
{
  int field = rungs_form_document_find (self, names[1], NULL);

  if (field < 0)
    return NULL;
  if (names[2] == NULL)
    return g_strdup_printf ("fields.%d", field);
  if (g_str_equal (names[2], "choices") && names[3] != NULL)
    return dup_path_of_choice (self, field, names);
  if (*self->language != '\0'
      && (g_str_equal (names[2], "label") || g_str_equal (names[2], "help")))
    return g_strdup_printf ("languages.%s.fields.%s.%s", self->language, names[1], names[2]);
  return g_strdup_printf ("fields.%d.%s", field, names[2]);
}

char *
rungs_form_document_dup_path (RungsFormDocument *self,
                              const char        *where)
{
  static const char *const TEXTS[] = { "title",        "intro",       "button",    "consent",
                                       "thanks.title", "thanks.text", "thanks.url", NULL };
  g_auto (GStrv) names = g_strsplit (where, ".", -1);

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  if (g_strcmp0 (names[0], "fields") == 0 && names[1] != NULL)
    return dup_path_of_field (self, names);
  if (*self->language != '\0' && g_strv_contains (TEXTS, where))
    return g_strdup_printf ("languages.%s.%s", self->language, where);
  return g_strdup (g_str_equal (where, "consent") ? "consent.wording" : where);
}

/* ---- the class */

static void
rungs_form_document_finalize (GObject *object)
{
  RungsFormDocument *self = RUNGS_FORM_DOCUMENT (object);

  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->opt_in, rungs_opt_in_free);
  g_free (self->language);
  G_OBJECT_CLASS (rungs_form_document_parent_class)->finalize (object);
}

static void
rungs_form_document_class_init (RungsFormDocumentClass *klass)
{
  RungsDraftClass *draft_class = RUNGS_DRAFT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_form_document_finalize;
  draft_class->load = rungs_form_facts_load;
  draft_class->facts_free = (GDestroyNotify) rungs_form_facts_free;
  draft_class->save = rungs_form_facts_save;
  draft_class->read = rungs_form_document_read;
}

static void
rungs_form_document_init (RungsFormDocument *self)
{
  self->language = g_strdup ("");
}

RungsFormDocument *
rungs_form_document_new (RungsStore *store,
                         gint64      form)
{
  return rungs_draft_new (RUNGS_TYPE_FORM_DOCUMENT, store, form);
}

RungsFormFacts *
rungs_form_document_get_facts (RungsFormDocument *self)
{
  return rungs_draft_get_facts (RUNGS_DRAFT (self));
}

JsonNode *
rungs_form_document_get_root (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->root;
}

const RungsOptIn *
rungs_form_document_get_opt_in (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->opt_in;
}

const char *
rungs_form_document_get_language (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->language;
}

void
rungs_form_document_set_language (RungsFormDocument *self,
                                  const char        *language)
{
  g_return_if_fail (RUNGS_IS_FORM_DOCUMENT (self));

  if (g_str_equal (language, self->language))
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  g_signal_emit_by_name (self, "changed");
}
