/* rungs-help-when.c: what happens when: the table of docs/what-happens-when.md, for the help. */

#include "rungs-help-when.h"

#include <glib/gi18n.h>

/* A heading has no answer. */
const RungsHelpWhen RUNGS_HELP_WHEN[] = {
  { N_ ("Coming and going"), NULL },
  { N_ ("What lets leads enter happens again while the lead is inside"),
    N_ ("Nothing: a lead walks a sequence once at a time, and the walk goes on as it is. It is "
        "not kept for later.") },
  { N_ ("Somebody enters the lead by hand while it is inside"),
    N_ ("It is refused, and says why.") },
  { N_ ("It happens again after the walk has ended"),
    N_ ("As the sequence says: never (the default), again, or after so many days. By itself at "
        "most once an hour.") },
  { N_ ("The lead leaves the segment by which it entered"),
    N_ ("The walk goes on. A goal, or a condition, with the rule of the segment lets it end.") },
  { N_ ("The goal is met early"),
    N_ ("The walk ends at once, wherever the lead stands; what was planned and not sent is "
        "withheld.") },
  { N_ ("The lead replies to one of its messages"),
    N_ ("It becomes a task for you. The sequence goes on (the default), waits until the task is "
        "done, or ends, as it says: When the lead replies. A reply to something else changes "
        "nothing for it.") },
  { N_ ("… and it waited, and the task is done"),
    N_ ("It goes on: what was due meanwhile leaves now, and waits begin from there.") },
  { N_ ("Two sequences want to write to the lead"),
    N_ ("Both do, each at its time. The cap in Settings holds for all of them together; who "
        "comes second waits.") },
  { N_ ("Buying"), NULL },
  { N_ ("The lead buys what the sequence sells"),
    N_ ("The walk ends; what was planned and not sent is withheld.") },
  { N_ ("It buys a bundle that holds it"),
    N_ ("The same: owning a bundle is owning its parts.") },
  { N_ ("It gives it back"),
    N_ ("Nothing by itself: the walk has ended. The lead may enter again, as the sequence says.") },
  { N_ ("It buys it again"),
    N_ ("The walk that it began meanwhile ends.") },
  { N_ ("Time"), NULL },
  { N_ ("The dates of three dated messages are all over when the lead comes to them"),
    N_ ("None of the three leaves; the lead goes on to what follows. A message for a date "
        "leaves up to 24 hours late, unless its step says otherwise.") },
  { N_ ("The program was off for a week"),
    N_ ("What is up to twelve hours late leaves at once; what is later leaves too, but for each "
        "lead on a day of its own: nobody gets five messages on Monday. Waits that were slept "
        "through end, and those that follow begin then.") },
  { N_ ("… and the step says how late its message may be"),
    N_ ("Later than that it is withheld, and the walk goes on.") },
  { N_ ("A message is planned outside the hours, or on a quiet day or holiday"),
    N_ ("It waits for the next time inside, and the reason is told where it waits. What waits "
        "for one opening leaves within half an hour of it.") },
  { N_ ("The clock is set back"),
    N_ ("Nothing leaves again; what waits waits until the clock shows its time.") },
  { N_ ("A day has no such hour, because summer time begins"),
    N_ ("The wait ends at the first moment after the gap.") },
  { N_ ("A day has the hour twice, because summer time ends"),
    N_ ("The wait ends at the first of the two, once.") },
  { N_ ("A birthday is on 29 February"),
    N_ ("In years without one it is on the 28th.") },
  { N_ ("A date of the lead moves while it is waited for"),
    N_ ("The wait moves with it; where it is taken away, the lead goes “no such date”.") },
  { N_ ("Editing a sequence that leads walk"), NULL },
  { N_ ("A step is added before where a lead waits"),
    N_ ("The lead does not get it.") },
  { N_ ("A step is added right after where it waits"),
    N_ ("It gets it when the wait ends.") },
  { N_ ("A step is added further on"),
    N_ ("It comes to it.") },
  { N_ ("The wait is made longer"),
    N_ ("The time already waited counts: it waits for the rest.") },
  { N_ ("The wait is made shorter"),
    N_ ("The same; whoever has waited long enough goes on at once.") },
  { N_ ("The wait is removed"),
    N_ ("It goes on at once, with what followed.") },
  { N_ ("A condition is changed"),
    N_ ("It holds for those who come to it from now on.") },
  { NULL, NULL },
};
