/* rungs-fixture.c: a new business in a folder of its own, and a clock that stands still. */

#include "rungs-fixture.h"

#include <glib/gstdio.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-next-offer-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-lead-store.h"

static gboolean
init_business (RungsDb *db,
               gpointer data,
               GError **error)
{
  g_autoptr (RungsBusiness) business = NULL;

  if (!rungs_business_init (db, FALSE, rungs_fixture_now (data), error))
    return FALSE;
  business = rungs_business_load (db, error);
  if (business == NULL)
    return FALSE;
  g_free (business->name);
  g_free (business->address);
  g_free (business->zone);
  business->name = g_strdup ("Test");
  business->address = g_strdup ("1 Test Street, 12345 Testville");
  business->zone = g_strdup ("Europe/Berlin");
  return rungs_business_save (db, business, error);
}

static RungsFixture *
fixture_new (void)
{
  RungsFixture *self = g_new0 (RungsFixture, 1);
  g_autoptr (GError) error = NULL;
  gint64 now;

  self->folder = g_dir_make_tmp ("rungs-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "rungs.db", NULL);
  g_assert_true (rungs_time_parse ("2026-03-02T09:00:00Z", NULL, &now, NULL));
  self->clock = rungs_clock_new_pretended (now);
  return self;
}

static void
open_file (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->db = rungs_db_open (self->path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
  rungs_next_offer_add_table (self->db, &error);
  g_assert_no_error (error);
}

/* (transfer full) */
static GBytes *
read_file (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize size;

  rungs_db_checkpoint (self->db, &error);
  g_assert_no_error (error);
  g_file_get_contents (self->path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

static void
open_copy (RungsFixture *self,
           GBytes       *file)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);

  g_file_set_contents_full (self->path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  open_file (self);
}

RungsFixture *
rungs_fixture_new (void)
{
  static GBytes *empty = NULL;
  RungsFixture *self = fixture_new ();
  g_autoptr (GError) error = NULL;

  if (empty == NULL)
    {
      open_file (self);
      empty = read_file (self);
    }
  else
    open_copy (self, empty);
  rungs_db_write (self->db, init_business, self, &error);
  g_assert_no_error (error);
  return self;
}

RungsFixture *
rungs_fixture_new_like (RungsFixture *other)
{
  RungsFixture *self = fixture_new ();
  g_autoptr (GBytes) file = read_file (other);

  open_copy (self, file);
  return self;
}

/* Folders in it, too: of backups, and of what a test put there. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_folder (path);
      else
        g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
rungs_fixture_free (RungsFixture *self)
{
  g_clear_pointer (&self->db, rungs_db_close);
  remove_folder (self->folder);
  g_object_unref (self->clock);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

gint64
rungs_fixture_now (RungsFixture *self)
{
  return rungs_clock_now (self->clock);
}

void
rungs_fixture_pass (RungsFixture *self,
                    gint64        milliseconds)
{
  rungs_clock_set (self->clock, rungs_fixture_now (self) + milliseconds);
}

typedef struct
{
  RungsFixture *fixture;
  RungsFixtureFunc func;
} Work;

static gboolean
work_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Work *work = data;

  work->func (work->fixture, db);
  return TRUE;
}

void
rungs_fixture_write (RungsFixture    *self,
                     RungsFixtureFunc func)
{
  Work work = { self, func };
  g_autoptr (GError) error = NULL;

  rungs_db_write (self->db, work_cb, &work, &error);
  g_assert_no_error (error);
}

static void
test_cb (gconstpointer data)
{
  const RungsFixtureFunc *func = data;
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_write (self, *func);
  faults = rungs_db_check (self->db, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 0);
}

void
rungs_fixture_add_test (const char      *name,
                        RungsFixtureFunc func)
{
  g_test_add_data_func_full (name, g_memdup2 (&func, sizeof func), test_cb, g_free);
}

gint64
rungs_fixture_add_lead (RungsFixture *self,
                        const char   *email,
                        const char   *first_name)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_lead_set (lead, "email", email);
  rungs_lead_set (lead, "first_name", first_name);
  id = rungs_lead_add (self->db, lead, "test", rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return id;
}

gint64
rungs_fixture_add_product (RungsFixture *self,
                           const char   *sku,
                           gint64        price)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup (sku);
  product->name = g_strconcat ("Product ", sku, NULL);
  product->price = rungs_money (price, "EUR");
  id = rungs_product_add (self->db, product, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return id;
}

gint64
rungs_fixture_add_order (RungsFixture *self,
                         gint64        lead,
                         gint64        product)
{
  g_autoptr (RungsOrder) order = rungs_order_new (lead, rungs_fixture_now (self));
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_order_add_line (order, product, 1, RUNGS_AMOUNT_DEFAULT);
  id = rungs_order_add (self->db, order, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return id;
}

gint64
rungs_fixture_number (RungsFixture *self,
                      const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  rungs_statement_get_number (query, 0, &number, &error);
  g_assert_no_error (error);
  return number;
}

char *
rungs_fixture_text (RungsFixture *self,
                    const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  text = rungs_statement_dup_text (query, 0);
  rungs_statement_reset (query);
  return g_steal_pointer (&text);
}

void
rungs_fixture_run (RungsFixture *self,
                   const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (self->db, sql, &error);

  g_assert_no_error (error);
  rungs_statement_run (statement, &error);
  g_assert_no_error (error);
}
