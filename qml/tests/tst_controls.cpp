// SPDX-License-Identifier: GPL-3.0-or-later
#include "musterplugins.h"
#include "qml/Muster/Client/language.h"

#include <QtQuickTest/quicktest.h>

/// Draws without a graphics card, as every machine can.
class Setup : public QObject
{
    Q_OBJECT

public:
    Setup() { qputenv("QT_QUICK_BACKEND", "software"); }

public slots:
    static void applicationAvailable() { muster::qml::Language::speakEnglish(); }
};

QUICK_TEST_MAIN_WITH_SETUP(controls, Setup)
#include "tst_controls.moc"
