/* rungs-opt-in-check.c: what is wrong with an opt-in form, without looking into the file. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-language-tag.h"
#include "web/rungs-opt-in.h"
#include "web/rungs-web-html.h"

/* So many that are required, besides the address, and most people leave. */
#define REQUIRED_MANY 5

/* WCAG 2.2, 1.4.11: what the button is told from the page by. */
#define LEAST_CONTRAST 3.0

#define LABEL_MOST 500

static void
add (GPtrArray  *problems,
     gboolean    blocks,
     const char *words,
     const char *where_format,
     const char *key)
{
  g_autoptr (GString) where = g_string_new (where_format);

  if (key != NULL)
    g_string_replace (where, "%s", key, 1);
  rungs_opt_in_problem_add (problems, where->str, blocks, words);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));

  return *bare == '\0';
}

/* Whether a text is of a-z, 0-9, "_" and "-". */
static gboolean
is_word (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '_' && *at != '-')
      return FALSE;
  return *text != '\0' && strlen (text) <= 100;
}

static gboolean
is_key (const char *key)
{
  const char *colon = strchr (key, ':');

  if (colon == NULL)
    return g_strv_contains (rungs_opt_in_columns (), key);
  return (g_str_has_prefix (key, "field:") || g_str_has_prefix (key, "question:"))
         && is_word (colon + 1);
}

/* ---- fields */

static void
check_choices (GPtrArray             *problems,
               const RungsOptInField *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!rungs_opt_in_kind_has_choices (field->kind))
    return;
  if (field->choices->len == 0)
    add (problems, TRUE, _ ("It has nothing to choose from."), "fields.%s", field->key);
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];
      g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", field->key, choice->value);

      if (!is_word (choice->value))
        rungs_opt_in_problem_add (problems, where, TRUE,
                                  _ ("What a choice sends is of a-z, 0-9, _ and -."));
      else if (!g_hash_table_add (seen, choice->value))
        rungs_opt_in_problem_add (problems, where, TRUE, _ ("Two choices send the same."));
      if (is_blank (choice->label) || strlen (choice->label) > LABEL_MOST)
        rungs_opt_in_problem_add (problems, where, TRUE,
                                  _ ("A choice needs a label of at most 500 letters."));
    }
}

static void
check_kind (GPtrArray             *problems,
            const RungsOptInField *field)
{
  gboolean is_column = strchr (field->key, ':') == NULL;

  if (is_column && field->kind != rungs_opt_in_column_kind (field->key))
    add (problems, TRUE, _ ("This field of a lead is asked as another kind."), "fields.%s",
         field->key);
  if (field->profile && strcmp (field->key, "email") == 0)
    add (problems, TRUE, _ ("The address is asked always: by it a lead is known."), "fields.%s",
         field->key);
}

static void
check_field (GPtrArray             *problems,
             const RungsOptInField *field,
             GHashTable            *seen)
{
  if (!is_key (field->key))
    add (problems, TRUE,
         _ ("It is no field of a lead, no “field:…” and no “question:…” of a-z, 0-9, _ and -."),
         "fields.%s", field->key);
  else if (!g_hash_table_add (seen, field->key))
    add (problems, TRUE, _ ("It is asked twice."), "fields.%s", field->key);
  if (is_blank (field->label) || strlen (field->label) > LABEL_MOST)
    add (problems, TRUE, _ ("It needs a label of at most 500 letters."), "fields.%s.label",
         field->key);
  check_kind (problems, field);
  check_choices (problems, field);
}

static void
check_fields (GPtrArray        *problems,
              const RungsOptIn *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const RungsOptInField *email = rungs_opt_in_find_field (self, "email");
  const RungsOptInField *phone = rungs_opt_in_find_field (self, "phone");
  guint required = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsOptInField *field = self->fields->pdata[i];

      check_field (problems, field, seen);
      required += field->required ? 1 : 0;
    }
  if (email == NULL && (phone == NULL || !phone->required))
    add (problems, TRUE,
         _ ("It asks for no e-mail address, and needs no telephone number: nobody could be known"
            " by it."),
         "fields", NULL);
  else if (email != NULL && !email->required && (phone == NULL || !phone->required))
    add (problems, TRUE, _ ("The address, or the telephone number, must be required."), "fields.%s",
         "email");
  if (required > REQUIRED_MANY)
    add (problems, FALSE,
         _ ("It requires many answers. Each one more is filled in by fewer people: ask later what"
            " is not needed at once."),
         "fields", NULL);
}

/* ---- the rest */

static void
check_consent (GPtrArray        *problems,
               const RungsOptIn *self)
{
  gboolean asks = !is_blank (self->consent);

  if (strcmp (self->purpose, "marketing") != 0)
    add (problems, TRUE, _ ("Consent is to “marketing”; there is no other purpose yet."),
         "consent.purpose", NULL);
  if (!asks && self->sequence != 0)
    add (problems, FALSE,
         _ ("It starts a sequence and asks for no consent: who has not agreed gets nothing of"
            " it."),
         "consent", NULL);
  if (!asks && self->is_double)
    add (problems, TRUE, _ ("There is nothing to confirm, because it asks for no consent."),
         "double", NULL);
  if (self->is_double && rungs_opt_in_find_field (self, "email") == NULL)
    add (problems, TRUE, _ ("Without an address nobody can be asked to confirm it."), "double",
         NULL);
  if (self->is_double && self->confirm_message == 0)
    add (problems, TRUE, _ ("Choose the message that asks people to confirm."), "confirm_message",
         NULL);
  if (asks && !self->is_double)
    add (problems, FALSE,
         _ ("Consent is not confirmed from the mailbox: anybody can enter anybody's address."),
         "double", NULL);
}

static void
check_texts (GPtrArray        *problems,
             const RungsOptIn *self)
{
  if (is_blank (self->title))
    add (problems, TRUE, _ ("It needs a title."), "title", NULL);
  if (is_blank (self->button))
    add (problems, TRUE, _ ("The button needs a word."), "button", NULL);
  if (is_blank (self->thanks_title) && *self->thanks_url == '\0')
    add (problems, TRUE, _ ("The page of thanks needs a title."), "thanks.title", NULL);
  if (*self->thanks_url != '\0' && !rungs_web_html_is_link (self->thanks_url))
    add (problems, TRUE, _ ("It is no address of a page, such as https://example.com/thanks."),
         "thanks.url", NULL);
  if (!rungs_language_tag_is_valid (self->language))
    add (problems, TRUE, _ ("It is no tag of a language, such as “en” or “pt-BR”."), "language",
         NULL);
}

static void
check_variant (GPtrArray               *problems,
               const RungsOptIn        *self,
               const RungsOptInVariant *variant)
{
  g_autoptr (GPtrArray) paths = rungs_opt_in_paths (self);
  guint missing = 0;

  if (!rungs_language_tag_is_valid (variant->language))
    add (problems, TRUE, _ ("It is no tag of a language, such as “en” or “pt-BR”."),
         "languages.%s", variant->language);
  for (guint i = 0; i < paths->len; i++)
    missing += g_hash_table_contains (variant->texts, paths->pdata[i]) ? 0 : 1;
  if (missing > 0)
    {
      g_autofree char *words = g_strdup_printf (
        ngettext ("%u text is not translated.", "%u texts are not translated.", missing),
        missing);

      add (problems, FALSE, words, "languages.%s", variant->language);
    }
}

/* Nobody agrees to what they cannot read. */
static void
check_consent_languages (GPtrArray        *problems,
                         const RungsOptIn *self)
{
  for (guint i = 0; !is_blank (self->consent) && i < self->variants->len; i++)
    {
      const RungsOptInVariant *variant = self->variants->pdata[i];

      if (!g_hash_table_contains (variant->texts, "consent"))
        add (problems, TRUE, _ ("The words of consent are not translated."), "languages.%s",
             variant->language);
    }
}

static void
check_style (GPtrArray           *problems,
             const RungsWebStyle *style)
{
  if (!rungs_web_colour_parse (style->accent, NULL))
    add (problems, TRUE, _ ("It is no colour such as #1c71d8."), "style.accent", NULL);
  else if (rungs_web_colour_contrast (style->accent, "#ffffff") < LEAST_CONTRAST)
    add (problems, FALSE,
         _ ("This colour is hard to see on white: the button gets a darker edge, and letters are"
            " made darker."),
         "style.accent", NULL);
  if (!g_strv_contains (rungs_web_style_fonts (), style->font))
    add (problems, TRUE, _ ("The font is one of site, sans, serif, mono."), "style.font", NULL);
  if (style->width < RUNGS_WEB_WIDTH_LEAST)
    add (problems, TRUE, _ ("It is narrower than a telephone."), "style.width", NULL);
}

static void
check_protection (GPtrArray        *problems,
                  const RungsOptIn *self)
{
  if (self->bits > 20)
    add (problems, FALSE, _ ("A telephone computes for a minute or longer at this."),
         "protect.bits", NULL);
  if (self->seconds > 30)
    add (problems, FALSE, _ ("Who is quick is taken for a machine."), "protect.seconds", NULL);
  if (self->per_hour == 0)
    add (problems, TRUE, _ ("Nobody could send it."), "protect.per_hour", NULL);
}

GPtrArray *
rungs_opt_in_check (const RungsOptIn *self)
{
  GPtrArray *problems
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_opt_in_problem_free);

  g_return_val_if_fail (self != NULL, problems);

  check_texts (problems, self);
  check_fields (problems, self);
  check_consent (problems, self);
  check_protection (problems, self);
  check_style (problems, self->style);
  for (guint i = 0; i < self->variants->len; i++)
    check_variant (problems, self, self->variants->pdata[i]);
  check_consent_languages (problems, self);
  return problems;
}
