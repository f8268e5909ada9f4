// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/receipt.h"

#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/envelope.h"

#include <QCryptographicHash>

using namespace Qt::Literals::StringLiterals;

namespace muster {

Result<QString> requestHash(const QString &command, const QString &deviceId, const QString &method, const QJsonObject &params)
{
    const Result<QByteArray> text =
        canonicalJson(QJsonObject{{"command"_L1, command}, {"device_id"_L1, deviceId}, {"method"_L1, method}, {"params"_L1, params}});
    if (!text)
        return std::unexpected(text.error());
    return QString::fromLatin1(QCryptographicHash::hash(*text, QCryptographicHash::Sha256)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Result<Receipt> receiptFromJson(const QString &deviceId, const QJsonObject &params)
{
    Receipt receipt;
    receipt.deviceId = deviceId;
    for (const auto &[name, text] : {std::pair("command"_L1, &receipt.command), std::pair("method"_L1, &receipt.method),
                                     std::pair("request_hash"_L1, &receipt.requestHash)}) {
        *text = params.value(name).toString();
        if (text->isEmpty() || text->size() > 128)
            return failure(InvalidParams, u"\"%1\" must be a text of 1 to 128 characters."_s.arg(name));
    }
    receipt.counter = params.value("counter"_L1).toInteger();
    if (receipt.counter < 1)
        return failure(InvalidParams, u"\"counter\" must be a number from 1."_s);
    for (const auto &[name, time] : {std::pair("started_at"_L1, &receipt.startedAt), std::pair("finished_at"_L1, &receipt.finishedAt)}) {
        const Result<QDateTime> read = timestampFromText(params.value(name).toString());
        if (!read)
            return failure(InvalidParams, u"\"%1\": %2"_s.arg(name, read.error().message));
        *time = *read;
    }
    const bool failed = params.contains("error"_L1);
    if (failed == params.contains("result"_L1))
        return failure(InvalidParams, u"Either \"result\" or \"error\" must be there."_s);
    if (failed && !isErrorObject(params.value("error"_L1)))
        return failure(InvalidParams, u"\"error\" must be an object with an integer \"code\" of 32 bits and a text \"message\"."_s);
    if (failed)
        receipt.outcome = std::unexpected(errorFromJson(params.value("error"_L1).toObject()));
    else
        receipt.outcome = params.value("result"_L1);
    return receipt;
}

Result<Receipt> verifyReceipt(QByteArrayView text, const PublicKey &key)
{
    const Result<Verified> kept = verifyKept(text, key);
    if (!kept)
        return std::unexpected(kept.error());
    const auto *request = std::get_if<Request>(&kept->message);
    if (!request || request->method != methods::commandDone)
        return failure(InvalidRequest, u"The message is no %1: it is no receipt."_s.arg(methods::commandDone));
    Result<Receipt> receipt = receiptFromJson(kept->meta.signerId, request->params);
    if (receipt)
        receipt->signedAt = kept->meta.timestamp;
    return receipt;
}

} // namespace muster
