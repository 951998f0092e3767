/* rungs-relay-touch.c: by which sources somebody came.
 *
 * The cookie is base64url of a seal and of lines "CODE;FIRST;LAST". A source that is remembered
 * first keeps when it came first, one that is remembered last when it came last, and one that is
 * remembered both keeps both. A source counts for as many days as it says when that is asked, so
 * that taking it down forgets it. */

#include "rungs-relay-touch.h"

#include <string.h>

#include "wire/rungs-base64url.h"
#include "wire/rungs-link.h"

#define COOKIE "rungs-touch"
#define COOKIE_MOST 2048

/* Those that came last. */
#define TOUCHES_MOST 8

typedef struct
{
  char *code; /* (owned) */
  gint64 first;
  gint64 last;
  guint days;
} Touch;

static void
touch_free (gpointer data)
{
  Touch *touch = data;

  g_free (touch->code);
  g_free (touch);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Touch *one = *(Touch *const *) a;
  const Touch *other = *(Touch *const *) b;

  return one->last < other->last ? -1 : one->last > other->last ? 1 : 0;
}

/* ---- the cookie */

/* The value of our cookie among those that are told. */
static char *
find_cookie (SoupServerMessage *message)
{
  const char *list
    = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");
  g_auto (GStrv) pairs = g_strsplit (list != NULL ? list : "", ";", 100);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);

      if (g_str_has_prefix (pair, COOKIE "=") && strlen (pair) < COOKIE_MOST)
        return g_strdup (pair + strlen (COOKIE "="));
    }
  return NULL;
}

/* No other seal is over something that begins so. */
static char *
sealed_of (const char *text)
{
  return g_strconcat ("touch", text, NULL);
}

/* Returns: (transfer full) (nullable): the lines, if they are ours. */
static char *
open_cookie (RungsRelayHouse *house,
             const char      *value)
{
  gsize length = 0;
  g_autofree guint8 *bytes = rungs_base64url_decode (value, &length);
  g_autofree char *text = NULL;
  g_autofree char *sealed = NULL;

  if (bytes == NULL || length < RUNGS_LINK_SEAL_BYTES)
    return NULL;
  text = g_strndup ((const char *) bytes + RUNGS_LINK_SEAL_BYTES, length - RUNGS_LINK_SEAL_BYTES);
  sealed = sealed_of (text);
  return rungs_link_is_sealed (house->seals, (const guint8 *) sealed, strlen (sealed), bytes)
           ? g_steal_pointer (&text)
           : NULL;
}

static char *
close_cookie (RungsRelayHouse *house,
              const char      *text)
{
  g_autofree char *sealed = sealed_of (text);
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (RUNGS_LINK_SEAL_BYTES);

  g_byte_array_set_size (bytes, RUNGS_LINK_SEAL_BYTES);
  rungs_link_seal (house->seals->pdata[0], (const guint8 *) sealed, strlen (sealed), bytes->data);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return rungs_base64url_encode (bytes->data, bytes->len);
}

/* ---- touches */

/* Of a line that counts at `now`. */
static Touch *
read_touch (RungsRelayHouse *house,
            const char      *line,
            gint64           now)
{
  g_auto (GStrv) parts = g_strsplit (line, ";", 4);
  const RungsRelaySource *source;
  gint64 first = 0, last = 0;
  Touch *touch;

  if (g_strv_length (parts) != 3
      || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &first, NULL)
      || !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, &last, NULL))
    return NULL;
  source = rungs_relay_published_find_source (house->published, parts[0]);
  if (source == NULL || source->remember == RUNGS_RELAY_REMEMBER_NOTHING
      || last + source->days * RUNGS_DAY < now)
    return NULL;
  touch = g_new0 (Touch, 1);
  touch->code = g_strdup (parts[0]);
  touch->first = first;
  touch->last = last;
  touch->days = source->days;
  return touch;
}

/* Returns: (transfer full): by when they came last. */
static GPtrArray *
read_touches (RungsRelayHouse   *house,
              SoupServerMessage *message,
              gint64             now)
{
  GPtrArray *touches = g_ptr_array_new_with_free_func (touch_free);
  g_autofree char *value = find_cookie (message);
  g_autofree char *text = value != NULL ? open_cookie (house, value) : NULL;
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", TOUCHES_MOST + 1);

  for (guint i = 0; lines[i] != NULL && i < TOUCHES_MOST; i++)
    {
      Touch *touch = read_touch (house, lines[i], now);

      if (touch != NULL)
        g_ptr_array_add (touches, touch);
    }
  g_ptr_array_sort (touches, compare);
  return touches;
}

static char *
join (GPtrArray  *touches,
      const char *between)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < touches->len; i++)
    {
      const Touch *touch = touches->pdata[i];

      g_string_append_printf (text, "%s%s;%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT,
                              i > 0 ? between : "", touch->code, touch->first, touch->last);
    }
  return g_string_free (text, FALSE);
}

static Touch *
find_or_add (GPtrArray              *touches,
             const RungsRelaySource *source,
             gint64                  now)
{
  Touch *touch;

  for (guint i = 0; i < touches->len; i++)
    if (strcmp (((Touch *) touches->pdata[i])->code, source->code) == 0)
      return touches->pdata[i];
  touch = g_new0 (Touch, 1);
  touch->code = g_strdup (source->code);
  touch->first = touch->last = now;
  touch->days = source->days;
  g_ptr_array_add (touches, touch);
  return touch;
}

static void
note (GPtrArray              *touches,
      const RungsRelaySource *source,
      gint64                  now)
{
  Touch *touch = find_or_add (touches, source, now);

  if (source->remember == RUNGS_RELAY_REMEMBER_LAST)
    touch->first = now;
  if (source->remember != RUNGS_RELAY_REMEMBER_FIRST)
    touch->last = now;
  g_ptr_array_sort (touches, compare);
  if (touches->len > TOUCHES_MOST)
    g_ptr_array_remove_range (touches, 0, touches->len - TOUCHES_MOST);
}

static guint
longest (GPtrArray *touches)
{
  guint days = 0;

  for (guint i = 0; i < touches->len; i++)
    days = MAX (days, ((Touch *) touches->pdata[i])->days);
  return days;
}

static gboolean
says_one (SoupServerMessage *message,
          const char        *header)
{
  const char *value
    = soup_message_headers_get_one (soup_server_message_get_request_headers (message), header);

  return g_strcmp0 (value, "1") == 0;
}

gboolean
rungs_relay_touch_is_unwanted (SoupServerMessage *message)
{
  return says_one (message, "DNT") || says_one (message, "Sec-GPC");
}

void
rungs_relay_touch_remember (RungsRelayHouse        *house,
                            SoupServerMessage      *message,
                            const RungsRelaySource *source,
                            gint64                  now)
{
  g_autoptr (GPtrArray) touches = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autofree char *cookie = NULL;

  if (source->remember == RUNGS_RELAY_REMEMBER_NOTHING || rungs_relay_touch_is_unwanted (message))
    return;
  touches = read_touches (house, message, now);
  note (touches, source, now);
  text = join (touches, "\n");
  value = close_cookie (house, text);
  cookie = g_strdup_printf (COOKIE "=%s; Path=/; Max-Age=%" G_GINT64_FORMAT
                                   "; HttpOnly; SameSite=Lax%s",
                            value, longest (touches) * RUNGS_DAY / RUNGS_SECOND,
                            rungs_relay_house_is_encrypted (house) ? "; Secure" : "");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Set-Cookie",
                                cookie);
}

char *
rungs_relay_touch_dup (RungsRelayHouse   *house,
                       SoupServerMessage *message,
                       gint64             now)
{
  g_autoptr (GPtrArray) touches = read_touches (house, message, now);

  return touches->len > 0 ? join (touches, "; ") : NULL;
}

char *
rungs_relay_touch_dup_last (RungsRelayHouse   *house,
                            SoupServerMessage *message,
                            gint64             now)
{
  g_autoptr (GPtrArray) touches = read_touches (house, message, now);

  return g_strdup (touches->len > 0 ? ((Touch *) touches->pdata[touches->len - 1])->code : "");
}
