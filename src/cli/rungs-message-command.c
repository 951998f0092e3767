/* rungs-message-command.c: messages, and what a lead would read of them. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-message-file.h"
#include "mail/rungs-message-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-message-words.h"
#include "rungs-text-file.h"
#include "rungs-text-width.h"

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "subject", N_ ("Subject"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "purpose", N_ ("Purpose"), RUNGS_COLUMN_TEXT, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "planned", N_ ("Planned"), RUNGS_COLUMN_NUMBER, NULL },
  { "last_sent_at", N_ ("Last sent"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "purpose", N_ ("Purpose"), RUNGS_COLUMN_TEXT, NULL },
  { "value", N_ ("Value"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "language", N_ ("Language"), RUNGS_COLUMN_TEXT, NULL },
  { "subject", N_ ("Subject"), RUNGS_COLUMN_TEXT, NULL },
  { "preview", N_ ("Preview"), RUNGS_COLUMN_TEXT, NULL },
  { "updated_at", N_ ("Changed"), RUNGS_COLUMN_TIME, NULL },
  { "text", N_ ("Text"), RUNGS_COLUMN_LINES, NULL },
  { NULL },
};

static JsonObject *
message_to_row (const RungsMessage *message)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", message->id);
  rungs_row_set_text (row, "name", message->name);
  rungs_row_set_text (row, "purpose", message->purpose);
  rungs_row_set_text (row, "value", message->value);
  rungs_row_set_text (row, "kind", message->marketing ? "marketing" : "transactional");
  rungs_row_set_text (row, "language", *message->language ? message->language : NULL);
  rungs_row_set_id (row, "version", message->version);
  rungs_row_set_text (row, "subject", message->subject);
  rungs_row_set_text (row, "preview", message->preview);
  rungs_row_set_time (row, "created_at", message->created_at);
  rungs_row_set_time (row, "updated_at", message->updated_at);
  return row;
}

static gboolean
list_messages (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) rows = rungs_message_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsMessageRow *message = g_ptr_array_index (rows, i);
      JsonObject *row = message_to_row (message->message);

      rungs_row_set_number (row, "sent", message->sent);
      rungs_row_set_number (row, "planned", message->planned);
      rungs_row_set_time (row, "last_sent_at", message->last_sent_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no messages."));
  return TRUE;
}

static gboolean
show_message (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsMessage) message =
      rungs_message_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autofree char *text = NULL;
  JsonObject *row;

  if (message == NULL)
    return FALSE;
  text = rungs_message_text_from_blocks (message->blocks, NULL);
  row = message_to_row (message);
  rungs_row_set_text (row, "text", text);
  rungs_row_set_json (row, "blocks", message->blocks);
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* What there is by that name already; an id of 0: nothing. */
static gboolean
find_message (RungsDb     *db,
              const char  *name,
              gint64      *id,
              GError     **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsMessage) message = rungs_message_load_by_name (db, name, &failure);

  *id = message ? message->id : 0;
  if (message != NULL || g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Refuses what could not be sent. Returns: (transfer full): what else there is to say of it. */
static GPtrArray *
check_before (RungsDb             *db,
              const RungsMessage  *message,
              GError             **error)
{
  g_autoptr (GPtrArray) problems = rungs_message_check (db, message, error);
  g_autofree char *errors = problems ? rungs_message_problems_dup_words (problems, TRUE) : NULL;

  if (errors == NULL || *errors == '\0')
    return g_steal_pointer (&problems);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, errors);
  return NULL;
}

static JsonArray *
problems_to_array (GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    json_array_add_object_element (array,
                                   rungs_message_problem_to_row (g_ptr_array_index (problems, i)));
  return array;
}

static void
say_added (RungsInvocation    *call,
           const RungsMessage *message,
           gboolean            known,
           GPtrArray          *problems)
{
  JsonObject *row = message_to_row (message);
  g_autofree char *notes = rungs_message_problems_dup_words (problems, FALSE);
  g_autofree char *sentence = g_strdup_printf (known ? _ ("The message “%s” has a new text.")
                                                     : _ ("The message “%s” was added."),
                                               message->name);

  json_object_set_array_member (row, "problems", problems_to_array (problems));
  rungs_column_say (call, row, "%s%s%s", sentence, *notes ? "\n" : "", notes);
}

static gboolean
add_message (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  g_autofree char *text = rungs_text_file_read (rungs_invocation_get_argument (call, 1), error);
  g_autoptr (RungsMessage) message = text ? rungs_message_file_parse (text, error) : NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 known;

  if (message == NULL || !find_message (db, name, &known, error))
    return FALSE;
  message->id = known;
  g_free (message->name);
  message->name = g_strdup (name);
  problems = check_before (db, message, error);
  if (problems == NULL || !rungs_message_save (db, message, rungs_invocation_get_now (call), error))
    return FALSE;
  say_added (call, message, known != 0, problems);
  return TRUE;
}

static gboolean
check_message (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsMessage) message =
      rungs_message_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (GPtrArray) problems = message ? rungs_message_check (db, message, error) : NULL;
  g_autofree char *words = NULL;
  JsonObject *row;

  if (problems == NULL)
    return FALSE;
  words = rungs_message_problems_dup_words (problems, FALSE);
  row = rungs_row_new ();
  rungs_row_set_text (row, "name", message->name);
  json_object_set_array_member (row, "problems", problems_to_array (problems));
  rungs_column_say (call, row, "%s", *words ? words : _ ("Nothing is wrong with it."));
  return TRUE;
}

static gboolean
remove_message (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsMessage) message = rungs_message_load_by_name (db, name, error);

  if (message == NULL || !rungs_message_remove (db, message->id, error))
    return FALSE;
  rungs_column_say (call, message_to_row (message), _ ("The message “%s” was removed."), name);
  return TRUE;
}

/* The product that the message would sell where it leaves, so that the preview knows it too. */
static gboolean
read_product (RungsInvocation  *call,
              RungsDb          *db,
              gint64           *id,
              GError          **error)
{
  const char *sku = rungs_invocation_get_text (call, "sells", NULL);
  g_autoptr (RungsProduct) product = sku ? rungs_product_load_by_sku (db, sku, error) : NULL;

  *id = product ? product->id : 0;
  return sku == NULL || product != NULL;
}

static void
put_content (RungsInvocation           *call,
             const RungsMessageContent *content)
{
  RungsOutput *output = rungs_invocation_get_output (call);
  g_autofree char *text = rungs_text_dup_lines (content->text);
  g_autofree char *subject = rungs_text_dup_line (content->subject);
  JsonObject *row;

  if (rungs_invocation_has (call, "html") && !rungs_invocation_wants_json (call))
    rungs_output_text (output, content->html);
  else if (!rungs_invocation_wants_json (call))
    rungs_output_printf (output, "%s: %s\n\n%s", _ ("Subject"), subject, text);
  else
    {
      row = rungs_row_new ();
      rungs_row_set_text (row, "subject", content->subject);
      rungs_row_set_text (row, "text", content->text);
      rungs_row_set_text (row, "html", content->html);
      rungs_column_show (call, SHOW_COLUMNS, row);
    }
}

static gboolean
preview_message (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsMessage) message =
      rungs_message_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  gboolean named = rungs_invocation_count_arguments (call) > 1;
  g_autoptr (RungsLead) lead = NULL;
  g_autoptr (RungsComposer) composer = NULL;
  g_auto (RungsMessageContent) content = { NULL };
  gint64 sells;

  if (message == NULL || !read_product (call, db, &sells, error)
      || (named && (lead = rungs_lead_argument (call, db, 1, error)) == NULL))
    return FALSE;
  composer = rungs_composer_new ();
  if (!rungs_composer_preview (composer, db, message->version, lead ? lead->id : 0, sells,
                               rungs_invocation_get_now (call), &content, error))
    return FALSE;
  put_content (call, &content);
  return TRUE;
}

static const GOptionEntry PREVIEW_OPTIONS[] = {
  RUNGS_FLAG ("html", N_ ("The HTML instead of the plain text")),
  RUNGS_OPTION ("sells", N_ ("SKU"), N_ ("As if it sold this product")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_MESSAGE_COMMANDS[] = {
  { "message list", "", N_ ("List the messages"), RUNGS_COMMAND_READS, list_messages, NULL, NULL,
    "[id, name, purpose, value, kind, language, version, subject, preview, created_at, updated_at, "
    "sent, planned, last_sent_at]" },
  { "message show", "NAME", N_ ("Show a message with its text"), RUNGS_COMMAND_READS, show_message,
    NULL, NULL,
    "{id, name, purpose, value, kind, language, version, subject, preview, created_at, updated_at, "
    "text, blocks}" },
  { "message add", "NAME FILE", N_ ("Add a message, or give one a new text"), RUNGS_COMMAND_WRITES,
    add_message, NULL,
    N_ ("The file begins with lines “Subject: …”, “Purpose: …” and “Value: …”, perhaps also\n"
        "“Preview: …”, “Kind: transactional” and “Language: en”; after an empty line follows the\n"
        "text, in Markdown and the merge language. Or it is JSON, as “message show --json” prints\n"
        "it, with “blocks”. A file “-” is standard input.") },
  { "message preview", "NAME [EMAIL]", N_ ("Show what a lead, or an invented one, would read"),
    RUNGS_COMMAND_READS, preview_message, PREVIEW_OPTIONS, NULL, "{subject, text, html}" },
  { "message check", "NAME", N_ ("Say what is wrong with a message"), RUNGS_COMMAND_READS,
    check_message, NULL, NULL, "{name, problems: [code, is_error, detail, words]}" },
  { "message remove", "NAME", N_ ("Remove a message that nobody got, and no sequence uses"),
    RUNGS_COMMAND_WRITES, remove_message, NULL, NULL },
  { NULL },
};
