/* rungs-tag-command.c: tags, and fields of the business's own. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn TAG_COLUMNS[] = {
  { "name", N_ ("Tag"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn FIELD_COLUMNS[] = {
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static gboolean
list_tags (RungsInvocation *call, RungsDb *db, GError **error)
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
find_tag (RungsInvocation *call, RungsDb *db, gint64 *tag, GError **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);

  if (!rungs_tag_find (db, name, tag, error))
    return FALSE;
  if (*tag == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no tag “%s”."), name);
  return *tag != 0;
}

static gboolean
rename_tag (RungsInvocation *call, RungsDb *db, GError **error)
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
delete_tag (RungsInvocation *call, RungsDb *db, GError **error)
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

static JsonObject *
field_to_row (const RungsField *field)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", field->id);
  rungs_row_set_text (row, "key", field->key);
  rungs_row_set_text (row, "label", field->label);
  rungs_row_set_text (row, "kind", rungs_field_kind_to_text (field->kind));
  return row;
}

static gboolean
list_fields (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, FIELD_COLUMNS);

  if (fields == NULL)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    rungs_listing_add (listing, field_to_row (g_ptr_array_index (fields, i)));
  rungs_listing_end (listing, _ ("There are no fields of your own."));
  return TRUE;
}

static gboolean
add_field (RungsInvocation *call, RungsDb *db, GError **error)
{
  const char *label = rungs_invocation_get_argument (call, 0);
  const char *key = rungs_invocation_get_text (call, "key", NULL);
  g_autofree char *made = rungs_field_key_from_label (label);
  g_autoptr (RungsField) field = NULL;
  RungsFieldKind kind;

  if (!rungs_field_kind_from_text (rungs_invocation_get_text (call, "kind", "text"), &kind))
    return rungs_invocation_refuse (call, "kind", _ ("text, number, date or yesno"), error);
  if (rungs_field_add (db, key, label, kind, rungs_invocation_get_now (call), error) == 0)
    return FALSE;
  field = rungs_field_load_by_key (db, key ? key : made, error);
  if (field == NULL)
    return FALSE;
  rungs_column_say (call, field_to_row (field), _ ("The field “%s” was added; its key is %s."),
                    label, field->key);
  return TRUE;
}

static gboolean
delete_field (RungsInvocation *call, RungsDb *db, GError **error)
{
  g_autoptr (RungsField) field =
      rungs_field_load_by_key (db, rungs_invocation_get_argument (call, 0), error);

  if (field == NULL || !rungs_field_delete (db, field->id, error))
    return FALSE;
  rungs_column_say (call, field_to_row (field), _ ("The field “%s” was deleted."), field->label);
  return TRUE;
}

static const GOptionEntry FIELD_OPTIONS[] = {
  RUNGS_OPTION ("kind", N_ ("KIND"), N_ ("text (the default), number, date or yesno")),
  RUNGS_OPTION ("key", N_ ("KEY"), N_ ("How messages and rules name it; else made from the label")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_TAG_COMMANDS[] = {
  { "tag list", "", N_ ("List the tags, with how many leads have them"), RUNGS_COMMAND_READS,
    list_tags, NULL, NULL, "[id, name, leads]" },
  { "tag rename", "TAG NAME", N_ ("Give a tag another name"), RUNGS_COMMAND_WRITES, rename_tag,
    NULL, NULL },
  { "tag delete", "TAG", N_ ("Take a tag from all leads"), RUNGS_COMMAND_WRITES, delete_tag, NULL,
    NULL },
  { NULL },
};

const RungsCommand RUNGS_FIELD_COMMANDS[] = {
  { "field list", "", N_ ("List the fields of your own"), RUNGS_COMMAND_READS, list_fields, NULL,
    NULL, "[id, key, label, kind]" },
  { "field add", "LABEL", N_ ("Add a field of your own to all leads"), RUNGS_COMMAND_WRITES,
    add_field, FIELD_OPTIONS, NULL },
  { "field delete", "KEY", N_ ("Delete a field of your own, with the values of all leads"),
    RUNGS_COMMAND_WRITES, delete_field, NULL, NULL },
  { NULL },
};
