/* rungs-demo.c: fills a new file with the demo business: a pottery studio and its year.
 *
 * The lines of data/samples/generate.py are a GResource of core: first what there is, then what
 * happened, in the order of time, then the segments that were made of it. Each is read by the
 * function for what it "is" and written by the functions that write such things every day, so that
 * the demo's file is as any other. Times are minutes from the midnight before the demo is opened,
 * so that its history always ends today. At the end the cursors of the followers are moved behind
 * all of it: nothing of the past happens again. */

#include "engine/rungs-demo.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "engine/rungs-business.h"
#include "engine/rungs-demo-private.h"
#include "ladder/rungs-offer-figure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-score-store.h"
#include "rungs-samples-resources.h"

#define LINES "/app/rungs/Rungs/samples/demo.jsonl"
#define MINUTES_A_DAY 1440

static GHashTable *
new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static RungsDemo *
rungs_demo_new (RungsDb *db,
                gint64   now)
{
  RungsDemo *self = g_new0 (RungsDemo, 1);

  self->db = db;
  self->now = now;
  self->day_starts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->sources = new_ids ();
  self->products = new_ids ();
  self->fields = new_ids ();
  self->tags = new_ids ();
  self->messages = new_ids ();
  self->sequences = new_ids ();
  self->versions = new_ids ();
  self->programmes = new_ids ();
  self->partners = new_ids ();
  self->leads = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->orders = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->enrolments = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->tasks = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->payouts = g_array_new (FALSE, TRUE, sizeof (gint64));
  return self;
}

static void
rungs_demo_free (RungsDemo *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->day_starts);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->tags);
  g_hash_table_unref (self->messages);
  g_hash_table_unref (self->sequences);
  g_hash_table_unref (self->versions);
  g_hash_table_unref (self->programmes);
  g_hash_table_unref (self->partners);
  g_array_unref (self->leads);
  g_array_unref (self->orders);
  g_array_unref (self->enrolments);
  g_array_unref (self->tasks);
  g_array_unref (self->payouts);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsDemo, rungs_demo_free)

static gboolean
read_line (RungsDemo   *self,
           JsonParser  *parser,
           const char  *line,
           gsize        size,
           GError     **error)
{
  RungsDemoReader reader = NULL;
  JsonObject *object = NULL;
  const char *is = NULL;

  if (!json_parser_load_from_data (parser, line, size, error))
    return FALSE;

  object = json_node_get_object (json_parser_get_root (parser));
  is = json_object_get_string_member (object, "is");
  reader = rungs_demo_fact_reader (is);
  if (reader == NULL)
    reader = rungs_demo_setup_reader (is);
  if (reader == NULL)
    reader = rungs_demo_partner_reader (is);
  if (reader == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                   "The demo business holds an unknown “%s”", is);
      return FALSE;
    }
  return reader (self, object, error);
}

static gboolean
read_lines (RungsDemo   *self,
            const char  *text,
            gsize        size,
            GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *end = text + size;

  while (text < end)
    {
      const char *stop = memchr (text, '\n', end - text);
      gsize length = (stop != NULL ? stop : end) - text;

      if (!read_line (self, parser, text, length, error))
        {
          g_prefix_error (error, "“%.*s”: ", (int) MIN (length, 120), text);
          return FALSE;
        }
      text += length + 1;
    }
  return TRUE;
}

static gboolean
is_empty (RungsDb  *db,
          GError  **error)
{
  gint64 leads = 0;

  if (!rungs_lead_count (db, &leads, error))
    return FALSE;
  if (leads > 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         "This business has leads already: the demo wants a file of its own");
  return leads == 0;
}

/* Scores by the usual rules, as they are today. */
static gboolean
count_scores (RungsDb  *db,
              gint64    now,
              GError  **error)
{
  guint counted = 0;

  return rungs_score_rule_add_usual (db, now, error)
         && rungs_scores_advance (db, now, G_MAXINT, &counted, error)
         && rungs_event_skip (db, "scores", error);
}

gboolean
rungs_demo_fill (RungsDb  *db,
                 gint64    now,
                 GError  **error)
{
  g_autoptr (RungsDemo) self = NULL;
  g_autoptr (GBytes) lines = NULL;
  const char *text = NULL;
  gsize size = 0;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!is_empty (db, error))
    return FALSE;

  lines = g_resource_lookup_data (rungs_samples_get_resource (), LINES,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (lines == NULL)
    return FALSE;

  self = rungs_demo_new (db, now);
  text = g_bytes_get_data (lines, &size);
  return read_lines (self, text, size, error) && rungs_demo_finish_partners (self, error)
         && rungs_demo_web (self, error)
         && count_scores (db, now, error) && rungs_offer_figures_count (db, now, error)
         && rungs_event_skip (db, "segments", error)
         && rungs_event_skip (db, "sequences", error)
         && rungs_event_skip (db, "deliveries", error) && rungs_event_skip (db, "partners", error)
         && rungs_event_skip (db, "process", error);
}

static gboolean
fill_cb (RungsDb   *db,
         gpointer   clock,
         GError   **error)
{
  return rungs_demo_fill (db, rungs_clock_now (clock), error);
}

RungsDb *
rungs_demo_create (const char  *path,
                   RungsClock  *clock,
                   GError     **error)
{
  g_autoptr (RungsDb) db = rungs_business_create (path, "Demo", "EUR", "UTC", clock, error);

  if (db == NULL)
    return NULL;
  if (rungs_db_write (db, fill_cb, clock, error))
    return g_steal_pointer (&db);

  g_clear_pointer (&db, rungs_db_close);
  g_unlink (path);
  return NULL;
}

gint64
rungs_demo_instant (RungsDemo *demo,
                    gint64     minutes)
{
  gint64 day = (minutes - (minutes < 0 ? MINUTES_A_DAY - 1 : 0)) / MINUTES_A_DAY;
  gint64 *start = g_hash_table_lookup (demo->day_starts, &day);

  if (start == NULL)
    {
      start = g_new (gint64, 1);
      *start = rungs_time_day_start (demo->now, demo->zone, day);
      g_hash_table_insert (demo->day_starts, g_memdup2 (&day, sizeof day), start);
    }
  return *start + (minutes - day * MINUTES_A_DAY) * G_GINT64_CONSTANT (60000);
}

gint64
rungs_demo_at (RungsDemo  *demo,
               JsonObject *line,
               const char *member)
{
  return MIN (demo->now, rungs_demo_instant (demo, json_object_get_int_member (line, member)));
}

const char *
rungs_demo_text (JsonObject *line,
                 const char *member)
{
  return json_object_get_string_member_with_default (line, member, "");
}

gint64
rungs_demo_number (JsonObject *line,
                   const char *member,
                   gint64      fallback)
{
  return json_object_get_int_member_with_default (line, member, fallback);
}

void
rungs_demo_remember (GHashTable *ids,
                     const char *name,
                     gint64      id)
{
  g_hash_table_insert (ids, g_strdup (name), g_memdup2 (&id, sizeof id));
}

gint64
rungs_demo_find (GHashTable *ids,
                 const char *name)
{
  const gint64 *id = g_hash_table_lookup (ids, name);

  return id != NULL ? *id : 0;
}

void
rungs_demo_number_is (GArray *ids,
                      gint64  number,
                      gint64  id)
{
  if (number >= ids->len)
    g_array_set_size (ids, number + 1);
  g_array_index (ids, gint64, number) = id;
}

gint64
rungs_demo_numbered (GArray     *ids,
                     JsonObject *line,
                     const char *member)
{
  gint64 number = rungs_demo_number (line, member, 0);

  return number < ids->len ? g_array_index (ids, gint64, number) : 0;
}
