/* rungs-message-body.h: makes what one lead reads of a message: subject, HTML and plain text.
 *
 * A message is a JSON array of blocks, shown from top to bottom. mail/rungs-block.h reads them into
 * structs and writes them again. MERGED is text in the merge language (mail/rungs-liquid.h),
 * MARKDOWN that and Markdown in it.
 *
 *   {"type": "text", "text": MARKDOWN}
 *   {"type": "heading", "level": 1 or 2, "text": MARKDOWN of one line}    level: 2 if left out
 *   {"type": "button", "text": MERGED, "link": MERGED}
 *   {"type": "picture", "picture": KEY, "alt": MERGED, "decorative": true, "link": MERGED,
 *    "width": PX}
 *       KEY is that of a picture of the business (mail/rungs-picture-store.h). All else may be left
 *       out; "decorative" says that the picture needs no words, "width" is in px (its own if it is
 *       left out, and never more than there is room).
 *   {"type": "product", "sku": SKU, "text": MARKDOWN, "button": MERGED}
 *       Shows name and price of the product, the text, and a button to its sales letter for readers
 *       of messages. No "button": none.
 *   {"type": "columns", "columns": [BLOCKS, BLOCKS], "weights": [1, 1]}
 *       Two or three arrays of blocks that stand side by side, on a telephone one below the other;
 *       columns cannot hold columns. "weights" (1 to 12, one for each) says how wide each is beside
 *       the others; alike if left out.
 *   {"type": "divider"}
 *   {"type": "signature"}      that of the business (RungsBusiness.signature)
 *   {"type": "html", "html": MERGED}
 *       HTML of the author's own. Scripts, event handlers, forms, frames and what is loaded from
 *       elsewhere, but for pictures, are taken out of it once it is merged.
 *
 * What is not known is refused; what is said is told of in mail/rungs-message-check.h, if it cannot
 * be sent or should not.
 *
 * MARKDOWN is CommonMark 0.30, but HTML is shown as it was typed, addresses that begin with http://
 * or https:// become links, and the end of a line stays one unless the line looks wrapped by an
 * editor (60 to 120 characters). It is merged first, each value with every sign escaped that could
 * mean something, and then read as Markdown once for both parts: so nothing in a lead's field ever
 * becomes markup, and what an “if” leaves out leaves no torn HTML behind. A picture of the business
 * stands in it as ![what it shows](picture:KEY). */

#pragma once

#include "mail/rungs-liquid.h"

G_BEGIN_DECLS

/* A message that was read. Never changes: any number of threads may render it at once. */
typedef struct _RungsMessageTemplate RungsMessageTemplate;

/* `subject` and `preview` are in the merge language, `blocks` is the JSON of
 * message_version.blocks. Errors: INVALID, which says where: "Subject: Line 1, column 5: …",
 * "Block 3: …". */
RungsMessageTemplate *rungs_message_template_new (const char  *subject,
                                                  const char  *preview,
                                                  const char  *blocks,
                                                  GError     **error);
RungsMessageTemplate *rungs_message_template_ref (RungsMessageTemplate *self);
void rungs_message_template_unref (RungsMessageTemplate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMessageTemplate, rungs_message_template_unref)

/* What a block says of a product. */
typedef struct
{
  char *sku;   /* (owned) */
  char *name;  /* (owned) */
  char *price; /* (owned) as the reader writes it */
  char *link;  /* (owned) its sales letter for readers of messages; empty: there is none */
} RungsMessageProduct;

void rungs_message_product_free (RungsMessageProduct *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMessageProduct, rungs_message_product_free)

/* What stands around the text, and what blocks show. mail/rungs-message-insets.h finds products and
 * pictures. */
typedef struct
{
  const char *business_name;
  const char *business_address; /* lines of a postal address; empty: none is shown */
  const char *unsubscribe;      /* (nullable) the URL behind “unsubscribe”: "mailto:…" */
  const char *language;         /* (nullable) of the lead: what the frame says by itself is in it */
  const char *written_in;       /* (nullable) language of the text; NULL or "": the lead's */
  const char *signature;        /* (nullable) Markdown */
  GPtrArray *products;          /* (nullable) (element-type RungsMessageProduct) */
  GPtrArray *pictures;          /* (nullable) (element-type RungsPicture) */
  gboolean embeds_pictures; /* in the HTML itself, if their bytes are known: for a preview; else it
                             * calls them by their Content-ID */
  gboolean is_example;      /* merged with an invented lead: links may lead nowhere */
} RungsMessageFrame;

#define RUNGS_MESSAGE_MAX_HTML (102 * 1000)

/* What one lead reads. The subject is one line. */
typedef struct
{
  char *subject; /* (owned) */
  char *html;    /* (owned) a whole document */
  char *text;    /* (owned) ends in a line end */
  GPtrArray *pictures; /* (owned) (element-type utf8) keys of those that it shows, each once */
  gsize html_size;     /* bytes of the HTML as it is sent: Gmail cuts what is over
                        * RUNGS_MESSAGE_MAX_HTML */
} RungsMessageContent;

void rungs_message_content_clear (RungsMessageContent *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsMessageContent, rungs_message_content_clear)

/* `data`, `now` and `zone` as for rungs_liquid_render(). Errors: INVALID. */
gboolean rungs_message_template_render (RungsMessageTemplate     *self,
                                        const RungsMessageFrame  *frame,
                                        RungsLiquidValue          data,
                                        gint64                    now,
                                        GTimeZone                *zone,
                                        RungsMessageContent      *content,
                                        GError                  **error);

/* Lends (element-type utf8): the keys of the pictures that it may show, and the SKUs of its
 * products. */
GPtrArray *rungs_message_template_get_pictures (RungsMessageTemplate *self);
GPtrArray *rungs_message_template_get_products (RungsMessageTemplate *self);

/* (element-type RungsLiquidVariable): what subject, preview and text use, each path once. `line`
 * and `column` are those within the part where it stands first. */
GPtrArray *rungs_message_template_list_variables (RungsMessageTemplate *self);

G_END_DECLS
