/* rungs-relay-published.h: what the desktop has put up: endpoints, pages, forms and sources that
 * the relay answers for (wire/rungs-relay-protocol.h). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_RELAY_PAGE_UNSUBSCRIBE,
  RUNGS_RELAY_PAGE_UNSUBSCRIBED,
  RUNGS_RELAY_PAGE_CONFIRM,
  RUNGS_RELAY_PAGE_CONFIRMED,
  RUNGS_RELAY_PAGE_GONE,
  RUNGS_RELAY_PAGE_PROVE,
  RUNGS_RELAY_PAGE_LATER,
  RUNGS_RELAY_PAGE_LANDING,
} RungsRelayPageKind;

typedef struct
{
  RungsRelayPageKind kind;
  char *slug;     /* (owned) of RUNGS_RELAY_PAGE_LANDING; "" else */
  char *variant;  /* (owned) "", "ppc", "email" */
  char *language; /* (owned) small: "de", "pt-br" */
  char *html;     /* (owned) */
  char *styles;   /* (owned) as a Content-Security-Policy lists them; "" where there are none */
} RungsRelayPage;

typedef struct
{
  char *key;  /* (owned) */
  char *html; /* (owned) */
} RungsRelayField;

/* A form in one language. */
typedef struct
{
  char *language;    /* (owned) */
  char *head;        /* (owned) */
  GPtrArray *fields; /* (owned) (element-type RungsRelayField) */
  char *tail;        /* (owned) */
  char *thanks;      /* (owned) */
  char *styles;      /* (owned) */
  char *confirm;       /* (owned) the message that asks to confirm; "": the relay does not ask */
  char *confirm_named; /* (owned) the same where a first name is known; "": as without */
} RungsRelayFormText;

typedef struct
{
  char *slug; /* (owned) */
  guint least_seconds;
  guint bits;
  guint per_hour;   /* 0: any number */
  char *trap;       /* (owned) "": none */
  guint most;       /* 0: all */
  GStrv always;     /* (owned) */
  char *then;       /* (owned) "": the page `thanks` */
  char *confirm_address; /* (owned) the fields that hold the address to be confirmed, … */
  char *confirm_name;    /* (owned) … the first name … */
  char *confirm_agreed;  /* (owned) … and the "yes" without which there is nothing to confirm */
  GPtrArray *texts; /* (owned) (element-type RungsRelayFormText): one or more */
} RungsRelayForm;

typedef enum
{
  RUNGS_RELAY_REMEMBER_NOTHING,
  RUNGS_RELAY_REMEMBER_FIRST,
  RUNGS_RELAY_REMEMBER_LAST,
  RUNGS_RELAY_REMEMBER_BOTH,
} RungsRelayRemember;

typedef struct
{
  char *code; /* (owned) */
  char *to;   /* (owned): rungs_link_is_target() */
  RungsRelayRemember remember;
  guint days;
} RungsRelaySource;

/* Never changes; what is put up next takes its place. */
typedef struct _RungsRelayPublished RungsRelayPublished;

/* Nothing. */
RungsRelayPublished *rungs_relay_published_new (void);

/* Reads what wire/rungs-relay-protocol.h describes; all of it, or none. Errors: INVALID. */
RungsRelayPublished *rungs_relay_published_parse (const char  *json,
                                                  gsize        length,
                                                  GError     **error);

void rungs_relay_published_free (RungsRelayPublished *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayPublished, rungs_relay_published_free)

/* What the desktop knows it by. */
const char *rungs_relay_published_get_stamp (const RungsRelayPublished *self);

/* Whether there is such an endpoint. `handshake` (out) (transfer none) (nullable): its word. */
gboolean rungs_relay_published_has (const RungsRelayPublished  *self,
                                    const char                 *path,
                                    const char                **handshake);

/* Returns: (transfer none) (element-type GBytes): the newest first; empty where there are none. */
GPtrArray *rungs_relay_published_get_link_keys (const RungsRelayPublished *self);

/* `languages`: what rungs_relay_languages_of() has found. Returns: (transfer none) (nullable). */
const RungsRelayPage *rungs_relay_published_find_page (const RungsRelayPublished *self,
                                                       RungsRelayPageKind         kind,
                                                       const char *const         *languages);

/* `variant` (nullable): NULL and those that there are not: the first of "", "ppc" and "email" that
 * there is. Returns: (transfer none) (nullable). */
const RungsRelayPage *rungs_relay_published_find_landing (const RungsRelayPublished *self,
                                                          const char                *slug,
                                                          const char                *variant,
                                                          const char *const         *languages);

/* Returns: (transfer none) (nullable). */
const RungsRelayForm *rungs_relay_published_find_form (const RungsRelayPublished *self,
                                                       const char                *slug);

/* Returns: (transfer none): the origins to which forms lead on, each after a space, as a
 * Content-Security-Policy lists them: " https://example.com". */
const char *rungs_relay_published_get_targets (const RungsRelayPublished *self);

/* Returns: (transfer none): the one of the language that is preferred, else the first. */
const RungsRelayFormText *rungs_relay_form_find_text (const RungsRelayForm *form,
                                                      const char *const    *languages);

/* Returns: (transfer none) (nullable). */
const RungsRelaySource *rungs_relay_published_find_source (const RungsRelayPublished *self,
                                                           const char                *code);

/* What is preferred, the most first: `asked` (nullable) is what "?lang=" says, `accept` (nullable)
 * the header Accept-Language (RFC 9110, 12.5.4). In small letters; "pt-br" is followed by "pt".
 * Returns: (transfer full): NULL-terminated. */
GStrv rungs_relay_languages_of (const char *asked,
                                const char *accept);

G_END_DECLS
