/* rungs-landing-html.c: a landing page as HTML.
 *
 * Texts are Markdown, which becomes HTML as in messages; "{" is escaped in all of it, so that
 * nothing that somebody wrote is taken for a blank that the relay fills in. The opt-in form is put
 * in as it is: its blanks are meant. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-block.h"
#include "mail/rungs-html-clean.h"
#include "mail/rungs-markdown.h"
#include "mail/rungs-picture-store.h"
#include "mail/rungs-price-words.h"
#include "web/rungs-landing.h"
#include "web/rungs-opt-in-page.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-html.h"

#define ROOM 700 /* px: how wide a picture is at most */

static const char RULES[]
    = "main{max-width:44rem}"
      "main h1{line-height:1.2}"
      ".columns{display:flex;flex-wrap:wrap;gap:0 1.5rem}"
      ".columns>div{flex:1 1 14rem;min-width:0}"
      ".product{border:1px solid #8c8c8c;border-radius:8px;padding:1rem;margin:0 0 1rem}"
      ".product h2{margin:0}"
      ".price{font-weight:600}"
      "a.button{display:inline-block;padding:.6rem 1.2rem;font-weight:600;text-decoration:none}"
      "a.button:hover,a.button:focus{text-decoration:underline}"
      "nav{border-top:1px solid #8c8c8c;margin-top:2rem;padding-top:1rem}";

/* What a page is made of while it is made. */
typedef struct
{
  RungsDb *db;
  const RungsLanding *landing;
  RungsLandingVariant variant;
  RungsBusiness *business;   /* (owned) */
  RungsOptInVersion *form;   /* (owned) (nullable) */
  char *form_slug;           /* (owned) (nullable) */
  GString *html;             /* (owned) */
  GPtrArray *sources;        /* (owned) (element-type utf8): addresses of pictures, lent */
  GError *fault;             /* (owned) (nullable): of a picture within a text */
  gboolean has_title;        /* there is a heading of the first level */
} Page;

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->business, rungs_business_free);
  g_clear_pointer (&page->form, rungs_opt_in_version_free);
  g_clear_pointer (&page->form_slug, g_free);
  if (page->html != NULL)
    g_string_free (page->html, TRUE);
  page->html = NULL;
  g_clear_pointer (&page->sources, g_ptr_array_unref);
  g_clear_error (&page->fault);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
refuse (const char  *why,
        GError     **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* ---- text */

static gboolean
check_text (const char  *text,
            GError     **error)
{
  return (strstr (text, "{{") == NULL && strstr (text, "{%") == NULL)
         || refuse (_ ("everybody reads the same page: nothing of a lead can be put into it"),
                    error);
}

/* The words of links stay. */
static char *
drop_links (const char *html)
{
  g_autoptr (GRegex) regex = g_regex_new ("<a [^>]*>|</a>", 0, 0, NULL);

  return g_regex_replace_literal (regex, html, -1, 0, "", 0, NULL);
}

/* Markup that was made of somebody's text. */
static void
append_made (Page       *page,
             const char *html)
{
  g_autofree char *made
    = page->variant == RUNGS_LANDING_EMAIL ? drop_links (html) : g_strdup (html);

  for (const char *at = made; *at != '\0'; at++)
    if (*at == '{')
      g_string_append (page->html, "&#123;");
    else
      g_string_append_c (page->html, *at);
}

/* Returns: (transfer full): it, with its bytes in it; NULL where there is none. */
static char *
dup_source (Page         *page,
            const char   *key,
            int          *width,
            int          *height,
            GError      **error)
{
  g_autoptr (RungsPicture) picture = rungs_picture_load (page->db, key, TRUE, error);
  g_autofree char *encoded = NULL;

  if (picture == NULL)
    return NULL;
  *width = picture->width;
  *height = picture->height;
  encoded = g_base64_encode (g_bytes_get_data (picture->bytes, NULL), picture->size);
  return g_strdup_printf ("data:%s;base64,%s", picture->media_type, encoded);
}

static const char *
look_up (const char *key,
         int        *width,
         int        *height,
         gpointer    data)
{
  Page *page = data;
  char *source
    = dup_source (page, key, width, height, page->fault == NULL ? &page->fault : NULL);

  if (source != NULL)
    g_ptr_array_add (page->sources, source);
  return source;
}

static gboolean
append_markdown (Page        *page,
                 const char  *markdown,
                 GError     **error)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!check_text (markdown, error))
    return FALSE;
  rungs_markdown_append_with_pictures (markdown, strlen (markdown), html, text, look_up, page,
                                       ROOM);
  if (page->fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&page->fault));
      return FALSE;
    }
  append_made (page, html->str);
  return TRUE;
}

/* ---- blocks */

static gboolean
append_heading (Page              *page,
                const RungsBlock  *block,
                GError           **error)
{
  gboolean is_title = block->level == 1 && !page->has_title;

  if (!check_text (block->text, error))
    return FALSE;
  page->has_title |= is_title;
  g_string_append (page->html, is_title ? "<h1>" : "<h2>");
  rungs_web_html_append_text (page->html, block->text);
  g_string_append (page->html, is_title ? "</h1>\n" : "</h2>\n");
  return TRUE;
}

static gboolean
append_link (Page        *page,
             const char  *label,
             const char  *link,
             GError     **error)
{
  if (!check_text (label, error))
    return FALSE;
  if (*label == '\0')
    return refuse (_ ("nothing is written on the button"), error);
  if (*link != '#' && !rungs_web_html_is_link (link))
    return refuse (_ ("a button needs an address that begins with https://"), error);
  g_string_append (page->html, "<p><a class=\"button\"");
  rungs_web_html_append_attribute (page->html, "href", link);
  g_string_append_c (page->html, '>');
  rungs_web_html_append_text (page->html, label);
  g_string_append (page->html, "</a></p>\n");
  return TRUE;
}

/* A button without an address leads to the form. */
static gboolean
append_button (Page              *page,
               const RungsBlock  *block,
               GError           **error)
{
  gboolean to_form = *block->link == '\0' && page->form != NULL;

  return append_link (page, block->text, to_form ? "#form" : block->link, error);
}

static gboolean
append_picture (Page              *page,
                const RungsBlock  *block,
                GError           **error)
{
  int width = 0, height = 0;
  g_autofree char *source = NULL;
  gboolean is_linked = page->variant == RUNGS_LANDING_PPC && rungs_web_html_is_link (block->link);

  if (!check_text (block->alt, error))
    return FALSE;
  source = dup_source (page, block->picture, &width, &height, error);
  if (source == NULL)
    return FALSE;
  g_string_append (page->html, "<p>");
  if (is_linked)
    {
      g_string_append (page->html, "<a");
      rungs_web_html_append_attribute (page->html, "href", block->link);
      g_string_append_c (page->html, '>');
    }
  g_string_append_printf (page->html, "<img src=\"%s\" width=\"%d\"", source,
                          MIN (block->width > 0 ? block->width : width, ROOM));
  rungs_web_html_append_attribute (page->html, "alt", block->decorative ? "" : block->alt);
  g_string_append (page->html, is_linked ? "></a></p>\n" : "></p>\n");
  return TRUE;
}

/* The address of the product's sales letter for those who read this variant; "": there is none. */
static gboolean
find_letter (Page     *page,
             gint64    product,
             char    **address,
             GError  **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_find (
    page->db, product,
    page->variant == RUNGS_LANDING_PPC ? RUNGS_LETTER_PPC : RUNGS_LETTER_EMAIL, &missing);

  *address = g_strdup (letter != NULL ? letter->address : "");
  if (letter != NULL || g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&missing));
  return FALSE;
}

static gboolean
append_product (Page              *page,
                const RungsBlock  *block,
                GError           **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load_by_sku (page->db, block->sku, error);
  g_autofree char *price = NULL;
  g_autofree char *address = NULL;

  if (product == NULL || !find_letter (page, product->id, &address, error))
    return FALSE;
  price = rungs_price_words (product->price, page->landing->language);
  g_string_append (page->html, "<section class=\"product\"><h2>");
  rungs_web_html_append_text (page->html, product->name);
  g_string_append (page->html, "</h2><p class=\"price\">");
  rungs_web_html_append_text (page->html, price);
  g_string_append (page->html, "</p>\n");
  if (!append_markdown (page, block->text, error)
      || (*block->button != '\0' && *address != '\0'
          && !append_link (page, block->button, address, error)))
    return FALSE;
  g_string_append (page->html, "</section>\n");
  return TRUE;
}

static gboolean
append_raw (Page              *page,
            const RungsBlock  *block,
            GError           **error)
{
  g_autofree char *clean = check_text (block->html, error) ? rungs_html_clean (block->html) : NULL;

  if (clean == NULL)
    return FALSE;
  append_made (page, clean);
  return TRUE;
}

static gboolean
append_leaf (Page              *page,
             const RungsBlock  *block,
             GError           **error)
{
  switch (block->type)
    {
    case RUNGS_BLOCK_HEADING:
      return append_heading (page, block, error);
    case RUNGS_BLOCK_BUTTON:
      return append_button (page, block, error);
    case RUNGS_BLOCK_PICTURE:
      return append_picture (page, block, error);
    case RUNGS_BLOCK_PRODUCT:
      return append_product (page, block, error);
    case RUNGS_BLOCK_DIVIDER:
      g_string_append (page->html, "<hr>\n");
      return TRUE;
    case RUNGS_BLOCK_SIGNATURE:
      return append_markdown (page, page->business->signature, error);
    case RUNGS_BLOCK_HTML:
      return append_raw (page, block, error);
    case RUNGS_BLOCK_COLUMNS:
      return TRUE;
    case RUNGS_BLOCK_TEXT:
    default:
      return append_markdown (page, block->text, error);
    }
}

/* Columns cannot hold columns. */
static gboolean
append_columns (Page              *page,
                const RungsBlock  *block,
                GError           **error)
{
  g_string_append (page->html, "<div class=\"columns\">\n");
  for (guint i = 0; i < block->columns->len; i++)
    {
      GPtrArray *column = block->columns->pdata[i];

      g_string_append (page->html, "<div>\n");
      for (guint j = 0; j < column->len; j++)
        if (!append_leaf (page, column->pdata[j], error))
          return FALSE;
      g_string_append (page->html, "</div>\n");
    }
  g_string_append (page->html, "</div>\n");
  return TRUE;
}

static gboolean
append_blocks (Page     *page,
               GError  **error)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (page->landing->blocks, error);

  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const RungsBlock *block = blocks->pdata[i];

      if (!(block->type == RUNGS_BLOCK_COLUMNS ? append_columns
                                               : append_leaf) (page, block, error))
        {
          g_autofree char *name = rungs_block_dup_name (blocks, i, NULL);

          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
    }
  return blocks != NULL;
}

/* ---- the page */

static gboolean
append_form (Page     *page,
             GError  **error)
{
  RungsOptInFace face = { 0 };
  g_autofree char *html = NULL;

  if (page->form == NULL)
    return TRUE;
  face = (RungsOptInFace){ .definition = page->form->definition,
                           .slug = page->form_slug,
                           .version = page->form->id,
                           .language = page->landing->language,
                           .business = page->business->name };
  html = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_PASTE);
  g_string_append_printf (page->html, "<section id=\"form\">\n%s</section>\n", html);
  return TRUE;
}

static gboolean
append_content (Page     *page,
                GError  **error)
{
  if (page->variant != RUNGS_LANDING_PPC || *page->landing->content == '\0')
    return TRUE;
  g_string_append (page->html, "<nav>\n");
  if (!append_markdown (page, page->landing->content, error))
    return FALSE;
  g_string_append (page->html, "</nav>\n");
  return TRUE;
}

/* The version of the form that people get. */
static gboolean
load_form (Page     *page,
           GError  **error)
{
  g_autoptr (RungsOptInForm) form = NULL;

  if (page->landing->form == 0)
    return TRUE;
  form = rungs_opt_in_load (page->db, page->landing->form, 0, error);
  if (form == NULL)
    return FALSE;
  if (form->version == 0 || form->retired_at != 0)
    return refuse (_ ("Its form is not published."), error);
  page->form_slug = g_strdup (form->slug);
  page->form = rungs_opt_in_version_load (page->db, form->version, error);
  return page->form != NULL;
}

/* Where no block is the title, the title is. */
static void
prepend_title (Page *page)
{
  g_autoptr (GString) title = g_string_new ("<h1>");

  if (page->has_title)
    return;
  rungs_web_html_append_text (title, page->landing->title);
  g_string_append (title, "</h1>\n");
  g_string_prepend (page->html, title->str);
}

static char *
dup_rules (const RungsWebStyle *style)
{
  return g_strdup_printf ("%sa.button{background:%s;color:%s;border-radius:%upx}", RULES,
                          style->accent, rungs_web_style_get_on_accent (style), style->corners);
}

char *
rungs_landing_dup_html (RungsDb              *db,
                        const RungsLanding   *self,
                        RungsLandingVariant   variant,
                        char                **hash,
                        GError              **error)
{
  g_auto (Page) page = { .db = db, .landing = self, .variant = variant };
  g_autoptr (RungsWebStyle) plain = rungs_web_style_new ();
  g_autofree char *css = NULL;
  RungsWebFrame frame = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  if (*self->title == '\0')
    {
      refuse (_ ("A page needs a title."), error);
      return NULL;
    }
  page.html = g_string_new (NULL);
  page.sources = g_ptr_array_new_with_free_func (g_free);
  page.business = rungs_business_load (db, error);
  if (page.business == NULL || !load_form (&page, error) || !append_blocks (&page, error)
      || !append_form (&page, error) || !append_content (&page, error))
    return NULL;
  prepend_title (&page);
  frame.style = page.form != NULL ? page.form->definition->style : plain;
  css = dup_rules (frame.style);
  frame.language = self->language;
  frame.title = self->title;
  frame.business = page.business->name;
  frame.css = css;
  frame.has_script = page.form != NULL;
  if (hash != NULL)
    *hash = rungs_web_frame_dup_hash (&frame);
  return rungs_web_frame_dup_page (&frame, page.html->str);
}
