/* rungs-lease-store.c: which program runs the engine of a file. */

#include "engine/rungs-lease-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-file-lock.h"
#include "db/rungs-statement.h"

#define LONG_AWAY (7 * RUNGS_DAY)
#define CLOCK_SLACK RUNGS_HOUR

struct _RungsLease
{
  RungsFileLock *lock; /* (owned) */
  char *holder;        /* (owned): a random name */
  char *program;       /* (owned) */
  gint64 taken_at;
};

static const char SQL_LOAD[]
    = "SELECT holder, program, machine, taken_at, beat_at FROM lease WHERE id = 1";

static const char SQL_OVERDUE[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'planned' AND due_at < :before)"
      "    OR EXISTS (SELECT 1 FROM enrolment WHERE outcome IS NULL AND due_at < :before)";

static const char SQL_SAVE[]
    = "INSERT INTO lease (id, holder, program, machine, taken_at, beat_at)"
      " VALUES (1, :holder, :program, :machine, :taken_at, :beat_at)"
      " ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, program = excluded.program,"
      "   machine = excluded.machine, taken_at = excluded.taken_at, beat_at = excluded.beat_at";

void
rungs_lease_holder_clear (RungsLeaseHolder *holder)
{
  g_clear_pointer (&holder->holder, g_free);
  g_clear_pointer (&holder->program, g_free);
  g_clear_pointer (&holder->machine, g_free);
}

gboolean
rungs_lease_load_holder (RungsDb          *db,
                         RungsLeaseHolder *holder,
                         GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  g_return_val_if_fail (holder != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  *holder = (RungsLeaseHolder) { 0 };
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      holder->holder = rungs_statement_dup_text (query, 0);
      holder->program = rungs_statement_dup_text (query, 1);
      holder->machine = rungs_statement_dup_text (query, 2);
      holder->taken_at = rungs_statement_get_int64 (query, 3);
      holder->beat_at = rungs_statement_get_int64 (query, 4);
    }
  return step != RUNGS_FAILED;
}

/* The machine's id, hashed so that the file does not carry it. */
static char *
machine_name (void)
{
  g_autofree char *id = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &id, NULL, NULL) || *g_strstrip (id) == '\0')
    {
      g_free (id);
      id = g_strdup (g_get_host_name ());
    }
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "rungs", strlen ("rungs"),
                                    id, -1);
}

static gboolean
save (RungsDb *db,
      gpointer data,
      GError **error)
{
  RungsLeaseHolder *now = data;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_SAVE, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_text (statement, ":holder", now->holder);
  rungs_statement_bind_text (statement, ":program", now->program);
  rungs_statement_bind_text (statement, ":machine", now->machine);
  rungs_statement_bind_int64 (statement, ":taken_at", now->taken_at);
  rungs_statement_bind_int64 (statement, ":beat_at", now->beat_at);
  return rungs_statement_run (statement, error);
}

/* Whether what is overdue may leave without asking: the file was last run here, and lately. */
static gboolean
check_overdue (RungsDb                *db,
               const RungsLeaseHolder *last,
               gint64                  now,
               GError                **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *machine = machine_name ();
  gboolean elsewhere = strcmp (last->machine, machine) != 0;
  gboolean long_away = now - last->beat_at > LONG_AWAY;
  gint64 overdue = 0;

  if (!elsewhere && !long_away)
    return TRUE;
  query = rungs_db_prepare (db, SQL_OVERDUE, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":before", now - CLOCK_SLACK);
  if (!rungs_statement_get_number (query, 0, &overdue, error))
    return FALSE;
  if (overdue == 0)
    return TRUE;

  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               elsewhere
                   ? _ ("this file was last run on another computer, and messages are overdue")
                   : _ ("this file was not run for more than a week, and messages are overdue"));
  return FALSE;
}

static gboolean
write_holder (RungsLease *self,
              RungsDb    *db,
              gint64      now,
              GError    **error)
{
  g_autofree char *machine = machine_name ();
  RungsLeaseHolder holder = {
    .holder = self->holder,
    .program = self->program,
    .machine = machine,
    .taken_at = self->taken_at,
    .beat_at = now,
  };

  return rungs_db_write (db, save, &holder, error);
}

RungsLease *
rungs_lease_take (RungsDb    *db,
                  const char *program,
                  gint64      now,
                  gboolean    agreed,
                  GError    **error)
{
  g_autoptr (RungsLease) self = g_new0 (RungsLease, 1);
  g_auto (RungsLeaseHolder) last = { 0 };

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (program != NULL, NULL);

  self->holder = g_uuid_string_random ();
  self->program = g_strdup (program);
  self->taken_at = now;
  self->lock = rungs_file_lock_new (rungs_db_get_path (db), "-engine", error);
  if (self->lock == NULL || !rungs_lease_load_holder (db, &last, error))
    return NULL;
  if (!rungs_file_lock_take (self->lock, FALSE, 0, NULL))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                   _ ("%s runs the engine of this file already"),
                   last.program ? last.program : _ ("another program"));
      return NULL;
    }
  if (!agreed && last.program != NULL && !check_overdue (db, &last, now, error))
    return NULL;
  return write_holder (self, db, now, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rungs_lease_beat (RungsLease *self,
                  RungsDb    *db,
                  gint64      now,
                  GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return write_holder (self, db, now, error);
}

void
rungs_lease_free (RungsLease *self)
{
  g_clear_pointer (&self->lock, rungs_file_lock_free);
  g_free (self->holder);
  g_free (self->program);
  g_free (self);
}
