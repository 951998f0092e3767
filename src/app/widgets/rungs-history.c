/* rungs-history.c: undo and redo of what was done to the file, without limit.
 *
 * Two piles: what was done, and what was undone. A command that runs is on neither; when it is done
 * it goes to the other one, unless something new was done meanwhile: what was undone before that
 * cannot be done again. What is asked while one runs waits for its turn, as long as what comes
 * before it is done, and nothing new is. */

#include "rungs-history.h"

#include <glib/gi18n.h>

#include "rungs-undo-keys.h"

typedef struct
{
  char *label; /* (owned) */
  RungsHistoryStart start;
  RungsHistoryFinish finish;
  gpointer command; /* (owned) */
  GDestroyNotify destroy;
} Command;

struct _RungsHistory
{
  GObject parent_instance;

  GPtrArray *done;   /* (owned) (element-type Command): the last one is undone first */
  GPtrArray *undone; /* (owned) (element-type Command): the last one is done again first */
  Command *running;  /* (owned) (nullable): taken off its pile */
  gboolean undoing;  /* what runs */
  GQueue asked;      /* (element-type gboolean): whether to undo, or to do again, after that */
  guint added;       /* how often something new was done */
  guint cleared;     /* how often all was forgotten */
};

G_DEFINE_FINAL_TYPE (RungsHistory, rungs_history, G_TYPE_OBJECT)

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
} RungsHistoryProperty;

static GParamSpec *properties[PROP_REDO_LABEL + 1];

enum
{
  FAILED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A run of a command. */
typedef struct
{
  RungsHistory *history; /* (owned) */
  guint added;           /* as they were at the beginning */
  guint cleared;
} Run;

static void
command_free (gpointer data)
{
  Command *command = data;

  if (command->destroy != NULL)
    command->destroy (command->command);
  g_free (command->label);
  g_free (command);
}

static void
notify_all (RungsHistory *self)
{
  for (guint i = PROP_CAN_UNDO; i <= PROP_REDO_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Puts the command that ran where it belongs now: below what was done meanwhile. One that has no
 * place any more is forgotten. */
static void
put_back (RungsHistory *self,
          const Run    *run,
          gboolean      was_done)
{
  Command *command = g_steal_pointer (&self->running);
  GPtrArray *pile = self->undoing != was_done ? self->done : self->undone;
  guint newer = self->added - run->added;

  if (self->cleared != run->cleared || (pile == self->undone && newer > 0))
    command_free (command);
  else
    g_ptr_array_insert (pile, (int) (pile->len - newer), command);
}

/* How many can be undone, or done again, once all that is asked is done. */
static guint
count_left (RungsHistory *self,
            gboolean      undo)
{
  guint n = undo ? self->done->len : self->undone->len;

  n += self->running != NULL && self->undoing != undo;
  for (GList *item = self->asked.head; item != NULL; item = item->next)
    n += GPOINTER_TO_INT (item->data) == undo ? -1 : 1;
  return n;
}

/* What was asked first, where none runs. */
static void
run_next (RungsHistory        *self,
          GAsyncReadyCallback  ran)
{
  GPtrArray *pile;
  Run *run;

  if (self->running != NULL || g_queue_is_empty (&self->asked))
    return;
  self->undoing = GPOINTER_TO_INT (g_queue_pop_head (&self->asked));
  pile = self->undoing ? self->done : self->undone;
  self->running = g_ptr_array_steal_index (pile, pile->len - 1);
  notify_all (self);
  run = g_new0 (Run, 1);
  run->history = g_object_ref (self);
  run->added = self->added;
  run->cleared = self->cleared;
  self->running->start (self->running->command, self->undoing, ran, run);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  Run *run = data;
  g_autoptr (RungsHistory) self = run->history;
  Command *command = self->running;
  gboolean undoing = self->undoing;
  g_autofree char *label = g_strdup (command->label);
  g_autoptr (GError) error = NULL;
  gboolean was_done = command->finish (command->command, source, result, &error);

  put_back (self, run, was_done);
  g_free (run);
  if (!was_done)
    g_queue_clear (&self->asked);
  notify_all (self);
  if (was_done)
    g_signal_emit (self, signals[DONE], 0, label, undoing);
  else
    g_signal_emit (self, signals[FAILED], 0, label, undoing, error);
  run_next (self, ran_cb);
}

static void
ask (RungsHistory *self,
     gboolean      undo)
{
  if (count_left (self, undo) == 0)
    return;
  g_queue_push_tail (&self->asked, GINT_TO_POINTER (undo));
  run_next (self, ran_cb);
  notify_all (self);
}

/* ---- the class */

static void
rungs_history_finalize (GObject *object)
{
  RungsHistory *self = RUNGS_HISTORY (object);

  g_clear_pointer (&self->running, command_free);
  g_queue_clear (&self->asked);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (rungs_history_parent_class)->finalize (object);
}

static void
rungs_history_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RungsHistory *self = RUNGS_HISTORY (object);

  switch ((RungsHistoryProperty) id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, rungs_history_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, rungs_history_get_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, rungs_history_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, rungs_history_get_redo_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_history_class_init (RungsHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = rungs_history_finalize;
  object_class->get_property = rungs_history_get_property;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean (
    "can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO] = g_param_spec_boolean (
    "can-redo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNDO_LABEL] = g_param_spec_string (
    "undo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REDO_LABEL] = g_param_spec_string (
    "redo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
rungs_history_init (RungsHistory *self)
{
  g_queue_init (&self->asked);
  self->done = g_ptr_array_new_with_free_func (command_free);
  self->undone = g_ptr_array_new_with_free_func (command_free);
}

RungsHistory *
rungs_history_new (void)
{
  return g_object_new (RUNGS_TYPE_HISTORY, NULL);
}

void
rungs_history_add (RungsHistory       *self,
                   const char         *label,
                   RungsHistoryStart   start,
                   RungsHistoryFinish  finish,
                   gpointer            command,
                   GDestroyNotify      destroy)
{
  Command *added;

  g_return_if_fail (RUNGS_IS_HISTORY (self));
  g_return_if_fail (label != NULL && start != NULL && finish != NULL);

  added = g_new0 (Command, 1);
  added->label = g_strdup (label);
  added->start = start;
  added->finish = finish;
  added->command = command;
  added->destroy = destroy;
  g_ptr_array_add (self->done, added);
  g_ptr_array_set_size (self->undone, 0);
  g_queue_clear (&self->asked);
  self->added++;
  notify_all (self);
}

void
rungs_history_undo (RungsHistory *self)
{
  g_return_if_fail (RUNGS_IS_HISTORY (self));

  ask (self, TRUE);
}

void
rungs_history_redo (RungsHistory *self)
{
  g_return_if_fail (RUNGS_IS_HISTORY (self));

  ask (self, FALSE);
}

void
rungs_history_clear (RungsHistory *self)
{
  g_return_if_fail (RUNGS_IS_HISTORY (self));

  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  g_queue_clear (&self->asked);
  self->cleared++;
  notify_all (self);
}

gboolean
rungs_history_is_running (RungsHistory *self)
{
  g_return_val_if_fail (RUNGS_IS_HISTORY (self), FALSE);

  return self->running != NULL;
}

gboolean
rungs_history_get_can_undo (RungsHistory *self)
{
  g_return_val_if_fail (RUNGS_IS_HISTORY (self), FALSE);

  return count_left (self, TRUE) > 0;
}

gboolean
rungs_history_get_can_redo (RungsHistory *self)
{
  g_return_val_if_fail (RUNGS_IS_HISTORY (self), FALSE);

  return count_left (self, FALSE) > 0;
}

static const char *
last_label (GPtrArray *pile)
{
  return pile->len > 0 ? ((Command *) g_ptr_array_index (pile, pile->len - 1))->label : NULL;
}

const char *
rungs_history_get_undo_label (RungsHistory *self)
{
  g_return_val_if_fail (RUNGS_IS_HISTORY (self), NULL);

  return last_label (self->done);
}

const char *
rungs_history_get_redo_label (RungsHistory *self)
{
  g_return_val_if_fail (RUNGS_IS_HISTORY (self), NULL);

  return last_label (self->undone);
}

/* ---- actions and buttons */

static void
undo_activated_cb (RungsHistory *self)
{
  rungs_history_undo (self);
}

static void
redo_activated_cb (RungsHistory *self)
{
  rungs_history_redo (self);
}

static void
add_action (RungsHistory       *self,
            GSimpleActionGroup *group,
            const char         *name,
            const char         *property,
            void (*activated) (RungsHistory *self))
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_object_bind_property (self, property, action, "enabled", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (action, "activate", G_CALLBACK (activated), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

void
rungs_history_install (RungsHistory *self,
                       GtkWidget    *widget)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_return_if_fail (RUNGS_IS_HISTORY (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  add_action (self, group, "undo", "can-undo", undo_activated_cb);
  add_action (self, group, "redo", "can-redo", redo_activated_cb);
  gtk_widget_insert_action_group (widget, "history", G_ACTION_GROUP (group));
  rungs_undo_keys_add (widget, "history.undo", "history.redo", GTK_PHASE_BUBBLE);
}

static gboolean
undo_words (GBinding     *binding,
            const GValue *from,
            GValue       *to,
            gpointer      data)
{
  const char *label = g_value_get_string (from);

  if (label != NULL)
    g_value_take_string (to, g_strdup_printf (_ ("Undo: %s"), label));
  else
    g_value_set_string (to, _ ("Nothing to undo"));
  return TRUE;
}

static gboolean
redo_words (GBinding     *binding,
            const GValue *from,
            GValue       *to,
            gpointer      data)
{
  const char *label = g_value_get_string (from);

  if (label != NULL)
    g_value_take_string (to, g_strdup_printf (_ ("Redo: %s"), label));
  else
    g_value_set_string (to, _ ("Nothing to redo"));
  return TRUE;
}

void
rungs_history_bind_buttons (RungsHistory *self,
                            GtkWidget    *undo,
                            GtkWidget    *redo)
{
  g_return_if_fail (RUNGS_IS_HISTORY (self));
  g_return_if_fail (GTK_IS_BUTTON (undo) && GTK_IS_BUTTON (redo));

  g_object_bind_property (self, "can-undo", undo, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "can-redo", redo, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (self, "undo-label", undo, "tooltip-text", G_BINDING_SYNC_CREATE,
                               undo_words, NULL, NULL, NULL);
  g_object_bind_property_full (self, "redo-label", redo, "tooltip-text", G_BINDING_SYNC_CREATE,
                               redo_words, NULL, NULL, NULL);
  g_signal_connect_object (undo, "clicked", G_CALLBACK (undo_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (redo, "clicked", G_CALLBACK (redo_activated_cb), self,
                           G_CONNECT_SWAPPED);
}
