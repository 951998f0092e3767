/* rungs-fixture.h: a new business in a folder of its own, and a clock that stands still. */

#pragma once

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;      /* (owned) removed at the end */
  char *path;        /* (owned) of the file in it */
  RungsDb *db;       /* (owned) (nullable) a writer */
  RungsClock *clock; /* (owned) pretended; begins at 2026-03-02T09:00:00Z, a Monday */
} RungsFixture;

/* Makes the file, with the business row: "Test", Europe/Berlin, EUR, with an address. All
 * migrations take a second under the sanitizers: a program's later files begin as copies of its
 * first one when that held no business yet. */
RungsFixture *rungs_fixture_new (void);

/* The same with all that the file of `other` holds. */
RungsFixture *rungs_fixture_new_like (RungsFixture *other);
void rungs_fixture_free (RungsFixture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFixture, rungs_fixture_free)

gint64 rungs_fixture_now (RungsFixture *self);

/* Lets `milliseconds` pass. */
void rungs_fixture_pass (RungsFixture *self,
                         gint64        milliseconds);

typedef void (*RungsFixtureFunc) (RungsFixture *self,
                                  RungsDb      *db);

/* Runs `func` in a write transaction, which must be committed. */
void rungs_fixture_write (RungsFixture     *self,
                          RungsFixtureFunc  func);

/* Adds a test that runs `func` in one write transaction on a new fixture. At its end the file must
 * pass rungs_db_check(). */
void rungs_fixture_add_test (const char       *name,
                             RungsFixtureFunc  func);

/* A lead of that address and name (either may be NULL). In a write transaction. */
gint64 rungs_fixture_add_lead (RungsFixture *self,
                               const char   *email,
                               const char   *first_name);

/* A product of that SKU and name ("Product SKU"), price in cents. In a write transaction. */
gint64 rungs_fixture_add_product (RungsFixture *self,
                                  const char   *sku,
                                  gint64        price);

/* An order of one of the product, now, at its price. In a write transaction. */
gint64 rungs_fixture_add_order (RungsFixture *self,
                                gint64        lead,
                                gint64        product);

/* The number that a question without parameters answers, for assertions: "SELECT count (*) FROM
 * touch". */
gint64 rungs_fixture_number (RungsFixture *self,
                             const char   *sql);

/* Likewise the text. Returns: (transfer full). */
char *rungs_fixture_text (RungsFixture *self,
                          const char   *sql);

/* Runs a statement that no function of ours makes. In a write transaction. */
void rungs_fixture_run (RungsFixture *self,
                        const char   *sql);

G_END_DECLS
