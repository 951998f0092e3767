/* rungs-page-list.c: which pages the window has, in the order of its navigation. */

#include "rungs-page-list.h"

#include <glib/gi18n.h>

#include "ladder/rungs-ladder-page.h"
#include "leads/rungs-leads-page.h"
#include "messages/rungs-messages-page.h"
#include "partners/rungs-partners-page.h"
#include "segments/rungs-segments-page.h"
#include "sequences/rungs-sequences-page.h"
#include "settings/rungs-settings-page.h"
#include "today/rungs-today-page.h"
#include "web/rungs-web-page.h"

static const RungsPageKind PAGES[] = {
  { "today", N_ ("Today"), "rungs-today-symbolic", rungs_today_page_get_type },
  { "leads", N_ ("Leads"), "rungs-leads-symbolic", rungs_leads_page_get_type },
  { "segments", N_ ("Segments"), "rungs-segments-symbolic", rungs_segments_page_get_type },
  { "ladder", N_ ("Ladder"), "rungs-ladder-symbolic", rungs_ladder_page_get_type },
  { "sequences", N_ ("Sequences"), "rungs-sequences-symbolic", rungs_sequences_page_get_type },
  { "messages", N_ ("Messages"), "rungs-messages-symbolic", rungs_messages_page_get_type },
  { "web", N_ ("Web"), "rungs-web-symbolic", rungs_web_page_get_type },
  { "partners", N_ ("Partners"), "rungs-partners-symbolic", rungs_partners_page_get_type },
  { "settings", N_ ("Settings"), "rungs-settings-symbolic", rungs_settings_page_get_type },
};

const RungsPageKind *
rungs_page_list (guint *n)
{
  *n = G_N_ELEMENTS (PAGES);
  return PAGES;
}

const RungsPageKind *
rungs_page_list_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (g_strcmp0 (PAGES[i].name, name) == 0)
      return &PAGES[i];
  return NULL;
}
