// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "mock/mocktable.h"
#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace muster {

/// The commands, bulks and selections of an invented fleet, and the calls that somebody waited for.
class MockCommands : public MockFeature
{
public:
    explicit MockCommands(MockFleet &fleet);

    void begin() override;
    /// Lets the commands of devices that are there go on.
    void setNow(qint64 now) override;

private:
    struct Kept
    {
        QJsonObject json;
        qint64 stepAt = 0; // when it goes on; 0: it waits for its device
    };
    void addMethods(MockTable &table);
    /// Fills in a past: commands in every state.
    void invent(const QStringList &devices, bool hostile, qint64 origin);
    [[nodiscard]] QJsonObject list(const QJsonObject &params) const;
    [[nodiscard]] Result<QJsonValue> get(const QString &id) const;
    /// @param isBulk they are found by a bulk, which the answer names
    [[nodiscard]] Result<QJsonValue> create(const QStringList &devices, const QJsonObject &params, bool isBulk, qint64 now);
    [[nodiscard]] Result<QJsonValue> bulk(const QString &bulk) const;
    [[nodiscard]] Result<QJsonValue> cancelBulk(const QString &bulk, qint64 now);
    /// The same again where it failed or expired.
    [[nodiscard]] Result<QJsonValue> again(const QString &bulk, int count, qint64 now);
    [[nodiscard]] Result<QJsonValue> cancel(const QString &id, qint64 now);
    [[nodiscard]] Result<QJsonValue> receipt(const QString &id) const;
    [[nodiscard]] Result<QJsonValue> call(const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> select(const QJsonObject &params, qint64 now);
    /// The devices of a frozen list, or Conflict, or NotFound.
    [[nodiscard]] Result<QStringList> selected(const QJsonObject &params) const;
    [[nodiscard]] QJsonObject counts() const;
    QJsonObject &make(const QString &device, const QString &kind, const QString &method, const QJsonObject &params, const QString &by,
                      qint64 at);
    static void takeBack(Kept &kept, qint64 now);
    void finish(QJsonObject &command, const Result<QJsonValue> &answer, qint64 at);

    MockFleet &m_fleet;
    QList<Kept> m_commands; // newest first
    QMap<QString, QStringList> m_selections;
    int m_last = 4100;
    int m_bulks = 0;
};

} // namespace muster
