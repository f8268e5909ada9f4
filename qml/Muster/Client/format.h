// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/words/format.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace muster::qml {

/// client/format.h for QML: times are milliseconds since 1970, `now` is the server clock's.
class Format : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// Times are told in UTC, not in this machine's zone.
    Q_PROPERTY(bool utc READ isUtc WRITE setUtc NOTIFY utcChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] bool isUtc() const { return format::isUtc(); }
    void setUtc(bool utc)
    {
        if (format::isUtc() == utc)
            return;
        format::setUtc(utc);
        emit utcChanged();
    }

    Q_INVOKABLE static QString isolated(const QString &text) { return format::isolated(text); }
    Q_INVOKABLE static QString fullTime(double time) { return format::fullTime(qint64(time)); }
    Q_INVOKABLE static QString span(double msecs) { return format::span(qint64(msecs)); }
    Q_INVOKABLE static QString ago(double time, double now) { return format::ago(qint64(time), qint64(now)); }
    Q_INVOKABLE static QString deviceState(const muster::Device &device, double now) { return format::deviceState(device, qint64(now)); }
    Q_INVOKABLE static QString condition(const muster::Device &device) { return format::condition(device); }
    Q_INVOKABLE static QString health(int field, double value) { return format::health(static_cast<HealthField>(field), value); }
    Q_INVOKABLE static QString tick(int field, double value) { return format::healthTick(static_cast<HealthField>(field), value); }
    Q_INVOKABLE static QString kibibytes(double kib) { return format::kibibytes(qint64(kib)); }
    Q_INVOKABLE static QString count(int number) { return format::count(number); }
    Q_INVOKABLE static QString clock(double aheadMs) { return format::clock(qint64(aheadMs)); }
    Q_INVOKABLE static bool clockIsOff(double aheadMs) { return format::clockIsOff(qint64(aheadMs)); }
    Q_INVOKABLE static QString wallTime(double time, double now) { return format::wallTime(qint64(time), qint64(now)); }
    Q_INVOKABLE static QString containerState(const muster::Container &container, double now)
    {
        return format::containerState(container, qint64(now));
    }
    Q_INVOKABLE static QString engineWord(const QString &state) { return format::engineWord(state); }
    Q_INVOKABLE static QString share(double permille) { return format::share(permille); }
    Q_INVOKABLE static QString percent(double share) { return format::percent(share); }
    Q_INVOKABLE static QString bytes(double bytes) { return format::bytes(bytes); }
    Q_INVOKABLE static QString commandState(const muster::Command &command) { return format::commandState(command); }
    Q_INVOKABLE static QString took(double msecs) { return format::took(qint64(msecs)); }
    Q_INVOKABLE static QString clockTime(double time) { return format::clockTime(qint64(time)); }
    Q_INVOKABLE static QString fill(const QString &text, const QStringList &values) { return format::fill(text, values); }
    Q_INVOKABLE static QString algorithm(const QString &name, int bits) { return format::algorithm(name, bits); }

signals:
    void utcChanged();
};

} // namespace muster::qml
