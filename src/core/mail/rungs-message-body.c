/* rungs-message-body.c: makes what one lead reads of a message: subject, HTML and plain text. */

#include "mail/rungs-message-body.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-language-tag.h"
#include "mail/rungs-block-layout.h"
#include "mail/rungs-block-markdown.h"
#include "mail/rungs-block-template.h"
#include "mail/rungs-footer-words.h"
#include "mail/rungs-markdown.h"

/* Mail programs know tables best; the inner one keeps lines readable on a wide screen, and gives
 * way on a narrow one. Outlook's Word knows no greatest width: it gets a table of that width. */
#define FONTS \
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
#define TABLE "<table role=\"presentation\" style=\"width:100%;border-collapse:collapse"

static const char HEAD[] =
    "<head>\n"
    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>";
static const char BODY[] =
    "</head>\n"
    "<body style=\"margin:0;padding:0;word-wrap:break-word;overflow-wrap:anywhere\">\n";
static const char PREVIEW[] =
    "<div class=\"rungs-preview\" style=\"display:none;max-height:0;overflow:hidden\">";
static const char PADDING[] = "&#847;&zwnj;&nbsp;";
static const char CARD[] =
    TABLE "\">\n<tr><td style=\"padding:24px 16px\">\n"
    "<!--[if mso]><table role=\"presentation\" align=\"center\" width=\"600\" cellpadding=\"0\""
    " cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->\n"
    TABLE ";max-width:600px;margin:0 auto\">\n"
    "<tr><td style=\"padding:0;text-align:%s;" FONTS "font-size:16px;line-height:1.5\">\n";
static const char FOOTER[] =
    "</td></tr>\n<tr><td class=\"rungs-footer\" style=\"padding:16px 0 0;"
    "border-top:1px solid #c0bfbc;text-align:%s;" FONTS
    "font-size:13px;line-height:1.5;color:#77767b\">\n";
static const char TAIL[] = "</td></tr>\n</table>\n"
                           "<!--[if mso]></td></tr></table><![endif]-->\n"
                           "</td></tr>\n</table>\n</body>\n</html>\n";

/* Mail programs show so many characters behind the subject; where the preview is shorter, signs
 * that are not seen keep the beginning of the text out. */
#define LONGEST_PREVIEW 140

struct _RungsMessageTemplate
{
  gatomicrefcount references;
  RungsLiquid *subject; /* (owned) */
  RungsLiquid *preview; /* (owned) */
  GPtrArray *blocks;    /* (owned) (element-type RungsBlockTemplate) */
  GPtrArray *pictures;  /* (owned) (element-type utf8) */
  GPtrArray *products;  /* (owned) (element-type utf8) */
};

RungsMessageTemplate *
rungs_message_template_ref (RungsMessageTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_message_template_unref (RungsMessageTemplate *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->subject, rungs_liquid_unref);
  g_clear_pointer (&self->preview, rungs_liquid_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_free (self);
}

void
rungs_message_content_clear (RungsMessageContent *self)
{
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->html, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
}

void
rungs_message_product_free (RungsMessageProduct *self)
{
  if (self == NULL)
    return;
  g_free (self->sku);
  g_free (self->name);
  g_free (self->price);
  g_free (self->link);
  g_free (self);
}

/* ---- reading */

static RungsLiquid *
read_part (const char         *name,
           const char         *source,
           RungsLiquidOutput   output,
           GError            **error)
{
  RungsLiquid *part = rungs_liquid_parse (source, output, error);

  if (part == NULL)
    g_prefix_error (error, "%s: ", name);
  return part;
}

static gboolean
read_blocks (RungsMessageTemplate  *self,
             const char            *json,
             GError               **error)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (json, error);

  self->blocks = blocks ? rungs_block_templates_new (blocks, error) : NULL;
  if (self->blocks == NULL)
    return FALSE;
  self->pictures = rungs_blocks_list_pictures (blocks);
  self->products = rungs_blocks_list_products (blocks);
  return TRUE;
}

RungsMessageTemplate *
rungs_message_template_new (const char  *subject,
                            const char  *preview,
                            const char  *blocks,
                            GError     **error)
{
  g_autoptr (RungsMessageTemplate) self = g_new0 (RungsMessageTemplate, 1);

  g_return_val_if_fail (subject != NULL && preview != NULL && blocks != NULL, NULL);

  g_atomic_ref_count_init (&self->references);
  self->subject = read_part ("Subject", subject, RUNGS_LIQUID_TO_TEXT, error);
  if (self->subject == NULL)
    return NULL;
  self->preview = read_part ("Preview", preview, RUNGS_LIQUID_TO_TEXT, error);
  if (self->preview == NULL || !read_blocks (self, blocks, error))
    return NULL;
  return g_steal_pointer (&self);
}

GPtrArray *
rungs_message_template_get_pictures (RungsMessageTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pictures;
}

GPtrArray *
rungs_message_template_get_products (RungsMessageTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->products;
}

/* The variables that were found, each path once. */
typedef struct
{
  GPtrArray *all;   /* (element-type RungsLiquidVariable) */
  GHashTable *seen; /* path -> RungsLiquidVariable, of `all` */
} Variables;

static void
add_variables (gpointer part,
               gpointer data)
{
  Variables *variables = data;
  g_autoptr (GPtrArray) found = rungs_liquid_list_variables (part);

  while (found->len > 0)
    {
      RungsLiquidVariable *variable = g_ptr_array_steal_index (found, 0);

      RungsLiquidVariable *known = g_hash_table_lookup (variables->seen, variable->path);

      if (known == NULL)
        {
          g_hash_table_insert (variables->seen, variable->path, variable);
          g_ptr_array_add (variables->all, variable);
          continue;
        }
      known->is_bare |= variable->is_bare;
      rungs_liquid_variable_free (variable);
    }
}

GPtrArray *
rungs_message_template_list_variables (RungsMessageTemplate *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Variables variables = { .seen = seen };

  g_return_val_if_fail (self != NULL, NULL);

  variables.all = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_liquid_variable_free);
  add_variables (self->subject, &variables);
  add_variables (self->preview, &variables);
  rungs_block_templates_foreach (self->blocks, add_variables, &variables);
  return variables.all;
}

/* ---- rendering */

/* One line: what is not printed, and white space, become one space. */
static char *
as_one_line (const char *text)
{
  GString *line = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_space = rungs_liquid_is_space (c) || g_unichar_iscntrl (c);

      if (!is_space)
        g_string_append_len (line, p, g_utf8_next_char (p) - p);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  g_strchomp (line->str);
  return g_string_free (line, FALSE);
}

static char *
render_line (const char        *name,
             RungsLiquid       *part,
             RungsLiquidValue   data,
             gint64             now,
             GTimeZone         *zone,
             GError           **error)
{
  g_autofree char *text = rungs_liquid_render (part, data, now, zone, error);

  if (text == NULL)
    g_prefix_error (error, "%s: ", name);
  return text ? as_one_line (text) : NULL;
}

/* Languages that are written from right to left. */
static gboolean
is_rtl (const char *language)
{
  static const char *const LANGUAGES[] = { "ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur",
                                           "yi" };
  gsize length = language ? strcspn (language, "-_") : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    if (length == 2 && g_ascii_strncasecmp (language, LANGUAGES[i], length) == 0)
      return TRUE;
  return FALSE;
}

/* In what the text is written, as far as it is known. */
static const char *
get_language (const RungsMessageFrame *frame)
{
  const char *language = frame->written_in != NULL && *frame->written_in != '\0'
                             ? frame->written_in
                             : frame->language;

  return language != NULL && rungs_language_tag_is_valid (language) ? language : NULL;
}

/* With the side at which lines begin in place of its %s. */
static void
append_sided (GString    *html,
              const char *part,
              gboolean    rtl)
{
  const char *mark = strstr (part, "%s");

  g_string_append_len (html, part, mark - part);
  g_string_append (html, rtl ? "right" : "left");
  g_string_append (html, mark + strlen ("%s"));
}

static void
append_preview (GString    *html,
                const char *preview)
{
  if (*preview == '\0')
    return;
  g_string_append_len (html, PREVIEW, sizeof PREVIEW - 1);
  rungs_markdown_append_escaped (html, preview, strlen (preview));
  for (glong i = g_utf8_strlen (preview, -1); i < LONGEST_PREVIEW; i += 2)
    g_string_append_len (html, PADDING, sizeof PADDING - 1);
  g_string_append (html, "</div>\n");
}

static void
begin_html (GString    *html,
            const char *subject,
            const char *preview,
            const char *language)
{
  g_string_append (html, "<!DOCTYPE html>\n<html");
  if (language != NULL)
    g_string_append_printf (html, " lang=\"%s\"", language);
  g_string_append_printf (html, " dir=\"%s\">\n", is_rtl (language) ? "rtl" : "ltr");
  g_string_append_len (html, HEAD, sizeof HEAD - 1);
  rungs_markdown_append_escaped (html, subject, strlen (subject));
  g_string_append_printf (html, "</title>\n%s", RUNGS_LAYOUT_STYLES);
  g_string_append_len (html, BODY, sizeof BODY - 1);
  append_preview (html, preview);
  append_sided (html, CARD, is_rtl (language));
}

static void
append_html_lines (GString    *html,
                   const char *text)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");

      rungs_markdown_append_escaped (html, text, length);
      g_string_append (html, "<br>\n");
      text += length + (text[length] == '\n');
    }
}

static void
end_html (GString                 *html,
          const RungsMessageFrame *frame)
{
  append_sided (html, FOOTER, is_rtl (get_language (frame)));
  append_html_lines (html, frame->business_name);
  append_html_lines (html, frame->business_address);
  if (frame->unsubscribe != NULL)
    {
      g_string_append (html, "<a href=\"");
      rungs_markdown_append_url (html, frame->unsubscribe);
      g_string_append_printf (html, "\" style=\"color:#77767b\">%s</a>\n",
                              rungs_footer_unsubscribe (frame->language));
    }
  g_string_append_len (html, TAIL, sizeof TAIL - 1);
}

static void
append_text_lines (GString    *text,
                   const char *lines)
{
  g_string_append (text, lines);
  if (*lines != '\0')
    g_string_append_c (text, '\n');
}

/* What stands below the text begins with the line that mail programs cut off when one answers
 * (RFC 3676, 4.3). */
static void
end_text (GString                 *text,
          const RungsMessageFrame *frame)
{
  g_string_append (text, "\n-- \n");
  append_text_lines (text, frame->business_name);
  append_text_lines (text, frame->business_address);
  if (frame->unsubscribe != NULL)
    g_string_append_printf (text, "%s: <%s>\n", rungs_footer_unsubscribe (frame->language),
                            frame->unsubscribe);
}

gboolean
rungs_message_template_render (RungsMessageTemplate     *self,
                               const RungsMessageFrame  *frame,
                               RungsLiquidValue          data,
                               gint64                    now,
                               GTimeZone                *zone,
                               RungsMessageContent      *content,
                               GError                  **error)
{
  g_autoptr (GString) html = g_string_sized_new (8192);
  g_autoptr (GString) text = g_string_sized_new (2048);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);
  gssize embedded = 0;
  const RungsBlockMerge merge = {
    .frame = frame,
    .data = data,
    .now = now,
    .zone = zone,
    .html = html,
    .text = text,
    .pictures = pictures,
    .embedded = &embedded,
    .room = RUNGS_LAYOUT_WIDTH,
    .is_rtl = frame != NULL && is_rtl (get_language (frame)),
  };
  g_autofree char *subject = NULL;
  g_autofree char *preview = NULL;

  g_return_val_if_fail (self != NULL && frame != NULL && content != NULL, FALSE);

  subject = render_line ("Subject", self->subject, data, now, zone, error);
  if (subject == NULL)
    return FALSE;
  if (*subject == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("Subject: it is empty for this lead"));
      return FALSE;
    }
  preview = render_line ("Preview", self->preview, data, now, zone, error);
  if (preview == NULL)
    return FALSE;

  begin_html (html, subject, preview, get_language (frame));
  if (!rungs_block_templates_render (self->blocks, &merge, error))
    return FALSE;
  end_html (html, frame);
  end_text (text, frame);
  content->subject = g_steal_pointer (&subject);
  content->html_size = html->len - embedded;
  content->html = g_string_free (g_steal_pointer (&html), FALSE);
  content->text = g_string_free (g_steal_pointer (&text), FALSE);
  content->pictures = g_steal_pointer (&pictures);
  return TRUE;
}
