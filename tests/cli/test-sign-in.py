#!/usr/bin/env python3
"""Accounts that are let in by a sign-in in the browser, or by the Online Accounts of the computer:
what is refused, and what is filled in. The sign-in itself: tests/core/mail/oidc-judge.mjs.

usage: test-sign-in.py RUNGSCTL SOURCE_ROOT RUNGS-TEST-GOA; prints TAP.
"""

import json
import subprocess
import sys

from shop import ROOT, main, misused, refused

GOA = sys.argv[3]
MAIL = {'EmailAddress': 'owner@shop.example', 'SmtpSupported': True, 'SmtpHost': 'smtp.shop.example:2525',
        'SmtpUseAuth': True, 'SmtpUseTls': True, 'SmtpUserName': 'owner', 'ImapSupported': True,
        'ImapHost': 'imap.shop.example', 'ImapUseSsl': True, 'ImapUserName': 'owner'}
ACCOUNTS = {
    'account_1': {'Account': {'Id': 'account_1', 'ProviderName': 'IMAP and SMTP', 'PresentationIdentity': 'shop'},
                  'Mail': MAIL, 'PasswordBased': {}, 'passwords': {'smtp-password': 'x'}},
    'account_2': {'Account': {'Id': 'account_2', 'ProviderName': 'Google', 'PresentationIdentity': 'old',
                              'MailDisabled': True},
                  'Mail': MAIL, 'OAuth2Based': {}},
}


def with_computer(shop):
    """A session bus of the test's own, with Online Accounts; communicate() ends both."""
    accounts = shop.write('accounts.json', json.dumps(ACCOUNTS))
    script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec "$@"'
    bus = subprocess.Popen(['dbus-run-session', '--', 'bash', '-c', script, '-', GOA,
                            ROOT / 'tests/support/org.gnome.OnlineAccounts.xml', accounts],
                           env=shop.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    shop.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
    assert bus.stdout.readline().startswith(b'ready')
    return bus


def test_provider_fills_in(shop):
    shop.init()
    misused(shop, 'account', 'add', 'smtp', '--auth', 'oauth', '--from-email', 'a@b.example', says='--provider')
    refused(shop, 'account', 'add', 'smtp', '--auth', 'oauth', '--provider', 'nobody', '--from-email', 'a@b.example')
    shop.run('account', 'add', 'smtp', '--auth', 'oauth', '--provider', 'google', '--from-email', 'a@gmail.example',
             '--name', 'G')
    account = shop.json('account', 'show', 'G')
    assert (account['host'], account['port'], account['security']) == ('smtp.gmail.com', 465, 'tls'), account
    assert (account['auth'], account['provider']) == ('oauth', 'google'), account
    shop.run('account', 'add', 'smtp', '--auth', 'oauth', '--provider', 'microsoft', '--from-email', 'a@b.example')
    assert shop.json('account', 'show', 'smtp.office365.com')['security'] == 'starttls'


def test_nobody_invents_a_client(shop):
    """A build without a client ID says so; it does not send anybody to the browser in vain."""
    shop.init()
    refused(shop, 'account', 'sign-in', 'Nobody')
    shop.run('account', 'add', 'practice', '--name', 'P')
    misused(shop, 'account', 'sign-in', 'P', says='google or microsoft')
    shop.run('account', 'add', 'smtp', '--auth', 'oauth', '--provider', 'google', '--from-email', 'a@gmail.example',
             '--name', 'G')
    result = refused(shop, 'account', 'sign-in', 'G', says='not registered with Google')
    assert 'http' not in result.err and 'docs/sign-in.md' in result.err, result.err
    refused(shop, 'account', 'test', 'G', 'a@b.example')


def test_computer(shop):
    shop.init()
    bus = with_computer(shop)
    try:
        first, second = sorted(shop.json('account', 'computer'), key=lambda account: account['id'])
        assert set(first) == {'id', 'identity', 'provider', 'from_email', 'host', 'trouble'}, first
        assert (first['host'], first['trouble']) == ('smtp.shop.example', None), first
        assert 'switched off' in second['trouble'], second
        misused(shop, 'account', 'add', 'smtp', '--auth', 'goa', '--from-email', 'a@b.example', says='--username')
        refused(shop, 'account', 'add', 'smtp', '--auth', 'goa', '--username', 'account_9', '--from-email',
                'a@b.example', says='not among the Online Accounts')
        shop.run('account', 'add', 'smtp', '--auth', 'goa', '--username', 'account_1', '--from-email',
                 'owner@shop.example', '--name', 'C')
        account = shop.json('account', 'show', 'C')
        assert (account['host'], account['port'], account['username']) == ('smtp.shop.example', 2525, 'account_1')
    finally:
        bus.communicate()


def test_no_computer(shop):
    assert shop.json('account', 'computer', DBUS_SESSION_BUS_ADDRESS='unix:path=/nowhere') == []
    shop.init()
    refused(shop, 'account', 'add', 'smtp', '--auth', 'goa', '--username', 'account_1', '--from-email',
            'a@b.example', says='no Online Accounts', DBUS_SESSION_BUS_ADDRESS='unix:path=/nowhere')


if __name__ == '__main__':
    main(dict(globals()))
