"""A desktop's notifications on a session bus of its own: tells each as a line of JSON, and clicks where it is told to.

https://specifications.freedesktop.org/notification-spec/latest/protocol.html
"""

import json
import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = 'org.freedesktop.Notifications'
CLOSED_BY_CALL = 3


def tell(**event):
    print(json.dumps(event), flush=True)


class Notifications(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, in_signature='', out_signature='as')
    def GetCapabilities(self):
        return ['actions', 'body']

    @dbus.service.method(NAME, in_signature='', out_signature='ssss')
    def GetServerInformation(self):
        return ('rehearsal', 'rehearsal', '1', '1.2')

    @dbus.service.method(NAME, in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        self.last += 1
        number = int(replaces) or self.last
        buttons = {str(label): str(key) for key, label in zip(actions[::2], actions[1::2])}
        tell(shown=number, title=str(summary), text=str(body), buttons=buttons)
        return dbus.UInt32(number)

    @dbus.service.method(NAME, in_signature='u', out_signature='')
    def CloseNotification(self, number):
        tell(closed=int(number))
        self.NotificationClosed(number, CLOSED_BY_CALL)

    @dbus.service.signal(NAME, signature='uu')
    def NotificationClosed(self, number, reason):
        pass

    @dbus.service.signal(NAME, signature='us')
    def ActionInvoked(self, number, key):
        pass


def click(_source, _condition):
    line = sys.stdin.readline()
    if line == '':
        loop.quit()
        return False
    wanted = json.loads(line)
    notifications.ActionInvoked(dbus.UInt32(wanted['shown']), wanted['key'])
    return True


DBusGMainLoop(set_as_default=True)
loop = GLib.MainLoop()
bus = dbus.SessionBus()
owned = dbus.service.BusName(NAME, bus)
notifications = Notifications(bus, '/org/freedesktop/Notifications')
GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, click)
tell(address=os.environ['DBUS_SESSION_BUS_ADDRESS'])
loop.run()
