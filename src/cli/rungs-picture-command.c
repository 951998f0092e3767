/* rungs-picture-command.c: the pictures that messages can show. */

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "mail/rungs-picture-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "media_type", N_ ("Format"), RUNGS_COLUMN_TEXT, NULL },
  { "width", N_ ("Width"), RUNGS_COLUMN_NUMBER, NULL },
  { "height", N_ ("Height"), RUNGS_COLUMN_NUMBER, NULL },
  { "size", N_ ("Bytes"), RUNGS_COLUMN_NUMBER, NULL },
  { "created_at", N_ ("Added"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "media_type", N_ ("Format"), RUNGS_COLUMN_TEXT, NULL },
  { "width", N_ ("Width"), RUNGS_COLUMN_NUMBER, NULL },
  { "height", N_ ("Height"), RUNGS_COLUMN_NUMBER, NULL },
  { "size", N_ ("Bytes"), RUNGS_COLUMN_NUMBER, NULL },
  { "created_at", N_ ("Added"), RUNGS_COLUMN_TIME, NULL },
  { "messages", N_ ("Shown by"), RUNGS_COLUMN_WORDS, NULL },
  { NULL },
};

static JsonObject *
picture_to_row (const RungsPicture *picture)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", picture->id);
  rungs_row_set_text (row, "key", picture->key);
  rungs_row_set_text (row, "name", picture->name);
  rungs_row_set_text (row, "media_type", picture->media_type);
  rungs_row_set_number (row, "width", picture->width);
  rungs_row_set_number (row, "height", picture->height);
  rungs_row_set_number (row, "size", picture->size);
  rungs_row_set_text (row, "sha256", picture->sha256);
  rungs_row_set_time (row, "created_at", picture->created_at);
  return row;
}

static gboolean
list_pictures (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) pictures = rungs_picture_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (pictures == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    rungs_listing_add (listing, picture_to_row (g_ptr_array_index (pictures, i)));
  rungs_listing_end (listing, _ ("There are no pictures."));
  return TRUE;
}

static JsonArray *
names_to_array (GStrv names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  return array;
}

static gboolean
save_bytes (const RungsPicture  *picture,
            const char          *path,
            GError             **error)
{
  return g_file_set_contents (path, g_bytes_get_data (picture->bytes, NULL), picture->size, error);
}

static gboolean
show_picture (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  const char *path = rungs_invocation_get_text (call, "save", NULL);
  g_autoptr (RungsPicture) picture = rungs_picture_load (db, key, path != NULL, error);
  g_auto (GStrv) messages = picture ? rungs_picture_list_messages (db, key, error) : NULL;
  JsonObject *row;

  if (messages == NULL || (path != NULL && !save_bytes (picture, path, error)))
    return FALSE;
  row = picture_to_row (picture);
  json_object_set_array_member (row, "messages", names_to_array (messages));
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

static GBytes *
read_file (const char  *path,
           GError     **error)
{
  GStatBuf info;
  char *data;
  gsize size;

  if (g_stat (path, &info) == 0 && info.st_size > RUNGS_PICTURE_MAX_FILE)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is larger than 25 MB"), path);
      return NULL;
    }
  return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
}

static gboolean
add_picture (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *path = rungs_invocation_get_argument (call, 0);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GBytes) file = read_file (path, error);
  g_autoptr (RungsPicture) picture = NULL;

  if (file == NULL)
    return FALSE;
  picture = rungs_picture_add (db, file, rungs_invocation_get_text (call, "name", base),
                               rungs_invocation_get_now (call), error);
  if (picture == NULL)
    return FALSE;
  rungs_column_say (call, picture_to_row (picture),
                    _ ("The picture is “%s”: in Markdown ![what it shows](picture:%s)."),
                    picture->name, picture->key);
  return TRUE;
}

static gboolean
rename_picture (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsPicture) picture = NULL;

  if (!rungs_picture_rename (db, key, rungs_invocation_get_argument (call, 1), error))
    return FALSE;
  picture = rungs_picture_load (db, key, FALSE, error);
  if (picture == NULL)
    return FALSE;
  rungs_column_say (call, picture_to_row (picture), _ ("The picture is called “%s” now."),
                    picture->name);
  return TRUE;
}

static gboolean
remove_picture (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsPicture) picture = rungs_picture_load (db, key, FALSE, error);

  if (picture == NULL || !rungs_picture_remove (db, key, error))
    return FALSE;
  rungs_column_say (call, picture_to_row (picture), _ ("The picture “%s” was removed."), key);
  return TRUE;
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("What to call it; else as the file is called")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SHOW_OPTIONS[] = {
  RUNGS_OPTION ("save", N_ ("FILE"), N_ ("Save the picture, as messages carry it, as a file")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define PICTURE "id, key, name, media_type, width, height, size, sha256, created_at"

const RungsCommand RUNGS_PICTURE_COMMANDS[] = {
  { "picture list", "", N_ ("List the pictures"), RUNGS_COMMAND_READS, list_pictures, NULL, NULL,
    "[" PICTURE "]" },
  { "picture show", "KEY", N_ ("Show a picture, and which messages show it"), RUNGS_COMMAND_READS,
    show_picture, SHOW_OPTIONS, NULL, "{" PICTURE ", messages}" },
  { "picture add", "FILE", N_ ("Add a picture for messages"), RUNGS_COMMAND_WRITES, add_picture,
    ADD_OPTIONS,
    N_ ("JPEG, PNG, GIF or WebP. What is wider than 1200 pixels is scaled down, what lies on its\n"
        "side is turned, and where it was taken is left out. Messages show it by its key: in\n"
        "Markdown as ![what it shows](picture:KEY), in blocks as {\"type\": \"picture\"}."),
    "{" PICTURE "}" },
  { "picture rename", "KEY NAME", N_ ("Call a picture something else; its key stays"),
    RUNGS_COMMAND_WRITES, rename_picture, NULL, NULL, "{" PICTURE "}" },
  { "picture remove", "KEY", N_ ("Remove a picture that no message shows"), RUNGS_COMMAND_WRITES,
    remove_picture, NULL, NULL, "{" PICTURE "}" },
  { NULL },
};
