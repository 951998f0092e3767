/* rungs-delivery-message.c: the message that a download is sent with.
 *
 * What a product is called is no markup and no merge language: its signs are written so that they
 * are read as they are, in Markdown with a backslash before them, in the subject between raw and
 * endraw. */

#include "process/rungs-delivery-message.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-message-store.h"
#include "process/rungs-delivery-store.h"

/* What could mean something within a line. */
static const char SIGNS[] = "\\`*_[]<>&!~{}%";

static char *
dup_as_markdown (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr (SIGNS, *text) != NULL)
        g_string_append_c (plain, '\\');
      g_string_append_c (plain, g_ascii_iscntrl (*text) ? ' ' : *text);
    }
  return g_strdup (plain->str);
}

static char *
dup_as_subject (const char *text)
{
  return strstr (text, "{{") == NULL && strstr (text, "{%") == NULL
           ? g_strdup (text)
           : g_strconcat ("{% raw %}", text, "{% endraw %}", NULL);
}

static char *
dup_name (const RungsProduct *product,
          gboolean            is_shared)
{
  g_autofree char *both = g_strdup_printf ("%s (%s)", product->name, product->sku);

  return g_strdup_printf (_ ("Download: %s"), is_shared ? both : product->name);
}

static RungsMessage *
make_message (const RungsProduct *product,
              gboolean            is_shared)
{
  RungsMessage *message = rungs_message_new ();
  g_autofree char *what = dup_as_markdown (product->name);
  g_autofree char *target = g_strdup_printf ("<%s>", product->delivery_link);
  gboolean brackets = strpbrk (product->delivery_link, "()") != NULL;
  g_autofree char *text = g_strdup_printf (
    _ ("Hello {{ lead.first_name | default: \"there\" }},\n\nthank you for your order. Here is "
       "what you ordered:\n\n[%s](%s)"),
    what, brackets ? target : product->delivery_link);

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = dup_name (product, is_shared);
  message->purpose = g_strdup (_ ("Deliver what was ordered"));
  message->value = g_strdup (_ ("The download"));
  message->subject = dup_as_subject (product->name);
  message->blocks = rungs_message_blocks_from_text (text);
  message->marketing = FALSE;
  return message;
}

/* Whether an address may go on with what stands there. */
static gboolean
goes_on (const char *text)
{
  if (*text == '.' || *text == ',')
    text++;
  return g_ascii_isalnum (*text) || (*text != '\0' && strchr ("/-_~%?&=#+@:", *text) != NULL);
}

/* Whether the text has the address, and not one that only begins like it. */
static gboolean
has_address (const char *text,
             const char *address)
{
  const char *at = strstr (text, address);

  while (at != NULL && goes_on (at + strlen (address)))
    at = strstr (at + 1, address);
  return at != NULL;
}

gboolean
rungs_delivery_ensure_message (RungsDb            *db,
                               const RungsProduct *product,
                               gint64              now,
                               gint64             *message,
                               GError            **error)
{
  g_autoptr (RungsMessage) fresh = NULL;
  g_autoptr (RungsMessage) known = NULL;
  gboolean is_shared;

  g_return_val_if_fail (product != NULL && message != NULL, FALSE);

  if (!rungs_delivery_is_name_shared (db, product, &is_shared, error))
    return FALSE;
  fresh = make_message (product, is_shared);
  if (!rungs_delivery_find_message (db, fresh->name, message, error)
      || (*message != 0 && (known = rungs_message_load (db, *message, error)) == NULL))
    return FALSE;
  if (known != NULL && has_address (known->blocks, product->delivery_link))
    return TRUE;
  fresh->id = *message;
  if (!rungs_message_save (db, fresh, now, error))
    return FALSE;
  *message = fresh->id;
  return TRUE;
}
