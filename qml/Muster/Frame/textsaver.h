// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// Puts a text where the person finds it again. The program on a desktop writes a file, the one in a browser hands out a
/// download; screens know neither.
class TextSaver : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes it")

public:
    using QObject::QObject;

    /// @param name a wish, like "web-2026-03-14.log"; what no file may be called is changed. Answered by `saved` or `failed`.
    Q_INVOKABLE virtual void save(const QString &name, const QString &text) = 0;

signals:
    /// @param where in words that help to find it: a path, or a name
    void saved(const QString &where);
    void failed(const QString &message);
};

} // namespace muster
