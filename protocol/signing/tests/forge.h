// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/message.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/keys.h"

namespace muster::test {

/// The signature of an object with whatever `meta` it has, as text.
inline QString signatureOf(const QJsonObject &object, const Signer &signer)
{
    QByteArray text;
    if (!appendCanonicalWithout(text, object, QLatin1StringView("meta"), QLatin1StringView("signature")))
        qFatal("this cannot be signed");
    const auto signature = signer.sign(text);
    if (!signature)
        qFatal("the signer does not sign");
    return QString::fromLatin1(signature->toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

/// Signs an object properly, whatever is wrong with what it says.
inline QJsonObject forge(QJsonObject object, const Signer &signer)
{
    const QString signature = signatureOf(object, signer);
    QJsonObject meta = object.value(QLatin1StringView("meta")).toObject();
    meta.insert(QLatin1StringView("signature"), signature);
    object.insert(QLatin1StringView("meta"), meta);
    return object;
}

/// Gives one member of `meta` another value. The signature stays as it was.
inline QJsonObject withMeta(QJsonObject object, QLatin1StringView name, const QJsonValue &value)
{
    QJsonObject meta = object.value(QLatin1StringView("meta")).toObject();
    if (value.isUndefined())
        meta.remove(name);
    else
        meta.insert(name, value);
    object.insert(QLatin1StringView("meta"), meta);
    return object;
}

inline QByteArray textOf(const QJsonObject &object)
{
    const auto text = canonicalJson(object);
    if (!text)
        qFatal("this has no canonical form");
    return *text;
}

} // namespace muster::test
