/* rungs-lead.h: a person we know of. A customer is a lead who owns a product. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A row of the table `lead`. Texts are owned and never NULL, except the address. */
typedef struct
{
  gint64 id;
  char *email;     /* (owned) (nullable) as it was given */
  char *email_key; /* (owned) (nullable) what is compared: made when it is stored */
  char *first_name;
  char *last_name;
  char *company;
  char *phone;
  char *street;
  char *postcode;
  char *city;
  char *region;
  char *country;  /* as given; ISO 3166 code where known */
  char *language; /* BCP 47 */
  char *zone;     /* IANA time zone; empty: the business's */
  char *notes;
  gint64 score;
  gint64 bounced_at; /* a permanent refusal of the address; 0: none */
  gint64 created_at;
  gint64 updated_at;
} RungsLead;

/* All texts empty, no address. */
RungsLead *rungs_lead_new (void);

RungsLead *rungs_lead_copy (const RungsLead *self);

void rungs_lead_free (RungsLead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLead, rungs_lead_free)

/* The columns of `lead` that hold text a person can edit, in the order in which forms show them:
 * "email", "first_name", … "notes"; NULL-terminated. */
const char *const *rungs_lead_columns (void);

/* The text in one of those columns, lent; "" for none. NULL where there is no such column. */
const char *rungs_lead_get (const RungsLead *self,
                            const char      *column);

/* Sets it, without the space around it. Line ends stay in notes only and are spaces elsewhere.
 * FALSE where there is no such column. */
gboolean rungs_lead_set (RungsLead  *self,
                         const char *column,
                         const char *text);

/* How the lead is called in a list: "Ann Smith", else the company, the address, the phone number;
 * "" for none of these. */
char *rungs_lead_dup_name (const RungsLead *self);

G_END_DECLS
