// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Shell/route.h"

#include "protocol/rpc/limits.h"

#include <QRegularExpression>
#include <QStringDecoder>
#include <QStringList>
#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Longer than any id is when each of its characters is encoded: what is longer is not looked at.
constexpr qsizetype longestAddress = 2'000;
/// The tab that needs no name in a route; a link may name it all the same.
constexpr QLatin1StringView firstTab("health");

/// What pages and tabs are called: Places.qml knows which there are.
bool isName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 32 && std::ranges::all_of(name, [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'-'; });
}

/// Such names stand in addresses for something else than a page.
bool isReserved(const QString &name)
{
    return name == "device"_L1 || name == "sign-in"_L1 || name == "setup"_L1;
}

bool isHex(QChar c)
{
    return c.unicode() < 0x80 && ((c >= u'0' && c <= u'9') || (c.toLower() >= u'a' && c.toLower() <= u'f'));
}

/// Wider than what the signed protocol takes for a device id: pages say that there is no such device.
bool mayBeId(const QString &id)
{
    return !id.isEmpty() && id.size() <= limits::deviceIdLength && std::ranges::none_of(id, [](QChar c) {
        return c == u'/' || c == QChar::ReplacementCharacter || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
}

std::optional<QString> decoded(const QString &text)
{
    for (qsizetype at = text.indexOf(u'%'); at >= 0; at = text.indexOf(u'%', at + 1)) {
        if (at + 2 >= text.size() || !isHex(text[at + 1]) || !isHex(text[at + 2]))
            return {};
    }
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString plain = decode(QByteArray::fromPercentEncoding(text.toUtf8()));
    if (decode.hasError() || !mayBeId(plain))
        return {};
    return plain;
}

QString encoded(const QString &id)
{
    // These two stand in ids, and mean nothing after a "#".
    return QString::fromLatin1(QUrl::toPercentEncoding(id, ":@"_ba));
}

} // namespace

QString addressOf(const QString &route)
{
    const QString page = route.section(u'/', 0, 0);
    const QString id = route.section(u'/', 1, 1);
    if (page == "device"_L1 && !id.isEmpty()) {
        const QString tab = route.section(u'/', 2, 2);
        const QString part = route.section(u'/', 3);
        return u"/devices/"_s + encoded(id) + (!isName(tab) ? QString() : part.isEmpty() ? u'/' + tab : u'/' + tab + u'/' + encoded(part));
    }
    if (!isName(page) || isReserved(page))
        return u"/devices"_s;
    return u'/' + page + (id.isEmpty() || page == "devices"_L1 ? QString() : u'/' + encoded(id));
}

QString queryOf(const QString &address)
{
    static const QRegularExpression form(u"^[A-Za-z0-9%=&._~!*'()+,:@/-]*$"_s);
    const qsizetype at = address.indexOf(u'?');
    const QString query = at < 0 || address.size() > longestAddress ? QString() : address.mid(at + 1);
    return form.match(query).hasMatch() ? query : QString();
}

std::optional<QString> routeOf(const QString &wholeAddress)
{
    const QString address = wholeAddress.section(u'?', 0, 0);
    if (wholeAddress.size() > longestAddress)
        return {};
    if (address.isEmpty() || address == "/"_L1)
        return u"devices"_s;
    QStringList parts = address.split(u'/');
    if (!parts.takeFirst().isEmpty())
        return {};
    if (parts.size() > 1 && parts.constLast().isEmpty())
        parts.removeLast();
    const QString page = parts.takeFirst();
    if (!isName(page) || isReserved(page))
        return {};
    if (parts.isEmpty())
        return std::optional(page);
    const bool ofDevices = page == "devices"_L1;
    const std::optional<QString> id = decoded(parts.takeFirst());
    if (!id)
        return {};
    if (parts.isEmpty())
        return (ofDevices ? u"device"_s : page) + u'/' + *id;
    const QString tab = parts.takeFirst();
    if (!ofDevices || parts.size() > 1 || !isName(tab))
        return {};
    if (parts.isEmpty())
        return u"device/"_s + *id + (tab == firstTab ? QString() : u'/' + tab);
    const std::optional<QString> part = decoded(parts.takeFirst());
    return part ? std::optional(u"device/"_s + *id + u'/' + tab + u'/' + *part) : std::nullopt;
}

} // namespace muster
