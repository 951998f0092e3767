/* relay-yardsticks.c: what a relay is held against: a handler of libsoup that stores nothing, and
 * plain SQLite that makes the same insert durable.
 *
 * usage: relay-yardsticks serve
 *        relay-yardsticks insert FILE GROUP BYTES SECONDS */

#include <libsoup/soup.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "ok\n", 3);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static int
serve (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  GSList *addresses;

  soup_server_add_handler (server, NULL, answer_cb, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  addresses = soup_server_get_uris (server);
  g_print ("port %d\n", g_uri_get_port (addresses->data));
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

static void
run (sqlite3    *db,
     const char *sql)
{
  int code = sqlite3_exec (db, sql, NULL, NULL, NULL);

  g_assert_cmpint (code, ==, SQLITE_OK);
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open (path, &db);

  g_assert_cmpint (code, ==, SQLITE_OK);
  run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT,"
           " received_at INTEGER NOT NULL, raw BLOB NOT NULL) STRICT");
  return db;
}

static void
insert_group (sqlite3      *db,
              sqlite3_stmt *insert,
              guint         group,
              const char   *body,
              int           bytes)
{
  run (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < group; i++)
    {
      sqlite3_bind_int64 (insert, 1, g_get_real_time () / 1000);
      sqlite3_bind_blob (insert, 2, body, bytes, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
  run (db, "COMMIT");
}

static int
insert_all (const char *path,
            guint       group,
            int         bytes,
            double      seconds)
{
  g_autofree char *body = g_strnfill (bytes, 'x');
  sqlite3 *db = open_file (path);
  sqlite3_stmt *insert = NULL;
  gint64 began = g_get_monotonic_time ();
  gint64 until = began + (gint64) (seconds * G_USEC_PER_SEC);
  guint64 count = 0;

  sqlite3_prepare_v2 (db, "INSERT INTO delivery (received_at, raw) VALUES (?, ?)", -1, &insert,
                      NULL);
  for (; g_get_monotonic_time () < until; count += group)
    insert_group (db, insert, group, body, bytes);
  g_print ("%.0f\n", count * (double) G_USEC_PER_SEC / (g_get_monotonic_time () - began));
  sqlite3_finalize (insert);
  sqlite3_close (db);
  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  if (argc == 2 && strcmp (argv[1], "serve") == 0)
    return serve ();
  if (argc == 6 && strcmp (argv[1], "insert") == 0)
    return insert_all (argv[2], (guint) atoi (argv[3]), atoi (argv[4]), atof (argv[5]));
  g_printerr ("usage: relay-yardsticks serve | insert FILE GROUP BYTES SECONDS\n");
  return EXIT_FAILURE;
}
