/* rungs-privacy-report.h: all that is known of a person. Read this first of the three.
 *
 * It is told twice. In sections, for the person: what happened in words, instants as a clock at the
 * business shows them. And as it is stored, for machines: every row of every table that belongs to
 * the lead, found by the references of the schema itself, so that a table that is added later is in
 * it without anybody thinking of it. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* One kind of what is known, as a table. */
typedef struct
{
  const char *key;     /* "orders": its name in JSON */
  const char *title;   /* translated */
  GStrv headings;      /* (owned) in English, to be translated for people */
  GPtrArray *rows;     /* (owned) (element-type GStrv) a text for each heading */
} RungsPrivacySection;

typedef struct
{
  gint64 lead;
  char *title;         /* (owned) how the lead is called */
  char *business;      /* (owned) */
  char *address;       /* (owned) of the business */
  char *made_at;       /* (owned) as a clock at the business shows it */
  gint64 made_at_ms;
  GPtrArray *sections; /* (owned) (element-type RungsPrivacySection): those with rows */
  JsonObject *stored;  /* (owned): table -> array of rows */
} RungsPrivacyReport;

void rungs_privacy_report_free (RungsPrivacyReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPrivacyReport, rungs_privacy_report_free)

/* Reads only; give it a read transaction, so that all is of one moment. Errors: NOT_FOUND. */
RungsPrivacyReport *rungs_privacy_report_load (RungsDb  *db,
                                               gint64    lead,
                                               gint64    now,
                                               GError  **error);

/* The tables that the sections tell of, NULL at their end. */
const char *const *rungs_privacy_report_tables (void);

/* Returns: (transfer full) (element-type utf8): the tables whose rows belong to a lead, by the
 * references of the schema: "lead" and all that leads to it. */
GPtrArray *rungs_privacy_tables_of_lead (RungsDb  *db,
                                         GError  **error);

/* The page as JSON: {"lead", "made_at", "business", "known": {SECTION: [{HEADING: TEXT}]},
 * "stored": {TABLE: [ROW]}}, as HTML that stands alone and prints well, and as plain text.
 * Returns: (transfer full). */
char *rungs_privacy_report_to_json (const RungsPrivacyReport *self);
char *rungs_privacy_report_to_html (const RungsPrivacyReport *self);
char *rungs_privacy_report_to_text (const RungsPrivacyReport *self);

G_END_DECLS
