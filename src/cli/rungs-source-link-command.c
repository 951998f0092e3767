/* rungs-source-link-command.c: links of our own that tell which source somebody comes from. */

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"
#include "web/rungs-web-source-link-store.h"

static const RungsColumn COLUMNS[] = {
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "to", N_ ("Leads to"), RUNGS_COLUMN_TEXT, NULL },
  { "remember", N_ ("Remembered"), RUNGS_COLUMN_TERM, NULL },
  { "days", N_ ("Days"), RUNGS_COLUMN_NUMBER, NULL },
  { "visits", N_ ("Visits"), RUNGS_COLUMN_COUNT, NULL },
  { "machines", N_ ("By machines"), RUNGS_COLUMN_COUNT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static JsonObject *
link_to_row (const RungsWebSourceLink *found)
{
  const RungsSourceLink *link = found->link;
  g_autofree char *name
    = g_strdup_printf ("%s:%s", rungs_source_kind_to_text (found->kind), found->name);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "source", name);
  rungs_row_set_text (row, "code", link->code);
  rungs_row_set_text (row, "address", *found->address != '/' ? found->address : NULL);
  rungs_row_set_text (row, "to", link->target);
  rungs_row_set_text (row, "remember", *link->remember != '\0' ? link->remember : "none");
  rungs_row_set_number (row, "days", link->days);
  rungs_row_set_number (row, "visits", found->visits);
  rungs_row_set_number (row, "machines", found->machines);
  rungs_row_set_number (row, "leads", found->leads);
  return row;
}

static gboolean
list_links (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) links = rungs_web_source_link_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    rungs_listing_add (listing, link_to_row (links->pdata[i]));
  rungs_listing_end (listing, _ ("No source has a link."));
  return TRUE;
}

static gboolean
read_options (RungsInvocation  *call,
              RungsSourceLink  *link,
              GError          **error)
{
  const char *remember = rungs_invocation_get_text (call, "remember", "both");
  const char *days = rungs_invocation_get_text (call, "days", NULL);

  g_free (link->remember);
  link->remember = g_strdup (strcmp (remember, "none") == 0 ? "" : remember);
  return days == NULL
         || g_ascii_string_to_signed (days, 10, 1, RUNGS_SOURCE_LINK_DAYS_MOST, &link->days, NULL)
         || rungs_invocation_refuse (call, "days", _ ("a number from 1 to 400"), error);
}

static gboolean
set_link (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsSource) source
      = rungs_source_load_by_text (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsSourceLink) link = NULL;
  g_autoptr (RungsWebSourceLink) stored = NULL;

  if (source == NULL)
    return FALSE;
  link = rungs_source_link_new (source->id, rungs_invocation_get_argument (call, 1),
                                rungs_invocation_get_argument (call, 2));
  if (!read_options (call, link, error) || !rungs_source_link_save (db, link, error))
    return FALSE;
  stored = rungs_web_source_link_load (db, source->id, error);
  if (stored == NULL)
    return FALSE;
  rungs_column_show (call, COLUMNS, link_to_row (stored));
  return TRUE;
}

static gboolean
remove_link (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsSource) source = rungs_source_load_by_text (db, text, error);
  JsonObject *row;

  if (source == NULL || !rungs_source_link_remove (db, source->id, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "source", text);
  rungs_column_say (call, row, _ ("The link of the source %s leads nowhere any more."), text);
  return TRUE;
}

static const GOptionEntry LINK_OPTIONS[] = {
  RUNGS_OPTION ("remember",
                N_ ("WHICH"),
                N_ ("Of several sources a form tells of the first, the last, both or none")),
  RUNGS_OPTION ("days", N_ ("DAYS"), N_ ("So long the relay remembers it (30)")),
  RUNGS_OPTIONS_END,
};

#define LINK_KEYS "source, code, address, to, remember, days, visits, machines, leads"

const RungsCommand RUNGS_SOURCE_LINK_COMMANDS[] = {
  { "source links", "", N_ ("List the links that tell a source"), RUNGS_COMMAND_READS, list_links,
    NULL, NULL, "[" LINK_KEYS "]" },
  { "source link", "KIND:NAME CODE URL", N_ ("Give a source a link at the relay that leads to URL"),
    RUNGS_COMMAND_WRITES, set_link, LINK_OPTIONS,
    N_ ("The link is https://RELAY/r/CODE. Who follows it and fills in a form comes from the "
        "source."),
    "{" LINK_KEYS "}" },
  { "source unlink", "KIND:NAME", N_ ("Take the link of a source away"), RUNGS_COMMAND_WRITES,
    remove_link, NULL, NULL },
  { NULL },
};
