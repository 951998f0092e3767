/* rungs-form-rows.c: of which parts an opt-in form is made up, and which rows an inspector has for
 * each. */

#include "rungs-form-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-language-names.h"
#include "rungs-form-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-members.h"

#define MOST_DAYS 365
#define MOST_SECONDS 60
#define MOST_PER_HOUR 10000

/* ---- fields */

static gboolean
is_question (const RungsOptInField *field)
{
  return g_str_has_prefix (field->key, "question:");
}

static void
add_kind (RungsFormDocument   *document,
          AdwPreferencesGroup *group,
          const char          *where)
{
  static const RungsOptInKind KINDS[]
    = { RUNGS_OPT_IN_TEXT,  RUNGS_OPT_IN_LONG,   RUNGS_OPT_IN_NUMBER, RUNGS_OPT_IN_DATE,
        RUNGS_OPT_IN_CHECK, RUNGS_OPT_IN_CHOICE, RUNGS_OPT_IN_CHOICES };
  const char *values[G_N_ELEMENTS (KINDS) + 1] = { NULL };
  const char *words[G_N_ELEMENTS (KINDS) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      values[i] = rungs_opt_in_kind_to_text (KINDS[i]);
      words[i] = rungs_form_kind_words (KINDS[i]);
    }
  adw_preferences_group_add (
    group, rungs_form_row_choice (document, where, _ ("Answered with"), values, words));
}

/* Where it stands among the others, and that it goes. */
static GtkWidget *
choice_buttons_new (const char *key,
                    const char *value,
                    gboolean    is_first,
                    gboolean    is_last)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *up = rungs_members_icon_button ("go-up-symbolic", _ ("Move up"), "form.move-choice",
                                             g_variant_new ("(ssi)", key, value, -1));
  GtkWidget *down = rungs_members_icon_button ("go-down-symbolic", _ ("Move down"),
                                               "form.move-choice",
                                               g_variant_new ("(ssi)", key, value, 1));
  GtkWidget *away = rungs_members_icon_button ("user-trash-symbolic", _ ("Delete this choice"),
                                               "form.delete-choice",
                                               g_variant_new ("(ss)", key, value));

  gtk_widget_set_sensitive (up, !is_first);
  gtk_widget_set_sensitive (down, !is_last);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), down);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), away);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
choice_row_new (RungsFormDocument     *document,
                const RungsOptInField *field,
                guint                  place)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (document);
  const RungsOptInChoice *choice = g_ptr_array_index (field->choices, place);
  GtkWidget *row = rungs_form_row_choice_of (document, field->key, choice->value);
  const char *where = rungs_form_row_get_where (row);
  g_autofree char *tag = g_strdup_printf ("%s.tag", where);
  g_autofree char *segment = g_strdup_printf ("%s.segment", where);
  GtkWidget *const inside[] = {
    rungs_form_row_text (document, where, _ ("Label")),
    rungs_form_row_pick (document, tag, _ ("Who chooses it gets the tag"), facts->tags,
                         _ ("No tag"), TRUE),
    rungs_form_row_pick (document, segment, _ ("And comes into the segment"), facts->segments,
                         _ ("No segment"), FALSE),
    choice_buttons_new (field->key, choice->value, place == 0,
                        place + 1 == field->choices->len),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inside[i]);
  return row;
}

static void
add_choices (RungsFormDocument     *document,
             const RungsOptInField *field,
             GtkBox                *box)
{
  AdwPreferencesGroup *group
    = rungs_members_add_group (box, _ ("Choices"), _ ("A choice can decide tags and segments."));

  for (guint i = 0; i < field->choices->len; i++)
    adw_preferences_group_add (group, choice_row_new (document, field, i));
  if (is_question (field))
    gtk_box_append (box, rungs_members_button (_ ("Add a _Choice"), "form.add-choice",
                                               g_variant_new_string (field->key)));
}

static void
add_field (RungsFormDocument *document,
           const char        *part,
           GtkBox            *box)
{
  const RungsOptInField *field = rungs_opt_in_find_field (
    rungs_form_document_get_opt_in (document), part + strlen ("fields."));
  AdwPreferencesGroup *group = rungs_members_add_group (box, NULL, NULL);
  g_autofree char *label = g_strdup_printf ("%s.label", part);
  g_autofree char *help = g_strdup_printf ("%s.help", part);
  g_autofree char *kind = g_strdup_printf ("%s.kind", part);
  g_autofree char *required = g_strdup_printf ("%s.required", part);
  g_autofree char *profile = g_strdup_printf ("%s.profile", part);

  adw_preferences_group_add (group, rungs_form_row_text (document, label, _ ("Label")));
  adw_preferences_group_add (group, rungs_form_row_text (document, help, _ ("Help below it")));
  if (is_question (field))
    add_kind (document, group, kind);
  adw_preferences_group_add (
    group, rungs_form_row_switch (document, required, _ ("Must be answered"), NULL, FALSE));
  if (field->kind != RUNGS_OPT_IN_EMAIL)
    adw_preferences_group_add (
      group, rungs_form_row_switch (document, profile, _ ("Ask only what is not known"),
                                    _ ("Of who comes again from a message of yours."), FALSE));
  if (rungs_opt_in_kind_has_choices (field->kind))
    add_choices (document, field, box);
}

/* ---- texts and consent */

static void
add_texts (RungsFormDocument *document,
           GtkBox            *box)
{
  AdwPreferencesGroup *above
    = rungs_members_add_group (box, _ ("Above and Below the Fields"), NULL);
  AdwPreferencesGroup *after
    = rungs_members_add_group (box, _ ("When It Was Sent"),
                               _ ("A page of thanks, or an address of your own."));

  adw_preferences_group_add (above, rungs_form_row_text (document, "title", _ ("Heading")));
  adw_preferences_group_add (above, rungs_form_row_lines (document, "intro", _ ("Text")));
  adw_preferences_group_add (above, rungs_form_row_text (document, "button", _ ("Button")));
  adw_preferences_group_add (after,
                             rungs_form_row_text (document, "thanks.title", _ ("Heading")));
  adw_preferences_group_add (after, rungs_form_row_lines (document, "thanks.text", _ ("Text")));
  adw_preferences_group_add (
    after, rungs_form_row_text (document, "thanks.url", _ ("Or go to this address")));
}

static GtkWidget *
wording_row_new (const RungsOptInVersion *version)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = rungs_display_day (version->created_at);
  g_autofree char *title = g_strdup_printf (_ ("Version %u, since %s"), version->number, day);
  const char *wording = version->definition->consent;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               *wording != '\0' ? wording : _ ("Nobody was asked to agree."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

/* The versions that brought another wording, the newest first. */
static void
add_wordings (RungsFormDocument *document,
              GtkBox            *box)
{
  GPtrArray *versions = rungs_form_document_get_facts (document)->versions;
  AdwPreferencesGroup *group
    = versions->len > 0
        ? rungs_members_add_group (box, _ ("Published Wordings"),
                                   _ ("Each lead's consent keeps the words that stood there."))
        : NULL;

  for (guint i = 0; i < versions->len; i++)
    {
      const RungsOptInVersion *version = g_ptr_array_index (versions, i);
      const RungsOptInVersion *older
        = i + 1 < versions->len ? g_ptr_array_index (versions, i + 1) : NULL;

      if (older == NULL
          || !g_str_equal (older->definition->consent, version->definition->consent))
        adw_preferences_group_add (group, wording_row_new (version));
    }
}

static void
add_consent (RungsFormDocument *document,
             GtkBox            *box)
{
  AdwPreferencesGroup *group = rungs_members_add_group (box, NULL, NULL);

  adw_preferences_group_add (
    group, rungs_form_row_lines (document, "consent", _ ("What a visitor agrees to")));
  adw_preferences_group_add (
    group, rungs_form_row_switch (document, "consent.required", _ ("Must be agreed to"),
                                  _ ("Without, the form cannot be sent."), TRUE));
  adw_preferences_group_add (
    group, rungs_form_row_text (document, "consent.purpose", _ ("Purpose, as in your records")));
  add_wordings (document, box);
}

/* ---- what happens next */

static void
add_confirmation (RungsFormDocument *document,
                  GtkBox            *box)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (document);
  AdwPreferencesGroup *group = rungs_members_add_group (box, _ ("Double Opt-in"), NULL);

  adw_preferences_group_add (
    group, rungs_form_row_switch (document, "double", _ ("Confirm from the mailbox"),
                                  _ ("The consent counts when the link in a message was followed."),
                                  FALSE));
  if (!rungs_form_document_get_opt_in (document)->is_double)
    return;
  adw_preferences_group_add (
    group, rungs_form_row_pick (document, "confirm_message", _ ("Message that asks for it"),
                                facts->messages, _ ("None yet"), FALSE));
  gtk_box_append (box, rungs_members_button (_ ("_Write One…"), "form.write-message", NULL));
}

static void
add_then (RungsFormDocument *document,
          GtkBox            *box)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (document);
  AdwPreferencesGroup *group = rungs_members_add_group (box, _ ("The Lead"), NULL);
  AdwPreferencesGroup *staff;

  adw_preferences_group_add (
    group, rungs_form_row_words (document, "then.tags", _ ("Gets the tags"), _ ("Add a Tag…"),
                                 facts->tags));
  adw_preferences_group_add (
    group, rungs_form_row_pick (document, "then.segment", _ ("Comes into the segment"),
                                facts->segments, _ ("No segment"), FALSE));
  adw_preferences_group_add (
    group, rungs_form_row_pick (document, "then.sequence", _ ("Begins the sequence"),
                                facts->sequences, _ ("No sequence"), FALSE));
  add_confirmation (document, box);
  staff = rungs_members_add_group (box, _ ("Staff"),
                                   _ ("A task for each who sends it; empty: none."));
  adw_preferences_group_add (staff,
                             rungs_form_row_text (document, "then.notice.task", _ ("Task")));
  adw_preferences_group_add (staff,
                             rungs_form_row_number (document, "then.notice.days",
                                                    _ ("Due in days"), NULL, 0, MOST_DAYS, 0));
}

/* ---- protection, look */

static void
add_guard (RungsFormDocument *document,
           GtkBox            *box)
{
  AdwPreferencesGroup *known = rungs_members_add_group (
    box, _ ("Little at a Time"),
    _ ("Of the fields that ask only what is not known, so many are asked at once."));
  AdwPreferencesGroup *spam = rungs_members_add_group (
    box, _ ("Against Machines"),
    _ ("A field that people do not see is always there; who fills it in is held back."));

  adw_preferences_group_add (known,
                             rungs_form_row_number (document, "most", _ ("Questions at once"),
                                                    _ ("0: all of them"), 0,
                                                    RUNGS_OPT_IN_FIELDS_MOST, 0));
  adw_preferences_group_add (
    spam, rungs_form_row_number (document, "protect.seconds", _ ("Seconds at least"),
                                 _ ("Who is faster is no person."), 0, MOST_SECONDS, 2));
  adw_preferences_group_add (
    spam, rungs_form_row_number (document, "protect.bits", _ ("Work for the browser"),
                                 _ ("Each step more takes twice as long; 14 is a moment."), 0, 22,
                                 14));
  adw_preferences_group_add (
    spam, rungs_form_row_number (document, "protect.per_hour", _ ("Submissions in an hour"),
                                 _ ("From one address of the network."), 1, MOST_PER_HOUR, 20));
}

static void
add_look (RungsFormDocument *document,
          GtkBox            *box)
{
  const char *const words[] = { _ ("As the page around it"), _ ("Without serifs"),
                                _ ("With serifs"), _ ("All letters equally wide"), NULL };
  g_autoptr (RungsWebStyle) style = rungs_web_style_new ();
  AdwPreferencesGroup *group = rungs_members_add_group (box, NULL, NULL);

  adw_preferences_group_add (group, rungs_form_row_colour (document, "style.accent", _ ("Colour"),
                                                           style->accent));
  adw_preferences_group_add (group,
                             rungs_form_row_choice (document, "style.font", _ ("Letters"),
                                                    rungs_web_style_fonts (), words));
  adw_preferences_group_add (
    group, rungs_form_row_number (document, "style.corners", _ ("Round corners"), _ ("In pixels"),
                                  0, RUNGS_WEB_CORNERS_MOST, (int) style->corners));
  adw_preferences_group_add (
    group, rungs_form_row_number (document, "style.width", _ ("Width at most"), _ ("In pixels"),
                                  RUNGS_WEB_WIDTH_LEAST, RUNGS_WEB_WIDTH_MOST,
                                  (int) style->width));
}

/* ---- languages */

/* "12 of 14 texts" */
static char *
dup_translated (RungsFormDocument *document,
                const char        *language)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);
  g_autoptr (GPtrArray) paths = rungs_opt_in_paths (opt_in);
  guint done = 0, all = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (*rungs_opt_in_get_text (opt_in, NULL, path) == '\0')
        continue;
      all++;
      done += rungs_opt_in_has_text (opt_in, language, path);
    }
  return g_strdup_printf (_ ("%u of %u texts"), done, all);
}

static GtkWidget *
language_row_new (RungsFormDocument *document,
                  const char        *language)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = dup_translated (document, language);
  g_autofree char *name
    = g_strdup_printf (_ ("Take %s out"), rungs_form_language_words (language));
  GtkWidget *write = rungs_members_button (_ ("_Translate"), "form.show-language",
                                           g_variant_new_string (language));

  gtk_widget_set_valign (write, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rungs_form_language_words (language));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), write);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             rungs_members_icon_button ("user-trash-symbolic", name,
                                                        "form.remove-language",
                                                        g_variant_new_string (language)));
  return row;
}

static GtkWidget *
own_language_row_new (RungsFormDocument *document)
{
  gsize n;
  const RungsLanguageName *names = rungs_language_names (&n);
  g_autofree const char **values = g_new0 (const char *, n + 1);
  g_autofree const char **words = g_new0 (const char *, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      values[i] = names[i].tag;
      words[i] = names[i].name;
    }
  return rungs_form_row_choice (document, "language", _ ("Its own texts are in"), values, words);
}

/* Those that it is not in yet. */
static GtkWidget *
add_language_button_new (RungsFormDocument *document)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GPtrArray) there = rungs_opt_in_languages (opt_in);
  gsize n;
  const RungsLanguageName *names = rungs_language_names (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (names[i].name, NULL);

      if (g_ptr_array_find_with_equal_func (there, names[i].tag, g_str_equal, NULL))
        continue;
      g_menu_item_set_action_and_target (item, "form.add-language", "s", names[i].tag);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("_Add a Language"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
add_languages (RungsFormDocument *document,
               GtkBox            *box)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);
  AdwPreferencesGroup *group = rungs_members_add_group (
    box, NULL,
    _ ("A visitor gets the language of the browser; what is not translated stands in"
       " the form's own."));

  adw_preferences_group_add (group, own_language_row_new (document));
  for (guint i = 0; i < opt_in->variants->len; i++)
    {
      const RungsOptInVariant *variant = g_ptr_array_index (opt_in->variants, i);

      adw_preferences_group_add (group, language_row_new (document, variant->language));
    }
  gtk_box_append (box, add_language_button_new (document));
}

/* ---- all of them */

static const struct
{
  const char *part;
  const char *title;
  void (*add) (RungsFormDocument *document,
               GtkBox            *box);
  const char *members[6]; /* that stand in it, with all that is below them */
} PARTS[] = {
  { "texts", N_ ("Texts"), add_texts, { "title", "intro", "button", "thanks" } },
  { "consent", N_ ("Consent"), add_consent, { "consent" } },
  { "then", N_ ("What Happens Next"), add_then, { "then", "double", "confirm_message" } },
  { "guard", N_ ("Protection"), add_guard, { "protect", "most" } },
  { "look", N_ ("Look"), add_look, { "style" } },
  { "languages", N_ ("Languages"), add_languages, { "language", "languages" } },
};

void
rungs_form_rows_add (RungsFormDocument *document,
                     const char        *part,
                     GtkBox            *box)
{
  if (g_str_has_prefix (part, "fields."))
    add_field (document, part, box);
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (g_str_equal (PARTS[i].part, part))
      PARTS[i].add (document, box);
}

char *
rungs_form_rows_dup_part (const char *where)
{
  g_auto (GStrv) names = g_strsplit (where, ".", 3);

  if (g_str_equal (names[0], "fields") && names[1] != NULL)
    return g_strdup_printf ("fields.%s", names[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (g_strv_contains (PARTS[i].members, names[0]))
      return g_strdup (PARTS[i].part);
  return g_strdup ("");
}

char *
rungs_form_rows_dup_title (RungsFormDocument *document,
                           const char        *part)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);
  const RungsOptInField *field
    = g_str_has_prefix (part, "fields.")
        ? rungs_opt_in_find_field (opt_in, part + strlen ("fields."))
        : NULL;

  if (field != NULL)
    return g_strdup (*field->label != '\0' ? field->label : rungs_form_field_words (field));
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (g_str_equal (PARTS[i].part, part))
      return g_strdup (_ (PARTS[i].title));
  return g_strdup ("");
}

/* ---- shapes */

/* The labels of languages say how much is translated. */
static void
append_languages (RungsFormDocument *document,
                  GString           *shape)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);

  for (guint i = 0; i < opt_in->variants->len; i++)
    {
      const RungsOptInVariant *variant = g_ptr_array_index (opt_in->variants, i);

      g_string_append_printf (shape, " %s %u", variant->language,
                              g_hash_table_size (variant->texts));
    }
  g_string_append_printf (shape, " of %s", opt_in->language);
}

char *
rungs_form_rows_dup_shape (RungsFormDocument *document,
                           const char        *part)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (document);
  const RungsFormFacts *facts = rungs_form_document_get_facts (document);
  const RungsOptInField *field
    = g_str_has_prefix (part, "fields.")
        ? rungs_opt_in_find_field (opt_in, part + strlen ("fields."))
        : NULL;
  g_autoptr (GString) shape = g_string_new (part);

  g_string_append_printf (shape, " in %s double %d versions %u tags %u segments %u messages %u"
                                 " sequences %u",
                          rungs_form_document_get_language (document), opt_in->is_double,
                          facts->versions->len, facts->tags->len, facts->segments->len,
                          facts->messages->len, facts->sequences->len);
  if (field != NULL)
    g_string_append_printf (shape, " %s", rungs_opt_in_kind_to_text (field->kind));
  for (guint i = 0; field != NULL && i < field->choices->len; i++)
    g_string_append_printf (shape, " %s",
                            ((RungsOptInChoice *) field->choices->pdata[i])->value);
  if (g_str_equal (part, "languages"))
    append_languages (document, shape);
  return g_string_free (g_steal_pointer (&shape), FALSE);
}
