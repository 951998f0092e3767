/* rungs-form-document.h: an opt-in form that is being written: its text, what is wrong with it, and
 * all that was done to it. It is in the file at once, as the draft of the form. */

#pragma once

#include "rungs-form-facts.h"
#include "rungs-form-json.h"
#include "widgets/rungs-history.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_DOCUMENT (rungs_form_document_get_type ())

/**
 * RungsFormDocument::changed: the text, the language, or what is known of it, is another now
 *
 * RungsFormDocument::failed: (GError *error, gboolean saving): it could not be kept, or read
 */
G_DECLARE_FINAL_TYPE (RungsFormDocument, rungs_form_document, RUNGS, FORM_DOCUMENT, GObject)

/* Nothing is read before rungs_form_document_refresh(). */
RungsFormDocument *rungs_form_document_new (RungsStore *store,
                                            gint64      form);

/* Reads the file again. A draft that somebody else changed takes the place of this one, unless this
 * one was not kept yet. */
void rungs_form_document_refresh (RungsFormDocument *self);

gint64 rungs_form_document_get_form (RungsFormDocument *self);

/* Returns: (nullable): NULL before it was read, as are those below. */
RungsFormFacts *rungs_form_document_get_facts (RungsFormDocument *self);
const char *rungs_form_document_get_text (RungsFormDocument *self);

/* The definition, to be read only: the functions below change it. */
JsonNode *rungs_form_document_get_root (RungsFormDocument *self);

/* The same, as core reads it. */
const RungsOptIn *rungs_form_document_get_opt_in (RungsFormDocument *self);

/* All that is wrong with it (element-type RungsOptInProblem). */
GPtrArray *rungs_form_document_get_problems (RungsFormDocument *self);

/* In which of its languages the texts are shown and written; "": in its first. */
const char *rungs_form_document_get_language (RungsFormDocument *self);
void rungs_form_document_set_language (RungsFormDocument *self,
                                       const char        *language);

/* Where in the JSON the member stands that problems are said to be of ("title", "fields.KEY.label",
 * "then.sequence"); of texts, that of the language that is written. Returns: (nullable): NULL where
 * there is no such field or choice. */
char *rungs_form_document_dup_path (RungsFormDocument *self,
                                    const char        *where);

/* The place of that field, or of that choice of it where `value` is not NULL; -1: there is none. */
int rungs_form_document_find (RungsFormDocument *self,
                              const char        *key,
                              const char        *value);

/* Begins an edit: a copy of the definition, to be changed and given to the next. */
JsonNode *rungs_form_document_begin (RungsFormDocument *self);

/* Puts `root`, which is taken, in the place of the definition, and remembers that as `label` ("new
 * field"). Edits of one `place` (nullable) that follow each other within a second are one, such as
 * what was typed in one go. FALSE: nothing is another, or core cannot read it, which is told. */
gboolean rungs_form_document_end (RungsFormDocument *self,
                                  const char        *label,
                                  const char        *place,
                                  JsonNode          *root);

/* The same for one member, which is taken; NULL: it goes. */
gboolean rungs_form_document_put (RungsFormDocument *self,
                                  const char        *label,
                                  const char        *where,
                                  JsonNode          *value);

RungsHistory *rungs_form_document_get_history (RungsFormDocument *self);

/* Whether all of it is in the file. */
gboolean rungs_form_document_is_saved (RungsFormDocument *self);

/* Whether what visitors see is another. */
gboolean rungs_form_document_is_unpublished (RungsFormDocument *self);

G_END_DECLS
