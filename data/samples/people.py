"""The people of the demo business: names as they are met in a town in the west of Ireland,
addresses that lead nowhere (example domains, telephone numbers kept for films)."""

import unicodedata

# Where a family comes from, how often, and the names it gives. (first names, last names)
NAMES = {
    'irish': (54, ['Aoife', 'Bríd', 'Ciara', 'Declan', 'Eimear', 'Fionn', 'Gráinne', 'Niamh',
                   'Orlaith', 'Pádraig', 'Róisín', 'Saoirse', 'Seán', 'Sinéad', 'Tadhg', 'Úna',
                   'Cormac', 'Maeve', 'Ailbhe', 'Conor', 'Dervla', 'Eoin', 'Áine', 'Caoimhe',
                   'Donal', 'Nuala', 'Rory'],
              ['Murphy', 'Kelly', "O'Sullivan", 'Walsh', "O'Brien", 'Byrne', 'Ryan', "O'Connor",
               "O'Neill", 'Doyle', 'McCarthy', 'Gallagher', 'Doherty', 'Kennedy', 'Lynch',
               'Quinn', 'Nolan', 'Conneely', 'Joyce', 'Flaherty', 'Ní Dhomhnaill', 'Mac Mathúna',
               'Hession']),
    'british': (16, ['Alice', 'Beth', 'Callum', 'Daisy', 'Edward', 'Freya', 'George', 'Hannah',
                     'Imogen', 'Jack', 'Lucy', 'Margaret', 'Nigel', 'Poppy', 'Rhys', 'Siân',
                     'Tom', 'Carys'],
                ['Smith', 'Jones', 'Taylor', 'Evans', 'Wright', 'Ashworth', 'Davies', 'Hughes',
                 'MacLeod', 'Campbell', 'Green', 'Hall', 'Pritchard', 'Stewart', 'Wood']),
    'polish': (8, ['Agnieszka', 'Bartosz', 'Dorota', 'Ewa', 'Grzegorz', 'Joanna', 'Katarzyna',
                   'Łukasz', 'Małgorzata', 'Piotr', 'Zofia', 'Wojciech'],
               ['Kowalska', 'Nowak', 'Wiśniewska', 'Wójcik', 'Kamiński', 'Lewandowska',
                'Zieliński', 'Szymańska', 'Dąbrowski', 'Kozłowska']),
    'german': (6, ['Anke', 'Bernd', 'Christa', 'Dörte', 'Hannes', 'Jürgen', 'Käthe', 'Lena',
                   'Matthias', 'Sönke', 'Ulrike', 'Jörg'],
               ['Müller', 'Schmidt', 'Schröder', 'Weiß', 'Krüger', 'Böhm', 'Vogel', 'Hartmann',
                'Lang']),
    'french': (4, ['Amélie', 'Benoît', 'Chloé', 'Élodie', 'François', 'Hélène', 'Jérôme',
                   'Noémie'],
               ['Martin', 'Lefèvre', 'Moreau', 'Fournier', 'Girard', 'Mercier', 'Le Gall']),
    'iberian': (4, ['Ana', 'Begoña', 'Inês', 'João', 'José', 'Lucía', 'Íñigo', 'Conceição',
                    'Nuria'],
                ['García', 'Fernández', 'da Silva', 'Gonçalves', 'Ibáñez', 'Muñoz', 'Pereira']),
    'indian': (3, ['Ananya', 'Arjun', 'Deepa', 'Kavita', 'Meera', 'Rahul', 'Sanjay', 'Priya'],
               ['Sharma', 'Iyer', 'Nair', 'Patel', 'Menon', 'Reddy', 'Kulkarni']),
    'ukrainian': (2, ['Oksana', 'Andrii', 'Iryna', 'Bohdan', 'Nadiia', 'Taras'],
                  ['Shevchenko', 'Kovalenko', 'Bondarenko', 'Melnyk', 'Tkachenko']),
    'nigerian': (2, ['Adaeze', 'Chidi', 'Ngozi', 'Olumide', 'Yetunde', 'Emeka'],
                 ['Okafor', 'Adeyemi', 'Nwosu', 'Balogun', 'Eze']),
    'nordic': (1, ['Åsa', 'Bjørn', 'Solveig', 'Øyvind', 'Päivi'],
               ['Lindqvist', 'Hansen', 'Ødegård']),
}

# (city, region, postcode, country, zone, language), and how often.
HOMES = [
    (('Galway', 'Co. Galway', 'H91', 'IE', '', 'en'), 34),
    (('Oranmore', 'Co. Galway', 'H91', 'IE', '', 'en'), 7),
    (('Dublin', 'Co. Dublin', 'D08', 'IE', '', 'en'), 14),
    (('Cork', 'Co. Cork', 'T12', 'IE', '', 'en'), 9),
    (('Limerick', 'Co. Limerick', 'V94', 'IE', '', 'en'), 8),
    (('Ennis', 'Co. Clare', 'V95', 'IE', '', 'en'), 5),
    (('Sligo', 'Co. Sligo', 'F91', 'IE', '', 'en'), 4),
    (('Westport', 'Co. Mayo', 'F28', 'IE', '', 'en'), 4),
    (('Belfast', 'Antrim', 'BT7', 'GB', 'Europe/London', 'en'), 3),
    (('Bristol', '', 'BS6', 'GB', 'Europe/London', 'en'), 3),
    (('Leeds', '', 'LS6', 'GB', 'Europe/London', 'en'), 2),
    (('Hamburg', '', '20257', 'DE', 'Europe/Berlin', 'de'), 2),
    (('Nantes', '', '44000', 'FR', 'Europe/Paris', 'fr'), 1),
    (('Boston', 'MA', '02130', 'US', 'America/New_York', 'en'), 2),
]
STREETS = ['Quay Street', 'Shop Road', 'Sea View', 'Church Lane', 'Mill Row', 'Bridge Street',
           'The Green', 'Station Road', 'Abbey Park', 'Harbour Terrace', 'Hazel Grove',
           'St. Brigid’s Avenue']
MAIL_HOSTS = [('mail.example', 40), ('post.example', 25), ('inbox.example', 15), ('example.org', 9),
              ('example.com', 7), ('example.net', 4)]
COMPANIES = ['Harbour Café', 'Salthill Primary School', 'Kelly & Daughters Florists',
             'The Copper Pan', 'Atlantic Design Office', 'Bia Bistro', 'Corrib Dental',
             'Sunday Supper Club', 'Wild Atlantic Yoga', 'Oak & Rye Bakery',
             'Claddagh Guesthouse', 'Burren Care Home']
NOTES = ['Asked for a left-handed wheel.', 'Comes by bus: finish by five.',
         'Allergic to wool, no felt aprons.', 'Would like to make a baptism bowl.',
         'Teaches art at a secondary school.', 'Rang about a group of eight in June.',
         'Had a wheel in the seventies, sold it, regrets it.', 'Bad back: chair with a back.',
         'Prefers a call after six.', 'Wants to come with her sister.',
         'Found us by the blue door.', 'Bought the guide twice by mistake; sorted out.',
         'Makes jewellery, wants porcelain.', 'Asked whether we ship to the islands (we do).']


def plain(text):
    """The letters a to z of a name, as people put them into their addresses."""
    for letter, others in (('ss', 'ß'), ('o', 'øØ'), ('l', 'łŁ')):
        for other in others:
            text = text.replace(other, letter)
    text = unicodedata.normalize('NFKD', text)
    return ''.join(c for c in text.lower() if 'a' <= c <= 'z')


class People:
    """Makes one person after the other; no two share an address."""

    def __init__(self, chances):
        self.chances = chances
        self.taken = set()

    def address(self, first, last):
        host = self.chances.weighted(MAIL_HOSTS)
        form = self.chances.below(5)
        first, last = plain(first), plain(last)
        local = [f'{first}.{last}', f'{first[:1]}{last}', first, f'{last}.{first}',
                 f'{first}{self.chances.between(58, 99)}'][form]
        address, number = f'{local}@{host}', 1
        while address in self.taken:
            number += 1
            address = f'{local}{number}@{host}'
        self.taken.add(address)
        # Some people write their address as they write their name.
        return address.title() if self.chances.chance(15) else address

    def phone(self, country):
        if country == 'GB':
            return f'+44 7700 900{self.chances.below(1000):03d}'
        if country == 'IE':
            return f'+353 20 91{self.chances.below(10)} {self.chances.below(10000):04d}'
        return ''

    def new(self):
        chances = self.chances
        origin = chances.weighted([(name, NAMES[name][0]) for name in NAMES])
        first, last = chances.pick(NAMES[origin][1]), chances.pick(NAMES[origin][2])
        city, region, postcode, country, zone, language = chances.weighted(HOMES)
        person = {'email': self.address(first, last), 'first_name': first, 'last_name': last,
                  'city': city, 'region': region, 'country': country, 'language': language,
                  'zone': zone}
        if origin == 'german' and country == 'IE' and chances.chance(300):
            person['language'] = 'de'
        if chances.chance(40):
            person['company'] = chances.pick(COMPANIES)
        if chances.chance(12):
            person['notes'] = chances.pick(NOTES)
        person['postcode'] = postcode
        return person

    def street(self):
        return f'{self.chances.between(1, 94)} {self.chances.pick(STREETS)}'
