/* rungs-tagging-store.c: gives a tag to many leads, takes it from them, and undoes either. */

#include "leads/rungs-tagging-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-event.h"

/* Those of some leads who have the tag, or (:has 0) have not. */
static const char SQL_WHICH[]
    = "SELECT DISTINCT l.id, coalesce (x.added_at, 0), coalesce (x.run, 0)"
      "  FROM json_each (:leads) j JOIN lead l ON l.id = j.value"
      "  LEFT JOIN lead_tag x ON x.lead = l.id AND x.tag = :tag"
      " WHERE (x.lead IS NOT NULL) = :has ORDER BY l.id";

static const char SQL_GIVE[] = "INSERT INTO lead_tag (lead, tag, added_at)"
                               " SELECT j.value, :tag, :now FROM json_each (:leads) j";

static const char SQL_TAKE[] = "DELETE FROM lead_tag WHERE tag = :tag"
                               "   AND lead IN (SELECT j.value FROM json_each (:leads) j)";

static const char SQL_GIVE_BACK[] = "INSERT INTO lead_tag (lead, tag, added_at, run)"
                                    " VALUES (:lead, :tag, :added_at, :run)";

static const char SQL_TELL[] = "INSERT INTO event (lead, kind, at, ref, detail)"
                               " SELECT j.value, :kind, :now, t.id, t.name"
                               "   FROM json_each (:leads) j JOIN tag t ON t.id = :tag"
                               "  ORDER BY j.key";

static char *
leads_to_json (GArray *leads)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (leads, gint64, i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* Returns: (element-type RungsTagging). */
static GArray *
find_which (RungsDb *db,
            GArray  *leads,
            gint64   tag,
            gboolean has,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WHICH, error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (RungsTagging));
  g_autofree char *json = leads_to_json (leads);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":leads", json);
  rungs_statement_bind_int64 (query, ":tag", tag);
  rungs_statement_bind_int64 (query, ":has", has);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const RungsTagging tagging = { rungs_statement_get_int64 (query, 0),
                                     rungs_statement_get_int64 (query, 1),
                                     rungs_statement_get_int64 (query, 2) };

      g_array_append_val (found, tagging);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&found) : NULL;
}

static GArray *
leads_of (GArray *taggings)
{
  GArray *leads = g_array_sized_new (FALSE, FALSE, sizeof (gint64), taggings->len);

  for (guint i = 0; i < taggings->len; i++)
    g_array_append_val (leads, g_array_index (taggings, RungsTagging, i).lead);
  return leads;
}

static gboolean
tell (RungsDb    *db,
      const char *json,
      gint64      tag,
      const char *kind,
      gint64      now,
      GError    **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_TELL, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":leads", json);
  rungs_statement_bind_int64 (insert, ":tag", tag);
  rungs_statement_bind_text (insert, ":kind", kind);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_run (insert, error);
}

GArray *
rungs_tagging_add (RungsDb *db,
                   GArray  *leads,
                   gint64   tag,
                   gint64   now,
                   GError **error)
{
  g_autoptr (GArray) which = find_which (db, leads, tag, FALSE, error);
  g_autoptr (GArray) given = which ? leads_of (which) : NULL;
  g_autofree char *json = given ? leads_to_json (given) : NULL;
  g_autoptr (RungsStatement) give = given ? rungs_db_prepare (db, SQL_GIVE, error) : NULL;

  if (give == NULL)
    return NULL;
  rungs_statement_bind_text (give, ":leads", json);
  rungs_statement_bind_int64 (give, ":tag", tag);
  rungs_statement_bind_int64 (give, ":now", now);
  return rungs_statement_run (give, error)
             && tell (db, json, tag, RUNGS_EVENT_TAG_ADDED, now, error)
           ? g_steal_pointer (&given)
           : NULL;
}

GArray *
rungs_tagging_remove (RungsDb *db,
                      GArray  *leads,
                      gint64   tag,
                      gint64   now,
                      GError **error)
{
  g_autoptr (GArray) which = find_which (db, leads, tag, TRUE, error);
  g_autoptr (GArray) taken = which ? leads_of (which) : NULL;
  g_autofree char *json = taken ? leads_to_json (taken) : NULL;
  g_autoptr (RungsStatement) take = taken ? rungs_db_prepare (db, SQL_TAKE, error) : NULL;

  if (take == NULL)
    return NULL;
  rungs_statement_bind_text (take, ":leads", json);
  rungs_statement_bind_int64 (take, ":tag", tag);
  return rungs_statement_run (take, error)
             && tell (db, json, tag, RUNGS_EVENT_TAG_REMOVED, now, error)
           ? g_steal_pointer (&which)
           : NULL;
}

/* To those `without` the tag, as `taggings` say; both are sorted by lead. */
static gboolean
give_back (RungsDb *db,
           GArray  *taggings,
           GArray  *without,
           gint64   tag,
           GError **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_GIVE_BACK, error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0, at = 0; i < without->len; i++)
    {
      gint64 lead = g_array_index (without, RungsTagging, i).lead;
      const RungsTagging *tagging;

      while (g_array_index (taggings, RungsTagging, at).lead != lead)
        at++;
      tagging = &g_array_index (taggings, RungsTagging, at);
      rungs_statement_bind_int64 (insert, ":lead", lead);
      rungs_statement_bind_int64 (insert, ":tag", tag);
      rungs_statement_bind_int64 (insert, ":added_at", tagging->added_at);
      rungs_statement_bind_id (insert, ":run", tagging->run);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_leads (gconstpointer a,
               gconstpointer b)
{
  gint64 one = ((const RungsTagging *) a)->lead;
  gint64 other = ((const RungsTagging *) b)->lead;

  return (one > other) - (one < other);
}

gboolean
rungs_tagging_restore (RungsDb *db,
                       GArray  *taggings,
                       guint    first,
                       guint    n,
                       gint64   tag,
                       gint64   now,
                       GError **error)
{
  g_autoptr (GArray) part = g_array_sized_new (FALSE, FALSE, sizeof (RungsTagging), n);
  g_autoptr (GArray) leads = NULL;
  g_autoptr (GArray) without = NULL;
  g_autoptr (GArray) given = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (taggings != NULL && first + n <= taggings->len, FALSE);

  g_array_append_vals (part, &g_array_index (taggings, RungsTagging, first), n);
  g_array_sort (part, compare_leads);
  leads = leads_of (part);
  without = find_which (db, leads, tag, FALSE, error);
  if (without == NULL || !give_back (db, part, without, tag, error))
    return FALSE;
  given = leads_of (without);
  json = leads_to_json (given);
  return tell (db, json, tag, RUNGS_EVENT_TAG_ADDED, now, error);
}
