/* rungs-payee-store.c: keeps how partners are paid, and from which account, sealed. */

#include "partners/rungs-payee-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-partner-store.h"

static const char SQL_ARE_THERE[]
    = "SELECT EXISTS (SELECT 1 FROM payment_detail WHERE :id = 0)"
      "    OR EXISTS (SELECT 1 FROM partner_document WHERE :id = 0)";

static const char SQL_IS_THERE[]
    = "SELECT EXISTS (SELECT 1 FROM payment_detail WHERE coalesce (partner, 0) = :id)";

static const char SQL_LOAD[]
    = "SELECT field, sealed FROM payment_detail WHERE coalesce (partner, 0) = :id";

/* Of anybody. */
static const char SQL_ANY[]
    = "SELECT coalesce (p.uuid, b.uuid), d.field, d.sealed"
      "  FROM payment_detail d JOIN business b LEFT JOIN partner p ON p.id = d.partner"
      " ORDER BY d.id LIMIT 1";

/* The smallest: it is opened only to see whether the key fits. */
static const char SQL_ANY_DOCUMENT[]
    = "SELECT p.uuid, '" RUNGS_SEAL_DOCUMENT "' || c.uuid, c.sealed"
      "  FROM partner_document c JOIN partner p ON p.id = c.partner"
      " WHERE c.id = (SELECT id FROM partner_document ORDER BY size, id LIMIT 1)";

static const char SQL_SAVE[]
    = "INSERT INTO payment_detail (partner, field, sealed) VALUES (:partner, :field, :sealed)"
      " ON CONFLICT (coalesce (partner, 0), field) DO UPDATE SET sealed = excluded.sealed";

static const char SQL_DROP[]
    = "DELETE FROM payment_detail WHERE coalesce (partner, 0) = :id AND field = :field";

static const char SQL_FORGET[] = "DELETE FROM payment_detail WHERE coalesce (partner, 0) = :id";

static const char SQL_SET_WAY[] = "UPDATE partner SET pay_way = :way WHERE id = :id";

gboolean
rungs_payee_is_there (RungsDb   *db,
                      gint64     partner,
                      gboolean  *there,
                      GError   **error)
{
  gint64 answer;

  g_return_val_if_fail (db != NULL && there != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_IS_THERE, partner, 0, &answer, error))
    return FALSE;
  *there = answer != 0;
  return TRUE;
}

gboolean
rungs_payees_are_there (RungsDb   *db,
                        gboolean  *there,
                        GError   **error)
{
  gint64 answer;

  g_return_val_if_fail (db != NULL && there != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_ARE_THERE, 0, 0, &answer, error))
    return FALSE;
  *there = answer != 0;
  return TRUE;
}

/* ---- the key */

RungsSealKey *
rungs_payee_key_find (const char    *file,
                      gboolean       there,
                      gboolean       make,
                      guint          timeout,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GError) failure = NULL;
  RungsSealKey *key;

  g_return_val_if_fail (file != NULL, NULL);

  key = rungs_seal_key_load (file, timeout, cancellable, &failure);
  if (key != NULL)
    return key;
  if (make && !there && g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    return rungs_seal_key_make (file, timeout, cancellable, error);
  if (there && g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    g_prefix_error_literal (&failure,
                            _ ("The payment details of this file can be read only on the computer "
                               "where they were typed; here they have to be forgotten and given "
                               "anew. "));
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

RungsSealKey *
rungs_payee_key (RungsDb       *db,
                 gboolean       make,
                 guint          timeout,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  gboolean there;

  if (business == NULL || !rungs_payees_are_there (db, &there, error))
    return NULL;
  return rungs_payee_key_find (business->uuid, there, make, timeout, cancellable, error);
}

/* ---- reading */

/* What is sealed with its values: its uuid, or that of the business. Errors: NOT_FOUND. */
static char *
dup_owner (RungsDb      *db,
           gint64        partner,
           RungsPayWay  *way,
           GError      **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsPartner) loaded = NULL;

  if (partner == RUNGS_PAYEE_BUSINESS)
    {
      business = rungs_business_load (db, error);
      return business != NULL ? g_strdup (business->uuid) : NULL;
    }
  loaded = rungs_partner_load (db, partner, error);
  if (loaded != NULL && way != NULL)
    *way = loaded->pay_way;
  return loaded != NULL ? g_strdup (loaded->uuid) : NULL;
}

static gboolean
field_from_text (const char      *text,
                 RungsPayeeField *field)
{
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (g_strcmp0 (rungs_payee_field_to_text (i), text) == 0)
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

/* A field that this program does not know is left alone. */
static gboolean
read_field (RungsPayee          *payee,
            RungsStatement      *row,
            const char          *owner,
            const RungsSealKey  *key,
            GError             **error)
{
  const char *name = rungs_statement_get_text (row, 0);
  gsize size;
  gconstpointer sealed = rungs_statement_get_blob (row, 1, &size);
  RungsPayeeField field;

  if (!field_from_text (name, &field))
    return TRUE;
  g_free (payee->texts[field]);
  payee->texts[field] = rungs_unseal (key, owner, name, sealed, size, error);
  if (payee->texts[field] != NULL)
    return TRUE;
  payee->texts[field] = g_strdup ("");
  return FALSE;
}

RungsPayee *
rungs_payee_load (RungsDb             *db,
                  gint64               partner,
                  const RungsSealKey  *key,
                  GError             **error)
{
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  g_autofree char *owner = NULL;
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  owner = dup_owner (db, partner, &payee->way, error);
  query = owner != NULL ? rungs_db_prepare (db, SQL_LOAD, error) : NULL;
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      if (key == NULL)
        {
          g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                               _ ("payment details were given just now: try again"));
          return NULL;
        }
      if (!read_field (payee, query, owner, key, error))
        return NULL;
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&payee) : NULL;
}

/* ---- writing */

/* Whether the key opens what the constant `sql` finds, where it finds something. */
static gboolean
key_opens (RungsDb             *db,
           const char          *sql,
           const RungsSealKey  *key,
           GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (GBytes) opened = NULL;
  gsize size;
  gconstpointer sealed;

  if (query == NULL)
    return FALSE;
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return rungs_statement_done (query, error);
  sealed = rungs_statement_get_blob (query, 2, &size);
  opened = rungs_unseal_bytes (key, rungs_statement_get_text (query, 0),
                               rungs_statement_get_text (query, 1), sealed, size, error);
  return opened != NULL;
}

gboolean
rungs_payee_key_fits (RungsDb             *db,
                      const RungsSealKey  *key,
                      GError             **error)
{
  g_return_val_if_fail (db != NULL && key != NULL, FALSE);

  return key_opens (db, SQL_ANY, key, error) && key_opens (db, SQL_ANY_DOCUMENT, key, error);
}

static gboolean
save_field (RungsDb             *db,
            gint64               partner,
            const char          *owner,
            const char          *field,
            const char          *text,
            const RungsSealKey  *key,
            GError             **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);
  g_autoptr (GBytes) sealed
      = save != NULL ? rungs_seal (key, owner, field, text, error) : NULL;

  if (sealed == NULL)
    return FALSE;
  rungs_statement_bind_id (save, ":partner", partner);
  rungs_statement_bind_text (save, ":field", field);
  rungs_statement_bind_blob (save, ":sealed", g_bytes_get_data (sealed, NULL),
                             g_bytes_get_size (sealed));
  return rungs_statement_run (save, error);
}

static gboolean
drop_field (RungsDb     *db,
            gint64       partner,
            const char  *field,
            GError     **error)
{
  g_autoptr (RungsStatement) drop = rungs_db_prepare (db, SQL_DROP, error);

  if (drop == NULL)
    return FALSE;
  rungs_statement_bind_int64 (drop, ":id", partner);
  rungs_statement_bind_text (drop, ":field", field);
  return rungs_statement_run (drop, error);
}

static gboolean
set_way (RungsDb      *db,
         gint64        partner,
         RungsPayWay   way,
         GError      **error)
{
  g_autoptr (RungsStatement) set = NULL;

  if (partner == RUNGS_PAYEE_BUSINESS)
    return TRUE;
  set = rungs_db_prepare (db, SQL_SET_WAY, error);
  if (set == NULL)
    return FALSE;
  rungs_statement_bind_text (set, ":way", rungs_pay_way_to_text (way));
  return rungs_record_change (db, set, partner, "partner", error);
}

gboolean
rungs_payee_save (RungsDb             *db,
                  gint64               partner,
                  RungsPayee          *payee,
                  const RungsSealKey  *key,
                  GError             **error)
{
  g_autofree char *owner = NULL;

  g_return_val_if_fail (db != NULL && payee != NULL && key != NULL, FALSE);

  owner = dup_owner (db, partner, NULL, error);
  if (owner == NULL || !rungs_payee_check (payee, error) || !rungs_payee_key_fits (db, key, error)
      || !set_way (db, partner, payee->way, error))
    return FALSE;
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    {
      const char *field = rungs_payee_field_to_text (i);

      if (*payee->texts[i] != '\0'
              ? !save_field (db, partner, owner, field, payee->texts[i], key, error)
              : !drop_field (db, partner, field, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_payee_forget (RungsDb  *db,
                    gint64    partner,
                    GError  **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return set_way (db, partner, RUNGS_PAY_UNSAID, error)
         && rungs_record_run (db, SQL_FORGET, partner, error);
}
