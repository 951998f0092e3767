/* rungs-partner-page-command.c: the private pages of partners, and the texts that stand there. */

#include <glib/gi18n.h>

#include "partners/rungs-partner-page-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-row.h"
#include "rungs-text-file.h"

static const RungsColumn PAGE_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "made_at", N_ ("As of"), RUNGS_COLUMN_TIME, NULL },
  { "put_at", N_ ("At the relay since"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn TEXTS_COLUMNS[] = {
  { "programme", N_ ("Programme"), RUNGS_COLUMN_TEXT, NULL },
  { "texts", N_ ("Texts to copy"), RUNGS_COLUMN_LINES, NULL },
  { NULL },
};

/* `place` (nullable): there is no page. */
static JsonObject *
page_to_row (const RungsPartner          *partner,
             const RungsPartnerPagePlace *place)
{
  JsonObject *row = rungs_row_new ();
  gboolean is_on = place != NULL && !place->is_off;

  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_text (row, "address", is_on ? place->address : NULL);
  rungs_row_set_time (row, "made_at", is_on ? place->made_at : 0);
  rungs_row_set_time (row, "put_at", is_on ? place->put_at : 0);
  return row;
}

static gboolean
show_page (RungsInvocation    *call,
           RungsDb            *db,
           const RungsPartner *partner,
           GError            **error)
{
  g_autoptr (RungsPartnerPagePlace) place = rungs_partner_page_load (db, partner->id, error);

  if (place == NULL)
    return FALSE;
  if (place->address == NULL)
    rungs_column_say (call, page_to_row (partner, place), "%s",
                      _ ("The page is made. It gets its address when a relay is paired."));
  else
    rungs_column_show (call, PAGE_COLUMNS, page_to_row (partner, place));
  return TRUE;
}

static gboolean
change_page (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  if (partner == NULL)
    return FALSE;
  if (!rungs_invocation_has (call, "off"))
    return rungs_partner_page_open (db, partner->id, rungs_invocation_has (call, "new-address"),
                                    rungs_invocation_get_now (call), error)
           && show_page (call, db, partner, error);
  if (!rungs_partner_page_close (db, partner->id, error))
    return FALSE;
  rungs_column_say (call, page_to_row (partner, NULL), _ ("%s has no page any more."),
                    partner->name);
  return TRUE;
}

static gboolean
show_texts (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *file = rungs_invocation_get_text (call, "from", NULL);
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (RungsProgramme) programme
      = rungs_programme_load_by_name (db, rungs_invocation_get_argument (call, 0), now, error);
  g_autofree char *texts = NULL;
  JsonObject *row;

  if (programme == NULL)
    return FALSE;
  if (file != NULL && (texts = rungs_text_file_read (file, error)) == NULL)
    return FALSE;
  if (texts != NULL && !rungs_programme_texts_save (db, programme->id, texts, now, error))
    return FALSE;
  if (texts == NULL && (texts = rungs_programme_texts_load (db, programme->id, error)) == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "programme", programme->name);
  rungs_row_set_text (row, "texts", texts);
  rungs_column_show (call, TEXTS_COLUMNS, row);
  return TRUE;
}

static const GOptionEntry PAGE_OPTIONS[] = {
  RUNGS_FLAG ("new-address", N_ ("Give it another address; nothing is at the old one any more")),
  RUNGS_FLAG ("off", N_ ("Take the page down")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TEXTS_OPTIONS[] = {
  RUNGS_OPTION ("from", N_ ("FILE"), N_ ("The texts from now on; - for standard input")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_PAGE_COMMANDS[] = {
  { "partner page", "NAME", N_ ("Give a partner a private page at the relay"),
    RUNGS_COMMAND_WRITES, change_page, PAGE_OPTIONS,
    N_ ("It shows the partner's link and coupons, clicks, leads, sales, balance and payouts, and\n"
        "texts to copy; it names no buyer. Whoever has its address can read it. The page is made\n"
        "anew at once, and otherwise when what it says has changed; the relay shows it as soon as\n"
        "it was asked."),
    "{partner, address, made_at, put_at}" },
  { NULL },
};

const RungsCommand RUNGS_PROGRAMME_TEXTS_COMMANDS[] = {
  { "programme texts", "NAME", N_ ("Show or write the texts that partners may copy"),
    RUNGS_COMMAND_WRITES, show_texts, TEXTS_OPTIONS,
    N_ ("A line of --- parts texts; a first line with # before it is a title. {{link}} stands for\n"
        "the partner's link, {{coupon}} for its first coupon."),
    "{programme, texts}" },
  { NULL },
};
