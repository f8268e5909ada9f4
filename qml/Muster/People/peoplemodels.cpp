// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/People/peoplemodels.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

void AccountsModel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    emit textChanged();
    retry();
}

AccountEntry AccountsModel::named(const QString &user) const
{
    const auto it = std::ranges::find(rows(), user, &Row::id);
    return it == rows().cend() ? AccountEntry() : it->entry.value<AccountEntry>();
}

QJsonObject AccountsModel::params() const
{
    return m_text.isEmpty() ? QJsonObject() : QJsonObject{{"text"_L1, m_text}};
}

PagedModel::Row AccountsModel::read(const QJsonObject &item) const
{
    const AccountEntry account = AccountEntry::fromJson(item);
    return {.id = account.user, .entry = QVariant::fromValue(account)};
}

void OwnedModel::setUser(const QString &user)
{
    if (m_user == user)
        return;
    m_user = user;
    emit userChanged();
    retry();
}

QJsonObject OwnedModel::params() const
{
    return m_user.isEmpty() ? QJsonObject() : QJsonObject{{"user"_L1, m_user}};
}

PagedModel::Row SessionsModel::read(const QJsonObject &item) const
{
    const OpenSession session = OpenSession::fromJson(item);
    return {.id = session.id, .entry = QVariant::fromValue(session)};
}

PagedModel::Row ApiKeysModel::read(const QJsonObject &item) const
{
    const ApiKey key = ApiKey::fromJson(item);
    return {.id = key.id, .entry = QVariant::fromValue(key)};
}

} // namespace muster
