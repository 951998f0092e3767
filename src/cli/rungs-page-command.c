/* rungs-page-command.c: landing pages and sales letters on the web. */

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "ladder/rungs-product-store.h"
#include "mail/rungs-block.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"
#include "web/rungs-landing-store.h"
#include "web/rungs-opt-in-store.h"

static const RungsColumn COLUMNS[] = {
  { "slug", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "title", N_ ("Title"), RUNGS_COLUMN_TEXT, NULL },
  { "language", N_ ("Language"), RUNGS_COLUMN_TEXT, NULL },
  { "published_at", N_ ("Published"), RUNGS_COLUMN_TIME, NULL },
  { "changed", N_ ("Changed since"), RUNGS_COLUMN_FLAG, NULL },
  { "ppc_visits", N_ ("Opened from advertisements"), RUNGS_COLUMN_COUNT, NULL },
  { "email_visits", N_ ("Opened from messages"), RUNGS_COLUMN_COUNT, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static JsonObject *
page_to_row (RungsDb                *db,
             const RungsLandingPage *page)
{
  g_autofree char *ppc = rungs_landing_dup_address (db, page->slug, RUNGS_LANDING_PPC);
  g_autofree char *email = rungs_landing_dup_address (db, page->slug, RUNGS_LANDING_EMAIL);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", page->id);
  rungs_row_set_text (row, "slug", page->slug);
  rungs_row_set_text (row, "title", page->draft->title);
  rungs_row_set_text (row, "language", page->draft->language);
  rungs_row_set_id (row, "product", page->product);
  rungs_row_set_id (row, "form", page->draft->form);
  rungs_row_set_time (row, "published_at", page->published_at);
  rungs_row_set_flag (row, "changed", page->published_at != 0 && page->is_changed);
  rungs_row_set_time (row, "retired_at", page->retired_at);
  rungs_row_set_text (row, "ppc_address", ppc);
  rungs_row_set_text (row, "email_address", email);
  rungs_row_set_number (row, "ppc_visits", page->visits[RUNGS_LANDING_PPC]);
  rungs_row_set_number (row, "email_visits", page->visits[RUNGS_LANDING_EMAIL]);
  return row;
}

static gboolean
list_pages (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) pages = rungs_landing_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (pages == NULL)
    return FALSE;
  for (guint i = 0; i < pages->len; i++)
    rungs_listing_add (listing, page_to_row (db, pages->pdata[i]));
  rungs_listing_end (listing, _ ("There are no pages."));
  return TRUE;
}

/* The page that the first argument names by its address. */
static RungsLandingPage *
load_named (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  gint64 id = 0;

  return rungs_landing_find (db, rungs_invocation_get_argument (call, 0), &id, error)
           ? rungs_landing_load (db, id, error)
           : NULL;
}

static gboolean
show_page (RungsInvocation  *call,
           RungsDb          *db,
           gint64            id,
           GError          **error)
{
  g_autoptr (RungsLandingPage) page = rungs_landing_load (db, id, error);

  if (page == NULL)
    return FALSE;
  rungs_column_show (call, COLUMNS, page_to_row (db, page));
  return TRUE;
}

/* Blocks as JSON, or Markdown, which is one block. */
static char *
read_blocks (const char  *text,
             GError     **error)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (*text == '[')
    {
      blocks = rungs_blocks_parse (text, error);
      return blocks != NULL ? g_strdup (text) : NULL;
    }
  {
    RungsBlock *block = rungs_block_new (RUNGS_BLOCK_TEXT);

    blocks = rungs_blocks_new ();
    rungs_landing_set (&block->text, text);
    g_ptr_array_add (blocks, block);
    return rungs_blocks_to_json (blocks);
  }
}

static gboolean
take_file (RungsInvocation  *call,
           const char       *option,
           char            **text,
           GError          **error)
{
  const char *file = rungs_invocation_get_text (call, option, NULL);
  char *read;

  if (file == NULL)
    return TRUE;
  read = rungs_text_file_read (file, error);
  if (read == NULL)
    return FALSE;
  g_free (*text);
  *text = read;
  return TRUE;
}

static gboolean
take_form (RungsInvocation  *call,
           RungsDb          *db,
           RungsLanding     *draft,
           GError          **error)
{
  const char *form = rungs_invocation_get_text (call, "form", NULL);

  if (form == NULL)
    return TRUE;
  draft->form = 0;
  return *form == '\0' || rungs_opt_in_find (db, form, &draft->form, error);
}

/* What the options say of it; what they do not say stays. */
static gboolean
take_options (RungsInvocation  *call,
              RungsDb          *db,
              RungsLanding     *draft,
              gint64           *product,
              GError          **error)
{
  const char *sku = rungs_invocation_get_text (call, "product", NULL);
  g_autofree char *text = NULL;

  rungs_invocation_take_text (call, "language", &draft->language);
  if (!take_file (call, "blocks", &text, error)
      || !take_file (call, "content", &draft->content, error)
      || !take_form (call, db, draft, error))
    return FALSE;
  if (text != NULL)
    {
      char *blocks = read_blocks (text, error);

      if (blocks == NULL)
        return FALSE;
      g_free (draft->blocks);
      draft->blocks = blocks;
    }
  if (sku != NULL)
    {
      g_autoptr (RungsProduct) found
        = *sku != '\0' ? rungs_product_load_by_sku (db, sku, error) : NULL;

      if (*sku != '\0' && found == NULL)
        return FALSE;
      *product = found != NULL ? found->id : 0;
    }
  return TRUE;
}

static gboolean
add_page (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsLanding) draft = rungs_landing_new ();
  gint64 product = 0;
  gint64 id;

  rungs_landing_set (&draft->title, rungs_invocation_get_argument (call, 0));
  if (!take_options (call, db, draft, &product, error))
    return FALSE;
  id = rungs_landing_add (db, rungs_invocation_get_text (call, "slug", NULL), product, draft,
                          rungs_invocation_get_now (call), error);
  return id != 0 && show_page (call, db, id, error);
}

static gboolean
edit_page (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsLandingPage) page = load_named (call, db, error);

  if (page == NULL)
    return FALSE;
  rungs_invocation_take_text (call, "title", &page->draft->title);
  rungs_invocation_take_text (call, "slug", &page->slug);
  return take_options (call, db, page->draft, &page->product, error)
         && rungs_landing_save (db, page->id, page->slug, page->product, page->draft,
                                rungs_invocation_get_now (call), error)
         && show_page (call, db, page->id, error);
}

static gboolean
publish_page (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsLandingPage) page = load_named (call, db, error);

  return page != NULL
         && rungs_landing_publish (db, page->id, rungs_invocation_get_now (call), error)
         && show_page (call, db, page->id, error);
}

static gboolean
retire_page (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsLandingPage) page = load_named (call, db, error);
  gint64 at = rungs_invocation_has (call, "undo") ? 0 : rungs_invocation_get_now (call);

  return page != NULL && rungs_landing_retire (db, page->id, at, error)
         && show_page (call, db, page->id, error);
}

static gboolean
print_html (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  static const char *const CHOICES[] = { "ppc", "email", NULL };
  g_autoptr (RungsLandingPage) page = load_named (call, db, error);
  guint variant = RUNGS_LANDING_PPC;
  g_autofree char *html = NULL;
  JsonObject *row;

  if (page == NULL || !rungs_invocation_get_choice (call, "variant", CHOICES, &variant, error))
    return FALSE;
  html = rungs_landing_dup_html (db, page->draft, variant, NULL, error);
  if (html == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "html", html);
  rungs_column_say (call, row, "%s", html);
  return TRUE;
}

#define DRAFT_OPTIONS                                                                              \
  RUNGS_OPTION ("slug", N_ ("WORDS"), N_ ("The end of its address: /p/WORDS")),                    \
    RUNGS_OPTION ("language", N_ ("TAG"), N_ ("The language it is written in: en")),               \
    RUNGS_OPTION ("blocks", N_ ("FILE"), N_ ("What stands on it: blocks as JSON, or Markdown")),   \
    RUNGS_OPTION ("content", N_ ("FILE"),                                                          \
                  N_ ("Links to pages that inform, for advertisements only: Markdown")),           \
    RUNGS_OPTION ("form", N_ ("NAME"), N_ ("An opt-in form to stand on it; \"\": none")),          \
    RUNGS_OPTION ("product", N_ ("SKU"), N_ ("Whose sales letter it is; \"\": of none"))

static const GOptionEntry ADD_OPTIONS[] = { DRAFT_OPTIONS, RUNGS_OPTIONS_END };

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("title", N_ ("TEXT"), N_ ("Its title")),
  DRAFT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Let it be there again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry HTML_OPTIONS[] = {
  RUNGS_OPTION ("variant", N_ ("ppc|email"), N_ ("For advertisements, or for readers of messages")),
  RUNGS_OPTIONS_END,
};

#define KEYS                                                                                       \
  "id, slug, title, language, product, form, published_at, changed, retired_at, ppc_address, "     \
  "email_address, ppc_visits, email_visits"

const RungsCommand RUNGS_PAGE_COMMANDS[] = {
  { "page list", "", N_ ("List the pages on the web"), RUNGS_COMMAND_READS, list_pages, NULL, NULL,
    "[" KEYS "]" },
  { "page add", "TITLE", N_ ("Write a page"), RUNGS_COMMAND_WRITES, add_page, ADD_OPTIONS,
    N_ ("Blocks are those of messages; a button without a link leads to the form. There are two\n"
        "variants: for advertisements with all links, for readers of messages without those that\n"
        "distract."),
    "{" KEYS "}" },
  { "page edit", "WORDS", N_ ("Change the draft of a page"), RUNGS_COMMAND_WRITES, edit_page,
    EDIT_OPTIONS, N_ ("What people see changes when it is published."), "{" KEYS "}" },
  { "page publish", "WORDS", N_ ("Let people see the draft of a page"), RUNGS_COMMAND_WRITES,
    publish_page, NULL,
    N_ ("The relay shows it as soon as it was asked. A page that is a sales letter becomes the\n"
        "product's letters for advertisements and for messages."),
    "{" KEYS "}" },
  { "page html", "WORDS", N_ ("Print the draft of a page as HTML"), RUNGS_COMMAND_READS, print_html,
    HTML_OPTIONS, NULL, "{html}" },
  { "page retire", "WORDS", N_ ("Take a page off the web"), RUNGS_COMMAND_WRITES, retire_page,
    RETIRE_OPTIONS, NULL, "{" KEYS "}" },
  { NULL },
};
