/* rungs-web-form.c: a form that was sent in.
 *
 * What an answer is, is said by the endpoint's mapping, by key or label; else it is known by the
 * words of its key or label, as the columns of an import are; else it is a field of the business's
 * own of that key. All others stay in the delivery. Answers that campaigns put into hidden fields
 * (utm_…) are kept with the touch.
 *
 * Consent is given by an answer that says so, or, where the form has none, by sending it, if the
 * endpoint says which words stand there. */

#include "web/rungs-web-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-heading.h"
#include "leads/rungs-import-value.h"
#include "leads/rungs-tag-store.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-wire-json.h"

typedef struct
{
  const char *person[RUNGS_IMPORT_N_TARGETS]; /* lent */
  guint ranks[RUNGS_IMPORT_N_TARGETS];
  GHashTable *fields; /* (owned) key -> text, both lent or owned by `keys` */
  GHashTable *tags;   /* (owned) of the touch */
  GPtrArray *lead_tags; /* (owned) (element-type utf8), lent */
  GPtrArray *keys;    /* (owned) */
  const RungsWebAnswer *agreed; /* (nullable) */
  gboolean was_asked; /* whether the form asks for consent */
} Form;

static void
form_clear (Form *form)
{
  g_clear_pointer (&form->fields, g_hash_table_unref);
  g_clear_pointer (&form->tags, g_hash_table_unref);
  g_clear_pointer (&form->keys, g_ptr_array_unref);
  g_clear_pointer (&form->lead_tags, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

/* ---- which answer is what */

static gboolean
is_yes (const char *value)
{
  static const char *const NO[] = { "no", "false", "0", "nein", "off", "none", "declined", NULL };
  g_autofree char *low = g_utf8_strdown (value, -1);

  return *low != '\0' && !g_strv_contains (NO, low);
}

/* What an answer about consent is called. */
static gboolean
is_consent (const char *name)
{
  static const char *const WORDS[]
      = { "consent",   "agree",          "agreed",           "optin",      "gdpr", "gdprconsent",
          "newsletter", "einwilligung",  "marketingconsent", "marketing",  "subscribe",
          "acceptsmarketing", NULL };
  g_autofree char *folded = rungs_import_heading_fold (name);

  return g_strv_contains (WORDS, folded);
}

static const char *
lend (Form *form,
      char *text)
{
  g_ptr_array_add (form->keys, text);
  return text;
}

static void
add_campaign (Form       *form,
              const char *name,
              const char *value)
{
  g_hash_table_insert (form->tags, (gpointer) lend (form, g_ascii_strdown (name, -1)),
                       (gpointer) lend (form, g_strdup (value)));
}

static void
set_person (Form              *form,
            RungsImportTarget  target,
            guint              rank,
            const char        *value)
{
  if (form->person[target] != NULL && form->ranks[target] <= rank)
    return;
  form->person[target] = value;
  form->ranks[target] = rank;
}

static void
set_target (Form                 *form,
            RungsImportTarget     target,
            guint                 rank,
            const RungsWebAnswer *answer)
{
  if (target == RUNGS_IMPORT_TAGS)
    g_ptr_array_add (form->lead_tags, answer->value);
  else if (target >= RUNGS_IMPORT_EMAIL && target <= RUNGS_IMPORT_NOTES)
    set_person (form, target, rank, answer->value);
}

/* As the endpoint says: "email", "field:dog", "consent", "tags", "ignore". */
static gboolean
take_as_said (Form                  *form,
              const RungsWebAnswer  *answer,
              const char            *said,
              GError               **error)
{
  if (strcmp (said, "ignore") == 0)
    return TRUE;
  if (strcmp (said, "consent") == 0)
    {
      form->was_asked = TRUE;
      form->agreed = is_yes (answer->value) ? answer : form->agreed;
      return TRUE;
    }
  if (g_str_has_prefix (said, "field:"))
    {
      g_hash_table_insert (form->fields, (gpointer) (said + 6), answer->value);
      return TRUE;
    }
  for (guint i = RUNGS_IMPORT_EMAIL; i <= RUNGS_IMPORT_TAGS; i++)
    if (strcmp (rungs_import_target_get_name (i), said) == 0)
      {
        set_target (form, i, 0, answer);
        return TRUE;
      }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("The mapping sends “%s” to “%s”, which is no field."), answer->label, said);
  return FALSE;
}

/* By its words. */
static gboolean
take_as_known (Form                 *form,
               const RungsWebAnswer *answer,
               const char           *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *folded = rungs_import_heading_fold (name);
  guint rank = 0;
  RungsImportTarget target;

  if (rungs_web_form_is_campaign (name))
    {
      add_campaign (form, name, answer->value);
      return TRUE;
    }
  if (is_consent (name))
    {
      form->was_asked = TRUE;
      form->agreed = is_yes (answer->value) ? answer : form->agreed;
      return TRUE;
    }
  target = rungs_import_heading_lookup (folded, &rank);
  if (target == RUNGS_IMPORT_FIELD && dot != NULL)
    {
      /* A part: "fullName.first". */
      static const struct
      {
        const char *part;
        RungsImportTarget target;
      } PARTS[] = {
        { "first", RUNGS_IMPORT_FIRST_NAME }, { "last", RUNGS_IMPORT_LAST_NAME },
        { "full", RUNGS_IMPORT_PHONE },       { "addr_line1", RUNGS_IMPORT_STREET },
        { "city", RUNGS_IMPORT_CITY },        { "state", RUNGS_IMPORT_REGION },
        { "postal", RUNGS_IMPORT_POSTCODE },  { "country", RUNGS_IMPORT_COUNTRY },
      };

      for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
        if (strcmp (dot + 1, PARTS[i].part) == 0)
          target = PARTS[i].target;
    }
  if (target == RUNGS_IMPORT_FIELD || target == RUNGS_IMPORT_IGNORE)
    return FALSE;
  set_target (form, target, rank, answer);
  return TRUE;
}

static gboolean
take_as_field (RungsWebWork         *work,
               Form                 *form,
               const RungsWebAnswer *answer,
               const char           *name)
{
  const char *key = lend (form, rungs_field_key_from_label (name));
  g_autoptr (RungsField) field = rungs_field_load_by_key (work->db, key, NULL);

  if (field == NULL)
    return FALSE;
  g_hash_table_insert (form->fields, (gpointer) key, answer->value);
  return TRUE;
}

static gboolean
take_answer (RungsWebWork          *work,
             Form                  *form,
             JsonObject            *mapping,
             const RungsWebAnswer  *answer,
             GError               **error)
{
  const char *said = rungs_wire_json_text (mapping, answer->key);

  if (said == NULL)
    said = rungs_wire_json_text (mapping, answer->label);
  if (said != NULL)
    return take_as_said (form, answer, said, error);
  if (!take_as_known (form, answer, answer->key) && !take_as_known (form, answer, answer->label)
      && !take_as_field (work, form, answer, answer->key))
    take_as_field (work, form, answer, answer->label);
  return TRUE;
}

/* What stands behind "?" in the address of the page. */
static void
take_page (Form       *form,
           const char *page)
{
  const char *query = page != NULL ? strchr (page, '?') : NULL;
  g_autoptr (GPtrArray) fields = NULL;

  if (page == NULL)
    return;
  g_hash_table_insert (form->tags, (gpointer) "page",
                       (gpointer) lend (form, g_strndup (page, strcspn (page, "?#"))));
  if (query != NULL)
    fields = rungs_form_data_read_urlencoded (query + 1, strcspn (query + 1, "#"), NULL);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (rungs_web_form_is_campaign (field->name))
        add_campaign (form, field->name, field->value);
    }
}

static void
form_init (Form *form)
{
  form->fields = g_hash_table_new (g_str_hash, g_str_equal);
  form->tags = g_hash_table_new (g_str_hash, g_str_equal);
  form->keys = g_ptr_array_new_with_free_func (g_free);
  form->lead_tags = g_ptr_array_new ();
}

static gboolean
read_form (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           JsonObject          *mapping,
           Form                *form,
           GError             **error)
{
  form_init (form);
  for (guint i = RUNGS_IMPORT_EMAIL; i <= RUNGS_IMPORT_NOTES; i++)
    form->person[i] = deed->person[i];
  for (guint i = 0; i < deed->answers->len; i++)
    if (!take_answer (work, form, mapping, deed->answers->pdata[i], error))
      return FALSE;
  take_page (form, deed->page);
  return TRUE;
}

/* ---- doing it */

static gboolean
add_tags (RungsWebWork  *work,
          gint64         lead,
          GPtrArray     *lists,
          GError       **error)
{
  g_autoptr (GString) tag = g_string_new (NULL);

  for (guint i = 0; i < lists->len; i++)
    for (const char *at = lists->pdata[i]; rungs_import_next_tag (&at, tag);)
      {
        gint64 id = rungs_tag_ensure (work->db, tag->str, error);

        if (id == 0 || !rungs_lead_add_tag (work->db, lead, id, work->now, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
take_consent (RungsWebWork        *work,
              gint64               lead,
              const RungsWebDeed  *deed,
              const Form          *form,
              const char          *name,
              GError             **error)
{
  const char *wording = work->endpoint->wording;
  g_autofree char *origin = g_strdup_printf ("form: %s", name);
  g_autofree char *answered
      = form->agreed != NULL
          ? g_strdup_printf ("%s: %s", form->agreed->label, form->agreed->value)
          : NULL;

  if (form->person[RUNGS_IMPORT_EMAIL] == NULL
      || (form->was_asked ? form->agreed == NULL : *wording == '\0'))
    return TRUE;
  return rungs_web_lead_agree (work, lead, deed->at, origin, *wording != '\0' ? wording : answered,
                               error);
}

gboolean
rungs_web_form_is_campaign (const char *name)
{
  static const char *const WORDS[]
      = { "gclid", "fbclid", "msclkid", "partner", "affiliate", "aff", "ref", "referrer", NULL };
  g_autofree char *low = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  low = g_ascii_strdown (name, -1);
  return g_str_has_prefix (low, "utm_") || g_strv_contains (WORDS, low);
}

gboolean
rungs_web_form_apply (RungsWebWork        *work,
                      const RungsWebDeed  *deed,
                      GError             **error)
{
  g_autoptr (JsonNode) mapping = json_from_string (work->endpoint->mapping, NULL);
  g_auto (Form) form = { 0 };
  const char *name = *work->endpoint->form != '\0' ? work->endpoint->form : deed->form;
  gint64 lead;

  if (name == NULL)
    name = work->endpoint->name;
  if (!read_form (work, deed,
                  mapping != NULL && JSON_NODE_HOLDS_OBJECT (mapping)
                    ? json_node_get_object (mapping)
                    : NULL,
                  &form, error))
    return FALSE;
  lead = rungs_web_lead_ensure (work, form.person, form.fields, deed->at, error);
  return lead != 0 && add_tags (work, lead, form.lead_tags, error)
         && rungs_web_lead_touch (work, lead, RUNGS_PATH_OPT_IN, deed->at, name, form.tags, error)
         && take_consent (work, lead, deed, &form, name, error)
         && rungs_event_add (work->db, lead, RUNGS_EVENT_FORM_SUBMITTED, deed->at, 0, name, error)
              != 0;
}

gboolean
rungs_web_note_apply (RungsWebWork        *work,
                      const RungsWebDeed  *deed,
                      GError             **error)
{
  const char *email = deed->person[RUNGS_IMPORT_EMAIL];
  g_autofree char *text = g_strdup_printf ("%s: %s", deed->words != NULL ? deed->words : "",
                                           deed->form != NULL ? deed->form : work->endpoint->name);
  gint64 lead = 0;

  if (email == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("It has no e-mail address, so that it is about nobody."));
      return FALSE;
    }
  if (!rungs_web_lead_find (work, email, &lead, error))
    return FALSE;
  if (lead == 0)
    lead = rungs_web_lead_ensure (work, (const char *const *) deed->person, NULL, deed->at, error);
  return lead != 0
         && rungs_event_add (work->db, lead, RUNGS_EVENT_FORM_SUBMITTED, deed->at, 0, text, error)
              != 0;
}

/* ---- where an answer goes */

static char *
dup_taken (Form *form)
{
  GHashTableIter iter;
  gpointer key;

  for (guint i = RUNGS_IMPORT_EMAIL; i < RUNGS_IMPORT_N_TARGETS; i++)
    if (form->person[i] != NULL)
      return g_strdup (rungs_import_target_get_name (i));
  g_hash_table_iter_init (&iter, form->fields);
  if (g_hash_table_iter_next (&iter, &key, NULL))
    return g_strconcat ("field:", key, NULL);
  if (form->lead_tags->len > 0)
    return g_strdup ("tags");
  if (form->was_asked)
    return g_strdup ("consent");
  return g_hash_table_size (form->tags) > 0 ? g_strdup ("campaign") : NULL;
}

char *
rungs_web_form_dup_place (RungsWebWork         *work,
                          const RungsWebAnswer *answer,
                          gboolean             *said)
{
  g_autoptr (JsonNode) node = json_from_string (work->endpoint->mapping, NULL);
  JsonObject *mapping
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *says = rungs_wire_json_text (mapping, answer->key);
  g_auto (Form) form = { 0 };

  if (says == NULL)
    says = rungs_wire_json_text (mapping, answer->label);
  *said = says != NULL;
  if (says != NULL)
    return g_strdup (says);
  form_init (&form);
  take_answer (work, &form, mapping, answer, NULL);
  return dup_taken (&form);
}
