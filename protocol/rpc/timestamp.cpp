// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/timestamp.h"

#include <QTimeZone>

#include <array>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Every message carries one: QDateTime's own text functions cost more than all else that is done to `meta`.
constexpr QLatin1StringView form("0000-00-00T00:00:00.000Z");

void writeDigits(char *to, int count, qint64 value)
{
    for (int i = count - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

int readDigits(QStringView text, qsizetype from, qsizetype count)
{
    int value = 0;
    for (qsizetype i = from; i < from + count; ++i)
        value = value * 10 + (text[i].unicode() - u'0');
    return value;
}

std::unexpected<Error> badTimestamp()
{
    return failure(InvalidParams, u"A time must look like 2025-01-31T23:59:59.999Z (RFC 3339, UTC, milliseconds)."_s);
}

} // namespace

QByteArray toTimestamp(const QDateTime &time)
{
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(time.toMSecsSinceEpoch())};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss clock(point - day);

    QByteArray text(form.data(), form.size());
    char *data = text.data();
    writeDigits(data, 4, qBound(0, static_cast<int>(date.year()), 9999));
    writeDigits(data + 5, 2, static_cast<unsigned>(date.month()));
    writeDigits(data + 8, 2, static_cast<unsigned>(date.day()));
    writeDigits(data + 11, 2, clock.hours().count());
    writeDigits(data + 14, 2, clock.minutes().count());
    writeDigits(data + 17, 2, clock.seconds().count());
    writeDigits(data + 20, 3, clock.subseconds().count());
    return text;
}

Result<QDateTime> timestampFromText(QStringView text)
{
    using namespace std::chrono;
    if (text.size() != form.size())
        return badTimestamp();
    for (qsizetype i = 0; i < form.size(); ++i) {
        const char16_t wanted = form[i].unicode();
        const char16_t found = text[i].unicode();
        if (wanted == u'0' ? (found < u'0' || found > u'9') : found != wanted)
            return badTimestamp();
    }
    const year_month_day date(year(readDigits(text, 0, 4)), month(static_cast<unsigned>(readDigits(text, 5, 2))),
                              day(static_cast<unsigned>(readDigits(text, 8, 2))));
    const int hour = readDigits(text, 11, 2);
    const int minute = readDigits(text, 14, 2);
    const int second = readDigits(text, 17, 2);
    // Leap seconds (…:60) are refused: POSIX clocks cannot tell them.
    if (!date.ok() || hour > 23 || minute > 59 || second > 59)
        return badTimestamp();
    const sys_time<milliseconds> point = sys_days(date) + hours(hour) + minutes(minute) + seconds(second)
                                         + milliseconds(readDigits(text, 20, 3));
    return QDateTime::fromMSecsSinceEpoch(point.time_since_epoch().count(), QTimeZone::UTC);
}

} // namespace muster
