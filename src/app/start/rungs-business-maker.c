/* rungs-business-maker.c: makes the file of a new business without keeping the window waiting. */

#include "rungs-business-maker.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "base/rungs-clock.h"
#include "engine/rungs-business.h"
#include "engine/rungs-demo.h"
#include "leads/rungs-business-store.h"

/* The plan, with texts of its own. */
typedef struct
{
  char *path; /* (nullable) */
  char *name; /* (nullable) */
  char *address; /* (nullable) */
  char *currency;
  char *zone;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->path);
  g_free (making->name);
  g_free (making->address);
  g_free (making->currency);
  g_free (making->zone);
  g_free (making);
}

/* "Anna's Pottery" is "anna-s-pottery": letters and figures of ASCII, the rest is one "-". */
static char *
file_name_of (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (text, g_ascii_tolower (*p));
    else if (text->len > 0 && text->str[text->len - 1] != '-')
      g_string_append_c (text, '-');
  if (text->len > 0 && text->str[text->len - 1] == '-')
    g_string_truncate (text, text->len - 1);
  return g_strdup (text->len > 0 ? text->str : "business");
}

/* A path beside the program's own file at which there is nothing yet. */
static char *
find_path (const char *name)
{
  g_autofree char *own = rungs_business_get_default_path ();
  g_autofree char *folder = g_path_get_dirname (own);
  g_autofree char *stem = file_name_of (name);
  char *path = g_strdup_printf ("%s/%s.db", folder, stem);

  for (int i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/%s-%d.db", folder, stem, i);
    }
  return path;
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot make the folder %s: %s",
               folder, g_strerror (errno));
  return FALSE;
}

static gboolean
set_address_cb (RungsDb   *db,
                gpointer   address,
                GError   **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  g_free (business->address);
  business->address = g_strdup (address);
  return rungs_business_save (db, business, error);
}

static RungsDb *
make_own (const Making  *making,
          const char    *path,
          RungsClock    *clock,
          GError       **error)
{
  g_autoptr (RungsDb) db = rungs_business_create (path, making->name, making->currency,
                                                  making->zone, clock, error);

  if (db != NULL && making->address != NULL
      && !rungs_db_write (db, set_address_cb, making->address, error))
    return NULL;
  return g_steal_pointer (&db);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Making *making = data;
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (RungsDb) db = NULL;
  g_autofree char *path = making->path != NULL
                            ? g_strdup (making->path)
                            : find_path (making->name != NULL ? making->name : "demo");
  GError *error = NULL;

  if (make_folder (path, &error))
    db = making->name == NULL
           ? rungs_demo_create (path, clock, &error)
           : make_own (making, path, clock, &error);
  if (db == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

void
rungs_business_make_async (const RungsBusinessPlan *plan,
                           GAsyncReadyCallback      callback,
                           gpointer                 data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Making *making = g_new0 (Making, 1);

  making->path = g_strdup (plan->path);
  making->name = g_strdup (plan->name);
  making->address = g_strdup (plan->address);
  making->currency = g_strdup (plan->currency);
  making->zone = g_strdup (plan->zone);
  g_task_set_task_data (task, making, making_free);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, make_thread);
}

char *
rungs_business_make_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_application_release (g_application_get_default ());
  return g_task_propagate_pointer (G_TASK (result), error);
}
