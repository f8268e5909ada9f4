// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/tokens.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

namespace {

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
    const QLatin1StringView prefix = kind == TokenKind::Session ? "mss_"_L1 : kind == TokenKind::ApiKey ? "msk_"_L1 : "msl_"_L1;
    return prefix + randomText<8>();
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
