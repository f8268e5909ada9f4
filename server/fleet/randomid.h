// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>

#include <array>

namespace muster::fleet {

/// A letter and 96 random bits in base64url (a leading `-` would pass for an option in a shell). Random and not counted: a number that a restored backup gives out again would name
/// a command that a device has in its journal already.
[[nodiscard]] inline QString randomId(char letter)
{
    std::array<quint32, 3> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QChar::fromLatin1(letter)
           + QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words)
                                     .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

/// So many random bytes as hexadecimal digits, from the system's generator.
[[nodiscard]] inline QString randomHex(qsizetype bytes)
{
    QByteArray random;
    while (random.size() < bytes)
        random.append(static_cast<char>(QRandomGenerator::system()->bounded(256)));
    return QString::fromLatin1(random.toHex());
}

} // namespace muster::fleet
