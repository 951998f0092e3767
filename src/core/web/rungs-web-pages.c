/* rungs-web-pages.c: the pages that a relay shows by itself.
 *
 * What stands on them is in the language of the reader, not in that of who runs Rungs: the words
 * are here and not in the catalogues of the program, as those below messages are. */

#include "web/rungs-web-pages.h"

#include <string.h>

#include "base/rungs-json-members.h"
#include "leads/rungs-business-store.h"
#include "web/rungs-landing-store.h"
#include "web/rungs-web-html.h"
#include "web/rungs-web-pages-store.h"
#include "web/rungs-web-unsubscribe.h"

#define N_LANGUAGES 2

static const char *const LANGUAGES[N_LANGUAGES] = { "en", "de" };

/* What one page says in a language. */
typedef struct
{
  const char *title;
  const char *text;   /* paragraphs; where there are choices, what stands above them */
  const char *button; /* (nullable): what is sent by it */
} Words;

/* One of several answers. */
typedef struct
{
  const char *value;
  const char *words[N_LANGUAGES];
} Choice;

typedef struct
{
  const char *kind;
  Words words[N_LANGUAGES];
  const Choice *choices; /* (nullable) */
} Page;

/* What web/rungs-web-unsubscribe.h reads; the first one is chosen. */
static const Choice CHOICES[] = {
  { RUNGS_WEB_CHOICE_NO, { "Unsubscribe: no more messages", "Abmelden: keine Nachrichten mehr" } },
  { RUNGS_WEB_CHOICE_MONTH, { "None for 30 days", "30 Tage lang keine" } },
  { RUNGS_WEB_CHOICE_QUARTER, { "None for 90 days", "90 Tage lang keine" } },
  { RUNGS_WEB_CHOICE_BACK, { "End a pause", "Eine Pause beenden" } },
  { NULL },
};

static const Page PAGES[] = {
  { "unsubscribe",
    { { "Fewer messages?", "Choose, and press the button.", "Save" },
      { "Weniger Nachrichten?", "Wählen Sie, und drücken Sie den Knopf.", "Speichern" } },
    CHOICES },
  { "unsubscribed",
    { { "That is noted", "It is done as you chose. A message may still be on its way.\n\n"
                         "You can close this page.", NULL },
      { "Das ist notiert", "Es gilt, was Sie gewählt haben. Eine Nachricht kann noch unterwegs"
                           " sein.\n\nSie können diese Seite schließen.", NULL } } },
  { "confirm",
    { { "One more step", "Press the button to confirm that this address is yours, and that you"
                         " want to hear from us.", "Yes, confirm" },
      { "Noch ein Schritt", "Bestätigen Sie mit dem Knopf, dass diese Adresse Ihnen gehört und dass"
                            " Sie von uns hören möchten.", "Ja, bestätigen" } } },
  { "confirmed",
    { { "Thank you", "Your address is confirmed.\n\nYou can close this page.", NULL },
      { "Vielen Dank", "Ihre Adresse ist bestätigt.\n\nSie können diese Seite schließen.",
        NULL } } },
  { "gone",
    { { "There is nothing here", "The link may be incomplete, or what it led to is no longer"
                                 " there.", NULL },
      { "Hier ist nichts", "Der Link ist vielleicht unvollständig, oder es gibt nicht mehr, wohin"
                           " er führte.", NULL } } },
  { "prove",
    { { "One more step", "Press the button, so that we know that a person has filled in the form.",
        "Send" },
      { "Noch ein Schritt", "Ein Druck auf den Knopf zeigt uns, dass ein Mensch das Formular"
                            " ausgefüllt hat.", "Absenden" } } },
  { "later",
    { { "Please try again later", "So much has come from your address that we have to wait a"
                                  " little. Please try again in some minutes.", NULL },
      { "Bitte später noch einmal", "Von Ihrer Adresse kam so viel, dass wir etwas warten müssen."
                                    " Bitte versuchen Sie es in einigen Minuten noch einmal.",
        NULL } } },
};

static void
append_choices (GString      *html,
                const Choice *choices,
                guint         language,
                const char   *legend)
{
  g_string_append (html, "<fieldset class=\"f\">\n<legend>");
  rungs_web_html_append_text (html, legend);
  g_string_append (html, "</legend>\n");
  for (guint i = 0; choices[i].value != NULL; i++)
    {
      g_string_append (html, "<label class=\"o\"><input type=\"radio\""
                             " name=\"" RUNGS_WEB_CHOICE "\"");
      rungs_web_html_append_attribute (html, "value", choices[i].value);
      g_string_append (html, i == 0 ? " checked> " : "> ");
      rungs_web_html_append_text (html, choices[i].words[language]);
      g_string_append (html, "</label>\n");
    }
  g_string_append (html, "</fieldset>\n");
}

static char *
dup_body (const Page *page,
          guint       language)
{
  const Words *words = &page->words[language];
  GString *html = g_string_new ("<h1>");

  rungs_web_html_append_text (html, words->title);
  g_string_append (html, "</h1>\n");
  if (page->choices == NULL)
    rungs_web_html_append_paragraphs (html, words->text);
  if (words->button == NULL)
    return g_string_free (html, FALSE);
  g_string_append (html, "<form method=\"post\" action=\"{{action}}\">\n{{hidden}}\n");
  if (page->choices != NULL)
    append_choices (html, page->choices, language, words->text);
  g_string_append (html, "<p><button type=\"submit\">");
  rungs_web_html_append_text (html, words->button);
  g_string_append (html, "</button></p>\n</form>\n");
  return g_string_free (html, FALSE);
}

static void
add_page (JsonBuilder *builder,
          const Page  *page,
          guint        language,
          const char  *business)
{
  const Words *words = &page->words[language];
  const RungsWebFrame frame
      = { .language = LANGUAGES[language], .title = words->title, .business = business };
  g_autofree char *body = dup_body (page, language);
  g_autofree char *html = rungs_web_frame_dup_page (&frame, body);
  g_autofree char *hash = rungs_web_frame_dup_hash (&frame);

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "kind", page->kind);
  rungs_json_add_text (builder, "language", LANGUAGES[language]);
  rungs_json_add_text (builder, "html", html);
  rungs_json_add_only (builder, "styles", hash);
  json_builder_end_object (builder);
}

/* The number of the language that comes first. */
static guint
find_first (const char *language)
{
  for (guint i = 0; i < N_LANGUAGES; i++)
    if (strcmp (LANGUAGES[i], language) == 0)
      return i;
  return 0;
}

gboolean
rungs_web_pages_publish (RungsDb      *db,
                         JsonBuilder  *builder,
                         GError      **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autofree char *language
      = business != NULL ? rungs_web_pages_dup_language (db, error) : NULL;
  guint first;

  g_return_val_if_fail (JSON_IS_BUILDER (builder), FALSE);

  if (language == NULL)
    return FALSE;
  first = find_first (language);
  rungs_json_begin_array (builder, "pages");
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    for (guint j = 0; j < N_LANGUAGES; j++)
      add_page (builder, &PAGES[i], (first + j) % N_LANGUAGES, business->name);
  if (!rungs_landings_publish (db, builder, error))
    return FALSE;
  json_builder_end_array (builder);
  return TRUE;
}
