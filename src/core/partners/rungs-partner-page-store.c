/* rungs-partner-page-store.c: keeps the pages of partners. */

#include "partners/rungs-partner-page-store.h"

#include <glib/gi18n.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-partner-store.h"
#include "wire/rungs-base64url.h"
#include "wire/rungs-relay-protocol.h"

/* Who has no page: who only applied, and who ended. */
#define HAS_NONE(partner) "(" partner ".status IN ('applied', 'ended'))"

#define PLACE                                                                                      \
  "SELECT p.partner, p.token,"                                                                     \
  "       (SELECT address FROM web_relay) || '" RUNGS_RELAY_PARTNER "' || p.token,"                \
  "       p.html, p.made_at, coalesce (p.put_at, 0), " HAS_NONE ("t")                             \
  "  FROM partner_page p JOIN partner t ON t.id = p.partner"

static const char SQL_LOAD[] = PLACE " WHERE p.partner = :id";

static const char SQL_LIST[]
    = PLACE " WHERE NOT " HAS_NONE ("t") " AND p.partner IN (SELECT partner FROM ("
            "   SELECT i.partner AS partner, sum (length (CAST (i.html AS BLOB)))"
            "                                OVER (ORDER BY i.partner) AS bytes"
            "     FROM partner_page i JOIN partner s ON s.id = i.partner"
            "    WHERE NOT " HAS_NONE ("s") ")"
            "    WHERE bytes <= :room) ORDER BY p.partner";

static const char SQL_IDS[]
    = "SELECT p.partner FROM partner_page p JOIN partner t ON t.id = p.partner"
      " WHERE NOT " HAS_NONE ("t") " ORDER BY p.partner";

static const char SQL_KEPT[] = "SELECT hash, made_at FROM partner_page WHERE partner = :id";

static const char SQL_OPEN[]
    = "INSERT INTO partner_page (partner, token, html, hash, made_at)"
      " VALUES (:id, :token, '', '', 0)"
      " ON CONFLICT (partner) DO UPDATE SET token = excluded.token, put_at = NULL"
      "   WHERE :anew";

static const char SQL_KEEP[]
    = "UPDATE partner_page SET html = :html, hash = :hash, made_at = :now, put_at = NULL"
      " WHERE partner = :id";

static const char SQL_CLOSE[] = "DELETE FROM partner_page WHERE partner = :id";

static const char SQL_NOT_PUT[]
    = "SELECT count (*) FROM partner_page p JOIN partner t ON t.id = p.partner"
      " WHERE p.put_at IS NULL AND NOT " HAS_NONE ("t");

static const char SQL_PUT[] = "UPDATE partner_page SET put_at = :now WHERE put_at IS NULL"
                              "   AND partner IN (SELECT t.id FROM partner t"
                              "                    WHERE NOT " HAS_NONE ("t") ")";

static const char SQL_TEXTS[] = "SELECT texts FROM programme_material WHERE programme = :id";

static const char SQL_SAVE_TEXTS[]
    = "INSERT INTO programme_material (programme, texts, updated_at)"
      " SELECT id, :texts, :now FROM programme WHERE id = :id"
      " ON CONFLICT (programme) DO UPDATE SET texts = excluded.texts,"
      "   updated_at = excluded.updated_at";

void
rungs_partner_page_place_free (RungsPartnerPagePlace *self)
{
  if (self == NULL)
    return;
  g_free (self->token);
  g_free (self->address);
  g_free (self->html);
  g_free (self);
}

static gpointer
read_place (RungsStatement *row)
{
  RungsPartnerPagePlace *self = g_new0 (RungsPartnerPagePlace, 1);

  self->partner = rungs_statement_get_int64 (row, 0);
  self->token = rungs_statement_dup_text (row, 1);
  self->address = rungs_statement_dup_text (row, 2);
  self->html = rungs_statement_dup_text (row, 3);
  self->made_at = rungs_statement_get_int64 (row, 4);
  self->put_at = rungs_statement_get_int64 (row, 5);
  self->is_off = rungs_statement_get_int64 (row, 6) != 0;
  return self;
}

RungsPartnerPagePlace *
rungs_partner_page_load (RungsDb *db,
                         gint64   partner,
                         GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", partner);
  return rungs_record_first (query, read_place, _ ("The partner has no page."), error);
}

GPtrArray *
rungs_partner_page_list (RungsDb *db,
                         gint64   room,
                         GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":room", room);
  return rungs_record_list (query, read_place, (GDestroyNotify) rungs_partner_page_place_free,
                            error);
}

/* ---- making */

/* What was kept of it; `hash` (out) "", `made_at` (out) 0 where it is new. Errors: NOT_FOUND. */
static gboolean
load_kept (RungsDb *db,
           gint64   partner,
           char   **hash,
           gint64  *made_at,
           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KEPT, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", partner);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The partner has no page."));
  if (step != RUNGS_ROW)
    return FALSE;
  *hash = rungs_statement_dup_text (query, 0);
  *made_at = rungs_statement_get_int64 (query, 1);
  return TRUE;
}

/* One that is made anew. */
typedef struct
{
  gint64 partner;
  gint64 now;
  char *html; /* (owned) (nullable): NULL: it says what it said, a day ago at most */
  char *hash; /* (owned) */
} Making;

static void
making_clear (Making *self)
{
  g_clear_pointer (&self->html, g_free);
  g_clear_pointer (&self->hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
make (RungsDb *db,
      Making  *making,
      GError **error)
{
  g_autoptr (RungsPartnerPage) page
      = rungs_partner_page_read (db, making->partner, making->now, error);
  g_autofree char *timeless = page != NULL ? rungs_partner_page_to_html (page, 0) : NULL;
  g_autofree char *kept = NULL;
  gint64 made_at = 0;

  if (page == NULL || !load_kept (db, making->partner, &kept, &made_at, error))
    return FALSE;
  making->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, timeless, -1);
  if (g_str_equal (making->hash, kept) && ABS (making->now - made_at) < RUNGS_DAY)
    return TRUE;
  making->html = rungs_partner_page_to_html (page, making->now);
  if (strlen (making->html) <= RUNGS_PARTNER_PAGE_MOST)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("The page would be too large: shorten the texts to copy."));
  return FALSE;
}

/* In a transaction. */
static gboolean
keep (RungsDb *db,
      gpointer data,
      GError **error)
{
  const Making *making = data;
  g_autoptr (RungsStatement) change = rungs_db_prepare (db, SQL_KEEP, error);

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":id", making->partner);
  rungs_statement_bind_text (change, ":html", making->html);
  rungs_statement_bind_text (change, ":hash", making->hash);
  rungs_statement_bind_int64 (change, ":now", making->now);
  return rungs_statement_run (change, error);
}

/* Returns: (transfer full): the end of an address that nobody can guess. */
static char *
dup_token (GError **error)
{
  guint8 bytes[RUNGS_PARTNER_TOKEN_BYTES];

  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, sizeof bytes) == 0)
    return rungs_base64url_encode (bytes, sizeof bytes);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("no key can be made"));
  return NULL;
}

gboolean
rungs_partner_page_open (RungsDb *db,
                         gint64   partner,
                         gboolean new_address,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsPartner) who = NULL;
  g_autoptr (RungsStatement) change = NULL;
  g_autofree char *token = NULL;
  g_auto (Making) making = { .partner = partner, .now = now };

  g_return_val_if_fail (db != NULL, FALSE);

  who = rungs_partner_load (db, partner, error);
  if (who == NULL)
    return FALSE;
  if (who->status == RUNGS_PARTNER_ENDED || who->status == RUNGS_PARTNER_APPLIED)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           who->status == RUNGS_PARTNER_ENDED
                               ? _ ("The partner has ended: there is no page of theirs.")
                               : _ ("The partner has only applied: there is no page of theirs."));
      return FALSE;
    }
  token = dup_token (error);
  change = token != NULL ? rungs_db_prepare (db, SQL_OPEN, error) : NULL;
  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":id", partner);
  rungs_statement_bind_text (change, ":token", token);
  rungs_statement_bind_int64 (change, ":anew", new_address);
  return rungs_statement_run (change, error) && make (db, &making, error)
         && (making.html == NULL || keep (db, &making, error));
}

gboolean
rungs_partner_page_close (RungsDb *db,
                          gint64   partner,
                          GError **error)
{
  g_autoptr (RungsPartnerPagePlace) place = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  place = rungs_partner_page_load (db, partner, error);
  return place != NULL && rungs_record_run (db, SQL_CLOSE, partner, error);
}

/* ---- the rounds */

/* A page whose facts are at fault is no reason to leave out the others. */
static gboolean
is_of_page (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

gboolean
rungs_partner_pages_refresh (RungsDb *db,
                             gint64   now,
                             GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_IDS, error);
  ids = rungs_record_ids (query, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_auto (Making) making = { .partner = g_array_index (ids, gint64, i), .now = now };
      g_autoptr (GError) failure = NULL;

      if (make (db, &making, &failure)
          && (making.html == NULL || rungs_db_write (db, keep, &making, &failure)))
        continue;
      if (is_of_page (failure))
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return ids != NULL;
}

static gboolean
note_put (RungsDb *db,
          gpointer data,
          GError **error)
{
  g_autoptr (RungsStatement) change = rungs_db_prepare (db, SQL_PUT, error);

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":now", *(gint64 *) data);
  return rungs_statement_run (change, error);
}

gboolean
rungs_partner_pages_note_put (RungsDb *db,
                              gint64   now,
                              GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 waiting = 0;

  g_return_val_if_fail (db != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_NOT_PUT, error);
  return query != NULL && rungs_statement_get_number (query, 0, &waiting, error)
         && (waiting == 0 || rungs_db_write (db, note_put, &now, error));
}

/* ---- texts to copy */

char *
rungs_programme_texts_load (RungsDb *db,
                            gint64   programme,
                            GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_TEXTS, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", programme);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  return step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : g_strdup ("");
}

gboolean
rungs_programme_texts_save (RungsDb    *db,
                            gint64      programme,
                            const char *texts,
                            gint64      now,
                            GError    **error)
{
  g_autoptr (RungsStatement) change = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (db != NULL && texts != NULL, FALSE);

  escaped = g_markup_escape_text (texts, -1);
  if (strlen (escaped) > RUNGS_PARTNER_TEXTS_MOST)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("Texts to copy are at most %d letters all together."),
                   RUNGS_PARTNER_TEXTS_MOST);
      return FALSE;
    }
  change = rungs_db_prepare (db, SQL_SAVE_TEXTS, error);
  if (change == NULL)
    return FALSE;
  rungs_statement_bind_text (change, ":texts", texts);
  rungs_statement_bind_int64 (change, ":now", now);
  return rungs_record_change (db, change, programme, "programme", error);
}
