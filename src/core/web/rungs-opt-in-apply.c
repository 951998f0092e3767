/* rungs-opt-in-apply.c: a form of our own that was filled in. */

#include "web/rungs-opt-in-apply.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-note-store.h"
#include "sequences/rungs-enrolment-store.h"
#include "web/rungs-opt-in-claim-store.h"
#include "web/rungs-opt-in-enrol.h"
#include "web/rungs-opt-in-page.h"
#include "web/rungs-opt-in-pending-store.h"
#include "web/rungs-opt-in-submission.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-form.h"
#include "web/rungs-web-html.h"
#include "web/rungs-web-sources.h"

/* One that is being done. */
typedef struct
{
  RungsWebWork *work;           /* (unowned) */
  const RungsRawDelivery *raw;  /* (unowned) */
  RungsOptInForm *form;         /* (owned) */
  RungsOptInVersion *version;   /* (owned) */
  GPtrArray *fields;            /* (owned) (element-type RungsFormField) */
  char *language;               /* (owned) one that the version is in */
  GHashTable *answers;          /* (owned) key of a field -> text */
  GHashTable *own;              /* (owned) key of a field of the business's own -> text, lent */
  GHashTable *tags;             /* (owned) of the touch */
  GString *note;                /* (owned) what is no field of the lead */
  const char *person[RUNGS_IMPORT_N_TARGETS]; /* lent by `answers` */
  gint64 at;
} Submission;

static void
submission_clear (Submission *self)
{
  g_clear_pointer (&self->form, rungs_opt_in_form_free);
  g_clear_pointer (&self->version, rungs_opt_in_version_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  if (self->note != NULL)
    g_string_free (self->note, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Submission, submission_clear)

/* ---- which form, and which of its versions */

static gboolean
find_form (Submission  *self,
           GError     **error)
{
  g_autofree char *slug = rungs_web_own_dup_rest (self->raw);
  gint64 id = 0;

  if (!rungs_opt_in_find (self->work->db, slug, &id, error))
    return FALSE;
  self->form = rungs_opt_in_load (self->work->db, id, self->work->now, error);
  if (self->form == NULL)
    return FALSE;
  if (self->form->version == 0)
    return rungs_error_refuse (error, _ ("That form was never published."));
  if (self->form->retired_at != 0 && self->at >= self->form->retired_at)
    return rungs_error_refuse (error, _ ("That form is no longer in use."));
  return TRUE;
}

/* The one whose words stood there; where that is not said, the one in use. */
static gboolean
find_version (Submission  *self,
              GError     **error)
{
  const char *text = rungs_form_data_find (self->fields, RUNGS_OPT_IN_VERSION_NAME);
  guint64 id = 0;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL))
    self->version = rungs_opt_in_version_load (self->work->db, (gint64) id, NULL);
  if (self->version != NULL && self->version->form == self->form->id)
    return TRUE;
  g_clear_pointer (&self->version, rungs_opt_in_version_free);
  self->version = rungs_opt_in_version_load (self->work->db, self->form->version, error);
  return self->version != NULL;
}

static void
find_language (Submission *self)
{
  g_autoptr (GPtrArray) languages = rungs_opt_in_languages (self->version->definition);
  const char *said = rungs_form_data_find (self->fields, RUNGS_OPT_IN_LANGUAGE_NAME);
  guint index = 0;

  if (said == NULL)
    said = rungs_raw_delivery_get_header (self->raw, "Rungs-Language");
  for (guint i = 0; said != NULL && i < languages->len; i++)
    if (g_ascii_strcasecmp (languages->pdata[i], said) == 0)
      index = i;
  self->language = g_strdup (languages->pdata[index]);
}

/* ---- answers */

static const char *
get_text (const Submission      *self,
          const RungsOptInField *field,
          const char            *what)
{
  g_autofree char *path = g_strdup_printf ("fields.%s.%s", field->key, what);

  return rungs_opt_in_get_text (self->version->definition, NULL, path);
}

/* An answer as people read it. */
static void
append_note (Submission            *self,
             const RungsOptInField *field,
             const char            *answer)
{
  g_auto (GStrv) values = NULL;

  if (self->note->len > 0)
    g_string_append_c (self->note, '\n');
  g_string_append_printf (self->note, "%s: ", get_text (self, field, "label"));
  if (!rungs_opt_in_kind_has_choices (field->kind))
    {
      g_string_append (self->note, answer);
      return;
    }
  values = g_strsplit (answer, ",", -1);
  for (guint i = 0; values[i] != NULL; i++)
    {
      const RungsOptInChoice *choice = rungs_opt_in_field_find_choice (field, values[i]);

      g_string_append_printf (self->note, "%s%s", i > 0 ? "; " : "",
                              choice != NULL ? choice->label : values[i]);
    }
}

static void
set_person (Submission *self,
            const char *column,
            const char *answer)
{
  for (guint i = RUNGS_IMPORT_EMAIL; i <= RUNGS_IMPORT_NOTES; i++)
    if (g_strcmp0 (rungs_import_target_get_name (i), column) == 0)
      self->person[i] = answer;
}

/* What a field of the business's own cannot hold goes into the note. */
static gboolean
take_own (Submission             *self,
          const RungsOptInField  *field,
          char                   *answer,
          GError                **error)
{
  const char *key = field->key + strlen ("field:");
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsField) own = rungs_field_load_by_key (self->work->db, key, &fault);
  g_autofree char *value = own != NULL ? rungs_field_read (own, answer, &fault) : NULL;

  if (value != NULL)
    {
      g_hash_table_insert (self->own, (gpointer) key, answer);
      return TRUE;
    }
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID)
      || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      append_note (self, field, answer);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gboolean
take_field (Submission             *self,
            const RungsOptInField  *field,
            GError                **error)
{
  char *answer = rungs_opt_in_submission_dup_answer (self->fields, field);

  if (answer == NULL)
    return TRUE;
  g_hash_table_insert (self->answers, field->key, answer);
  if (g_str_has_prefix (field->key, "field:"))
    return take_own (self, field, answer, error);
  if (g_str_has_prefix (field->key, "question:"))
    append_note (self, field, answer);
  else
    set_person (self, field->key, answer);
  return TRUE;
}

static gboolean
take_fields (Submission  *self,
             GError     **error)
{
  const RungsOptIn *definition = self->version->definition;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->own = g_hash_table_new (g_str_hash, g_str_equal);
  self->note = g_string_new (NULL);
  for (guint i = 0; i < definition->fields->len; i++)
    if (!take_field (self, definition->fields->pdata[i], error))
      return FALSE;
  self->person[RUNGS_IMPORT_LANGUAGE] = self->language;
  return TRUE;
}

/* ---- how they came */

static void
set_tag (Submission *self,
         const char *name,
         const char *value)
{
  if (*value != '\0' && strlen (value) <= 2000 && g_hash_table_size (self->tags) < 50)
    g_hash_table_insert (self->tags, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
take_campaign (Submission *self,
               GPtrArray  *fields)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (rungs_web_form_is_campaign (field->name))
        set_tag (self, field->name, field->value);
    }
}

static void
take_address (Submission *self,
              const char *address)
{
  const char *query = address != NULL ? strchr (address, '?') : NULL;
  g_autoptr (GPtrArray) fields = NULL;

  if (query != NULL)
    fields = rungs_form_data_read_urlencoded (query + 1, strcspn (query + 1, "#"), NULL);
  take_campaign (self, fields);
}

/* "CODE;FIRST;LAST" of each source that led there, parted by "; ", the last one at the end. */
static void
take_codes (Submission *self)
{
  const char *told = rungs_raw_delivery_get_header (self->raw, "Rungs-Touch");
  g_auto (GStrv) codes = told != NULL ? g_strsplit (told, "; ", -1) : NULL;
  guint n = codes != NULL ? g_strv_length (codes) : 0;
  gint64 earliest = G_MAXINT64;
  guint first = 0;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      gsize length = strcspn (codes[i], ";");
      gint64 at = codes[i][length] != '\0' ? g_ascii_strtoll (codes[i] + length + 1, NULL, 10) : 0;

      codes[i][length] = '\0';
      if (at < earliest)
        first = i;
      earliest = MIN (earliest, at);
    }
  set_tag (self, "first_code", codes[first]);
  set_tag (self, "code", codes[n - 1]);
}

static void
take_way (Submission *self)
{
  const char *page = rungs_form_data_find (self->fields, "rungs-page");
  const char *referer = rungs_raw_delivery_get_header (self->raw, "Referer");

  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (page == NULL)
    page = referer;
  take_address (self, page);
  take_address (self, self->raw->path);
  take_campaign (self, self->fields);
  take_codes (self);
  if (page != NULL && rungs_web_html_is_link (page))
    {
      g_autofree char *bare = g_strndup (page, strcspn (page, "?#"));

      set_tag (self, "page", bare);
    }
}

/* ---- doing it */

static void
collect_choices (const RungsOptInField *field,
                 const char            *answer,
                 GPtrArray             *tags,
                 GArray                *segments)
{
  g_auto (GStrv) values = g_strsplit (answer, ",", -1);

  for (guint i = 0; rungs_opt_in_kind_has_choices (field->kind) && values[i] != NULL; i++)
    {
      const RungsOptInChoice *choice = rungs_opt_in_field_find_choice (field, values[i]);

      if (choice != NULL && *choice->tag != '\0')
        g_ptr_array_add (tags, choice->tag);
      if (choice != NULL && choice->segment != 0)
        g_array_append_val (segments, choice->segment);
    }
}

static gboolean
answer (Submission             *self,
        const RungsOptInField  *field,
        GError                **error)
{
  const char *value = g_hash_table_lookup (self->answers, field->key);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (value == NULL
      || (!rungs_opt_in_kind_has_choices (field->kind) && strchr (field->key, ':') == NULL))
    return TRUE;
  collect_choices (field, value, tags, segments);
  return rungs_opt_in_answer (self->work, self->form->id, field->key, value, tags, segments,
                              self->at, error);
}

/* Tags and segments, of the answers and of the form. */
static gboolean
give (Submission  *self,
      GError     **error)
{
  const RungsOptIn *definition = self->version->definition;
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < definition->fields->len; i++)
    if (!answer (self, definition->fields->pdata[i], error))
      return FALSE;
  if (definition->segment != 0)
    g_array_append_val (segments, definition->segment);
  return rungs_opt_in_give (self->work, "", definition->tags, segments, error);
}

/* What the lead said, for staff to read. The clock of the relay may be ahead of ours, and no note
 * is of the future. */
static gboolean
write_note (Submission  *self,
            GError     **error)
{
  g_autoptr (RungsNote) note
      = rungs_note_new (self->work->lead, RUNGS_NOTE, MIN (self->at, self->work->now));
  g_autofree char *text = g_strdup_printf ("%s\n%s", self->form->name, self->note->str);

  if (self->note->len == 0)
    return TRUE;
  rungs_note_set (&note->text, text);
  return rungs_note_add (self->work->db, note, self->work->now, error) != 0;
}

static gboolean
ask_staff (Submission  *self,
           GError     **error)
{
  const RungsOptIn *definition = self->version->definition;
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *detail = NULL;
  JsonObject *object;

  if (*definition->task == '\0')
    return TRUE;
  object = json_object_new ();
  json_object_set_string_member (object, "title", definition->task);
  json_object_set_int_member (object, "days", definition->task_days);
  json_node_take_object (root, object);
  detail = json_to_string (root, FALSE);
  return rungs_event_add (self->work->db, self->work->lead, RUNGS_EVENT_TASK_ASKED,
                          self->work->now, 0, detail, error)
         != 0;
}

static gboolean
has_agreed (const Submission *self)
{
  const char *said = rungs_form_data_find (self->fields, RUNGS_OPT_IN_CONSENT_NAME);

  return *self->version->definition->consent != '\0' && g_strcmp0 (said, "yes") == 0
         && self->person[RUNGS_IMPORT_EMAIL] != NULL;
}

/* Who agreed and confirmed before is not asked to confirm again. */
static gboolean
must_confirm (Submission  *self,
              gboolean    *must,
              GError     **error)
{
  RungsConsentState state = RUNGS_CONSENT_NONE;

  if (!rungs_consent_state (self->work->db, self->work->lead, RUNGS_PURPOSE_MARKETING,
                            RUNGS_CHANNEL_EMAIL, &state, error))
    return FALSE;
  *must = state != RUNGS_CONSENT_GIVEN;
  return TRUE;
}

/* The relay says so where it sends the message itself; whoever fills in a form cannot. */
static gboolean
asks_by_relay (const Submission *self)
{
  return g_strcmp0 (rungs_raw_delivery_get_header (self->raw, "Rungs-Confirm"), "relay") == 0;
}

static gboolean
ask (Submission  *self,
     GError     **error)
{
  if (asks_by_relay (self))
    return rungs_opt_in_leave_to_relay (self->work, self->at, error);
  return rungs_opt_in_ask (self->work, self->version->definition, self->at, error);
}

static gboolean
agree (Submission  *self,
       gboolean    *pending,
       GError     **error)
{
  const RungsOptIn *definition = self->version->definition;
  g_autofree char *origin = g_strdup_printf ("form: %s", self->form->name);

  *pending = FALSE;
  if (!has_agreed (self))
    return TRUE;
  if (!definition->is_double)
    return rungs_web_lead_agree (self->work, self->work->lead, self->at, origin,
                                 rungs_opt_in_get_text (definition, self->language, "consent"),
                                 error);
  return must_confirm (self, pending, error) && (!*pending || ask (self, error));
}

static gboolean
do_all (Submission  *self,
        GError     **error)
{
  RungsWebWork *work = self->work;
  gint64 lead = rungs_web_lead_ensure (work, self->person, self->own, self->at, error);
  gboolean pending = FALSE;

  if (lead == 0)
    return FALSE;
  return rungs_opt_in_note_submission (work, self->version, self->language, self->at, error)
         && rungs_web_sources_touch (work, lead, self->raw, error)
         && rungs_web_lead_touch (work, lead, RUNGS_PATH_OPT_IN, self->at, self->form->name,
                                  self->tags, error)
         && give (self, error) && agree (self, &pending, error)
         && rungs_event_add (work->db, lead, RUNGS_EVENT_FORM_SUBMITTED, self->at, 0,
                             self->form->name, error)
              != 0
         && write_note (self, error) && ask_staff (self, error)
         && (pending
             || rungs_opt_in_enrol (work, self->version->definition, self->form->name, error));
}

/* ---- before that */

/* The relay's mark of one submission, which is the same where it was sent twice; else its bytes. */
static char *
dup_mark (const RungsRawDelivery *raw)
{
  const char *once = rungs_raw_delivery_get_header (raw, "Rungs-Once");
  g_autofree char *hash = once != NULL
                            ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, once, -1)
                            : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, raw->body);

  return g_strconcat (once != NULL ? "once:" : "sha256:", hash, NULL);
}

/* Sets why nothing is done with it, where that is so. */
static gboolean
may_pass (RungsWebWork            *work,
          const RungsRawDelivery  *raw,
          GError                 **error)
{
  const char *suspect = rungs_raw_delivery_get_header (raw, "Rungs-Suspect");
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (work->db, work->delivery, error);
  gboolean known = FALSE;

  if (delivery == NULL)
    return FALSE;
  if (suspect != NULL && strcmp (delivery->kind, RUNGS_OPT_IN_ACCEPTED) != 0)
    {
      work->kind = RUNGS_OPT_IN_SUSPECT;
      work->nothing = _ ("A machine seems to have filled it in: it has answered what people do not"
                         " see.");
      return TRUE;
    }
  work->key = dup_mark (raw);
  if (!rungs_opt_in_is_known (work, work->key, &known, error))
    return FALSE;
  if (known)
    {
      work->nothing = _ ("It has come before.");
      g_clear_pointer (&work->key, g_free);
    }
  return TRUE;
}

gboolean
rungs_opt_in_apply (RungsWebWork            *work,
                    const RungsRawDelivery  *raw,
                    GError                 **error)
{
  g_auto (Submission) self = { .work = work, .raw = raw };
  RungsWebEndpoint endpoint = { 0 };
  gboolean is_done;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "form";
  if (g_strcmp0 (raw->method, "POST") != 0)
    {
      work->nothing = _ ("The form was only opened.");
      return TRUE;
    }
  if (!may_pass (work, raw, error))
    return FALSE;
  if (work->nothing != NULL)
    return TRUE;
  self.at = raw->received_at;
  self.fields = rungs_opt_in_submission_read (raw, error);
  if (self.fields == NULL || !find_form (&self, error) || !find_version (&self, error))
    return FALSE;
  find_language (&self);
  take_way (&self);
  if (!take_fields (&self, error))
    return FALSE;
  endpoint.source = self.form->source;
  endpoint.name = self.form->name;
  work->endpoint = &endpoint;
  work->origin = "form";
  is_done = do_all (&self, error);
  work->endpoint = NULL;
  return is_done;
}
