/* bench-import.c: a million leads imported, beside the sqlite3 shell doing the same.
 *
 * The shell reads the same file with .import into a temporary table and fills from it the same
 * tables, with the same indexes and the same search, in one transaction. It does less: no address
 * is checked, no row of the same lead found, no lead that is there met. */

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "leads/rungs-import.h"
#include "rungs-fixture.h"

#define ROWS 1000000

static const char *const FIRST[] = { "Anna",  "Ben",   "Carla", "Dmitri", "Elena",  "François",
                                     "Grace", "Hiro",  "Ines",  "Karin",  "Łukasz", "Maria",
                                     "Noah",  "Søren", "Zoë",   "Émile" };
static const char *const LAST[] = { "al", "an",  "ar",  "ber", "can", "den", "fer", "gar",
                                    "ham", "kan", "lin", "mar", "nel", "ros", "sen", "ton" };
static const char *const COMPANY[] = { "Bakery", "Yoga Studio", "Coaching, Ltd",
                                       "\"\"Best\"\" Fitness" };
static const char *const CITY[] = { "Springfield", "London", "Köln",  "Lyon",
                                    "Málaga",      "Kraków", "Ōsaka", "Torino" };

static const char BEGIN[] =
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0;\n"
    "PRAGMA temp_store = FILE; PRAGMA cache_size = -262144; PRAGMA temp.cache_size = -65536;\n"
    "CREATE TEMP TABLE stage (email TEXT, first_name TEXT, last_name TEXT, company TEXT,\n"
    "  phone TEXT, country TEXT, city TEXT, created_at TEXT);\n"
    ".import --csv --skip 1 --schema temp leads.csv stage\n";

static const char FILL[] =
    "BEGIN IMMEDIATE;\n"
    "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'other', 'Bench', 0);\n"
    "INSERT INTO import_run (id, file_name, source, on_match, mapping, started_at, finished_at)\n"
    "  VALUES (1, 'leads.csv', 1, 'fill', '', 0, 0);\n"
    "INSERT INTO lead (email, email_key, first_name, last_name, company, phone, country, city,\n"
    "    created_at, updated_at)\n"
    "  SELECT email, lower (email), first_name, last_name, company, phone, country, city,\n"
    "    created_at * 1000, 0 FROM stage;\n"
    "INSERT INTO import_lead (run, lead, created) SELECT 1, id, 1 FROM lead;\n"
    "INSERT INTO touch (lead, source, path, at, run)\n"
    "  SELECT id, 1, 'opt-in', created_at, 1 FROM lead;\n"
    "INSERT INTO lead_search (lead_search) VALUES ('rebuild');\n"
    "COMMIT;\n"
    "PRAGMA wal_checkpoint (TRUNCATE);\n";

/* What a run took. */
typedef struct
{
  double wall;
  double cpu; /* of all its threads and children */
} Cost;

static double
seconds_of (const struct timeval *time)
{
  return time->tv_sec + time->tv_usec / 1e6;
}

static Cost
now (void)
{
  Cost cost = { g_get_monotonic_time () / 1e6, 0 };
  const int WHO[] = { RUSAGE_SELF, RUSAGE_CHILDREN };

  for (gsize i = 0; i < G_N_ELEMENTS (WHO); i++)
    {
      struct rusage usage;

      getrusage (WHO[i], &usage);
      cost.cpu += seconds_of (&usage.ru_utime) + seconds_of (&usage.ru_stime);
    }
  return cost;
}

static Cost
since (Cost before)
{
  Cost after = now ();

  return (Cost){ after.wall - before.wall, after.cpu - before.cpu };
}

/* The same leads each time. */
static void
write_leads (const char *path,
             guint       rows)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GString) text =
      g_string_new ("email,first_name,last_name,company,phone,country,city,created_at\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows; i++)
    {
      g_autofree char *last = g_strconcat (LAST[g_rand_int_range (random, 0, 16)],
                                           LAST[g_rand_int_range (random, 0, 16)],
                                           LAST[g_rand_int_range (random, 0, 16)], NULL);

      last[0] = g_ascii_toupper (last[0]);
      g_string_append_printf (
          text, "%s.%u@mail%d.example,%s,%s,\"%s %s\",+%d%08d,DE,%s,%d\n", last, i,
          g_rand_int_range (random, 0, 500), FIRST[g_rand_int_range (random, 0, 16)], last, last,
          COMPANY[g_rand_int_range (random, 0, 4)], g_rand_int_range (random, 1, 99),
          g_rand_int_range (random, 0, 100000000), CITY[g_rand_int_range (random, 0, 8)],
          g_rand_int_range (random, 1577836800, 1767052800));
    }
  g_file_set_contents (path, text->str, text->len, &error);
  g_assert_no_error (error);
}

static Cost
run_shell (const char *folder)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *script = g_strconcat (BEGIN, FILL, NULL);
  g_autoptr (GSubprocess) shell = NULL;
  g_autoptr (GError) error = NULL;
  Cost before;

  g_clear_pointer (&fixture->db, rungs_db_close);
  g_subprocess_launcher_set_cwd (launcher, folder);
  before = now ();
  shell = g_subprocess_launcher_spawn (launcher, &error, "sqlite3", "-bail", fixture->path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (shell, script, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (shell));
  return since (before);
}

static Cost
run_import (const char *path,
            guint       rows)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  RungsImportOptions options = { .path = path, .source = "other:Bench" };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Cost before = now ();

  rungs_import_run (fixture->db, &options, rungs_fixture_now (fixture), NULL, NULL, NULL, &result,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.leads_created, ==, rows);
  return since (before);
}

int
main (void)
{
  const char *wanted = g_getenv ("RUNGS_BENCH_ROWS");
  guint rows = wanted != NULL ? atoi (wanted) : ROWS;
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autofree char *path = g_build_filename (fixture->folder, "leads.csv", NULL);
  Cost shell;
  Cost ours;

  write_leads (path, rows);
  shell = run_shell (fixture->folder);
  ours = run_import (path, rows);
  g_print ("import of %u leads\n", rows);
  g_print ("  sqlite3 shell  %6.2f s  (%.2f s of processor)\n", shell.wall, shell.cpu);
  g_print ("  rungs          %6.2f s  (%.2f s of processor), %.0f rows a second\n", ours.wall,
           ours.cpu, rows / ours.wall);
  g_print ("  ratio          %6.2f    (%.2f of processor); aim: at most 2\n",
           ours.wall / shell.wall, ours.cpu / shell.cpu);
  return 0;
}
