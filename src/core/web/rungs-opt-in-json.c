/* rungs-opt-in-json.c: an opt-in form as JSON, and back.
 *
 * Reading goes on behind the first fault and forgets all others, so that each member is read by one
 * line. A member that is not known is a fault, too: who writes by hand mistypes. */

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "web/rungs-opt-in.h"

#define TEXT_MOST 20000

typedef struct
{
  char *fault; /* (owned) (nullable): the first one */
} Reader;

static void G_GNUC_PRINTF (2, 3)
blame (Reader     *reader,
       const char *format,
       ...)
{
  va_list list;

  if (reader->fault != NULL)
    return;
  va_start (list, format);
  reader->fault = g_strdup_vprintf (format, list);
  va_end (list);
}

/* ---- members */

/* Replaces `*held` where the member is there. */
static void
read_text (Reader     *reader,
           JsonObject *object,
           const char *member,
           char      **held)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text;

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      blame (reader, _ ("“%s” must be a text in quotes."), member);
      return;
    }
  text = json_node_get_string (node);
  if (strlen (text) > TEXT_MOST)
    {
      blame (reader, _ ("“%s” is too long."), member);
      return;
    }
  g_free (*held);
  *held = g_strdup (text);
}

static void
read_flag (Reader     *reader,
           JsonObject *object,
           const char *member,
           gboolean   *held)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    blame (reader, _ ("“%s” must be true or false."), member);
  else
    *held = json_node_get_boolean (node);
}

static gint64
read_number (Reader     *reader,
             JsonObject *object,
             const char *member,
             gint64      most,
             gint64      held)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, most);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return held;
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0
      && json_node_get_int (node) <= most)
    return json_node_get_int (node);
  blame (reader, _ ("“%s” must be a whole number from 0 to %s."), member, last);
  return held;
}

/* Returns: (transfer none) (nullable): NULL where it is not there. */
static JsonObject *
read_object (Reader     *reader,
             JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  blame (reader, _ ("“%s” must be an object in braces."), member);
  return NULL;
}

static JsonArray *
read_array (Reader     *reader,
            JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  blame (reader, _ ("“%s” must be a list in brackets."), member);
  return NULL;
}

/* `names` are the members that there are, parted by spaces. */
static void
check_members (Reader     *reader,
               JsonObject *object,
               const char *names)
{
  g_auto (GStrv) known = g_strsplit (names, " ", -1);
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *at = members; at != NULL; at = at->next)
    if (!g_strv_contains ((const char *const *) known, at->data))
      blame (reader, _ ("“%s” is nothing that a form has at this place."), (char *) at->data);
}

/* ---- parts */

static void
read_choice (Reader          *reader,
             RungsOptInField *field,
             JsonNode        *node)
{
  RungsOptInChoice *choice = rungs_opt_in_choice_new ("", "");
  JsonObject *object;

  g_ptr_array_add (field->choices, choice);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      blame (reader, _ ("A choice must be an object in braces."));
      return;
    }
  object = json_node_get_object (node);
  check_members (reader, object, "value label tag segment");
  read_text (reader, object, "value", &choice->value);
  read_text (reader, object, "label", &choice->label);
  read_text (reader, object, "tag", &choice->tag);
  choice->segment = read_number (reader, object, "segment", G_MAXINT64, 0);
}

static void
read_field (Reader     *reader,
            RungsOptIn *self,
            JsonNode   *node)
{
  RungsOptInField *field = rungs_opt_in_field_new ("", RUNGS_OPT_IN_TEXT, "");
  g_autofree char *kind = NULL;
  JsonObject *object;
  JsonArray *choices;

  g_ptr_array_add (self->fields, field);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      blame (reader, _ ("A field must be an object in braces."));
      return;
    }
  object = json_node_get_object (node);
  check_members (reader, object, "key kind label help required profile choices");
  read_text (reader, object, "key", &field->key);
  read_text (reader, object, "label", &field->label);
  read_text (reader, object, "help", &field->help);
  read_flag (reader, object, "required", &field->required);
  read_flag (reader, object, "profile", &field->profile);
  read_text (reader, object, "kind", &kind);
  field->kind = rungs_opt_in_column_kind (field->key);
  if (kind != NULL && !rungs_opt_in_kind_from_text (kind, &field->kind))
    blame (reader, _ ("“%s” is no kind of field."), kind);
  choices = read_array (reader, object, "choices");
  if (choices != NULL && json_array_get_length (choices) > RUNGS_OPT_IN_CHOICES_MOST)
    blame (reader, _ ("A field has at most %d choices."), RUNGS_OPT_IN_CHOICES_MOST);
  for (guint i = 0; reader->fault == NULL && choices && i < json_array_get_length (choices); i++)
    read_choice (reader, field, json_array_get_element (choices, i));
}

static void
read_fields (Reader     *reader,
             RungsOptIn *self,
             JsonObject *object)
{
  JsonArray *fields = read_array (reader, object, "fields");

  if (fields == NULL)
    blame (reader, _ ("It has no “fields”."));
  else if (json_array_get_length (fields) > RUNGS_OPT_IN_FIELDS_MOST)
    blame (reader, _ ("A form has at most %d fields."), RUNGS_OPT_IN_FIELDS_MOST);
  for (guint i = 0; reader->fault == NULL && i < json_array_get_length (fields); i++)
    read_field (reader, self, json_array_get_element (fields, i));
}

static void
read_consent (Reader     *reader,
              RungsOptIn *self,
              JsonObject *object)
{
  JsonObject *consent = read_object (reader, object, "consent");

  if (consent == NULL)
    return;
  check_members (reader, consent, "wording required purpose");
  read_text (reader, consent, "wording", &self->consent);
  read_flag (reader, consent, "required", &self->consent_required);
  read_text (reader, consent, "purpose", &self->purpose);
}

static void
read_then (Reader     *reader,
           RungsOptIn *self,
           JsonObject *object)
{
  JsonObject *then = read_object (reader, object, "then");
  JsonArray *tags = then != NULL ? read_array (reader, then, "tags") : NULL;
  JsonObject *notice = then != NULL ? read_object (reader, then, "notice") : NULL;

  if (then == NULL)
    return;
  check_members (reader, then, "tags sequence segment notice");
  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (self->tags, json_node_dup_string (node));
      else
        blame (reader, _ ("“%s” must be a text in quotes."), "tags");
    }
  self->sequence = read_number (reader, then, "sequence", G_MAXINT64, 0);
  self->segment = read_number (reader, then, "segment", G_MAXINT64, 0);
  if (notice == NULL)
    return;
  check_members (reader, notice, "task days");
  read_text (reader, notice, "task", &self->task);
  self->task_days = (guint) read_number (reader, notice, "days", 365, 0);
}

static void
read_protect (Reader     *reader,
              RungsOptIn *self,
              JsonObject *object)
{
  JsonObject *protect = read_object (reader, object, "protect");

  if (protect == NULL)
    return;
  check_members (reader, protect, "seconds bits per_hour");
  self->seconds = (guint) read_number (reader, protect, "seconds", 600, self->seconds);
  self->bits = (guint) read_number (reader, protect, "bits", 24, self->bits);
  self->per_hour = (guint) read_number (reader, protect, "per_hour", 100000, self->per_hour);
}

static void
read_style (Reader     *reader,
            RungsOptIn *self,
            JsonObject *object)
{
  JsonObject *style = read_object (reader, object, "style");

  if (style == NULL)
    return;
  check_members (reader, style, "accent corners font width");
  read_text (reader, style, "accent", &self->style->accent);
  read_text (reader, style, "font", &self->style->font);
  self->style->corners
    = (guint) read_number (reader, style, "corners", RUNGS_WEB_CORNERS_MOST, self->style->corners);
  self->style->width
    = (guint) read_number (reader, style, "width", RUNGS_WEB_WIDTH_MOST, self->style->width);
}

/* ---- languages */

static void
read_translation (Reader     *reader,
                  RungsOptIn *self,
                  const char *language,
                  JsonObject *object,
                  const char *member,
                  const char *path)
{
  g_autofree char *text = NULL;

  read_text (reader, object, member, &text);
  if (text != NULL && !rungs_opt_in_set_text (self, language, path, text))
    blame (reader, _ ("The texts in “%s” are also of “%s”, which the form does not have."),
           language, path);
}

static void
read_field_translation (Reader     *reader,
                        RungsOptIn *self,
                        const char *language,
                        const char *key,
                        JsonObject *object)
{
  g_autofree char *label = g_strdup_printf ("fields.%s.label", key);
  g_autofree char *help = g_strdup_printf ("fields.%s.help", key);
  JsonObject *choices = read_object (reader, object, "choices");
  g_autoptr (GList) values = choices != NULL ? json_object_get_members (choices) : NULL;

  check_members (reader, object, "label help choices");
  read_translation (reader, self, language, object, "label", label);
  read_translation (reader, self, language, object, "help", help);
  for (GList *at = values; at != NULL; at = at->next)
    {
      g_autofree char *path = g_strdup_printf ("fields.%s.choices.%s", key, (char *) at->data);

      read_translation (reader, self, language, choices, at->data, path);
    }
}

static void
read_variant (Reader     *reader,
              RungsOptIn *self,
              const char *language,
              JsonObject *object)
{
  JsonObject *thanks = read_object (reader, object, "thanks");
  JsonObject *fields = read_object (reader, object, "fields");
  g_autoptr (GList) keys = fields != NULL ? json_object_get_members (fields) : NULL;

  check_members (reader, object, "title intro button consent thanks fields");
  rungs_opt_in_add_language (self, language);
  read_translation (reader, self, language, object, "title", "title");
  read_translation (reader, self, language, object, "intro", "intro");
  read_translation (reader, self, language, object, "button", "button");
  read_translation (reader, self, language, object, "consent", "consent");
  if (thanks != NULL)
    {
      check_members (reader, thanks, "title text");
      read_translation (reader, self, language, thanks, "title", "thanks.title");
      read_translation (reader, self, language, thanks, "text", "thanks.text");
    }
  for (GList *at = keys; at != NULL; at = at->next)
    {
      JsonObject *field = read_object (reader, fields, at->data);

      if (field != NULL)
        read_field_translation (reader, self, language, at->data, field);
    }
}

static void
read_languages (Reader     *reader,
                RungsOptIn *self,
                JsonObject *object)
{
  JsonObject *languages = read_object (reader, object, "languages");
  g_autoptr (GList) members = languages != NULL ? json_object_get_members (languages) : NULL;

  if (g_list_length (members) > RUNGS_OPT_IN_LANGUAGES_MOST)
    blame (reader, _ ("A form has at most %d languages."), RUNGS_OPT_IN_LANGUAGES_MOST);
  for (GList *at = members; reader->fault == NULL && at != NULL; at = at->next)
    {
      JsonObject *variant = read_object (reader, languages, at->data);

      if (g_ascii_strcasecmp (at->data, self->language) == 0)
        blame (reader, _ ("“%s” is the language that the form itself is in."), (char *) at->data);
      else if (variant != NULL)
        read_variant (reader, self, at->data, variant);
    }
}

static void
read_thanks (Reader     *reader,
             RungsOptIn *self,
             JsonObject *object)
{
  JsonObject *thanks = read_object (reader, object, "thanks");

  if (thanks == NULL)
    return;
  check_members (reader, thanks, "title text url");
  read_text (reader, thanks, "title", &self->thanks_title);
  read_text (reader, thanks, "text", &self->thanks_text);
  read_text (reader, thanks, "url", &self->thanks_url);
}

static void
read_all (Reader     *reader,
          RungsOptIn *self,
          JsonObject *object)
{
  check_members (reader, object,
                 "language title intro button fields consent thanks double confirm_message then"
                 " most protect style languages");
  read_text (reader, object, "language", &self->language);
  read_text (reader, object, "title", &self->title);
  read_text (reader, object, "intro", &self->intro);
  read_text (reader, object, "button", &self->button);
  read_fields (reader, self, object);
  read_consent (reader, self, object);
  read_thanks (reader, self, object);
  read_flag (reader, object, "double", &self->is_double);
  self->confirm_message = read_number (reader, object, "confirm_message", G_MAXINT64, 0);
  read_then (reader, self, object);
  self->most = (guint) read_number (reader, object, "most", RUNGS_OPT_IN_FIELDS_MOST, self->most);
  read_protect (reader, self, object);
  read_style (reader, self, object);
  read_languages (reader, self, object);
}

RungsOptIn *
rungs_opt_in_parse (const char  *json,
                    GError     **error)
{
  g_autoptr (RungsOptIn) self = rungs_opt_in_new ();
  g_autoptr (JsonObject) object = NULL;
  Reader reader = { NULL };

  g_return_val_if_fail (json != NULL, NULL);

  object = rungs_foreign_json_parse (json, strlen (json), error);
  if (object == NULL)
    return NULL;
  read_all (&reader, self, object);
  if (reader.fault == NULL)
    return g_steal_pointer (&self);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, reader.fault);
  g_free (reader.fault);
  return NULL;
}

/* ---- writing */

static void
write_text (JsonObject *object,
            const char *member,
            const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (object, member, text);
}

static void
write_id (JsonObject *object,
          const char *member,
          gint64      id)
{
  if (id != 0)
    json_object_set_int_member (object, member, id);
}

static JsonArray *
write_choices (const RungsOptInField *field)
{
  JsonArray *choices = json_array_new ();

  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "value", choice->value);
      json_object_set_string_member (object, "label", choice->label);
      write_text (object, "tag", choice->tag);
      write_id (object, "segment", choice->segment);
      json_array_add_object_element (choices, object);
    }
  return choices;
}

static JsonArray *
write_fields (const RungsOptIn *self)
{
  JsonArray *fields = json_array_new ();

  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsOptInField *field = self->fields->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", field->key);
      json_object_set_string_member (object, "kind", rungs_opt_in_kind_to_text (field->kind));
      json_object_set_string_member (object, "label", field->label);
      write_text (object, "help", field->help);
      json_object_set_boolean_member (object, "required", field->required);
      json_object_set_boolean_member (object, "profile", field->profile);
      if (field->choices->len > 0)
        json_object_set_array_member (object, "choices", write_choices (field));
      json_array_add_object_element (fields, object);
    }
  return fields;
}

static JsonObject *
write_consent (const RungsOptIn *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "wording", self->consent);
  json_object_set_boolean_member (object, "required", self->consent_required);
  json_object_set_string_member (object, "purpose", self->purpose);
  return object;
}

static JsonObject *
write_thanks (const RungsOptIn *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "title", self->thanks_title);
  json_object_set_string_member (object, "text", self->thanks_text);
  json_object_set_string_member (object, "url", self->thanks_url);
  return object;
}

static JsonObject *
write_then (const RungsOptIn *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *tags = json_array_new ();

  for (guint i = 0; i < self->tags->len; i++)
    json_array_add_string_element (tags, self->tags->pdata[i]);
  json_object_set_array_member (object, "tags", tags);
  write_id (object, "sequence", self->sequence);
  write_id (object, "segment", self->segment);
  if (*self->task != '\0')
    {
      JsonObject *notice = json_object_new ();

      json_object_set_string_member (notice, "task", self->task);
      json_object_set_int_member (notice, "days", self->task_days);
      json_object_set_object_member (object, "notice", notice);
    }
  return object;
}

static JsonObject *
write_protect (const RungsOptIn *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "seconds", self->seconds);
  json_object_set_int_member (object, "bits", self->bits);
  json_object_set_int_member (object, "per_hour", self->per_hour);
  return object;
}

static JsonObject *
write_style (const RungsWebStyle *style)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "accent", style->accent);
  json_object_set_int_member (object, "corners", style->corners);
  json_object_set_string_member (object, "font", style->font);
  json_object_set_int_member (object, "width", style->width);
  return object;
}

/* The object at a member, made where it is not there. */
static JsonObject *
ensure_object (JsonObject *object,
               const char *member)
{
  if (!json_object_has_member (object, member))
    json_object_set_object_member (object, member, json_object_new ());
  return json_object_get_object_member (object, member);
}

static void
write_translation (JsonObject *object,
                   const char *path,
                   const char *text)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);

  for (char **part = parts; *part != NULL; part++)
    if (part[1] != NULL)
      object = ensure_object (object, *part);
    else
      json_object_set_string_member (object, *part, text);
}

static JsonObject *
write_variant (const RungsOptIn        *self,
               const RungsOptInVariant *variant)
{
  g_autoptr (GPtrArray) paths = rungs_opt_in_paths (self);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      const char *text = g_hash_table_lookup (variant->texts, paths->pdata[i]);

      if (text != NULL)
        write_translation (object, paths->pdata[i], text);
    }
  return object;
}

static JsonObject *
write_languages (const RungsOptIn *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->variants->len; i++)
    {
      const RungsOptInVariant *variant = self->variants->pdata[i];

      json_object_set_object_member (object, variant->language, write_variant (self, variant));
    }
  return object;
}

static char *
dup_json (const RungsOptIn *self,
          gboolean          pretty)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "language", self->language);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_string_member (object, "intro", self->intro);
  json_object_set_string_member (object, "button", self->button);
  json_object_set_array_member (object, "fields", write_fields (self));
  json_object_set_object_member (object, "consent", write_consent (self));
  json_object_set_object_member (object, "thanks", write_thanks (self));
  json_object_set_boolean_member (object, "double", self->is_double);
  write_id (object, "confirm_message", self->confirm_message);
  json_object_set_object_member (object, "then", write_then (self));
  json_object_set_int_member (object, "most", self->most);
  json_object_set_object_member (object, "protect", write_protect (self));
  json_object_set_object_member (object, "style", write_style (self->style));
  json_object_set_object_member (object, "languages", write_languages (self));
  json_node_take_object (root, object);
  return json_to_string (root, pretty);
}

char *
rungs_opt_in_write (const RungsOptIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_json (self, FALSE);
}

char *
rungs_opt_in_write_pretty (const RungsOptIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_json (self, TRUE);
}
