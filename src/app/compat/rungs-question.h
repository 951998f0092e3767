/* rungs-question.h: asks one question over a window, with what this version of libadwaita has for
 * it. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The answer; FALSE for Cancel and Escape. */
typedef void (*RungsQuestionFunc) (gboolean agreed,
                                   gpointer data);

/**
 * RungsQuestionKind:
 * @RUNGS_QUESTION_PLAIN: nothing is lost either way; Enter agrees
 * @RUNGS_QUESTION_DESTRUCTIVE: agreeing cannot be undone; Enter cancels
 */
typedef enum
{
  RUNGS_QUESTION_PLAIN,
  RUNGS_QUESTION_DESTRUCTIVE,
} RungsQuestionKind;

/* Asks `heading` with `body` under it. The buttons are Cancel and `agree` ("_Restore"). `answered`
 * is called once; not where `parent` is destroyed first. */
void rungs_question_ask (GtkWidget         *parent,
                         const char        *heading,
                         const char        *body,
                         const char        *agree,
                         RungsQuestionKind  kind,
                         RungsQuestionFunc  answered,
                         gpointer           data);

/* The same with a widget under the body, such as an entry, which lives until `answered` has been
 * called. */
void rungs_question_ask_with (GtkWidget         *parent,
                              const char        *heading,
                              const char        *body,
                              GtkWidget         *extra,
                              const char        *agree,
                              RungsQuestionKind  kind,
                              RungsQuestionFunc  answered,
                              gpointer           data);

/* Says something that must be read, with a button Close, and one that copies `details`
 * (nullable). */
void rungs_question_tell (GtkWidget  *parent,
                          const char *heading,
                          const char *body,
                          const char *details);

G_END_DECLS
