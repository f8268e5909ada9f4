// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/tokens.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

namespace {

/// In the order of TokenKind.
constexpr std::array<QLatin1StringView, 4> prefixes{"mss_"_L1, "msk_"_L1, "mdk_"_L1, "msl_"_L1};

template <size_t Words>
QString randomText()
{
    std::array<quint32, Words> words;
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QString::fromLatin1(QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

QString newToken(TokenKind kind)
{
    return prefixes.at(static_cast<size_t>(kind)) + randomText<8>();
}

std::optional<TokenKind> kindOf(QStringView token)
{
    const auto found = std::ranges::find_if(prefixes, [token](QLatin1StringView prefix) { return token.startsWith(prefix); });
    return found == prefixes.end() ? std::nullopt : std::optional(static_cast<TokenKind>(found - prefixes.begin()));
}

QByteArray tokenHash(const QString &token)
{
    return QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
}

QString newId()
{
    QString id;
    do
        id = randomText<3>();
    while (id.startsWith(u'-')); // an option, to a shell
    return id;
}

} // namespace muster::operators
