// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtQml/QQmlExtensionPlugin>

// The dashboard's modules are linked in. Include this in one source of every program that shows it.
Q_IMPORT_QML_PLUGIN(MusterPlugin)
Q_IMPORT_QML_PLUGIN(Muster_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Muster_ClientPlugin)
