"""A year of the pottery studio: who came from where, what they were sent, what they bought.

Every time is in minutes from the midnight that begins the day on which the demo is opened, in the
zone of the business: -1440 is the midnight before. What lies ahead (a message that is due tomorrow)
is positive. A lead's life is made first, as a list of facts; all lives together are then told in
the order of time, as the timeline of the program is. """

from people import People
from studio import DIRECT_BUYS, FIELDS, SOURCES, WORDING

DAY = 1440
NOW = 8 * 60      # the demo ends at eight today, or when it is opened where that is earlier
DAYS = 364
LEADS = 2000
OPENS, CLOSES = 7 * 60, 21 * 60      # marketing leaves between these minutes of the day
SOURCE_OF = {source['kind']: source for source in SOURCES}
ORIGIN = {'opt-in': 'form on quaylane.example', 'direct': 'check-out', 'phone': 'telephone call',
          'in person': 'sign-up sheet in the studio'}
SECOND_THOUGHTS = ['Changed their mind', 'No time after all', 'Date does not suit',
                   'Not what they expected']
# Of what happens in one minute, these come last: they need what the others tell of.
RANK = {'mail': 1, 'end': 2}
POINTS = {'GUIDE': 5, 'KIT': 20, 'WEEKEND': 30, 'EVENING': 10, 'MASTER': 50}
PAGE = {'opt-in': '/guide', 'direct': '/kit', 'phone': '', 'in person': 'open day'}


def in_window(at):
    """When a message that is due at `at` may leave."""
    minute = at % DAY
    if minute < OPENS:
        return at - minute + OPENS
    if minute >= CLOSES:
        return at - minute + DAY + OPENS
    return at


class Life:
    """What happened to one lead, as facts of the form (at, what)."""

    def __init__(self, history, number, person, born):
        self.history, self.chances, self.number = history, history.chances, number
        self.facts, self.tags, self.values, self.owns = [], {}, {}, {}
        self.consented, self.silent_from, self.bounces = False, None, False
        self.person, self.born = person, born

    def tell(self, at, what, **more):
        self.facts.append((at, {'is': what, 'lead': self.number, 'at': at, **more}))

    def touch(self, at, kind, path, detail=''):
        self.tell(at, 'touch', source=kind, path=path, detail=detail)

    def tag(self, at, name):
        if name not in self.tags:
            self.tags[name] = at
            self.tell(at, 'tag', tag=name)

    def consent(self, at, origin, wording=WORDING):
        self.consented = True
        self.tell(at, 'consent', action='given', origin=origin, wording=wording)

    def value(self, at, key, value):
        self.values[key] = value
        self.tell(at, 'value', field=key, value=value)

    def silence(self, at, what, **more):
        """No message after this one."""
        if self.silent_from is None:
            self.silent_from = at
            self.tell(at, what, **more)

    def task(self, at, title, due):
        """Something for a person: done in time, mostly; of the last days' some wait still."""
        number = self.history.next_task()
        self.tell(at, 'task', number=number, title=title, due=due)
        done = max(at + 20, due - self.chances.between(-200, 1300))
        waits = due > -5 * DAY and self.chances.chance(550)
        if done < NOW and not waits:
            self.tell(done, 'done', task=number)

    # ------------------------------------------------------------ buying

    def order(self, at, sku, origin, coupon='', follow=True, amount=None):
        number = self.history.next_order()
        more = {} if amount is None else {'amount': amount}
        self.tell(at, 'order', number=number, sku=sku, origin=origin, coupon=coupon, **more)
        self.owns.setdefault(sku, at)
        self.tell(at, 'score', points=POINTS[sku], why=origin)
        following = self.history.sequence_after.get(sku)
        if follow and following and self.consented and following['sells'] not in self.owns:
            self.walk(following, at)
        return number

    def refund(self, order, at, reason, amount=None):
        if at < NOW:
            more = {} if amount is None else {'amount': amount}
            self.tell(at, 'refund', order=order, reason=reason, **more)

    # ------------------------------------------------------------ messages

    def walk(self, sequence, at):
        """Walks the sequence from `at` until it ends, is ended, or waits beyond today. The purchase
        of what it sells is decided here: it is the sequence that sells."""
        bought_at = self.decides(sequence['sells'], at)
        Walk(self, sequence, at, bought_at).run()
        if bought_at is not None and bought_at < NOW:
            self.buys(sequence['sells'], bought_at)

    def decides(self, sku, at):
        """When this lead buys, if ever: most within three weeks of a letter that offers it."""
        source = SOURCE_OF[self.person['source']]
        share = source[sku.lower()]
        first, last = {'KIT': (5, 19), 'WEEKEND': (12, 46), 'EVENING': (16, 50)}[sku]
        if not self.chances.chance(share) or sku in self.owns:
            return None
        day = min(self.chances.between(first, last), self.chances.between(first, last))
        bought = at + day * DAY
        return bought - bought % DAY + self.chances.between(9 * 60, 21 * 60)

    def buys(self, sku, at):
        if self.silent_from is not None and at > self.silent_from:
            return
        self.touch(at - 4, 'customers' if 'KIT' in self.owns or 'WEEKEND' in self.owns else
                   self.person['source'], 'opt-in', {'KIT': '/kit', 'WEEKEND': '/weekend',
                                                     'EVENING': '/evenings'}[sku])
        if sku == 'EVENING':
            self.joins(at)
            return
        coupon = 'WHEEL20' if sku == 'WEEKEND' and self.chances.chance(180) else ''
        origin = self.chances.weighted([('web shop', 85), ('telephone', 15)])
        coupon = coupon or self.code_of(sku, origin, at)
        order = self.order(at, sku, origin, coupon, amount=22000 if coupon == 'WHEEL20' else None)
        self.second_thoughts(order, sku, at)
        if sku == 'WEEKEND' and self.chances.chance(70):
            later = at + self.chances.between(65, 120) * DAY
            if later < NOW:
                self.masters(later)

    def code_of(self, sku, origin, at):
        """Who rings is told a code now and then; a partner prints one on a letter."""
        if sku == 'WEEKEND' and origin == 'telephone' and not self.history.orders % 4 == 0:
            self.tell(at - 40, 'given', coupon='RING ME', who='Mairéad')
            return 'RING ME'
        return 'HARBOUR' if sku == 'KIT' and self.person['source'] == 'jv' and origin == 'web shop' else ''

    def second_thoughts(self, order, sku, at):
        source = SOURCE_OF[self.person['source']]
        if self.chances.chance(source['refund']):
            self.refund(order, at + self.chances.between(3, 13) * DAY + 95,
                        self.chances.pick(SECOND_THOUGHTS))
        elif sku == 'KIT' and self.chances.chance(25):
            at += self.chances.between(3, 9) * DAY + 70
            self.refund(order, at, 'A glaze jar arrived broken', 600)

    def joins(self, at):
        """The evenings are paid month by month, early in the morning, until somebody stops."""
        self.order(at, 'EVENING', 'studio')
        self.tag(at + 30, 'studio member')
        months = 0
        while not self.chances.chance(85):
            months += 1
            at += 30 * DAY - at % DAY + self.chances.between(6 * 60, 7 * 60)
            if at >= NOW:
                break
            self.order(at, 'EVENING', 'renewal', follow=False)
            if months == 4 and self.chances.chance(420):
                self.masters(at + 6 * DAY + 73)

    def masters(self, at):
        if at < NOW and 'MASTER' not in self.owns:
            self.touch(at - 30, 'customers', 'in person', 'in the studio')
            self.order(at, 'MASTER', 'studio')
            self.tag(at, 'master class')
            for part in ('KIT', 'WEEKEND'):
                self.owns.setdefault(part, at)


class Walk:
    """One enrolment: the steps of a sequence, walked in time."""

    def __init__(self, life, sequence, at, bought_at):
        self.life, self.sequence, self.at, self.began = life, sequence, at, at
        self.bought_at = bought_at
        self.number = life.history.next_enrolment()
        self.path = []      # [step, when the lead came there, the way it left]

    def end(self):
        """When something outside ends the walk, and how; only what has happened by today counts."""
        ends = [(at, outcome)
                for at, outcome in ((self.bought_at, 'bought'), (self.life.silent_from, 'stopped'))
                if at is not None and at < NOW]
        return min(ends) if ends else (NOW + 1, None)

    def run(self):
        name, outcome = self.sequence['start'], 'finished'
        while name is not None:
            stop, why = self.end()
            if self.at >= min(stop, NOW):
                self.at, outcome = (stop, why) if why else (self.at, None)
                break
            self.path.append([name, self.at, 'next'])
            name = self.do(name, self.sequence['steps'][name])
        self.tell(outcome)

    def do(self, name, step):
        """Does a step; gives the name of the one after it. A wait moves the time."""
        kind = step['kind']
        way, result = 'next', None
        if kind == 'wait':
            self.at += step['days'] * DAY
        elif kind == 'wait_until':
            hour, minute = map(int, step['time'].split(':'))
            self.at += (hour * 60 + minute - self.at) % DAY
        elif kind == 'message':
            self.send(name, step)
            result = 'planned'
        elif kind == 'condition':
            way = 'yes' if self.holds(step['rule']) else 'no'
        elif kind == 'split':
            weights = [(n, branch['weight']) for n, branch in enumerate(step['branches'])]
            way = self.life.chances.weighted(weights)
            self.path[-1][2] = str(way + 1)
            return step['branches'][way]['next']
        elif 'add_tag' in step:
            self.life.tag(self.at, step['add_tag'])
            result = 'done'
        else:
            self.ask(step['task'])
            result = 'done'
        self.path[-1][2] = result or way
        return step.get(way)

    def holds(self, rule):
        if rule['field'] == 'tag':
            return self.life.tags.get(rule['value'], 1) <= self.at
        return self.life.values.get(rule['field'].removeprefix('field:')) == 'yes'

    def ask(self, task):
        self.life.task(self.at, task['title'], self.at + task['days'] * DAY)

    def send(self, name, step):
        life, chances = self.life, self.life.chances
        leaves = in_window(self.at) + chances.below(3)
        message = {'message': step['message'], 'enrolment': self.number, 'step': name,
                   'visit': len(self.path), 'due': self.at}
        if leaves >= NOW:
            life.tell(self.at, 'mail', state='planned', **message)
        elif self.end()[0] <= leaves:
            reason = 'owned' if self.end()[1] == 'bought' else 'suppressed'
            life.tell(leaves, 'mail', state='withheld', reason=reason, **message)
        elif life.bounces:
            life.tell(leaves, 'mail', state='failed', reason='refused',
                      reply='550 5.1.1 No such mailbox here', **message)
            life.silence(leaves, 'bounce')
        else:
            life.tell(leaves, 'mail', state='sent', reply='250 2.0.0 Ok: queued', **message)
            if chances.chance(9):
                life.silence(leaves + chances.between(4, 900), 'unsubscribe')

    def tell(self, outcome):
        """Writes the enrolment down, with what was walked; one that goes on, or was ended from
        outside, stands at its last wait, or before its first step."""
        if outcome != 'finished' and self.path and self.path[-1][2] == 'next':
            self.path[-1][2] = ''
        last = self.path[-1] if self.path else [self.sequence['start'], self.began, '']
        self.life.tell(self.began, 'enrolment', number=self.number, sequence=self.sequence['name'],
                       steps=self.path, step=last[0], arrived=last[1],
                       due=self.at if outcome is None else None,
                       why='ordered ' + self.sequence['entry']['triggers'][0]['sku'])
        if outcome is not None:
            why = {'finished': '', 'bought': 'ordered ' + self.sequence['sells'],
                   'stopped': 'bounced' if self.life.bounces else 'unsubscribed'}[outcome]
            self.life.tell(self.at, 'end', enrolment=self.number, outcome=outcome, why=why)


class History:
    """The lives of all leads, and what the studio spent. A sequence begins when a product is
    ordered."""

    def __init__(self, chances, sequences):
        self.chances, self.people = chances, People(chances)
        self.sequence_after = {s['entry']['triggers'][0]['sku']: s for s in sequences}
        self.orders = self.enrolments = self.tasks = 0

    def next_order(self):
        self.orders += 1
        return self.orders

    def next_task(self):
        self.tasks += 1
        return self.tasks

    def next_enrolment(self):
        self.enrolments += 1
        return self.enrolments

    def day_of_birth(self):
        """More people come in the dark half of the year, and more each month than the month
        before."""
        while True:
            day = self.chances.between(1, DAYS)
            season = 100 if (day // 91) % 2 == 0 else 72
            growth = 100 - day * 45 // DAYS
            if self.chances.below(10000) < season * growth:
                return day

    def births(self):
        """One minute for each lead, from the oldest to the newest; a few came since midnight."""
        minutes = [-self.day_of_birth() * DAY + self.chances.between(6 * 60, 23 * 60)
                   for _ in range(LEADS - 12)]
        minutes += [-DAY + self.chances.between(8 * 60, 22 * 60) for _ in range(8)]
        minutes += [self.chances.between(10, 7 * 60) for _ in range(4)]
        return sorted(minutes)

    def life(self, number, born):
        chances = self.chances
        source = chances.weighted([(s['kind'], s['leads']) for s in SOURCES])
        path = chances.weighted(SOURCE_OF[source]['paths'])
        person = {**self.people.new(), 'source': source}
        life = Life(self, number, person, born)
        if path == 'phone' or chances.chance(120):
            person['phone'] = self.people.phone(person['country'])
        life.bounces = path == 'opt-in' and chances.chance(13)
        life.touch(born, source, path, PAGE[path])
        self.interests(life)
        {'opt-in': self.opts_in, 'direct': self.goes_direct, 'phone': self.talks,
         'in person': self.talks}[path](life, path)
        self.comes_again(life)
        if 'KIT' in life.owns:
            person['street'] = self.people.street()
        return life

    def interests(self, life):
        for tag, share in (('glazing', 430), ('wheel', 340), ('handbuilding', 290), ('gift', 60),
                           ('teacher', 18)):
            if self.chances.chance(share):
                life.tag(life.born + 1, tag)
        if self.chances.chance(560):
            life.value(life.born + 1, FIELDS[0]['key'], self.chances.weighted(
                [('none', 48), ('a course once', 34), ('every week', 18)]))
        if self.chances.chance(300):
            life.value(life.born + 1, FIELDS[1]['key'], 'yes' if self.chances.chance(230) else 'no')

    def opts_in(self, life, path, at=None):
        at = life.born if at is None else at
        life.consent(at + 2, ORIGIN['opt-in'])
        life.order(at + 2, 'GUIDE', 'form')
        if 'KIT' not in life.owns and 'WEEKEND' not in life.owns and self.chances.chance(24):
            later = at + self.chances.between(33, 80) * DAY
            if later < NOW:
                life.buys('WEEKEND', later)

    def goes_direct(self, life, path):
        if self.chances.chance(DIRECT_BUYS):
            life.consent(life.born + 3, ORIGIN[path])
            life.order(life.born + 3, 'KIT', 'web shop')
        elif self.chances.chance(330):
            life.consent(life.born + 3, ORIGIN[path])

    def talks(self, life, path):
        """Somebody of the studio speaks with them: fewer people, more of them ready."""
        if self.chances.chance(420 if path == 'phone' else 640):
            life.consent(life.born + 10, ORIGIN[path], 'Asked whether we may write; said yes.')
        title = 'Call back' if path == 'phone' else 'Send the dates'
        life.task(life.born + 12, title, life.born + DAY)
        if self.chances.chance(110):
            at = life.born + self.chances.between(1, 9) * DAY + 61
            if at < NOW:
                life.second_thoughts(life.order(at, 'WEEKEND', 'telephone'), 'WEEKEND', at)

    def comes_again(self, life):
        """A second look at the website; some who came straight to a sales letter take the guide
        then."""
        if not self.chances.chance(240 if life.consented else 90):
            return
        at = life.born + self.chances.between(2, 90) * DAY + self.chances.between(-300, 300)
        if at >= NOW:
            return
        life.touch(at, 'seo', 'opt-in' if not life.consented else 'direct', '/glazes')
        if not life.consented:
            self.opts_in(life, 'opt-in', at)

    def spend(self):
        """What each source cost, week by week."""
        for source in SOURCES:
            for week in range(52, 0, -1):
                season = 100 if (week * 7 // 91) % 2 == 0 else 74
                amount = source['week_cents'] * (season + self.chances.between(-12, 12)) // 100
                if source['kind'] in ('customers', 'other') and self.chances.chance(220):
                    continue
                yield {'is': 'spend', 'source': source['kind'], 'day': -week * 7, 'amount': amount,
                       'note': source['note']}

    def lose_the_line(self, facts):
        """One message of the day before yesterday is in doubt: a person has to decide."""
        sent = [fact for fact in facts if fact['is'] == 'mail' and fact['state'] == 'sent']
        sent[-1].update(state='doubt', reason='broke-off',
                        reply='The line broke after the message went out.')

    def facts(self):
        """All that happened, in the order of time."""
        told = []
        for number, born in enumerate(self.births(), 1):
            life = self.life(number, born)
            lead = {'is': 'lead', 'number': number, 'at': born, **life.person}
            told.append((born, len(told), lead))
            for at, fact in life.facts:
                told.append((at, len(told), fact))
        told.sort(key=lambda entry: (entry[0], RANK.get(entry[2]['is'], 0), entry[1]))
        self.lose_the_line([fact for at, _, fact in told if at < -DAY])
        return [fact for _, _, fact in told]
