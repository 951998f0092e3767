/* rungs-opt-in-enrol.c: the sequence that a form starts. */

#include "web/rungs-opt-in-enrol.h"

#include "base/rungs-error.h"
#include "sequences/rungs-enrolment-store.h"

gboolean
rungs_opt_in_enrol (RungsWebWork      *work,
                    const RungsOptIn  *definition,
                    const char        *form_name,
                    GError           **error)
{
  g_autofree char *why = g_strdup_printf ("form: %s", form_name);
  g_autoptr (GError) fault = NULL;
  RungsEnrolAnswer answer;

  if (definition->sequence == 0
      || rungs_enrolment_add (work->db, work->lead, definition->sequence, why, work->now, &answer,
                              &fault)
      || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}
