/* rungs-relay-letter.c: makes the message that asks somebody to confirm an address.
 *
 * Whoever fills in a form decides two things of it: where it goes, and the name in it. An address
 * that is not of the plain letters that every mail server takes is left to the desktop, and a name
 * that could be more than a name (a link, an advertisement) is left out. Both go into the message
 * encoded, so that nothing of them is a header, a tag or the end of a line. */

#include "rungs-relay-letter.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "rungs-relay-meter.h"
#include "smtp/rungs-smtp-safety.h"
#include "wire/rungs-link.h"
#include "wire/rungs-relay-protocol.h"

#define NAME_MOST 40 /* characters */
#define PER_DAY 3

/* Of a line of quoted-printable (RFC 2045, 6.7), which has 76 characters. */
#define BYTES_A_LINE 24

/* RFC 5322, 3.2.3. */
#define ATOM_LETTERS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "!#$%&'*+-/=?^_`{|}~."

struct _RungsRelayLetters
{
  RungsRelayMail *mail;         /* (owned) (nullable) */
  RungsRelayMeter *of_form;     /* (owned): of an address and form */
  RungsRelayMeter *of_address;  /* (owned) */
  RungsRelayMeter *of_all;      /* (owned) (nullable) */
};

RungsRelayLetters *
rungs_relay_letters_new (void)
{
  RungsRelayLetters *self = g_new0 (RungsRelayLetters, 1);

  self->of_form = rungs_relay_meter_new (1 / 3600.0, 1);
  self->of_address = rungs_relay_meter_new (PER_DAY / 86400.0, PER_DAY);
  return self;
}

void
rungs_relay_letters_free (RungsRelayLetters *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mail, rungs_relay_mail_unref);
  rungs_relay_meter_free (self->of_form);
  rungs_relay_meter_free (self->of_address);
  g_clear_pointer (&self->of_all, rungs_relay_meter_free);
  g_free (self);
}

void
rungs_relay_letters_set_mail (RungsRelayLetters *self,
                              RungsRelayMail    *mail)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->mail, rungs_relay_mail_unref);
  g_clear_pointer (&self->of_all, rungs_relay_meter_free);
  if (mail == NULL)
    return;
  self->mail = rungs_relay_mail_ref (mail);
  self->of_all = rungs_relay_meter_new (mail->per_hour / 3600.0, mail->per_hour);
}

const char *
rungs_relay_letters_get_stamp (const RungsRelayLetters *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mail != NULL ? self->mail->stamp : "";
}

/* ---- what was entered */

/* Returns: (transfer full) (nullable): the address as SMTP wants it; NULL where it is none that we
 * write to. */
static char *
dup_recipient (const char *entered)
{
  g_autofree char *trimmed = entered != NULL ? g_strstrip (g_strdup (entered)) : NULL;
  g_autofree char *address = trimmed != NULL ? rungs_email_for_smtp (trimmed, NULL) : NULL;
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  if (at == NULL || strspn (address, ATOM_LETTERS) != (gsize) (at - address)
      || !g_str_is_ascii (at) || !rungs_smtp_is_safe_address (address))
    return NULL;
  return g_steal_pointer (&address);
}

/* Letters, and between them what names have. */
static gboolean
is_name (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL)
      || g_utf8_strlen (text, -1) > NAME_MOST)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (!g_unichar_isalpha (letter) && !g_unichar_ismark (letter) && letter != ' '
          && letter != '-' && letter != '\'' && letter != 0x2019)
        return FALSE;
    }
  return *text != '\0';
}

static gboolean
has_agreed (const RungsRelayForm       *form,
            const RungsRelaySubmission *submission)
{
  const char *said = rungs_relay_submission_get (submission, form->confirm_agreed);

  return g_strcmp0 (said, "yes") == 0;
}

/* ---- limits */

static gboolean
is_within_limits (RungsRelayLetters    *self,
                  const RungsRelayForm *form,
                  const char           *recipient)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *key = rungs_email_key (recipient, NULL);
  g_autofree char *of_form = g_strconcat (form->slug, " ", key, NULL);

  if (key == NULL || !rungs_relay_meter_has (self->of_form, of_form, now)
      || !rungs_relay_meter_has (self->of_address, key, now)
      || !rungs_relay_meter_take (self->of_all, "", now))
    return FALSE;
  rungs_relay_meter_take (self->of_form, of_form, now);
  rungs_relay_meter_take (self->of_address, key, now);
  return TRUE;
}

/* ---- the message */

/* As quoted-printable, on lines of its own that are no lines of the text. */
static void
append_quoted (GString    *out,
               const char *value)
{
  gsize length = strlen (value);

  for (gsize i = 0; i < length; i++)
    {
      if (i % BYTES_A_LINE == 0)
        g_string_append (out, "=\r\n");
      if (g_ascii_isalnum (value[i]))
        g_string_append_c (out, value[i]);
      else
        g_string_append_printf (out, "=%02X", (guchar) value[i]);
    }
  g_string_append (out, "=\r\n");
}

static void
append_filled (GString    *out,
               const char *mime,
               const char *link,
               const char *name)
{
  g_autofree char *markup = g_markup_escape_text (name, -1);
  const struct
  {
    const char *mark;
    const char *value;
  } MARKS[] = {
    { RUNGS_RELAY_MARK_LINK, link },
    { RUNGS_RELAY_MARK_NAME, name },
    { RUNGS_RELAY_MARK_NAME_HTML, markup },
  };

  while (*mime != '\0')
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (MARKS) && !g_str_has_prefix (mime, MARKS[i].mark))
        i++;
      if (i < G_N_ELEMENTS (MARKS))
        {
          append_quoted (out, MARKS[i].value);
          mime += strlen (MARKS[i].mark);
        }
      else
        g_string_append_c (out, *mime++);
    }
}

/* RFC 5322, 3.3; its names of days and months are English. */
static void
append_date (GString *out,
             gint64   now)
{
  static const char DAYS[] = "MonTueWedThuFriSatSun";
  static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / 1000);

  g_string_append_printf (out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
                          DAYS + 3 * (g_date_time_get_day_of_week (date) - 1),
                          g_date_time_get_day_of_month (date),
                          MONTHS + 3 * (g_date_time_get_month (date) - 1),
                          g_date_time_get_year (date), g_date_time_get_hour (date),
                          g_date_time_get_minute (date), g_date_time_get_second (date));
}

/* Returns: (transfer full) (nullable): NULL where nothing signs it: the desktop has not put up its
 * keys. */
static char *
dup_link (RungsRelayLetters         *self,
          const RungsRelayPublished *published,
          const char                *once,
          gint64                     now)
{
  GPtrArray *keys = rungs_relay_published_get_link_keys (published);
  RungsLink link = {
    .kind = RUNGS_LINK_CONFIRM,
    .minute = now / RUNGS_MINUTE,
    .rest = (char *) once,
  };
  g_autofree char *token = keys->len > 0 ? rungs_link_make (keys->pdata[0], &link) : NULL;

  return token != NULL ? g_strconcat (self->mail->address, RUNGS_RELAY_CONFIRM, token, NULL)
                       : NULL;
}

static GBytes *
compose (const RungsRelayLetter *letter,
         const char             *mime,
         const char             *link,
         const char             *name)
{
  GString *out = g_string_sized_new (strlen (mime) + 2048);

  append_date (out, letter->made_at);
  g_string_append_printf (out, "To: <%s>\r\nMessage-ID: <%s>\r\n", letter->recipient,
                          letter->message_id);
  append_filled (out, mime, link, name);
  return g_string_free_to_bytes (out);
}

RungsRelayLetter *
rungs_relay_letters_make (RungsRelayLetters          *self,
                          const RungsRelayPublished  *published,
                          const RungsRelayForm       *form,
                          const RungsRelayFormText   *text,
                          const RungsRelaySubmission *submission,
                          const char                 *once,
                          gint64                      now)
{
  g_autoptr (RungsRelayLetter) letter = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *link = NULL;
  g_autofree char *recipient = NULL;
  g_autofree char *random = g_uuid_string_random ();
  const char *name;
  gboolean named;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->mail == NULL || *text->confirm == '\0' || once == NULL
      || !has_agreed (form, submission))
    return NULL;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, once, -1);
  link = dup_link (self, published, hash, now);
  recipient = dup_recipient (rungs_relay_submission_get (submission, form->confirm_address));
  if (link == NULL || recipient == NULL || !is_within_limits (self, form, recipient))
    return NULL;
  name = rungs_relay_submission_get (submission, form->confirm_name);
  named = *text->confirm_named != '\0' && is_name (name);
  letter = g_new0 (RungsRelayLetter, 1);
  letter->once = g_steal_pointer (&hash);
  letter->sender = g_strdup (self->mail->from);
  letter->recipient = g_steal_pointer (&recipient);
  letter->message_id = g_strconcat (random, strrchr (self->mail->from, '@'), NULL);
  letter->made_at = letter->due_at = now;
  letter->bytes
    = compose (letter, named ? text->confirm_named : text->confirm, link, named ? name : "");
  return g_steal_pointer (&letter);
}
