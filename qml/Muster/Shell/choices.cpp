// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Shell/choices.h"

#include <QQmlEngine>
#include <QQmlProperty>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr double smallestText = 0.8;
constexpr double largestText = 2;

} // namespace

Choices::Choices(QQmlEngine *engine, QObject *parent)
    : QObject(parent)
    , m_theme(engine->singletonInstance<QObject *>("Muster.Controls", "Theme"))
    , m_language(engine->singletonInstance<QObject *>("Muster.Client", "Language"))
    , m_format(engine->singletonInstance<QObject *>("Muster.Client", "Format"))
{
    for (const QString &name : names())
        listen(name);
}

QStringList Choices::names()
{
    return {u"theme"_s, u"textSize"_s, u"language"_s, u"utc"_s, u"letterKeys"_s};
}

Choices::Place Choices::placeOf(const QString &name) const
{
    if (name == "theme"_L1)
        return {m_theme, "mode"_ba};
    if (name == "textSize"_L1)
        return {m_theme, "textScale"_ba};
    if (name == "language"_L1)
        return {m_language, "chosen"_ba};
    if (name == "utc"_L1)
        return {m_format, "utc"_ba};
    return {m_window, name == "letterKeys"_L1 ? "letterKeys"_ba : QByteArray()};
}

QVariant Choices::value(const QString &name) const
{
    const Place place = placeOf(name);
    return place.object ? place.object->property(place.property.constData()) : QVariant();
}

void Choices::set(const QString &name, const QVariant &value)
{
    if (name == "letterKeys"_L1)
        m_letterKeys = value;
    QVariant wanted = value;
    if (name == "theme"_L1 && (wanted.toInt() < 0 || wanted.toInt() > 2))
        return;
    if (name == "textSize"_L1) {
        bool isNumber = false;
        const double scale = wanted.toDouble(&isNumber);
        if (!isNumber || !(scale >= smallestText && scale <= largestText))
            return;
        wanted = scale;
    }
    if (const Place place = placeOf(name); place.object && wanted.isValid())
        place.object->setProperty(place.property.constData(), wanted);
}

void Choices::follow(QObject *window)
{
    m_window = window;
    if (m_letterKeys.isValid())
        window->setProperty("letterKeys", m_letterKeys.toBool());
    listen(u"letterKeys"_s);
}

void Choices::listen(const QString &name)
{
    const Place place = placeOf(name);
    if (!place.object)
        return;
    m_known[name] = value(name);
    QQmlProperty(place.object, QString::fromLatin1(place.property)).connectNotifySignal(this, SLOT(tell()));
}

void Choices::tell()
{
    for (const QString &name : names()) {
        const QVariant now = value(name);
        if (!now.isValid() || now == m_known.value(name))
            continue;
        m_known[name] = now;
        emit changed(name, now);
    }
}

} // namespace muster
