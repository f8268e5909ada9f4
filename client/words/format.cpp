// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/words/format.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::format {

namespace {

// Two clocks that agree to this are in step for every purpose of ours.
constexpr qint64 clockTolerance = 5'000;
constexpr QChar noBreak(0x00A0);
constexpr QChar enDash(0x2013);

QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedStates);
}

QString withUnit(const QString &figure, const QString &unit)
{
    return figure + noBreak + unit;
}

bool utcWanted = false;

QDateTime shown(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, utcWanted ? QTimeZone(QTimeZone::UTC) : QTimeZone(QTimeZone::LocalTime));
}

} // namespace

QString span(qint64 msecs)
{
    const qint64 s = std::max<qint64>(msecs, 0) / 1000;
    if (s < 60)
        return withUnit(QString::number(s), u"s"_s);
    if (s < 3600)
        return withUnit(QString::number(s / 60), u"min"_s);
    if (s < 48 * 3600)
        return withUnit(QString::number(s / 3600), u"h"_s);
    return withUnit(count(s / 86400), u"days"_s);
}

QString ago(qint64 time, qint64 now)
{
    if (time <= 0)
        return u"never"_s;
    if (now - time < 1000)
        return u"just now"_s;
    return span(now - time) + noBreak + u"ago"_s;
}

QString deviceState(const Device &device, qint64 now)
{
    switch (device.presence) {
    case states::Presence::Never: return u"Never seen"_s;
    case states::Presence::Offline:
        return device.presenceSince > 0 ? u"Offline"_s + noBreak + span(now - device.presenceSince) : u"Offline"_s;
    case states::Presence::Online: break;
    }
    const bool worse = device.level == states::Level::Warning || device.level == states::Level::Failing;
    return worse && !device.conditionText.isEmpty() ? device.conditionText : u"Online"_s;
}

QString health(HealthField field, double value)
{
    if (std::isnan(value))
        return QString(enDash);
    switch (field) {
    case HealthField::Cpu:
    case HealthField::Memory:
    // Cut, not rounded, as the server's words for a condition are: one figure everywhere, and 99.6 % is not full.
    case HealthField::Disk: return withUnit(QString::number(qint64(std::floor(value / 10))), u"%"_s);
    case HealthField::Temperature: return withUnit(QString::number(value / 10, 'f', 1), u"°C"_s);
    case HealthField::Load: return QString::number(value / 100, 'f', 2);
    case HealthField::NetworkIn:
    case HealthField::NetworkOut: break;
    }
    static constexpr std::array units{"B/s", "kB/s", "MB/s", "GB/s"};
    size_t unit = 0;
    while (std::abs(value) >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return withUnit(QString::number(value, 'f', unit > 0 && value < 99.95 ? 1 : 0), QLatin1StringView(units[unit]));
}

QString healthTick(HealthField field, double value)
{
    if (field == HealthField::Temperature)
        return withUnit(QString::number(value / 10, 'g', 3), u"°C"_s);
    if (field == HealthField::Load)
        return QString::number(value / 100, 'g', 3);
    return health(field, value).replace(u".0"_s + noBreak, QString(noBreak));
}

QString kibibytes(qint64 kib)
{
    if (kib <= 0)
        return QString(enDash);
    static constexpr std::array units{"KiB", "MiB", "GiB", "TiB"};
    double value = double(kib);
    size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return withUnit(QString::number(value, 'f', value < 99.95 ? 1 : 0), QLatin1StringView(units[unit]));
}

QString count(qint64 number)
{
    return english().toString(number);
}

bool clockIsOff(qint64 aheadMs)
{
    return std::abs(aheadMs) > clockTolerance;
}

QString clock(qint64 aheadMs)
{
    if (!clockIsOff(aheadMs))
        return u"in step with this server"_s;
    return span(std::abs(aheadMs)) + (aheadMs < 0 ? u" behind this server"_s : u" ahead of this server"_s);
}

QString wallTime(qint64 time, qint64 now)
{
    if (time <= 0)
        return QString(enDash);
    const QDateTime at = shown(time);
    const QDateTime today = shown(now);
    if (at.date() == today.date())
        return at.toString(u"HH:mm:ss"_s);
    return english().toString(at, at.date().year() == today.date().year() ? u"d MMM HH:mm"_s : u"d MMM yyyy"_s);
}

QString containerState(const Container &container, qint64 now)
{
    const QString up = container.startedAt > 0 ? u"p"_s + noBreak + span(now - container.startedAt) : u"p"_s;
    if (container.state == "running"_L1) {
        if (container.health == "unhealthy"_L1)
            return u"Unhealthy, u"_s + up;
        return container.health == "starting"_L1 ? u"Starting, u"_s + up : u"U"_s + up;
    }
    if (container.state == "exited"_L1 || container.state == "dead"_L1) {
        QString text = container.state == "dead"_L1 ? u"Dead"_s : container.stopped ? u"Stopped"_s : u"Exited"_s;
        if (container.exitCode >= 0)
            text += noBreak + u"(%1)"_s.arg(container.exitCode);
        return container.finishedAt > 0 ? text + noBreak + ago(container.finishedAt, now) : text;
    }
    if (container.state.isEmpty())
        return u"Unknown"_s;
    return container.state.at(0).toUpper() + container.state.mid(1);
}

QString share(double permille)
{
    return std::isnan(permille) ? QString(enDash) : withUnit(QString::number(permille / 10, 'f', 1), u"%"_s);
}

QString bytes(double bytes)
{
    return std::isnan(bytes) ? QString(enDash) : kibibytes(qint64(bytes / 1024));
}

QString commandState(const Command &command)
{
    if (command.state == "queued"_L1)
        return u"Waits for the device"_s;
    return command.state.isEmpty() ? u"Unknown"_s : command.state.at(0).toUpper() + command.state.mid(1);
}

QString took(qint64 msecs)
{
    if (msecs < 1000)
        return withUnit(QString::number(std::max<qint64>(msecs, 0)), u"ms"_s);
    return msecs < 60'000 ? withUnit(QString::number(double(msecs) / 1000, 'f', 1), u"s"_s) : span(msecs);
}

QString clockTime(qint64 time)
{
    return time > 0 ? shown(time).toString(u"HH:mm:ss"_s) : QString(enDash);
}

QString fullTime(qint64 time)
{
    if (time <= 0)
        return QString(enDash);
    const QDateTime at = shown(time);
    const int offset = at.offsetFromUtc() / 60;
    const QString off = offset == 0 ? u"UTC"_s
                                    : u"UTC%1%2:%3"_s.arg(offset < 0 ? u'-' : u'+')
                                          .arg(qAbs(offset) / 60, 2, 10, QChar(u'0'))
                                          .arg(qAbs(offset) % 60, 2, 10, QChar(u'0'));
    return english().toString(at, u"ddd d MMM yyyy, HH:mm:ss "_s) + off;
}

QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

void setUtc(bool utc)
{
    utcWanted = utc;
}

bool isUtc()
{
    return utcWanted;
}

QString algorithm(const QString &name, int bits)
{
    if (name == "EdDSA"_L1 || name == "Ed25519"_L1)
        return u"Ed25519"_s;
    if (name == "RS256"_L1)
        return bits > 0 ? u"RSA, %1 bits"_s.arg(bits) : u"RSA"_s;
    return name;
}

QString fill(const QString &text, const QStringList &values)
{
    QString filled;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (place < 1 || place > values.size()) {
            filled += text[i];
            continue;
        }
        filled += values[place - 1];
        ++i;
    }
    return filled;
}

} // namespace muster::format
