// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockseed.h"
#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

#include <functional>

namespace muster {

/// The commands, selections and histories of an invented fleet.
class MockCommands
{
public:
    /// What a call of a method answers.
    using Answer = std::function<Result<QJsonValue>(const mock::Device &, const QString &method, const QJsonObject &params)>;
    using Find = std::function<mock::Device(const QString &id)>;

    MockCommands(Find find, Answer answer);

    /// Fills in a past: commands in every state.
    void invent(const QStringList &devices, bool hostile, qint64 origin);
    [[nodiscard]] Result<QJsonValue> list(const QJsonObject &params) const;
    [[nodiscard]] Result<QJsonValue> get(const QString &id) const;
    /// @param isBulk they are found by a bulk, which the answer names
    [[nodiscard]] Result<QJsonValue> create(const QStringList &devices, const QJsonObject &params, bool isBulk, qint64 now);
    [[nodiscard]] Result<QJsonValue> bulk(const QString &bulk) const;
    [[nodiscard]] Result<QJsonValue> cancelBulk(const QString &bulk, qint64 now);
    /// The same again where it failed or expired.
    [[nodiscard]] Result<QJsonValue> again(const QString &bulk, int count, qint64 now);
    [[nodiscard]] Result<QJsonValue> cancel(const QString &id, qint64 now);
    [[nodiscard]] Result<QJsonValue> receipt(const QString &id) const;
    /// Notes a call that somebody waited for.
    void noteCall(const QString &device, const QString &method, const QJsonObject &params, const Result<QJsonValue> &answer, qint64 now);
    [[nodiscard]] Result<QJsonValue> select(const QStringList &devices, qint64 now);
    /// The devices of a frozen list, or Conflict, or NotFound.
    [[nodiscard]] Result<QStringList> selected(const QJsonObject &params) const;
    /// Lets the commands of devices that are there go on.
    void advance(qint64 now);
    [[nodiscard]] QJsonObject counts() const;

    /// {items, next?}, newest first. @param withCommands false: for who may not read commands
    [[nodiscard]] QJsonObject history(const mock::Device &device, const QJsonObject &params, bool withCommands) const;
    void noteHistory(const QString &device, const QJsonObject &entry);

private:
    struct Kept
    {
        QJsonObject json;
        qint64 stepAt = 0; // when it goes on; 0: it waits for its device
    };
    QJsonObject &make(const QString &device, const QString &kind, const QString &method, const QJsonObject &params, const QString &by,
                      qint64 at);
    static void takeBack(Kept &kept, qint64 now);
    void finish(QJsonObject &command, const Result<QJsonValue> &answer, qint64 at);

    Find m_find;
    Answer m_answer;
    QList<Kept> m_commands; // newest first
    QMap<QString, QStringList> m_selections;
    QMap<QString, QList<QJsonObject>> m_history;
    int m_last = 4100;
    int m_bulks = 0;
};

} // namespace muster
