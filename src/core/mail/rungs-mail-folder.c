/* rungs-mail-folder.c: a folder of mails, wherever it is kept. */

#include "mail/rungs-mail-folder.h"

G_DEFINE_ABSTRACT_TYPE (RungsMailFolder, rungs_mail_folder, G_TYPE_OBJECT)

static void
rungs_mail_folder_class_init (RungsMailFolderClass *class)
{
}

static void
rungs_mail_folder_init (RungsMailFolder *self)
{
}

void
rungs_mail_news_clear (RungsMailNews *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  *self = (RungsMailNews){ 0 };
}

gboolean
rungs_mail_folder_list (RungsMailFolder *self,
                        RungsMailNews   *news,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_return_val_if_fail (RUNGS_IS_MAIL_FOLDER (self), FALSE);
  g_return_val_if_fail (news != NULL, FALSE);

  *news = (RungsMailNews){ .keys = g_ptr_array_new_with_free_func (g_free) };
  return RUNGS_MAIL_FOLDER_GET_CLASS (self)->list (self, news, cancellable, error);
}

GBytes *
rungs_mail_folder_read_headers (RungsMailFolder *self,
                                const char      *key,
                                GCancellable    *cancellable,
                                GError         **error)
{
  g_return_val_if_fail (RUNGS_IS_MAIL_FOLDER (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return RUNGS_MAIL_FOLDER_GET_CLASS (self)->read_headers (self, key, cancellable, error);
}

GBytes *
rungs_mail_folder_read_mail (RungsMailFolder *self,
                             const char      *key,
                             gsize            limit,
                             GCancellable    *cancellable,
                             GError         **error)
{
  g_return_val_if_fail (RUNGS_IS_MAIL_FOLDER (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return RUNGS_MAIL_FOLDER_GET_CLASS (self)->read_mail (self, key, limit, cancellable, error);
}

gboolean
rungs_mail_folder_note (RungsMailFolder *self,
                        RungsDb         *db,
                        const char      *key,
                        gboolean         is_last,
                        GError         **error)
{
  g_return_val_if_fail (RUNGS_IS_MAIL_FOLDER (self), FALSE);
  g_return_val_if_fail (db != NULL, FALSE);

  return RUNGS_MAIL_FOLDER_GET_CLASS (self)->note (self, db, key, is_last, error);
}
