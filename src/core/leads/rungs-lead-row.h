/* rungs-lead-row.h: the columns that make a RungsLead, for the -store files that read leads. */

#pragma once

#include "db/rungs-statement.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

/* Of the table `lead`, as `l`. */
#define RUNGS_LEAD_ROW_COLUMNS                                                                     \
  " l.id, l.email, l.email_key, l.first_name, l.last_name, l.company, l.phone, l.street,"          \
  " l.postcode, l.city, l.region, l.country, l.language, l.zone, l.notes, l.score,"                \
  " l.bounced_at, l.created_at, l.updated_at "
#define RUNGS_LEAD_ROW_LENGTH 19

/* The lead in a row that begins with those columns. */
RungsLead *rungs_lead_from_row (RungsStatement *row);

G_END_DECLS
