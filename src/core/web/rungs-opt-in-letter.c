/* rungs-opt-in-letter.c: the message that asks to confirm an address, as the relay is told it.
 *
 * It is composed as any message is, for a reader of whom nothing is known but the language, with a
 * link and a name that stand for those to come. In the finished MIME they become the relay's marks.
 * The name is a letter of the private use area, so that no filter of a message changes it; a link
 * must look like one. */

#include "web/rungs-opt-in-letter.h"

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "mail/rungs-message-store.h"
#include "web/rungs-opt-in-page.h"
#include "web/rungs-web-relay-mail.h"
#include "wire/rungs-relay-protocol.h"

#define LINK "https://relay.invalid/c/RUNGSLINKTOCONFIRM"
#define NAME "\uE00B"

/* Between the letters of what is looked for a line of quoted-printable may end. */
#define MAYBE_END "(?:=\r\n)?"

void
rungs_opt_in_letters_clear (RungsOptInLetters *self)
{
  g_clear_pointer (&self->account, rungs_account_free);
  g_clear_pointer (&self->composer, rungs_composer_free);
}

gboolean
rungs_opt_in_letters_load (RungsDb            *db,
                           RungsOptInLetters  *letters,
                           GError            **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, &missing);
  g_autoptr (RungsAccount) account = NULL;

  if (relay == NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (relay == NULL || relay->mail_account == 0)
    return TRUE;
  account = rungs_account_load (db, relay->mail_account, error);
  if (account == NULL)
    return FALSE;
  if (!rungs_web_relay_may_send_by (relay, account, NULL))
    return TRUE;
  letters->account = g_steal_pointer (&account);
  letters->composer = rungs_composer_new ();
  return TRUE;
}

static gboolean
asks (const RungsOptInLetters *self,
      const RungsOptIn        *definition)
{
  return self->account != NULL && definition->is_double && definition->confirm_message != 0
         && *definition->consent != '\0';
}

void
rungs_opt_in_letters_add_fields (const RungsOptInLetters *self,
                                 const RungsOptIn        *definition,
                                 JsonBuilder             *builder)
{
  if (!asks (self, definition))
    return;
  rungs_json_add_text (builder, "confirm_address", "email");
  rungs_json_add_text (builder, "confirm_name", "first_name");
  rungs_json_add_text (builder, "confirm_agreed", RUNGS_OPT_IN_CONSENT_NAME);
}

/* ---- marks */

/* Puts `mark` where `what` stands, with ends of lines in it or not. Returns: (transfer full). */
static char *
replace (const char *mime,
         const char *what,
         gsize       step,
         const char *mark)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autoptr (GRegex) regex = NULL;

  for (const char *p = what; *p != '\0'; p += step)
    {
      g_autofree char *piece = g_strndup (p, step);
      g_autofree char *escaped = g_regex_escape_string (piece, -1);

      g_string_append_printf (pattern, "%s%s", p > what ? MAYBE_END : "", escaped);
    }
  regex = g_regex_new (pattern->str, G_REGEX_RAW, 0, NULL);
  return g_regex_replace_literal (regex, mime, -1, 0, mark, 0, NULL);
}

/* The headers that the relay writes. */
static gboolean
is_dropped (const char *line)
{
  return g_str_has_prefix (line, "Date:") || g_str_has_prefix (line, "To:")
         || g_str_has_prefix (line, "Message-ID:");
}

static char *
dup_without_headers (const char *mime)
{
  g_auto (GStrv) lines = g_strsplit (mime, "\r\n", -1);
  GString *out = g_string_new (NULL);
  gboolean in_headers = TRUE, drops = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      in_headers = in_headers && *lines[i] != '\0';
      if (*lines[i] != ' ' && *lines[i] != '\t')
        drops = in_headers && is_dropped (lines[i]);
      if (!drops || !in_headers)
        g_string_append_printf (out, "%s%s", lines[i], lines[i + 1] != NULL ? "\r\n" : "");
    }
  return g_string_free (out, FALSE);
}

/* The name in the HTML is another mark: there it is escaped. */
static char *
mark_html_names (const char *mime)
{
  const char *html = strstr (mime, "\r\nContent-Type: text/html");
  g_autofree char *before = html != NULL ? g_strndup (mime, (gsize) (html - mime)) : NULL;
  g_autofree char *behind = NULL;

  if (html == NULL)
    return g_strdup (mime);
  behind = replace (html, RUNGS_RELAY_MARK_NAME, 3, RUNGS_RELAY_MARK_NAME_HTML);
  return g_strconcat (before, behind, NULL);
}

static char *
set_marks (GBytes *mime)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mime, &length);
  g_autofree char *whole = g_strndup (bytes, length);
  g_autofree char *bare = dup_without_headers (whole);
  g_autofree char *linked = replace (bare, LINK, 1, RUNGS_RELAY_MARK_LINK);
  g_autofree char *named = replace (linked, RUNGS_RELAY_MARK_NAME, 3, RUNGS_RELAY_MARK_NAME);

  return mark_html_names (named);
}

/* ---- letters */

/* Returns: (transfer full) (nullable): NULL without an error set where it cannot be made. */
static char *
dup_letter (const RungsOptInLetters  *self,
            RungsDb                  *db,
            const RungsMessage       *message,
            const char               *language,
            const char               *first_name,
            GError                  **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT ".%s@relay", message->version,
                                         language);
  const RungsComposerLetter letter = {
    .message_version = message->version,
    .account = self->account,
    .language = language,
    .first_name = first_name,
    .link = LINK,
    .id = id,
  };
  g_autoptr (GBytes) mime = rungs_composer_compose_letter (self->composer, db, &letter,
                                                           g_get_real_time () / 1000, &fault);
  g_autofree char *marked = mime != NULL ? set_marks (mime) : NULL;

  if (mime == NULL && !g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID)
      && !g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&fault));
  return marked != NULL && strstr (marked, RUNGS_RELAY_MARK_LINK) != NULL
           ? g_steal_pointer (&marked)
           : NULL;
}

gboolean
rungs_opt_in_letters_add (const RungsOptInLetters  *self,
                          RungsDb                  *db,
                          const RungsOptIn         *definition,
                          const char               *language,
                          JsonBuilder              *builder,
                          GError                  **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsMessage) message = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *named = NULL;

  if (!asks (self, definition))
    return TRUE;
  message = rungs_message_load (db, definition->confirm_message, error);
  if (message == NULL)
    return FALSE;
  if (message->version == 0 || message->marketing)
    return TRUE;
  plain = dup_letter (self, db, message, language, "", &fault);
  named = plain != NULL ? dup_letter (self, db, message, language, NAME, &fault) : NULL;
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (plain != NULL)
    rungs_json_add_text (builder, "confirm", plain);
  if (named != NULL)
    rungs_json_add_text (builder, "confirm_named", named);
  return TRUE;
}
