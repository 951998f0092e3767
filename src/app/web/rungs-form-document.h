/* rungs-form-document.h: an opt-in form that is being written: a draft (rungs-draft.h) whose text
 * is the JSON that defines the form. */

#pragma once

#include "rungs-form-facts.h"
#include "rungs-form-json.h"
#include "widgets/rungs-draft.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_DOCUMENT (rungs_form_document_get_type ())

/* It is another one (RungsDraft::changed) also when its language is. What is wrong with it:
 * element-type RungsOptInProblem. */
G_DECLARE_FINAL_TYPE (RungsFormDocument, rungs_form_document, RUNGS, FORM_DOCUMENT, RungsDraft)

RungsFormDocument *rungs_form_document_new (RungsStore *store,
                                            gint64      form);

/* Returns: (nullable): NULL before it was read, as are those below. */
RungsFormFacts *rungs_form_document_get_facts (RungsFormDocument *self);

/* The definition, to be read only: the functions below change it. */
JsonNode *rungs_form_document_get_root (RungsFormDocument *self);

/* The same, as core reads it. */
const RungsOptIn *rungs_form_document_get_opt_in (RungsFormDocument *self);

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

G_END_DECLS
