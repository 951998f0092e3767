/* bench-curl.c: the program curl, which sends by libcurl, to be measured against. */

#include "bench-curl.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* What curl reads from a file: one connection, one message after the other. */
static char *
make_orders (const RungsSmtpSettings *settings,
             const char              *message,
             guint                    each)
{
  g_autoptr (GString) orders = g_string_new ("silent\nshow-error\nmail-from = a@example.org\n"
                                             "mail-rcpt = b@example.org\n");

  if (settings->security == RUNGS_SMTP_STARTTLS)
    g_string_append_printf (orders, "ssl-reqd\ncacert = \"%s\"\n", settings->ca_file);
  if (settings->auth != RUNGS_SMTP_AUTH_NONE)
    g_string_append_printf (orders, "user = \"%s:%s\"\n", settings->username, settings->password);
  for (guint i = 0; i < each; i++)
    g_string_append_printf (orders, "url = smtp://%s:%u/localhost\nupload-file = \"%s\"\n",
                            settings->host, settings->port, message);
  return g_string_free (g_steal_pointer (&orders), FALSE);
}

double
bench_curl (const RungsSmtpSettings *settings,
            GBytes                  *message,
            guint                    n,
            guint                    each)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rungs-curl-XXXXXX", &error);
  g_autofree char *mail = g_build_filename (folder, "mail", NULL);
  g_autofree char *list = g_build_filename (folder, "orders", NULL);
  g_autofree char *orders = make_orders (settings, mail, each);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 begun;
  double seconds;

  g_assert_no_error (error);
  g_file_set_contents (mail, g_bytes_get_data (message, NULL), (gssize) g_bytes_get_size (message),
                       &error);
  g_assert_no_error (error);
  g_file_set_contents (list, orders, -1, &error);
  g_assert_no_error (error);

  begun = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (runs, g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "curl",
                                             "--config", list, NULL));
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_subprocess_wait_check (g_ptr_array_index (runs, i), NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;

  g_remove (mail);
  g_remove (list);
  g_rmdir (folder);
  return n * each / seconds;
}
