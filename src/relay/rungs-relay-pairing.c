/* rungs-relay-pairing.c: how a relay knows its desktop. */

#include "rungs-relay-pairing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "rungs-relay-store.h"

#define CODE_LETTERS 8
#define CODE_TRIES 5
#define KEY_BYTES 32

/* 32 of them, without those that look like others. */
#define ALPHABET "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

static gboolean
random_bytes (guint8  *bytes,
              gsize    size,
              GError **error)
{
  if (getentropy (bytes, size) == 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "the system gives no random numbers: %s",
               g_strerror (errno));
  return FALSE;
}

char *
rungs_relay_pairing_hash (const char *key)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
}

/* What counts of a code that a person has typed. */
static char *
plain_code (const char *code)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = code; *c != '\0' && plain->len <= CODE_LETTERS; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (plain, g_ascii_toupper (*c));
  return g_string_free (plain, FALSE);
}

gboolean
rungs_relay_pairing_name (RungsDb *db,
                          char   **uuid,
                          GError **error)
{
  g_autoptr (GError) failure = NULL;

  *uuid = rungs_relay_setting_load (db, "uuid", &failure);
  if (*uuid != NULL)
    return TRUE;
  if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *uuid = g_uuid_string_random ();
  return rungs_relay_setting_save (db, "uuid", *uuid, error);
}

static gboolean
save_number (RungsDb    *db,
             const char *name,
             gint64      number,
             GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return rungs_relay_setting_save (db, name, text, error);
}

gboolean
rungs_relay_pairing_begin (RungsDb *db,
                           gint64   now,
                           char   **code,
                           GError **error)
{
  guint8 bytes[CODE_LETTERS];
  char letters[CODE_LETTERS + 1] = "";
  g_autofree char *hash = NULL;

  if (!random_bytes (bytes, sizeof bytes, error))
    return FALSE;
  for (guint i = 0; i < CODE_LETTERS; i++)
    letters[i] = ALPHABET[bytes[i] % strlen (ALPHABET)];
  hash = rungs_relay_pairing_hash (letters);
  g_free (*code);
  *code = g_strdup_printf ("%.4s-%s", letters, letters + CODE_LETTERS / 2);
  return rungs_relay_setting_save (db, "code", hash, error)
         && save_number (db, "code_until", now + RUNGS_RELAY_CODE_MINUTES * RUNGS_MINUTE, error)
         && save_number (db, "code_tries", CODE_TRIES, error);
}

/* 0 where it was never set. */
static gboolean
load_number (RungsDb    *db,
             const char *name,
             gint64     *number,
             GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = rungs_relay_setting_load (db, name, &failure);

  *number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  if (text != NULL || g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_right (RungsDb    *db,
          const char *code,
          gint64      now,
          gboolean   *right,
          GError    **error)
{
  g_autofree char *plain = plain_code (code);
  g_autofree char *told = rungs_relay_pairing_hash (plain);
  g_autofree char *hash = NULL;
  gint64 until = 0, tries = 0;

  *right = FALSE;
  if (!load_number (db, "code_until", &until, error)
      || !load_number (db, "code_tries", &tries, error))
    return FALSE;
  if (now > until || tries <= 0)
    return TRUE;
  hash = rungs_relay_setting_load (db, "code", error);
  if (hash == NULL)
    return FALSE;
  *right = strcmp (hash, told) == 0;
  return *right || save_number (db, "code_tries", tries - 1, error);
}

gboolean
rungs_relay_pairing_give (RungsDb *db,
                          char   **key,
                          GError **error)
{
  guint8 bytes[KEY_BYTES];
  g_autofree char *hash = NULL;

  if (!random_bytes (bytes, sizeof bytes, error))
    return FALSE;
  g_free (*key);
  *key = g_base64_encode (bytes, sizeof bytes);
  hash = rungs_relay_pairing_hash (*key);
  return rungs_relay_setting_save (db, "key", hash, error)
         && rungs_relay_setting_save (db, "code_until", NULL, error);
}

gboolean
rungs_relay_pairing_finish (RungsDb    *db,
                            const char *code,
                            gint64      now,
                            char      **key,
                            GError    **error)
{
  gboolean right = FALSE;

  g_clear_pointer (key, g_free);
  if (!is_right (db, code, now, &right, error))
    return FALSE;
  return !right || rungs_relay_pairing_give (db, key, error);
}
