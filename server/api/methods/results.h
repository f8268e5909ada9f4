// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

/// The JSON Schemas of what methods and live topics answer, each written once. They name every member and allow no others: what they
/// say is what clients, the mock fleet and openapi.json count on, and an answer that differs is a fault (operators::MethodTable::checkResult()).
namespace muster::api::result {

/// An object with exactly these members. @param optional of them, those that may be missing
[[nodiscard]] QJsonObject exactly(const QString &description, const QJsonObject &properties, const QStringList &optional = {});
/// The same value, or null.
[[nodiscard]] QJsonObject orNull(QJsonObject schema);
/// A moment as answers have it: RFC 3339 with milliseconds, UTC.
[[nodiscard]] QJsonObject time(const QString &description);
[[nodiscard]] QJsonObject count(const QString &description);
/// {}
[[nodiscard]] QJsonObject nothing();
/// A page of a list: items, how many match in all, and the cursor of the next page. @param more beside them
[[nodiscard]] QJsonObject pageOf(const QJsonObject &item, const QJsonObject &more = {});

[[nodiscard]] QJsonObject account();
[[nodiscard]] QJsonObject apiKey();
[[nodiscard]] QJsonObject session();
[[nodiscard]] QJsonObject ownSession();
[[nodiscard]] QJsonObject auditEntry();
[[nodiscard]] QJsonObject device();
[[nodiscard]] QJsonObject givenToken();
[[nodiscard]] QJsonObject shadow();
[[nodiscard]] QJsonObject counts();
[[nodiscard]] QJsonObject health();
[[nodiscard]] QJsonObject approval();
[[nodiscard]] QJsonObject command();
[[nodiscard]] QJsonObject openCommands();
[[nodiscard]] QJsonObject receipt();
[[nodiscard]] QJsonObject historyRow();
[[nodiscard]] QJsonObject event();
[[nodiscard]] QJsonObject server();
[[nodiscard]] QJsonObject backup();

/// What Live.Subscribe answers for a topic, and Live.Move for `devices`.
[[nodiscard]] QJsonObject picture(const QString &topic);

// What devices say, passed on as it is: how it should be.
[[nodiscard]] QJsonObject containers();
[[nodiscard]] QJsonObject containerStats();
[[nodiscard]] QJsonObject containerLogs();

} // namespace muster::api::result
