// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/receiptfile.h"

#include "cli/terminal.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/receipt.h"

#include <QFile>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

/// A receipt holds one message of a device, a key and a request.
constexpr qint64 fileBytes = 4 * 1024 * 1024;
constexpr int formatVersion = 1;

Result<QJsonObject> readExport(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(NotFound, u"%1: %2"_s.arg(path, file.errorString()));
    const Result<QJsonObject> read = parseJsonObject(file.read(fileBytes));
    if (!read)
        return failure(ParseError, u"%1: %2"_s.arg(path, read.error().message));
    if ((*read)["muster_receipt"_L1].toInt() != formatVersion)
        return failure(InvalidParams, u"%1 is no receipt of version %2: make it with musterctl receipt COMMAND"_s.arg(
                                          path, QString::number(formatVersion)));
    return read;
}

/// @return why the receipt does not answer the request, empty when it does
Result<void> answers(const Receipt &receipt, const QJsonObject &request)
{
    const QString command = request["id"_L1].toString();
    const QString device = request["device_id"_L1].toString();
    const QString method = request["method"_L1].toString();
    const Result<QString> hash = requestHash(command, device, method, request["params"_L1].toObject());
    if (!hash)
        return std::unexpected(hash.error());
    if (receipt.deviceId != device)
        return failure(WrongSigner, u"%1 signed it, but the request was for %2"_s.arg(receipt.deviceId, device));
    if (receipt.command != command || receipt.method != method || receipt.requestHash != *hash)
        return failure(Conflict, u"it is signed, but answers another request than the one in the file"_s);
    return {};
}

QString lines(const QList<std::pair<QString, QString>> &facts)
{
    QString text;
    for (const auto &[name, value] : facts)
        text += u"  %1 %2\n"_s.arg(name, -12).arg(escaped(value));
    return text.chopped(1);
}

} // namespace

Result<QString> verifyReceiptFile(const QString &path, const QString &fingerprint, bool json)
{
    const CryptoLibrary crypto;
    const Result<QJsonObject> file = readExport(path);
    if (!file)
        return std::unexpected(file.error());
    const auto proves = [&path](const Error &error) { return failure(error.code, u"%1 proves nothing: %2"_s.arg(path, error.message)); };
    const Result<PublicKey> key = PublicKey::fromPem((*file)["public_key"_L1].toString().toLatin1());
    if (!key)
        return proves(key.error());
    if (!fingerprint.isEmpty() && key->fingerprint() != fingerprint)
        return proves({.code = BadKey, .message = u"the key in it is %1, not %2"_s.arg(key->fingerprint(), fingerprint)});
    const Result<Receipt> receipt = verifyReceipt((*file)["message"_L1].toString().toUtf8(), *key);
    if (!receipt)
        return proves(receipt.error());
    const QJsonObject request = (*file)["command"_L1].toObject();
    if (const auto fits = answers(*receipt, request); !fits)
        return proves(fits.error());

    const QString started = QString::fromLatin1(toTimestamp(receipt->startedAt));
    const QString finished = QString::fromLatin1(toTimestamp(receipt->finishedAt));
    if (json) {
        QJsonObject account{{"device_id"_L1, receipt->deviceId},
                            {"command"_L1, receipt->command},
                            {"method"_L1, receipt->method},
                            {"params"_L1, request["params"_L1]},
                            {"counter"_L1, receipt->counter},
                            {"started_at"_L1, started},
                            {"finished_at"_L1, finished},
                            {"fingerprint"_L1, key->fingerprint()},
                            {"words"_L1, QJsonArray::fromStringList(key->words())}};
        if (receipt->outcome)
            account["result"_L1] = *receipt->outcome;
        else
            account["error"_L1] = errorToJson(receipt->outcome.error());
        return jsonText(account, true);
    }
    const QString outcome = receipt->outcome ? jsonText(*receipt->outcome, false) : u"error: "_s + receipt->outcome.error().message;
    QString text = u"Good: %1 signed what it did.\n"_s.arg(escaped(receipt->deviceId));
    text += lines({{u"command"_s, receipt->command},
                   {u"method"_s, receipt->method},
                   {u"parameters"_s, jsonText(request["params"_L1].toObject(), false)},
                   {u"started"_s, started},
                   {u"finished"_s, finished},
                   {u"receipt no."_s, QString::number(receipt->counter)},
                   {u"outcome"_s, outcome},
                   {u"key"_s, key->fingerprint()},
                   {u"words"_s, key->words().join(u' ')}});
    if (receipt->finishedAt < receipt->startedAt)
        text += u"\nIts times cannot be: it says that it finished before it began. The device's clock was wrong, or it lies about them."_s;
    if (fingerprint.isEmpty())
        text += u"\nCompare the key with what the device shows (muster-agent fingerprint), or give --fingerprint."_s;
    return text;
}

} // namespace muster::cli
