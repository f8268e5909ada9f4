// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QClipboard>
#include <QGuiApplication>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace muster::qml {

/// The clipboard, to put texts on. In a browser this works within a click or key alone.
class Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE static void copy(const QString &text) { QGuiApplication::clipboard()->setText(text); }
};

} // namespace muster::qml
