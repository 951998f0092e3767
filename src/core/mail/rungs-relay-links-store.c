/* rungs-relay-links-store.c: addresses at the relay, for one message to one lead. */

#include "mail/rungs-relay-links-store.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "wire/rungs-link.h"

static const char SQL_LOAD[]
    = "SELECT r.address, b.count_clicks,"
      "       (SELECT k.key FROM web_link_key k ORDER BY k.id DESC LIMIT 1)"
      "  FROM web_relay r JOIN business b ON b.id = r.id WHERE r.address LIKE 'https://%'";

static const char SQL_PENDING[]
    = "SELECT id FROM opt_in_pending WHERE outbox = :mail AND confirmed_at IS NULL";

/* The keys of the questions that the form need not ask, parted by commas; no row where there is no
 * such form. */
static const char SQL_KNOWN[]
    = "SELECT coalesce (group_concat (j.value ->> '$.key', ',')"
      "         FILTER (WHERE j.value ->> '$.profile' AND"
      "           CASE WHEN j.value ->> '$.key' LIKE 'field:%'"
      "                THEN EXISTS (SELECT 1 FROM lead_value w JOIN field i ON i.id = w.field"
      "                              WHERE w.lead = l.id"
      "                                AND 'field:' || i.key = j.value ->> '$.key')"
      "                WHEN j.value ->> '$.key' LIKE 'question:%'"
      "                THEN EXISTS (SELECT 1 FROM web_delivery d JOIN opt_in_answer a"
      "                                 ON a.delivery = d.id"
      "                              WHERE d.lead = l.id AND a.question = j.value ->> '$.key')"
      "                ELSE CASE j.value ->> '$.key' WHEN 'first_name' THEN l.first_name"
      "                  WHEN 'last_name' THEN l.last_name"
      "                  WHEN 'full_name' THEN l.first_name || l.last_name"
      "                  WHEN 'company' THEN l.company WHEN 'phone' THEN l.phone"
      "                  WHEN 'street' THEN l.street WHEN 'postcode' THEN l.postcode"
      "                  WHEN 'city' THEN l.city WHEN 'region' THEN l.region"
      "                  WHEN 'country' THEN l.country ELSE '' END <> '' END), '')"
      "  FROM opt_in f JOIN opt_in_version v ON v.id = f.version"
      "  JOIN lead l ON l.id = :lead, json_each (v.definition, '$.fields') j"
      " WHERE f.slug = :slug AND f.retired_at IS NULL"
      " GROUP BY f.id";

void
rungs_relay_links_clear (RungsRelayLinks *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->key, g_bytes_unref);
}

gboolean
rungs_relay_links_load (RungsDb          *db,
                        RungsRelayLinks  *links,
                        GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  g_return_val_if_fail (links != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW && !rungs_statement_is_null (query, 2))
    {
      links->address = rungs_statement_dup_text (query, 0);
      links->counts = rungs_statement_get_int64 (query, 1) != 0;
      links->key = rungs_statement_dup_blob (query, 2);
    }
  return step != RUNGS_FAILED;
}

/* Returns: (transfer full) (nullable). */
static char *
dup_link (const RungsRelayLinks *self,
          RungsLinkKind          kind,
          gint64                 mail,
          gint64                 lead,
          gint64                 now,
          const char            *rest)
{
  RungsLink link = { .kind = kind,
                     .mail = mail,
                     .lead = lead,
                     .minute = now / RUNGS_MINUTE,
                     .rest = (char *) rest };
  g_autofree char *token = NULL;

  if (self->address == NULL || mail == 0)
    return NULL;
  token = rungs_link_make (self->key, &link);
  return token != NULL ? g_strdup_printf ("%s/%c/%s", self->address, kind, token) : NULL;
}

char *
rungs_relay_links_dup_unsubscribe (const RungsRelayLinks *self,
                                   gint64                 mail,
                                   gint64                 lead,
                                   gint64                 now)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_link (self, RUNGS_LINK_UNSUBSCRIBE, mail, lead, now, NULL);
}

gboolean
rungs_relay_links_find_confirm (const RungsRelayLinks  *self,
                                RungsDb                *db,
                                gint64                  mail,
                                gint64                  lead,
                                gint64                  now,
                                char                  **link,
                                GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PENDING, error);
  gint64 pending = 0;

  g_return_val_if_fail (self != NULL && link != NULL, FALSE);

  *link = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":mail", mail);
  if (!rungs_statement_get_number (query, 0, &pending, error))
    return FALSE;
  *link = dup_link (self, RUNGS_LINK_CONFIRM, pending, lead, now, NULL);
  return TRUE;
}

/* `known`: keys, parted by commas. */
static char *
dup_form_link (const RungsRelayLinks *self,
               const char            *slug,
               const char            *known,
               gint64                 mail,
               gint64                 lead,
               gint64                 now)
{
  RungsLink link = { .kind = RUNGS_LINK_KNOWN,
                     .mail = mail,
                     .lead = lead,
                     .minute = now / RUNGS_MINUTE,
                     .rest = (char *) known };
  g_autofree char *token = *known != '\0' ? rungs_link_make (self->key, &link) : NULL;

  return token != NULL ? g_strdup_printf ("%s/f/%s?k=%s", self->address, slug, token)
                       : g_strdup_printf ("%s/f/%s", self->address, slug);
}

gboolean
rungs_relay_links_find_form (const RungsRelayLinks  *self,
                             RungsDb                *db,
                             const char             *slug,
                             gint64                  mail,
                             gint64                  lead,
                             gint64                  now,
                             char                  **link,
                             GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KNOWN, error);
  RungsStep step;

  g_return_val_if_fail (self != NULL && slug != NULL && link != NULL, FALSE);

  *link = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":slug", slug);
  rungs_statement_bind_int64 (query, ":lead", lead);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW && self->address != NULL)
    *link = dup_form_link (self, slug, rungs_statement_get_text (query, 0), mail, lead, now);
  return step != RUNGS_FAILED;
}

/* A link that is signed already, and does something at the relay. */
static gboolean
is_signed (const RungsRelayLinks *self,
           const char            *target)
{
  static const char *const PARTS[] = { "/u/", "/c/", "/l/" };

  if (!g_str_has_prefix (target, self->address))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (g_str_has_prefix (target + strlen (self->address), PARTS[i]))
      return TRUE;
  return FALSE;
}

char *
rungs_relay_links_dup_click (const RungsRelayLinks *self,
                             gint64                 mail,
                             gint64                 lead,
                             gint64                 now,
                             const char            *target)
{
  g_return_val_if_fail (self != NULL && target != NULL, NULL);

  if (self->address == NULL || !rungs_link_is_target (target) || is_signed (self, target))
    return NULL;
  return dup_link (self, RUNGS_LINK_CLICK, mail, lead, now, target);
}
