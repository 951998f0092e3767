/* rungs-tag-command.c: tags. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-tag-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn TAG_COLUMNS[] = {
  { "name", N_ ("Tag"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static gboolean
list_tags (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GPtrArray) tags = rungs_tag_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, TAG_COLUMNS);

  if (tags == NULL)
    return FALSE;
  for (guint i = 0; i < tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (tags, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "id", tag->id);
      rungs_row_set_text (row, "name", tag->name);
      rungs_row_set_number (row, "leads", tag->leads);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no tags."));
  return TRUE;
}

static gboolean
find_tag (RungsInvocation  *call,
          RungsDb          *db,
          gint64           *tag,
          GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);

  if (!rungs_tag_find (db, name, tag, error))
    return FALSE;
  if (*tag == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no tag “%s”."), name);
  return *tag != 0;
}

static gboolean
rename_tag (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 1);
  JsonObject *row;
  gint64 tag;

  if (!find_tag (call, db, &tag, error) || !rungs_tag_rename (db, tag, name, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", tag);
  rungs_row_set_text (row, "name", name);
  rungs_column_say (call, row, _ ("The tag is called “%s” now."), name);
  return TRUE;
}

static gboolean
delete_tag (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  JsonObject *row;
  gint64 tag;

  if (!find_tag (call, db, &tag, error) || !rungs_tag_delete (db, tag, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", tag);
  rungs_row_set_text (row, "name", name);
  rungs_column_say (call, row, _ ("The tag “%s” was taken from all leads."), name);
  return TRUE;
}

const RungsCommand RUNGS_TAG_COMMANDS[] = {
  { "tag list", "", N_ ("List the tags, with how many leads have them"), RUNGS_COMMAND_READS,
    list_tags, NULL, NULL, "[id, name, leads]" },
  { "tag rename", "TAG NAME", N_ ("Give a tag another name"), RUNGS_COMMAND_WRITES, rename_tag,
    NULL, NULL },
  { "tag delete", "TAG", N_ ("Take a tag from all leads"), RUNGS_COMMAND_WRITES, delete_tag, NULL,
    NULL },
  { NULL },
};
