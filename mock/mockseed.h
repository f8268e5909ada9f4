// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QString>

/// What the parts of the mock fleet share: numbers that look random and are the same each time.
namespace muster::mock {

inline constexpr qint64 second = 1000;
inline constexpr qint64 minute = 60 * second;
inline constexpr qint64 hour = 60 * minute;
inline constexpr qint64 day = 24 * hour;

/// SplitMix64: small, well mixed, the same on every machine.
[[nodiscard]] inline quint64 mix(quint64 x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// 0 to 1.
[[nodiscard]] inline double unit(quint64 x)
{
    return double(mix(x) >> 11) / double(1ULL << 53);
}

/// A number for a text.
[[nodiscard]] inline quint64 seedOf(const QString &text)
{
    quint64 seed = 1469598103934665603ULL;
    for (const QChar c : text)
        seed = (seed ^ c.unicode()) * 1099511628211ULL;
    return mix(seed);
}

/// What a device that means ill can put into a text.
[[nodiscard]] QString nasty(quint64 n);
/// A smooth random curve in 0..1 with turns about every `period`.
[[nodiscard]] double curve(quint64 seed, qint64 time, qint64 period);
/// The key of a number.
[[nodiscard]] QJsonArray wordsOf(quint64 seed);
[[nodiscard]] QString fingerprintOf(quint64 seed);

/// What the mock's parts know of a device.
struct Device
{
    QString id; ///< empty: there is none
    quint64 seed = 0;
    bool online = false;
    bool never = false;
    bool hostile = false;
    bool byToken = false; ///< it has no key and no agent: it speaks mDash
    qint64 origin = 0;
    qint64 acceptedAt = 0;
    QString acceptedBy;
    qint64 offlineFor = 0;
};

} // namespace muster::mock
