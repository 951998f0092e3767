/* rungs-lead-command.c: shows, adds, edits and deletes one lead. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-source-argument.h"

#define ORIGIN "by hand"
#define EVENTS 20
#define MOST_EVENTS 100000

/* "first_name" is given as --first-name. */
static const char *
option_of_column (RungsInvocation *call,
                  const char      *column)
{
  g_autofree char *option = g_strdelimit (g_strdup (column), "_", '-');

  return rungs_invocation_get_text (call, option, NULL);
}

static void
take_columns (RungsInvocation *call,
              RungsLead       *lead)
{
  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    {
      const char *text = option_of_column (call, *column);

      if (text != NULL)
        rungs_lead_set (lead, *column, text);
    }
}

/* --set FIELD=VALUE: a column of the lead, or a field of the business's own. */
static gboolean
set_fields (RungsInvocation  *call,
            RungsDb          *db,
            gint64            lead,
            GError          **error)
{
  GPtrArray *sets = rungs_invocation_get_texts (call, "set");

  for (guint i = 0; i < sets->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (sets, i), "=", 2);
      g_autofree char *field = NULL;
      gboolean column;

      if (g_strv_length (parts) != 2)
        return rungs_invocation_refuse (call, "set", _ ("FIELD=VALUE"), error);
      column = g_strv_contains (rungs_lead_columns (), parts[0])
               || g_str_has_prefix (parts[0], "field:");
      field = column ? g_strdup (parts[0]) : g_strconcat ("field:", parts[0], NULL);
      if (!rungs_lead_set_text (db, lead, field, parts[1], rungs_invocation_get_now (call), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_tags (RungsInvocation  *call,
          RungsDb          *db,
          gint64            lead,
          GError          **error)
{
  GPtrArray *names = rungs_invocation_get_texts (call, "tag");

  for (guint i = 0; i < names->len; i++)
    {
      gint64 tag = rungs_tag_ensure (db, g_ptr_array_index (names, i), error);

      if (tag == 0 || !rungs_lead_add_tag (db, lead, tag, rungs_invocation_get_now (call), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_path (RungsInvocation  *call,
           RungsPath        *path,
           GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "path", "direct");
  g_autofree char *spaced = g_strdup (strcmp (text, "in-person") == 0 ? "in person" : text);

  return rungs_path_from_text (spaced, path)
         || rungs_invocation_refuse (call, "path", _ ("opt-in, direct, phone or in-person"), error);
}

static gboolean
add_touch (RungsInvocation  *call,
           RungsDb          *db,
           gint64            lead,
           const char       *source_text,
           GError          **error)
{
  gint64 now = rungs_invocation_get_now (call), at = now;
  RungsPath path;
  gint64 source, touch, letter = 0;

  if (source_text == NULL)
    return TRUE;
  if (!read_path (call, &path, error) || !rungs_invocation_get_time (call, "at", &at, error)
      || !rungs_invocation_get_number (call, "letter", 1, G_MAXINT32, &letter, error))
    return FALSE;
  source = rungs_source_ensure_by_text (db, source_text, now, error);
  touch = source != 0 ? rungs_touch_add (db, lead, source, path, at,
                                         rungs_invocation_get_text (call, "detail", NULL), error)
                      : 0;
  return touch != 0 && (letter == 0 || rungs_touch_set_letter (db, touch, letter, error));
}

static gboolean
give_consent (RungsInvocation  *call,
              RungsDb          *db,
              gint64            lead,
              GError          **error)
{
  const char *wording = rungs_invocation_get_text (call, "consent", NULL);

  return wording == NULL
         || rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                rungs_invocation_get_now (call), ORIGIN, wording, error);
}

/* Says `format` about the lead, as it is in the file now. */
static gboolean
say_lead (RungsInvocation  *call,
          RungsDb          *db,
          gint64            id,
          const char       *format,
          GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, error);
  g_autofree char *title = lead ? rungs_lead_dup_title (lead) : NULL;
  g_autofree char *sentence = NULL;

  if (lead == NULL)
    return FALSE;
  sentence = g_strdup_printf (format, title);
  rungs_column_say (call, rungs_lead_to_row (lead), "%s", sentence);
  return TRUE;
}

static gboolean
show_lead (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 events = EVENTS;
  g_autoptr (RungsLead) lead = NULL;

  if (!rungs_invocation_get_number (call, "events", 0, MOST_EVENTS, &events, error))
    return FALSE;
  lead = rungs_lead_argument (call, db, 0, error);
  return lead != NULL && rungs_lead_show (call, db, lead, events, error);
}

static gboolean
add_lead (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  gint64 id;

  if (rungs_invocation_count_arguments (call) > 0)
    rungs_lead_set (lead, "email", rungs_invocation_get_argument (call, 0));
  take_columns (call, lead);
  id = rungs_lead_add (db, lead, ORIGIN, rungs_invocation_get_now (call), error);
  return id != 0 && set_fields (call, db, id, error) && add_tags (call, db, id, error)
         && add_touch (call, db, id, rungs_invocation_get_text (call, "source", NULL), error)
         && give_consent (call, db, id, error)
         && say_lead (call, db, id, _ ("%s was added."), error);
}

static gboolean
edit_lead (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  gint64 score = 0;

  if (lead == NULL
      || !rungs_invocation_get_number (call, "score", -1000000, 1000000, &score, error))
    return FALSE;
  take_columns (call, lead);
  return rungs_lead_save (db, lead, rungs_invocation_get_now (call), error)
         && set_fields (call, db, lead->id, error)
         && (score == 0
             || rungs_lead_add_score (db, lead->id, score,
                                      rungs_invocation_get_text (call, "why", ORIGIN),
                                      rungs_invocation_get_now (call), error))
         && say_lead (call, db, lead->id, _ ("%s was changed."), error);
}

static gboolean
change_tag (RungsInvocation  *call,
            RungsDb          *db,
            gint64            lead,
            const char       *name,
            GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  gint64 tag = 0;

  if (!rungs_invocation_has (call, "remove"))
    {
      tag = rungs_tag_ensure (db, name, error);
      return tag != 0 && rungs_lead_add_tag (db, lead, tag, now, error);
    }
  if (!rungs_tag_find (db, name, &tag, error))
    return FALSE;
  if (tag != 0)
    return rungs_lead_remove_tag (db, lead, tag, now, error);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no tag “%s”."), name);
  return FALSE;
}

static gboolean
tag_lead (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);

  if (lead == NULL)
    return FALSE;
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    if (!change_tag (call, db, lead->id, rungs_invocation_get_argument (call, i), error))
      return FALSE;
  return say_lead (call, db, lead->id, _ ("The tags of %s were changed."), error);
}

static gboolean
touch_lead (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);

  return lead != NULL
         && add_touch (call, db, lead->id, rungs_invocation_get_argument (call, 1), error)
         && say_lead (call, db, lead->id, _ ("The touch of %s was added."), error);
}

static gboolean
delete_lead (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autofree char *title = lead ? rungs_lead_dup_title (lead) : NULL;
  RungsLeadSnapshot *snapshot;

  if (lead == NULL)
    return FALSE;
  snapshot = rungs_lead_delete (db, lead->id, rungs_invocation_get_now (call), error);
  if (snapshot == NULL)
    return FALSE;
  rungs_lead_snapshot_free (snapshot);
  rungs_column_say (call, rungs_lead_to_row (lead), _ ("%s was deleted."), title);
  return TRUE;
}

#define LEAD_OPTIONS                                                                               \
  RUNGS_OPTION ("first-name", N_ ("NAME"), N_ ("First name")),                                     \
      RUNGS_OPTION ("last-name", N_ ("NAME"), N_ ("Last name")),                                   \
      RUNGS_OPTION ("company", N_ ("NAME"), N_ ("Company")),                                       \
      RUNGS_OPTION ("phone", N_ ("NUMBER"), N_ ("Telephone number")),                              \
      RUNGS_OPTION ("street", N_ ("STREET"), N_ ("Street and house number")),                      \
      RUNGS_OPTION ("postcode", N_ ("CODE"), N_ ("Postcode")),                                     \
      RUNGS_OPTION ("city", N_ ("CITY"), N_ ("City")),                                             \
      RUNGS_OPTION ("region", N_ ("REGION"), N_ ("State or region")),                              \
      RUNGS_OPTION ("country", N_ ("COUNTRY"), N_ ("Country")),                                    \
      RUNGS_OPTION ("language", N_ ("CODE"), N_ ("Language, such as de")),                         \
      RUNGS_OPTION ("zone", N_ ("ZONE"), N_ ("Time zone, such as Europe/Berlin")),                 \
      RUNGS_OPTION ("notes", N_ ("TEXT"), N_ ("Notes")),                                           \
      RUNGS_OPTION ("set", N_ ("FIELD=VALUE"),                                                     \
                    N_ ("Any field, also of your own; may be repeated"))

#define TOUCH_OPTIONS                                                                              \
  RUNGS_OPTION ("path", N_ ("PATH"),                                                               \
                N_ ("How: opt-in, direct (the default), phone or in-person")),                     \
      RUNGS_OPTION ("detail", N_ ("TEXT"), N_ ("What told you: a page, a coupon, a number")),      \
      RUNGS_OPTION ("letter", N_ ("NUMBER"), N_ ("The sales letter to which the lead came")),      \
      RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said"))

static const GOptionEntry SHOW_OPTIONS[] = {
  RUNGS_OPTION ("events", N_ ("N"), N_ ("Show N rows of the timeline; 20 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  LEAD_OPTIONS,
  RUNGS_OPTION ("tag", N_ ("TAG"), N_ ("Give this tag; may be repeated")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where the lead came from")),
  TOUCH_OPTIONS,
  RUNGS_OPTION ("consent",
                N_ ("WORDS"),
                N_ ("The lead agreed to marketing by e-mail, in these words")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("email", N_ ("EMAIL"), N_ ("Another address")),
  LEAD_OPTIONS,
  RUNGS_OPTION ("score", N_ ("POINTS"), N_ ("Give so many points, which may be below 0")),
  RUNGS_OPTION ("why", N_ ("TEXT"), N_ ("Why the points are given")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TAG_OPTIONS[] = {
  RUNGS_FLAG ("remove", N_ ("Take the tags away")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TOUCH_ONLY_OPTIONS[] = {
  TOUCH_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_LEAD_COMMANDS[] = {
  { "leads show", "EMAIL", N_ ("Show a lead with everything about it"), RUNGS_COMMAND_READS,
    show_lead, SHOW_OPTIONS, N_ ("Instead of the address the number of the lead can be given."),
    "{id, email, first_name, last_name, company, phone, street, postcode, city, region, "
    "country, language, zone, notes, score, bounced_at, created_at, updated_at, tags, "
    "fields: [key, label, value], consent, suppressed, touches: [id, at, kind, source, "
    "path, detail, letter, import], owns: [sku, name, since, paid_until, through], walks: "
    "[sequence, step, due_at, outcome], timeline: [id, at, kind, ref, detail, words, "
    "import]}" },
  { "leads add", "[EMAIL]", N_ ("Add a lead"), RUNGS_COMMAND_WRITES, add_lead, ADD_OPTIONS, NULL },
  { "leads edit", "EMAIL", N_ ("Change what is known about a lead"), RUNGS_COMMAND_WRITES,
    edit_lead, EDIT_OPTIONS, NULL },
  { "leads tag", "EMAIL TAG…", N_ ("Give tags to a lead, or take them away"), RUNGS_COMMAND_WRITES,
    tag_lead, TAG_OPTIONS, NULL },
  { "leads touch", "EMAIL KIND:NAME", N_ ("Add an arrival of a lead from a source"),
    RUNGS_COMMAND_WRITES, touch_lead, TOUCH_ONLY_OPTIONS, NULL },
  { "leads delete", "EMAIL", N_ ("Delete a lead who never ordered, with all that belongs to it"),
    RUNGS_COMMAND_WRITES, delete_lead, NULL, NULL },
  { NULL },
};
