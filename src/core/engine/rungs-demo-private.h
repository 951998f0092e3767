/* rungs-demo-private.h: what the lines of the demo business are read into. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* What is known while the lines are read. Names and numbers are those of the lines (data/samples/
 * generate.py tells them); the ids are those of the file. */
typedef struct
{
  RungsDb *db;
  gint64 now;
  GTimeZone *zone;         /* (owned) of the business */
  GHashTable *day_starts;  /* (owned): day → instant of its midnight */
  GHashTable *sources;     /* (owned): kind → id */
  GHashTable *products;    /* (owned): SKU → id */
  GHashTable *fields;      /* (owned): key → id */
  GHashTable *tags;        /* (owned): name → id */
  GHashTable *messages;    /* (owned): name → id */
  GHashTable *sequences;   /* (owned): name → id */
  GHashTable *versions;    /* (owned): name → id of the sequence's version */
  GHashTable *programmes;  /* (owned): name → id */
  GHashTable *partners;    /* (owned): name → id */
  GArray *leads;           /* (owned) (element-type gint64): number → id; so are the next four */
  GArray *orders;
  GArray *enrolments;
  GArray *tasks;
  GArray *payouts;
  gint64 account;          /* the practice account */
  char currency[4];
} RungsDemo;

/* Reads one line: FALSE on error. */
typedef gboolean (*RungsDemoReader) (RungsDemo   *demo,
                                     JsonObject  *line,
                                     GError     **error);

/* The reader of the lines that are a `is`; NULL where it is none of that half. The first are told
 * before anything happens (products, messages, …), the others are what happened. */
RungsDemoReader rungs_demo_setup_reader (const char *is);
RungsDemoReader rungs_demo_fact_reader (const char *is);

/* The same of partners. */
RungsDemoReader rungs_demo_partner_reader (const char *is);

/* Credits the orders that were read since the last call, and books what they earn. */
gboolean rungs_demo_settle (RungsDemo  *demo,
                            gint64      at,
                            GError    **error);

/* What may be paid by now: after all lines were read. */
gboolean rungs_demo_finish_partners (RungsDemo  *demo,
                                     GError    **error);

/* What came from the web, with the leads of which it is: after all lines were read. */
gboolean rungs_demo_web (RungsDemo  *demo,
                         GError    **error);

/* The instant that `minutes` from the midnight before `now` is, on the clocks of the business. */
gint64 rungs_demo_instant (RungsDemo *demo,
                           gint64     minutes);

/* The instant in `member` of a line of what happened: never after `now`. */
gint64 rungs_demo_at (RungsDemo  *demo,
                      JsonObject *line,
                      const char *member);

/* A text of the line; "" where it has none. Lent. */
const char *rungs_demo_text (JsonObject *line,
                             const char *member);

/* A number of the line; `fallback` where it has none, or null. */
gint64 rungs_demo_number (JsonObject *line,
                          const char *member,
                          gint64      fallback);

void rungs_demo_remember (GHashTable *ids,
                          const char *name,
                          gint64      id);

/* 0 where there is none. */
gint64 rungs_demo_find (GHashTable *ids,
                        const char *name);

/* Remembers the id of the thing that has this number in the lines. */
void rungs_demo_number_is (GArray *ids,
                           gint64  number,
                           gint64  id);

/* The id of the thing whose number `member` of the line is; 0 where there is none. */
gint64 rungs_demo_numbered (GArray     *ids,
                            JsonObject *line,
                            const char *member);

G_END_DECLS
