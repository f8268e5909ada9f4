// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockfleet.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;

// What people say of devices: what they are called, and the tokens that some are trusted by. It refuses what server/fleet/records.cpp refuses.
namespace muster {

namespace {

constexpr qsizetype hexDigits = 24;

/// Looks as random as the server's, and is the same each time.
QString hexOf(const QString &text)
{
    return (QString::number(mock::seedOf(text), 16) + QString::number(mock::seedOf(text + u'+'), 16))
        .rightJustified(hexDigits, u'0')
        .left(hexDigits);
}

Result<QString> checkName(const QString &name)
{
    QString trimmed = name.trimmed();
    if (trimmed.size() > limits::textLength)
        return failure(InvalidParams, u"a name has %1 characters at most"_s.arg(limits::textLength));
    if (cleanText(trimmed, limits::textLength) != trimmed)
        return failure(InvalidParams, u"a name has no control characters, and none that turn the direction of what follows"_s);
    return trimmed;
}

} // namespace

void MockFleet::addRecords()
{
    m_table.addChanging(contract::method::devicesCreate, [this](const QJsonObject &params) -> Result<QJsonValue> {
        const QString asked = params["id"_L1].toString();
        const QString id = asked.isEmpty() ? hexOf(u"id %1"_s.arg(m_members.all().size())) : asked;
        if (!isDeviceId(id))
            return failure(InvalidParams, u"\"id\" must have 1 to %1 of A-Z a-z 0-9 . _ : @ -, and begin with a letter or digit"_s.arg(
                                              limits::deviceIdLength));
        if (m_members.find(id))
            return failure(Conflict, u"there is a device \"%1\" already"_s.arg(id));
        const Result<QString> name = checkName(params["name"_L1].toString());
        if (!name)
            return std::unexpected(name.error());
        m_members.make(id, *name, m_gate.user());
        noteAudit(QString(contract::method::devicesCreate), id, u"ok"_s, {{"name"_L1, *name}, {"door"_L1, "mdash"_L1}});
        return QJsonObject{{"id"_L1, id}, {"token"_L1, hexOf(id)}};
    });
    m_table.addChanging(contract::method::devicesRenewToken, [this](const QJsonObject &params) {
        const QString id = params["id"_L1].toString();
        return setToken(id, hexOf(id + QString::number(m_books.audit.size())));
    });
    m_table.addChanging(contract::method::devicesRevokeToken,
                        [this](const QJsonObject &params) { return setToken(params["id"_L1].toString(), {}); });
    m_table.addChanging(contract::method::devicesUpdate, [this](const QJsonObject &params) -> Result<QJsonValue> {
        const Result<mock::Device> device = known(params["id"_L1].toString());
        if (!device)
            return std::unexpected(device.error());
        const Result<QString> name = checkName(params["name"_L1].toString());
        if (!name)
            return std::unexpected(name.error());
        noteAudit(QString(contract::method::devicesUpdate), device->id, u"ok"_s,
                  {{"name"_L1, *name}, {"before"_L1, m_members.find(device->id)->name}});
        m_members.rename(device->id, *name);
        return this->device(device->id);
    });
    addShares();
}

void MockFleet::addShares()
{
    const auto shared = [this](const QString &id) {
        return QJsonObject{{"id"_L1, id}, {"users"_L1, QJsonArray::fromStringList(m_shares.value(id))}};
    };
    m_table.add(contract::method::devicesSharedWith, [this, shared](const QJsonObject &params) -> Result<QJsonValue> {
        const Result<mock::Device> device = known(params["id"_L1].toString());
        return device ? Result<QJsonValue>(shared(device->id)) : std::unexpected(device.error());
    });
    m_table.addChanging(contract::method::devicesShare, [this, shared](const QJsonObject &params) -> Result<QJsonValue> {
        const Result<mock::Device> device = known(params["id"_L1].toString());
        if (!device)
            return std::unexpected(device.error());
        QStringList users;
        for (const auto &user : params["users"_L1].toArray())
            users.append(user.toString());
        m_shares.insert(device->id, users);
        noteAudit(QString(contract::method::devicesShare), device->id, u"ok"_s, {{"users"_L1, QJsonArray::fromStringList(users)}});
        return shared(device->id);
    });
    m_table.addChanging(contract::method::devicesGiveBack, [this](const QJsonObject &params) -> Result<QJsonValue> {
        const QString id = params["id"_L1].toString();
        if (!m_shares.value(id).contains(m_gate.user()))
            return failure(Conflict, u"%1 was not shared with you"_s.arg(id));
        m_shares[id].removeAll(m_gate.user());
        noteAudit(QString(contract::method::devicesGiveBack), id, u"ok"_s);
        return QJsonObject{};
    });
}

Result<QJsonValue> MockFleet::setToken(const QString &id, const QString &token)
{
    const Result<mock::Device> device = known(id);
    if (!device)
        return std::unexpected(device.error());
    if (!device->byToken)
        return failure(Conflict, u"%1 is trusted by a key of its own, and has no token"_s.arg(id));
    const bool isGiven = !token.isEmpty();
    m_members.setToken(id, {.isGiven = isGiven, .changedAt = m_now, .changedBy = m_gate.user()});
    noteAudit(QString(isGiven ? contract::method::devicesRenewToken : contract::method::devicesRevokeToken), id, u"ok"_s);
    m_books.noteHistory(id, {{"time"_L1, timeToJson(m_now)},
                             {"kind"_L1, "key"_L1},
                             {"name"_L1, isGiven ? "renewed"_L1 : "revoked"_L1},
                             {"by"_L1, m_gate.user()}});
    QJsonObject answer{{"id"_L1, id}};
    if (isGiven)
        answer["token"_L1] = token;
    return answer;
}

} // namespace muster
