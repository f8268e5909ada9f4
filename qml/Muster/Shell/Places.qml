// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Approvals
import Muster.Audit
import Muster.Commands
import Muster.Containers
import Muster.Controls
import Muster.Device
import Muster.Devices
import Muster.Enrol
import Muster.Frame
import Muster.Health
import Muster.History
import Muster.Methods
import Muster.People
import Muster.Settings
import Muster.Shadow

/// The one list of pages, and of a device's tabs. Rail, bottom bar, palette, shortcuts, addresses and pictures go by it.
QtObject {
    id: places

    required property Desk desk

    readonly property list<Place> pages: [
        Place {
            id: devices

            name: "devices"
            title: qsTr("Devices")
            glyph: Icons.cpu
            permission: "devices.read"
            keeps: true
            component: DevicesPage {
                desk: places.desk
                place: devices
            }
        },
        Place {
            id: approvals

            name: "approvals"
            subjects: true
            title: qsTr("Approvals")
            glyph: Icons.keyRound
            permission: "approvals.read"
            badge: places.desk.fleet.counts.approvals
            component: ApprovalsPage {
                desk: places.desk
                place: approvals
            }
        },
        Place {
            id: commands

            name: "commands"
            subjects: true
            title: qsTr("Commands")
            glyph: Icons.send
            permission: "commands.read"
            component: CommandsPage {
                desk: places.desk
                place: commands
            }
        },
        Place {
            id: people

            name: "people"
            subjects: true
            title: qsTr("People")
            glyph: Icons.users
            permission: "people.manage"
            component: PeoplePage {
                desk: places.desk
                place: people
            }
        },
        Place {
            id: audit

            name: "audit"
            subjects: true
            title: qsTr("Audit")
            glyph: Icons.scrollText
            permission: "audit.read"
            component: AuditPage {
                desk: places.desk
                place: audit
            }
        },
        Place {
            id: settings

            name: "settings"
            title: qsTr("Settings")
            glyph: Icons.settings
            component: SettingsPage {
                desk: places.desk
                place: settings
            }
        },
        Place {
            id: enrol

            name: "add-device"
            title: qsTr("Add a device")
            glyph: Icons.plus
            under: "devices"
            component: EnrolPage {
                desk: places.desk
                place: enrol
            }
        },
        Place {
            id: device

            name: "device"
            title: qsTr("Device")
            glyph: Icons.cpu
            permission: "devices.read"
            under: "devices"
            ofOne: true
            component: DevicePage {
                desk: places.desk
                place: device
                tabs: places.tabs
            }
        }
    ]
    readonly property list<Place> tabs: [
        Place {
            id: health

            name: ""
            title: qsTr("Health")
            glyph: Icons.zap
            keeps: true
            component: HealthTab {
                desk: places.desk
                place: health
            }
        },
        Place {
            id: containers

            name: "containers"
            title: qsTr("Containers")
            words: [qsTr("Restart a container"), qsTr("Start a container"), qsTr("Stop a container"), qsTr("Logs")]
            glyph: Icons.boxes
            permission: "containers.read"
            parts: true
            component: ContainersTab {
                desk: places.desk
                place: containers
            }
        },
        Place {
            id: methods

            name: "methods"
            title: qsTr("Methods")
            words: [qsTr("Call a method")]
            glyph: Icons.terminal
            parts: true
            component: MethodsTab {
                desk: places.desk
                place: methods
            }
        },
        Place {
            id: shadow

            name: "shadow"
            title: qsTr("State")
            words: [qsTr("Say what is wanted"), qsTr("Shadow")]
            glyph: Icons.slidersHorizontal
            component: ShadowTab {
                desk: places.desk
                place: shadow
            }
        },
        Place {
            id: history

            name: "history"
            title: qsTr("History")
            glyph: Icons.history
            component: HistoryTab {
                desk: places.desk
                place: history
            }
        }
    ]
    /// The pages that this person has a way to, in the order of the rail.
    readonly property list<Place> open: pages.filter(place => place.under.length === 0 && desk.may(place.permission))

    /// Those that are found by their name: also what has no line in the rail.
    readonly property list<Place> named: pages.filter(place => !place.ofOne && desk.may(place.permission))

    /// Of the pages and tabs, as addresses and pictures take them.
    readonly property string names: pages.filter(page => !page.ofOne).map(page => page.name + "[/ID]").join(", ") + ", device/ID[/" + tabs.map(tab => tab.name).filter(name => name.length > 0).join("|") + "]"

    /// What a route sets: its page, or the tab of a device; null: there is none.
    function setBy(route: string): Place {
        const page = of(route);
        return page !== null && page.ofOne ? tabs.find(tab => tab.name === (route.split("/")[2] ?? "")) : page;
    }

    /// The page of a route, which is its name and what is looked at there; null: there is none.
    function of(route: string): Place {
        const name = route.split("/")[0];
        const page = pages.find(place => place.name === name) ?? null;
        if (page === null)
            return null;
        if (!page.ofOne)
            return page.subjects || route.length <= name.length + 1 ? page : null;
        const subject = route.slice(name.length + 1).split("/");
        const known = subject[0].length > 0 && tabs.some(tab => tab.name === (subject[1] ?? "") && (subject.length < 3 || tab.parts));
        return known ? page : null;
    }
}
