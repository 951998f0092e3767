/* rungs-test-server.c: starts the servers that tests talk to, and ends them. */

#include "rungs-test-server.h"

#include <string.h>

#include <glib/gstdio.h>

struct _RungsTestServer
{
  GSubprocess *process; /* (owned) */
  GStrv words;          /* (owned): of the line "ready …" */
};

/* `argv` with the files of the source folder by their whole paths. */
static GStrv
resolve (const char *const *argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *argv != NULL; argv++)
    if (g_str_has_prefix (*argv, "tests/"))
      {
        g_autofree char *path = g_test_build_filename (G_TEST_DIST, *argv, NULL);

        g_strv_builder_add (builder, path);
      }
    else
      g_strv_builder_add (builder, *argv);
  return g_strv_builder_end (builder);
}

RungsTestServer *
rungs_test_server_start (const char *const *argv)
{
  g_auto (GStrv) resolved = resolve (argv);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  RungsTestServer *self = g_new0 (RungsTestServer, 1);

  /* LeakSanitizer does not survive the end of a program in which a thread waits that did TLS. */
  g_thread_pool_set_max_unused_threads (0);
  self->process = g_subprocess_newv ((const char *const *) resolved,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     &error);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
  self->words = g_strsplit (line, " ", -1);
  return self;
}

guint
rungs_test_server_get_port (RungsTestServer *self,
                            guint            n)
{
  g_assert_cmpuint (n + 1, <, g_strv_length (self->words));
  return (guint) g_ascii_strtoull (self->words[n + 1], NULL, 10);
}

void
rungs_test_server_stop (RungsTestServer *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_strfreev (self->words);
  g_free (self);
}

void
rungs_test_run (const char *const *argv)
{
  g_auto (GStrv) resolved = resolve (argv);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv ((const char *const *) resolved,
                                                       G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

void
rungs_test_install_npm (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "tests", "npm", NULL);
  const char *argv[] = { "tests/npm/install", folder, NULL };

  rungs_test_run (argv);
  g_setenv ("RUNGS_NPM", folder, TRUE);
}

char *
rungs_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("rungs-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
rungs_test_folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        rungs_test_folder_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

GStrv
rungs_test_read_lines (const char *path,
                       const char *prefix)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; line != NULL && *line != NULL; line++)
    if (**line != '\0' && (prefix == NULL || g_str_has_prefix (*line, prefix)))
      g_strv_builder_add (found, *line);
  return g_strv_builder_end (found);
}
