/* rungs-opt-in-page.c: an opt-in form as HTML. */

#include "web/rungs-opt-in-page.h"

#include <string.h>

#include "base/rungs-json-members.h"
#include "leads/rungs-business-store.h"
#include "web/rungs-opt-in-letter.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-opt-in-words.h"
#include "web/rungs-web-html.h"

/* A choice among more is a list that opens. */
#define RADIOS_MOST 8

#define TEXT_MOST 500
#define LONG_MOST 5000
#define EMAIL_MOST 254

/* As WHATWG HTML, 4.10.18.7, names what is asked. */
static const struct
{
  const char *key;
  const char *token;
} AUTOCOMPLETE[] = {
  { "email", "email" },           { "first_name", "given-name" },  { "last_name", "family-name" },
  { "full_name", "name" },        { "company", "organization" },   { "phone", "tel" },
  { "street", "address-line1" },  { "postcode", "postal-code" },   { "city", "address-level2" },
  { "region", "address-level1" }, { "country", "country-name" },
};

static const char *const INPUT_TYPES[RUNGS_OPT_IN_KINDS] = {
  [RUNGS_OPT_IN_TEXT] = "text",     [RUNGS_OPT_IN_EMAIL] = "email", [RUNGS_OPT_IN_TEL] = "tel",
  [RUNGS_OPT_IN_NUMBER] = "number", [RUNGS_OPT_IN_DATE] = "date",
};

/* Where robots fall in, and nobody else; on a page whose styles are not ours it hides itself. */
static const char TRAP_STYLE[]
    = " style=\"position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden\"";

static const char *
get_text (const RungsOptInFace *face,
          const char           *path)
{
  return rungs_opt_in_get_text (face->definition, face->language, path);
}

static const char *
get_field_text (const RungsOptInFace  *face,
                const RungsOptInField *field,
                const char            *what)
{
  g_autofree char *path = g_strdup_printf ("fields.%s.%s", field->key, what);

  return get_text (face, path);
}

static const char *
get_language (const RungsOptInFace *face)
{
  return face->language != NULL ? face->language : face->definition->language;
}

/* An id that no other field has, of any form on the page. */
static char *
dup_id (const RungsOptInFace *face,
        const char           *key)
{
  char *id = g_strdup_printf ("%s-%s", face->slug, key);

  return g_strdelimit (id, ":", '_');
}

/* ---- fields */

static void
append_required (GString              *html,
                 const RungsOptInFace *face,
                 gboolean              is_required)
{
  if (!is_required)
    return;
  g_string_append (html, " <span class=\"n\">(");
  rungs_web_html_append_text (html, rungs_opt_in_words (get_language (face))->required);
  g_string_append (html, ")</span>");
}

/* Text between tags. */
static void
append_label (GString               *html,
              const RungsOptInFace  *face,
              const RungsOptInField *field)
{
  rungs_web_html_append_text (html, get_field_text (face, field, "label"));
  append_required (html, face, field->required);
}

static void
append_help (GString               *html,
             const RungsOptInFace  *face,
             const RungsOptInField *field,
             const char            *id)
{
  const char *help = get_field_text (face, field, "help");

  if (*help == '\0')
    return;
  g_string_append_printf (html, "<p class=\"h\" id=\"%s-h\">", id);
  rungs_web_html_append_text (html, help);
  g_string_append (html, "</p>");
}

/* What all inputs of a field have. */
static void
append_common (GString               *html,
               const RungsOptInFace  *face,
               const RungsOptInField *field,
               const char            *id)
{
  rungs_web_html_append_attribute (html, "name", field->key);
  if (*get_field_text (face, field, "help") != '\0' && id != NULL)
    g_string_append_printf (html, " aria-describedby=\"%s-h\"", id);
  for (gsize i = 0; i < G_N_ELEMENTS (AUTOCOMPLETE); i++)
    if (strcmp (AUTOCOMPLETE[i].key, field->key) == 0)
      rungs_web_html_append_attribute (html, "autocomplete", AUTOCOMPLETE[i].token);
}

static void
append_need (GString               *html,
             const RungsOptInField *field)
{
  if (field->required)
    g_string_append (html, " required");
}

static const char *
get_choice_text (const RungsOptInFace   *face,
                 const RungsOptInField  *field,
                 const RungsOptInChoice *choice)
{
  g_autofree char *path = g_strdup_printf ("choices.%s", choice->value);

  return get_field_text (face, field, path);
}

static void
append_boxes (GString               *html,
              const RungsOptInFace  *face,
              const RungsOptInField *field,
              const char            *id)
{
  gboolean one = field->kind == RUNGS_OPT_IN_CHOICE;

  g_string_append (html, "<fieldset class=\"f\"");
  if (*get_field_text (face, field, "help") != '\0')
    g_string_append_printf (html, " aria-describedby=\"%s-h\"", id);
  g_string_append (html, "><legend>");
  append_label (html, face, field);
  g_string_append (html, "</legend>");
  append_help (html, face, field, id);
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];

      g_string_append_printf (html, "<label class=\"o\"><input type=\"%s\"",
                              one ? "radio" : "checkbox");
      append_common (html, face, field, NULL);
      rungs_web_html_append_attribute (html, "value", choice->value);
      if (one)
        append_need (html, field);
      g_string_append (html, "><span>");
      rungs_web_html_append_text (html, get_choice_text (face, field, choice));
      g_string_append (html, "</span></label>");
    }
  g_string_append (html, "</fieldset>\n");
}

static void
append_select (GString               *html,
               const RungsOptInFace  *face,
               const RungsOptInField *field,
               const char            *id)
{
  g_string_append_printf (html, "<select id=\"%s\"", id);
  append_common (html, face, field, id);
  append_need (html, field);
  g_string_append (html, "><option value=\"\">");
  rungs_web_html_append_text (html, rungs_opt_in_words (get_language (face))->choose);
  g_string_append (html, "</option>");
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];

      g_string_append (html, "<option");
      rungs_web_html_append_attribute (html, "value", choice->value);
      g_string_append_c (html, '>');
      rungs_web_html_append_text (html, get_choice_text (face, field, choice));
      g_string_append (html, "</option>");
    }
  g_string_append (html, "</select>");
}

static void
append_input (GString               *html,
              const RungsOptInFace  *face,
              const RungsOptInField *field,
              const char            *id)
{
  gboolean is_long = field->kind == RUNGS_OPT_IN_LONG;
  guint most = is_long ? LONG_MOST : TEXT_MOST;

  if (is_long)
    g_string_append_printf (html, "<textarea id=\"%s\" rows=\"5\"", id);
  else
    g_string_append_printf (html, "<input id=\"%s\" type=\"%s\"", id, INPUT_TYPES[field->kind]);
  append_common (html, face, field, id);
  if (field->kind == RUNGS_OPT_IN_EMAIL)
    most = EMAIL_MOST;
  if (field->kind == RUNGS_OPT_IN_NUMBER)
    g_string_append (html, " step=\"any\"");
  else if (field->kind != RUNGS_OPT_IN_DATE)
    g_string_append_printf (html, " maxlength=\"%u\"", most);
  append_need (html, field);
  g_string_append (html, is_long ? "></textarea>" : ">");
}

static void
append_check (GString               *html,
              const RungsOptInFace  *face,
              const RungsOptInField *field,
              const char            *id)
{
  g_string_append (html, "<div class=\"f\"><label class=\"o\"><input type=\"checkbox\"");
  append_common (html, face, field, id);
  g_string_append (html, " value=\"yes\"");
  append_need (html, field);
  g_string_append (html, "><span>");
  append_label (html, face, field);
  g_string_append (html, "</span></label>");
  append_help (html, face, field, id);
  g_string_append (html, "</div>\n");
}

static void
append_field (GString               *html,
              const RungsOptInFace  *face,
              const RungsOptInField *field)
{
  g_autofree char *id = dup_id (face, field->key);
  gboolean is_list = field->kind == RUNGS_OPT_IN_CHOICE && field->choices->len > RADIOS_MOST;

  if (field->kind == RUNGS_OPT_IN_CHECK)
    {
      append_check (html, face, field, id);
      return;
    }
  if (rungs_opt_in_kind_has_choices (field->kind) && !is_list)
    {
      append_boxes (html, face, field, id);
      return;
    }
  g_string_append_printf (html, "<div class=\"f\"><label for=\"%s\">", id);
  append_label (html, face, field);
  g_string_append (html, "</label>");
  append_help (html, face, field, id);
  if (is_list)
    append_select (html, face, field, id);
  else
    append_input (html, face, field, id);
  g_string_append (html, "</div>\n");
}

/* ---- around the fields */

static void
append_hidden (GString    *html,
               const char *name,
               const char *value)
{
  g_string_append (html, "<input type=\"hidden\"");
  rungs_web_html_append_attribute (html, "name", name);
  rungs_web_html_append_attribute (html, "value", value);
  g_string_append (html, ">\n");
}

static void
append_intro (GString              *html,
              const RungsOptInFace *face,
              const char           *heading)
{
  g_string_append_printf (html, "<%s>", heading);
  rungs_web_html_append_text (html, get_text (face, "title"));
  g_string_append_printf (html, "</%s>\n", heading);
  rungs_web_html_append_paragraphs (html, get_text (face, "intro"));
}

/* `action`: markup. */
static void
append_opening (GString              *html,
                const RungsOptInFace *face,
                const char           *action)
{
  g_string_append_printf (html, "<form method=\"post\" action=\"%s\" data-rungs", action);
  rungs_web_html_append_attribute (html, "data-rungs-failed",
                                   rungs_opt_in_words (get_language (face))->failed);
  g_string_append (html, ">\n");
}

static void
append_consent (GString              *html,
                const RungsOptInFace *face)
{
  const char *wording = get_text (face, "consent");

  if (*wording == '\0')
    return;
  g_string_append (html, "<div class=\"f\"><label class=\"o\"><input type=\"checkbox\" name=\""
                   RUNGS_OPT_IN_CONSENT_NAME "\" value=\"yes\"");
  if (face->definition->consent_required)
    g_string_append (html, " required");
  g_string_append (html, "><span>");
  rungs_web_html_append_text (html, wording);
  append_required (html, face, face->definition->consent_required);
  g_string_append (html, "</span></label></div>\n");
}

static void
append_trap (GString              *html,
             const RungsOptInFace *face,
             gboolean              hides_itself)
{
  g_autofree char *id = dup_id (face, RUNGS_OPT_IN_TRAP);

  g_string_append_printf (html, "<div class=\"z\" aria-hidden=\"true\"%s><label for=\"%s\">",
                          hides_itself ? TRAP_STYLE : "", id);
  rungs_web_html_append_text (html, rungs_opt_in_words (get_language (face))->empty);
  g_string_append_printf (html,
                          "</label><input id=\"%s\" type=\"text\" name=\"" RUNGS_OPT_IN_TRAP
                          "\" tabindex=\"-1\" autocomplete=\"off\"></div>\n",
                          id);
}

static void
append_ending (GString              *html,
               const RungsOptInFace *face,
               gboolean              hides_trap)
{
  g_autofree char *version = g_strdup_printf ("%" G_GINT64_FORMAT, face->version);

  append_consent (html, face);
  append_trap (html, face, hides_trap);
  append_hidden (html, RUNGS_OPT_IN_VERSION_NAME, version);
}

static void
append_button (GString              *html,
               const RungsOptInFace *face)
{
  g_string_append (html, "<button type=\"submit\">");
  rungs_web_html_append_text (html, get_text (face, "button"));
  g_string_append (html, "</button>\n</form>");
}

/* ---- a page */

static RungsWebFrame
make_frame (const RungsOptInFace *face,
            const char           *title,
            gboolean              has_script)
{
  return (RungsWebFrame){ .language = get_language (face),
                          .title = title,
                          .business = face->business,
                          .style = face->definition->style,
                          .has_script = has_script };
}

/* `action` and `hidden` are markup, or blanks that the relay fills in. */
static char *
dup_head (const RungsOptInFace *face,
          const char           *action)
{
  RungsWebFrame frame = make_frame (face, get_text (face, "title"), TRUE);
  g_autofree char *head = rungs_web_frame_dup_head (&frame);
  g_autoptr (GString) html = g_string_new (head);

  append_intro (html, face, "h1");
  append_opening (html, face, action);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

static char *
dup_tail (const RungsOptInFace *face,
          const char           *hidden)
{
  RungsWebFrame frame = make_frame (face, get_text (face, "title"), TRUE);
  g_autofree char *tail = rungs_web_frame_dup_tail (&frame);
  g_autoptr (GString) html = g_string_new (NULL);

  append_ending (html, face, FALSE);
  g_string_append (html, hidden);
  append_button (html, face);
  g_string_append (html, tail);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

static char *
dup_fields (const RungsOptInFace *face)
{
  g_autoptr (GString) html = g_string_new (NULL);

  for (guint i = 0; i < face->definition->fields->len; i++)
    append_field (html, face, face->definition->fields->pdata[i]);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

static char *
dup_action (const RungsOptInFace *face)
{
  g_autoptr (GString) action = g_string_new (NULL);

  rungs_web_html_append_text (action, face->relay != NULL ? face->relay : "");
  g_string_append (action, "/f/");
  rungs_web_html_append_text (action, face->slug);
  return g_string_free (g_steal_pointer (&action), FALSE);
}

static char *
dup_page (const RungsOptInFace *face)
{
  g_autofree char *action = dup_action (face);
  g_autofree char *head = dup_head (face, action);
  g_autofree char *fields = dup_fields (face);
  g_autofree char *tail = dup_tail (face, "");

  return g_strconcat (head, fields, tail, NULL);
}

/* ---- for other sites */

static char *
dup_paste (const RungsOptInFace *face)
{
  g_autofree char *action = dup_action (face);
  g_autofree char *fields = dup_fields (face);
  g_autoptr (GString) html = g_string_new (NULL);

  append_opening (html, face, action);
  g_string_append (html, fields);
  append_ending (html, face, TRUE);
  append_hidden (html, RUNGS_OPT_IN_LANGUAGE_NAME, get_language (face));
  append_button (html, face);
  g_string_append_c (html, '\n');
  return g_string_free (g_steal_pointer (&html), FALSE);
}

static char *
dup_snippet (const RungsOptInFace *face)
{
  g_autofree char *css = rungs_web_style_dup_css (face->definition->style, ".rungs-form");
  g_autofree char *form = dup_paste (face);
  g_autoptr (GString) html = g_string_new ("<div class=\"rungs-form\"");

  rungs_web_html_append_attribute (html, "lang", get_language (face));
  g_string_append_printf (html, ">\n<style>%s</style>\n", css);
  append_intro (html, face, "h2");
  g_string_append (html, form);
  g_string_append (html, "</div>\n<script");
  rungs_web_html_append_attribute (html, "src", face->relay != NULL ? face->relay : "");
  g_string_truncate (html, html->len - 1);
  g_string_append (html, "/f.js\" defer></script>\n");
  return g_string_free (g_steal_pointer (&html), FALSE);
}

char *
rungs_opt_in_dup_html (const RungsOptInFace *face,
                       RungsOptInShape       shape)
{
  g_return_val_if_fail (face != NULL && face->definition != NULL && face->slug != NULL, NULL);

  switch (shape)
    {
    case RUNGS_OPT_IN_SHAPE_SNIPPET:
      return dup_snippet (face);
    case RUNGS_OPT_IN_SHAPE_PASTE:
      return dup_paste (face);
    case RUNGS_OPT_IN_SHAPE_PAGE:
    default:
      return dup_page (face);
    }
}

char *
rungs_opt_in_dup_thanks (const RungsOptInFace *face)
{
  g_autoptr (GString) body = g_string_new ("<h1>");
  RungsWebFrame frame;

  g_return_val_if_fail (face != NULL && face->definition != NULL, NULL);

  frame = make_frame (face, get_text (face, "thanks.title"), FALSE);
  rungs_web_html_append_text (body, get_text (face, "thanks.title"));
  g_string_append (body, "</h1>\n");
  rungs_web_html_append_paragraphs (body, get_text (face, "thanks.text"));
  return rungs_web_frame_dup_page (&frame, body->str);
}

/* ---- for the relay */

static void
add_fields (JsonBuilder          *builder,
            const RungsOptInFace *face)
{
  rungs_json_begin_array (builder, "fields");
  for (guint i = 0; i < face->definition->fields->len; i++)
    {
      const RungsOptInField *field = face->definition->fields->pdata[i];
      g_autoptr (GString) html = g_string_new (NULL);

      append_field (html, face, field);
      json_builder_begin_object (builder);
      rungs_json_add_text (builder, "key", field->key);
      rungs_json_add_text (builder, "html", html->str);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
add_language (JsonBuilder              *builder,
              const RungsOptInFace     *face,
              RungsDb                  *db,
              const RungsOptInLetters  *letters,
              GError                  **error)
{
  static const char HIDDEN[]
      = "<input type=\"hidden\" name=\"rungs-token\" value=\"{{token}}\">\n{{hidden}}\n";
  RungsWebFrame frame = make_frame (face, get_text (face, "title"), TRUE);
  g_autofree char *head = dup_head (face, "{{action}}");
  g_autofree char *tail = dup_tail (face, HIDDEN);
  g_autofree char *thanks = rungs_opt_in_dup_thanks (face);
  g_autofree char *hash = rungs_web_frame_dup_hash (&frame);

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "language", get_language (face));
  rungs_json_add_text (builder, "head", head);
  add_fields (builder, face);
  rungs_json_add_text (builder, "tail", tail);
  rungs_json_add_text (builder, "thanks", thanks);
  rungs_json_add_only (builder, "styles", hash);
  if (!rungs_opt_in_letters_add (letters, db, face->definition, get_language (face), builder,
                                 error))
    return FALSE;
  json_builder_end_object (builder);
  return TRUE;
}

static void
add_always (JsonBuilder      *builder,
            const RungsOptIn *definition)
{
  rungs_json_begin_array (builder, "always");
  for (guint i = 0; i < definition->fields->len; i++)
    {
      const RungsOptInField *field = definition->fields->pdata[i];

      if (!field->profile)
        json_builder_add_string_value (builder, field->key);
    }
  json_builder_end_array (builder);
}

static gboolean
add_form (JsonBuilder              *builder,
          const RungsOptInForm     *form,
          const RungsOptInVersion  *version,
          const char               *business,
          RungsDb                  *db,
          const RungsOptInLetters  *letters,
          GError                  **error)
{
  const RungsOptIn *definition = version->definition;
  g_autoptr (GPtrArray) languages = rungs_opt_in_languages (definition);

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "slug", form->slug);
  rungs_json_add_number (builder, "least_seconds", definition->seconds);
  rungs_json_add_number (builder, "bits", definition->bits);
  rungs_json_add_number (builder, "per_hour", definition->per_hour);
  rungs_json_add_text (builder, "trap", RUNGS_OPT_IN_TRAP);
  rungs_json_add_number (builder, "most", definition->most);
  add_always (builder, definition);
  rungs_json_add_text (builder, "then", definition->thanks_url);
  rungs_opt_in_letters_add_fields (letters, definition, builder);
  rungs_json_begin_array (builder, "languages");
  for (guint i = 0; i < languages->len; i++)
    {
      const RungsOptInFace face = { .definition = definition,
                                    .slug = form->slug,
                                    .version = version->id,
                                    .language = languages->pdata[i],
                                    .business = business };

      if (!add_language (builder, &face, db, letters, error))
        return FALSE;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return TRUE;
}

gboolean
rungs_web_forms_publish (RungsDb      *db,
                         JsonBuilder  *builder,
                         GError      **error)
{
  g_autoptr (GPtrArray) forms = rungs_opt_in_list (db, 0, error);
  g_autoptr (RungsBusiness) business = forms != NULL ? rungs_business_load (db, error) : NULL;
  g_auto (RungsOptInLetters) letters = { NULL };

  if (business == NULL || !rungs_opt_in_letters_load (db, &letters, error))
    return FALSE;
  rungs_json_begin_array (builder, "forms");
  for (guint i = 0; i < forms->len; i++)
    {
      const RungsOptInForm *form = forms->pdata[i];
      g_autoptr (RungsOptInVersion) version = NULL;

      if (form->version == 0 || form->retired_at != 0)
        continue;
      version = rungs_opt_in_version_load (db, form->version, error);
      if (version == NULL
          || !add_form (builder, form, version, business->name, db, &letters, error))
        return FALSE;
    }
  json_builder_end_array (builder);
  return TRUE;
}
