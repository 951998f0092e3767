/* rungs-form.h: a small modal window with fields, Cancel, and a button that stores them. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM (rungs_form_get_type ())

/**
 * RungsForm::agreed: the button was clicked, or Enter pressed in a field. Reads the fields, marks
 *   what is wrong (rungs_error_mark_row()), and calls rungs_form_save() where nothing is.
 * RungsForm::saved: it was stored; the form closes.
 * @id: what the function of rungs_form_save() returned; 0: nothing
 */
G_DECLARE_FINAL_TYPE (RungsForm, rungs_form, RUNGS, FORM, AdwWindow)

/* `agree` is the label of the button, with a mnemonic. `parent` may be NULL in tests. */
RungsForm *rungs_form_new (GtkWindow  *parent,
                           const char *title,
                           const char *agree);

/* What the form is about, over its fields. */
void rungs_form_set_text (RungsForm  *self,
                          const char *text);

/* The fields that follow stand in a group of their own under `title` (nullable). */
void rungs_form_add_group (RungsForm  *self,
                           const char *title);

/* The group that the next field comes into; it lives as long as the form. */
GtkWidget *rungs_form_get_group (RungsForm *self);

/* A line of text. */
AdwEntryRow *rungs_form_add_entry (RungsForm  *self,
                                   const char *title,
                                   const char *text);

/* One of several; `labels` are copied. */
AdwComboRow *rungs_form_add_choice (RungsForm         *self,
                                    const char        *title,
                                    const char *const *labels);

/* Several lines of text under `title`, which may be NULL. */
GtkTextBuffer *rungs_form_add_lines (RungsForm  *self,
                                     const char *title,
                                     const char *text);

/* Any other widget, in the group. */
void rungs_form_add_widget (RungsForm *self,
                            GtkWidget *widget);

/* Opens it for `data`, which it frees with `data_free` when it goes. `agreed` (RungsForm *, data)
 * and `saved` (RungsForm *, gint64 id, data) are the handlers of its signals. */
void rungs_form_open (RungsForm      *self,
                      gpointer        data,
                      GDestroyNotify  data_free,
                      GCallback       agreed,
                      GCallback       saved);

/* What is in a field, without the space around it. */
char *rungs_form_dup_entry (AdwEntryRow *row);
char *rungs_form_dup_lines (GtkTextBuffer *buffer);

/* Which field, or widget with fields, has the focus at first; unless said, the first row. */
void rungs_form_set_first (RungsForm *self,
                           GtkWidget *widget);

/* What a click on the button does, where it can be clicked. */
void rungs_form_agree (RungsForm *self);

/* Whether the button can be clicked. */
void rungs_form_set_ready (RungsForm *self,
                           gboolean   ready);

/* Runs `func` in a write of the store. It returns a gint64 * for ::saved, or NULL. What is wrong
 * with the input (INVALID, CONFLICT) is said beside `field` where there is one, all else over the
 * form under `failure` ("The Lead Could Not Be Saved"). */
void rungs_form_save (RungsForm      *self,
                      RungsStore     *store,
                      RungsStoreFunc  func,
                      gpointer        data,
                      GDestroyNotify  data_free,
                      const char     *failure,
                      AdwEntryRow    *field);

G_END_DECLS
