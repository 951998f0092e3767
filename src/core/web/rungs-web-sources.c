/* rungs-web-sources.c: links of our own that tell which source somebody comes from. */

#include "web/rungs-web-sources.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-source-link-store.h"
#include "leads/rungs-touch-store.h"
#include "web/rungs-web-clicks.h"
#include "web/rungs-web-own.h"
#include "web/rungs-web-visit-store.h"
#include "web/rungs-web-visits.h"

static void
add_link (JsonBuilder           *builder,
          const RungsSourceLink *link)
{
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "code", link->code);
  rungs_json_add_text (builder, "to", link->target);
  rungs_json_add_text (builder, "remember", link->remember);
  rungs_json_add_number (builder, "days", link->days);
  json_builder_end_object (builder);
}

gboolean
rungs_web_sources_publish (RungsDb      *db,
                           JsonBuilder  *builder,
                           GError      **error)
{
  g_autoptr (GPtrArray) links = rungs_source_link_list (db, error);

  g_return_val_if_fail (JSON_IS_BUILDER (builder), FALSE);

  if (links == NULL)
    return FALSE;
  rungs_json_begin_array (builder, "sources");
  for (guint i = 0; i < links->len; i++)
    add_link (builder, links->pdata[i]);
  json_builder_end_array (builder);
  return TRUE;
}

gboolean
rungs_web_source_followed_apply (RungsWebWork            *work,
                                 const RungsRawDelivery  *raw,
                                 GError                 **error)
{
  g_autofree char *code = rungs_web_own_dup_rest (raw);
  g_autofree char *path = NULL;
  g_autofree char *day = NULL;
  g_autoptr (GTimeZone) zone = rungs_business_zone (work->db, error);
  RungsWebVisits visits = { .variant = "", .n = 1 };
  gint64 source = 0;

  code[strcspn (code, "/")] = '\0';
  work->kind = "source link";
  if (zone == NULL || !rungs_source_find_by_code (work->db, code, &source, error))
    return FALSE;
  if (source == 0)
    {
      work->nothing = _ ("No source has that code any more.");
      return TRUE;
    }
  path = g_strconcat ("/r/", code, NULL);
  day = rungs_time_format_day (raw->received_at, zone);
  visits.day = day;
  visits.path = path;
  visits.code = code;
  visits.machine = rungs_web_machine_find (raw) != NULL;
  return rungs_web_visit_add (work->db, &visits, RUNGS_WEB_VISIT_ROWS_MOST, error);
}

/* ---- what the relay remembered */

/* Nobody comes by more sources than that. */
#define TOUCHES_MOST 20

/* The instant `text` (nullable) says; 0 where it says none that can be. */
static gint64
read_instant (const char             *text,
              const RungsRawDelivery *raw)
{
  gint64 at = 0;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &at, NULL))
    return 0;
  return MIN (at, raw->received_at);
}

static gboolean
touch_once (RungsWebWork  *work,
            gint64         lead,
            gint64         source,
            const char    *code,
            gint64         at,
            GError       **error)
{
  gboolean known = FALSE;

  return rungs_touch_is_known (work->db, lead, source, at, &known, error)
         && (known
             || rungs_touch_add (work->db, lead, source, RUNGS_PATH_OPT_IN, at, code, error) != 0);
}

/* `told`: "CODE;FIRST;LAST". */
static gboolean
touch (RungsWebWork            *work,
       gint64                   lead,
       const RungsRawDelivery  *raw,
       const char              *told,
       GError                 **error)
{
  g_auto (GStrv) parts = g_strsplit (told, ";", 3);
  gint64 source = 0, first, last;

  if (g_strv_length (parts) != 3)
    return TRUE;
  first = read_instant (parts[1], raw);
  last = read_instant (parts[2], raw);
  if (!rungs_source_find_by_code (work->db, parts[0], &source, error))
    return FALSE;
  return source == 0
         || ((first == 0 || touch_once (work, lead, source, parts[0], first, error))
             && (last == 0 || touch_once (work, lead, source, parts[0], last, error)));
}

gboolean
rungs_web_sources_touch (RungsWebWork            *work,
                         gint64                   lead,
                         const RungsRawDelivery  *raw,
                         GError                 **error)
{
  const char *told;
  g_auto (GStrv) codes = NULL;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  told = rungs_raw_delivery_get_header (raw, "Rungs-Touch");
  if (told == NULL)
    return TRUE;
  codes = g_strsplit (told, "; ", TOUCHES_MOST);
  for (guint i = 0; codes[i] != NULL; i++)
    if (!touch (work, lead, raw, codes[i], error))
      return FALSE;
  return TRUE;
}
