/* rungs-opt-in.h: what an opt-in form asks, what who fills it in agrees to, and what happens then.
 * Read this first of the opt-in forms: rungs-opt-in-store.h keeps them in the file,
 * rungs-opt-in-page.h makes HTML of them, rungs-opt-in-apply.h does what somebody sent with one.
 *
 * It is written as JSON. Only "fields" must be there; what is left out is as a new form has it:
 *
 *   {"language": "en", "title": "…", "intro": "…", "button": "Send",
 *    "fields": [{"key": "email", "kind": "email", "label": "E-mail address", "help": "…",
 *                "required": true, "profile": false,
 *                "choices": [{"value": "garden", "label": "A garden", "tag": "Gardener",
 *                             "segment": 3}]}],
 *    "consent": {"wording": "…", "required": true, "purpose": "marketing"},
 *    "thanks": {"title": "…", "text": "…", "url": "https://…"},
 *    "double": true, "confirm_message": 4,
 *    "then": {"tags": ["…"], "sequence": 2, "segment": 1,
 *             "notice": {"task": "Call back", "days": 0}},
 *    "most": 3, "protect": {"seconds": 2, "bits": 14, "per_hour": 20},
 *    "style": {"accent": "#1c71d8", "corners": 6, "font": "sans", "width": 480},
 *    "languages": {"de": {"title": "…", "intro": "…", "button": "…", "consent": "…",
 *                         "thanks": {"title": "…", "text": "…"},
 *                         "fields": {"email": {"label": "…", "help": "…",
 *                                              "choices": {"garden": "…"}}}}}}
 *
 * A field's "key" says where its answer goes: a column of the lead (rungs_opt_in_columns()),
 * "field:KEY" (a field of the business's own), or "question:KEY" (asked here only: the answer
 * stands in a note, and its choices decide tags and segments). Keys after ":" and values of choices
 * are of a-z, 0-9, _ and -.
 *
 * Every text that people read has a path, by which it is translated and by which a problem is said
 * to be about it: "title", "intro", "button", "consent", "thanks.title", "thanks.text",
 * "fields.KEY.label", "fields.KEY.help", "fields.KEY.choices.VALUE"; "thanks.url" is one, too, and
 * the same in all languages. */

#pragma once

#include "web/rungs-web-style.h"

G_BEGIN_DECLS

#define RUNGS_OPT_IN_FIELDS_MOST 40
#define RUNGS_OPT_IN_CHOICES_MOST 100
#define RUNGS_OPT_IN_LANGUAGES_MOST 20

/**
 * RungsOptInKind: how a field is asked.
 * @RUNGS_OPT_IN_CHOICE: one of its choices
 * @RUNGS_OPT_IN_CHOICES: any number of them
 * @RUNGS_OPT_IN_CHECK: a box to tick, "yes" or "no"
 * @RUNGS_OPT_IN_LONG: several lines
 */
typedef enum
{
  RUNGS_OPT_IN_TEXT,
  RUNGS_OPT_IN_EMAIL,
  RUNGS_OPT_IN_TEL,
  RUNGS_OPT_IN_CHOICE,
  RUNGS_OPT_IN_CHOICES,
  RUNGS_OPT_IN_CHECK,
  RUNGS_OPT_IN_LONG,
  RUNGS_OPT_IN_NUMBER,
  RUNGS_OPT_IN_DATE,
} RungsOptInKind;

#define RUNGS_OPT_IN_KINDS (RUNGS_OPT_IN_DATE + 1)

/* "text", "email", "tel", "choice", "choices", "check", "long", "number", "date". */
const char *rungs_opt_in_kind_to_text (RungsOptInKind kind);
gboolean rungs_opt_in_kind_from_text (const char     *text,
                                      RungsOptInKind *kind);

/* Whether it has choices. */
gboolean rungs_opt_in_kind_has_choices (RungsOptInKind kind);

typedef struct
{
  char *value;    /* (owned) what is sent */
  char *label;    /* (owned) */
  char *tag;      /* (owned) that who chooses it gets; "": none */
  gint64 segment; /* by hand, that they come to; 0: none */
} RungsOptInChoice;

RungsOptInChoice *rungs_opt_in_choice_new (const char *value,
                                           const char *label);
void rungs_opt_in_choice_free (RungsOptInChoice *self);

typedef struct
{
  char *key; /* (owned) */
  RungsOptInKind kind;
  char *label;        /* (owned) */
  char *help;         /* (owned) "" */
  gboolean required;
  gboolean profile;   /* asked only while it is not known */
  GPtrArray *choices; /* (owned) (element-type RungsOptInChoice) */
} RungsOptInField;

RungsOptInField *rungs_opt_in_field_new (const char     *key,
                                         RungsOptInKind  kind,
                                         const char     *label);
void rungs_opt_in_field_free (RungsOptInField *self);

/* Returns: (nullable): the choice of that value. */
const RungsOptInChoice *rungs_opt_in_field_find_choice (const RungsOptInField *self,
                                                        const char            *value);

/* The columns of a lead that a form can ask, NULL-terminated: "email", "first_name", "last_name",
 * "full_name", "company", "phone", "street", "postcode", "city", "region", "country". */
const char *const *rungs_opt_in_columns (void);

/* "First name": a column of the lead, as people call it, in the user's language. */
const char *rungs_opt_in_column_words (const char *column);

/* The kind that a column is asked by. */
RungsOptInKind rungs_opt_in_column_kind (const char *column);

/* The texts of one more language. */
typedef struct
{
  char *language;    /* (owned) BCP 47 */
  GHashTable *texts; /* (owned) (element-type utf8 utf8): by path; what is not there is as in the
                      * form's own language */
} RungsOptInVariant;

typedef struct
{
  char *language;           /* (owned) that its own texts are in; BCP 47 */
  char *title;              /* (owned) */
  char *intro;              /* (owned) "" */
  char *button;             /* (owned) */
  GPtrArray *fields;        /* (owned) (element-type RungsOptInField) */
  char *consent;            /* (owned) the words; "": it asks for none */
  gboolean consent_required;
  char *purpose;            /* (owned) "marketing" */
  char *thanks_title;       /* (owned) */
  char *thanks_text;        /* (owned) "" */
  char *thanks_url;         /* (owned) where who filled it in is sent; "": to the page of thanks */
  gboolean is_double;       /* consent counts when it was confirmed from the mailbox */
  gint64 confirm_message;   /* message that asks for that; 0: none yet */
  GPtrArray *tags;          /* (owned) (element-type utf8): names */
  gint64 sequence;          /* 0: none */
  gint64 segment;           /* by hand; 0: none */
  char *task;               /* (owned) for staff, of each who fills it in; "": none */
  guint task_days;          /* when it is due */
  guint most;               /* profile questions asked at once; 0: all */
  guint seconds;            /* who is faster is no person */
  guint bits;               /* of the browser's proof of work */
  guint per_hour;           /* of one address */
  RungsWebStyle *style;     /* (owned) */
  GPtrArray *variants;      /* (owned) (element-type RungsOptInVariant) */
} RungsOptIn;

/* A form that asks for nothing yet. */
RungsOptIn *rungs_opt_in_new (void);
void rungs_opt_in_free (RungsOptIn *self);
RungsOptIn *rungs_opt_in_copy (const RungsOptIn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOptIn, rungs_opt_in_free)

/* Errors: INVALID, in words that say where: it is no JSON, or not of the form above. Whether it
 * makes sense is for rungs_opt_in_check(). */
RungsOptIn *rungs_opt_in_parse (const char  *json,
                                GError     **error);

/* Returns: (transfer full): JSON; the same for the same form. */
char *rungs_opt_in_write (const RungsOptIn *self);
char *rungs_opt_in_write_pretty (const RungsOptIn *self);

/* Returns: (nullable): the field of that key. */
RungsOptInField *rungs_opt_in_find_field (const RungsOptIn *self,
                                          const char       *key);

/* ---- languages */

/* Returns: (transfer full) (element-type utf8): the languages it is in, its own first. */
GPtrArray *rungs_opt_in_languages (const RungsOptIn *self);

/* Returns: (transfer full) (element-type utf8): the paths of all texts that it has and that can be
 * translated, in the order in which people read them. */
GPtrArray *rungs_opt_in_paths (const RungsOptIn *self);

/* The text at a path in that language; where it is not translated, or `language` is NULL, in the
 * form's own; "" where there is none. Lent. */
const char *rungs_opt_in_get_text (const RungsOptIn *self,
                                   const char       *language,
                                   const char       *path);

/* Whether it was translated itself. */
gboolean rungs_opt_in_has_text (const RungsOptIn *self,
                                const char       *language,
                                const char       *path);

/* Sets a text in the form's own language (NULL), or in another, which is added where it is new;
 * "" takes a translation away. FALSE where there is no such path. */
gboolean rungs_opt_in_set_text (RungsOptIn *self,
                                const char *language,
                                const char *path,
                                const char *text);

/* Adds a language without texts, or takes one away with all of them. */
void rungs_opt_in_add_language (RungsOptIn *self,
                                const char *language);
void rungs_opt_in_remove_language (RungsOptIn *self,
                                   const char *language);

/* ---- problems */

typedef struct
{
  char *where;     /* (owned) a path as above, "fields.KEY", "languages.de", or as members of the
                    * JSON are called: "confirm_message", "then.sequence", "style.accent" … */
  char *words;     /* (owned) a sentence */
  gboolean blocks; /* it cannot be published so */
} RungsOptInProblem;

void rungs_opt_in_problem_free (RungsOptInProblem *self);

/* Returns: (transfer full) (element-type RungsOptInProblem): in the order of the form, empty where
 * all is well. What it refers to in the file is checked by rungs_opt_in_check_all()
 * (rungs-opt-in-store.h). */
GPtrArray *rungs_opt_in_check (const RungsOptIn *self);

/* Appends one. */
void rungs_opt_in_problem_add (GPtrArray  *problems,
                               const char *where,
                               gboolean    blocks,
                               const char *words);

G_END_DECLS
