/* rungs-terms-leads.h: what a partner earns by a lead, as the terms of a programme say it:
 *
 *   "leads": {"fixed": 200, "currency": "EUR",   for each lead who came by the partner first
 *             "when": "confirmed",               the lead confirmed the address by double opt-in;
 *                                                "arrived": at once
 *             "countries": ["DE", "AT"],         only of leads who live there; left out: all
 *             "most_by_month": 500}              so many in a calendar month; left out: no end
 */

#pragma once

#include <json-glib/json-glib.h>

#include "base/rungs-money.h"

G_BEGIN_DECLS

typedef struct
{
  RungsMoney fixed;
  gboolean when_confirmed; /* else when the lead arrives */
  GStrv countries;         /* (owned) capital letters; empty: all */
  gint64 most_by_month;    /* 0: no end */
} RungsTermsLeads;

void rungs_terms_leads_free (RungsTermsLeads *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTermsLeads, rungs_terms_leads_free)

/* Reads the member "leads" of the terms. `leads` (out) (transfer full) (nullable): NULL where there
 * is none. Errors: INVALID. */
gboolean rungs_terms_leads_read (JsonObject       *terms,
                                 RungsTermsLeads **leads,
                                 GError          **error);

/* Writes that member, where `self` (nullable) is not NULL. */
void rungs_terms_leads_add (const RungsTermsLeads *self,
                            JsonBuilder           *builder);

/* Whether a lead of that country, as the lead has it, is paid for. */
gboolean rungs_terms_leads_fit (const RungsTermsLeads *self,
                                const char            *country);

/* "DE, at" as countries, in capital letters. Returns: (transfer full) (nullable): empty where the
 * text is; NULL where one of them is not two letters. */
GStrv rungs_terms_leads_parse_countries (const char *text);

G_END_DECLS
